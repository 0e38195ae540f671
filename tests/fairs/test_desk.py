"""The organiser's first page, the screen on the wall, the journal."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from booths.models import Reservation
from booths.templatetags.overview import booths_left
from buyers.models import Badge, Gate, Registration, Scan
from buyers.templatetags.presence import countries_present, visits_by_hour
from fairs import clock, headlines, journal
from fairs.charts import Column, chart
from fairs.discovery import sentence, sentence_of_many, verbs, waiting
from fairs.headlines import moment_of
from fairs.inputs import DayField, DayInput, HourInput, MomentInput
from fairs.models import Company, Entry, Notice, Target
from fairs.states import Stateful
from fairs.telling import told, verb_choices
from matchmaking.models import Deal, Meeting
from matchmaking.templatetags.path import path_of
from tests import world

pytestmark = pytest.mark.django_db
RUNNING = world.FIRST_MORNING + timedelta(days=1, hours=4)  # 14:00 on the second day
OVER = world.FIRST_MORNING + timedelta(days=30)
NAMES = {"actor": "A", "company": "C", "subject": "S", "count": 3}


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


def page(fair, name="desk", *, role="director", at=world.NOON, language="en", **query):
    """What an officer sees."""
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(world.officer(fair, role))
    client.cookies["django_language"] = language
    with clock.at(at):
        answer = client.get(reverse(f"fairs:{name}", args=[fair.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def importer(fair, *, country="FR", came=None):
    """An approved importer, who passed a gate at a moment."""
    side = world.importer(fair, country=country)
    Registration.objects.create(
        edition=fair, person=side.person, company=side.part.company, state="approved", registered_at=world.NOON
    )
    if came:
        number = Badge.objects.count()
        badge = Badge.objects.create(
            edition=fair, person=side.person, company=side.part.company, kind="importer", token=f"t{number}",
            short_code=f"B{number:05}",
        )  # fmt: skip
        scan(fair, badge, came)
    return side


def scan(fair, badge, at):
    gate = Gate.objects.get_or_create(edition=fair, name_vi="Cổng 1", name_en="Gate 1")[0]
    number = Scan.objects.count()
    return Scan.objects.create(
        edition=fair, gate=gate, badge=badge, at=at, direction="in", result="welcome", key=f"k{number}"
    )


def entry(fair, verb, *, by=None, company=None, subject="", at=world.NOON):
    return Entry.objects.create(
        edition=fair, verb=verb, actor=by, company=company, object_id="1", subject=subject, at=at
    )


# ---- the page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "vi",
            [
                "Còn 47 ngày đến khai mạc",
                "Gian hàng đã phân bổ",
                "Cần bạn quyết",
                "Vừa xảy ra",
                "Từ lời mời đến cuộc hẹn",
            ],
        ),
        ("en", ["47 days to the opening", "Booths taken", "Waiting for you", "Just now", "From invitation to meeting"]),
    ],
)
def test_the_first_page_before_the_fair(fair, language, words):
    shown = page(fair, language=language)
    assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["ngày 2 trên 4", "Lượt khách theo giờ", "Nhà nhập khẩu có mặt", "Từ lời mời đến hợp đồng"]),
        ("en", ["day 2 of 4", "Visits by hour", "Importers present", "From invitation to contract"]),
    ],
)
def test_the_first_page_while_it_runs(fair, language, words):
    shown = page(fair, at=RUNNING, language=language)
    assert [word for word in words if word not in shown] == []


def test_when_it_is_over_it_tells_the_days(fair):
    shown = page(fair, at=OVER)
    assert "Visits by day" in shown
    assert "The fair is over" in shown


@pytest.mark.parametrize("name", ["desk", "wall", "journal"])
def test_it_exists_for_officers_alone(fair, name):
    address = reverse(f"fairs:{name}", args=[fair.slug])
    assert Client().get(address).status_code == 302
    client = Client()
    client.force_login(world.application(fair).contact)
    assert client.get(address).status_code == 404


def test_the_journal_is_for_director_and_reports(fair):
    entry(fair, "fairs.edition.change")
    assert "Just now" in page(fair, role="reports")
    assert "Just now" not in page(fair, role="gate")
    client = Client()
    client.force_login(world.officer(fair, "gate"))
    assert client.get(reverse("fairs:journal", args=[fair.slug])).status_code == 404


def test_a_number_leads_to_its_rows_only_for_who_may_read_them(fair):
    rows = f"/{fair.slug}/desk/report/B1/allocated/"
    assert rows in page(fair)
    assert rows not in page(fair, role="gate")


def test_a_hint_fetches_the_live_part_alone(fair):
    client = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_HX_REQUEST="true")
    client.force_login(world.officer(fair, "director"))
    part = client.get(reverse("fairs:desk", args=[fair.slug])).content.decode()
    assert "<html" not in part
    assert 'id="live"' in part
    assert part.count('hx-swap-oob="true"') == 3


@pytest.mark.parametrize("at", [world.NOON, RUNNING], ids=["before", "running"])
@pytest.mark.parametrize("rows", world.ROWS)
def test_the_page_asks_the_same_whatever_it_counts(fair, rows, at, django_assert_num_queries):
    world.floor(fair, rows)
    director = world.officer(fair, "director")
    firm = world.company()
    for number in range(min(rows, 20)):
        importer(fair, came=RUNNING - timedelta(minutes=number))
    Entry.objects.bulk_create(
        Entry(edition=fair, verb="booths.application.submit", company=firm, object_id=str(n), at=world.NOON)
        for n in range(rows)
    )
    client = Client()
    client.force_login(director)
    address = reverse("fairs:desk", args=[fair.slug])
    with clock.at(at):
        client.get(address)  # the floor is drawn once, then kept
        with django_assert_num_queries(30):  # one of them looks for appeals to answer
            client.get(address)


# ---- figures against targets ----------------------------------------------------------------------------------


def test_before_the_opening_figures_should_grow_in_even_steps(fair):
    Target.objects.create(edition=fair, figure="C1", value=10)
    half_way = datetime(2018, 9, 1, 5, 0, tzinfo=UTC)
    start = half_way - (datetime(2018, 10, 17, 17, 0, tzinfo=UTC) - half_way)
    entry(fair, "booths.application.submit", at=start)
    with clock.at(half_way):
        [shown] = headlines.figures(moment_of(fair), [headlines.EXHIBITORS], frozenset({"director"}))
    assert (shown["share"], round(shown["due"])) == (0, 50)
    with translation.override("en"), clock.at(half_way):
        assert headlines.verdict(moment_of(fair), [shown]) == "47 days to the opening, 1 figure is behind"


def test_while_it_runs_as_much_is_due_as_the_doors_were_open(fair):
    Target.objects.create(edition=fair, figure="D4.entries", value=100)
    with clock.at(world.FIRST_MORNING.replace(hour=10, minute=30)):  # the end of the first of four days
        [shown] = headlines.figures(moment_of(fair), [headlines.VISITS], frozenset({"director"}))
    assert shown["due"] == Decimal(25)


def test_when_it_is_over_nothing_is_due(fair):
    Target.objects.create(edition=fair, figure="C1", value=1)
    world.exhibitor(fair)
    with translation.override("en"), clock.at(OVER):
        shown = headlines.figures(moment_of(fair), [headlines.EXHIBITORS], frozenset({"director"}))
        assert shown[0]["due"] is None
        assert headlines.verdict(moment_of(fair), shown) == "The fair is over: 1 of 1 targets reached"


# ---- what the apps show ---------------------------------------------------------------------------------------


def test_visits_by_hour_beside_yesterdays(fair):
    importer(fair, came=RUNNING - timedelta(days=1))
    side = importer(fair, came=RUNNING)
    scan(fair, Badge.objects.get(person=side.person), RUNNING + timedelta(minutes=5))
    staff = Badge.objects.create(edition=fair, person=world.person(), kind="staff", token="s", short_code="S0000001")
    scan(fair, staff, RUNNING)
    with clock.at(RUNNING):
        visits = visits_by_hour(moment_of(fair))
    assert (visits["today"], visits["yesterday"]) == (2, 1)
    hour = next(one.column for one in visits["chart"].columns if one.column.label == "14h")
    assert (hour.values, hour.before, hour.unfinished) == ([2], 1, True)
    later = next(one.column for one in visits["chart"].columns if one.column.label == "15h")
    assert later.values == [None]


def test_countries_are_those_approved_then_those_present(fair):
    importer(fair, country="JP", came=RUNNING)
    importer(fair, country="JP", came=RUNNING)
    importer(fair, country="DE")
    with clock.at(world.NOON):
        assert [(one["country"], one["number"]) for one in countries_present(moment_of(fair))["rows"]] == [
            ("JP", 2),
            ("DE", 1),
        ]
    with clock.at(RUNNING):
        present = countries_present(moment_of(fair))
    assert [one["country"] for one in present["rows"]] == ["JP"]
    assert present["companies"] == 2


def test_many_countries_end_in_one_line(fair):
    for country in ("JP", "DE", "FR", "US", "KR"):
        importer(fair, country=country)
    shown = countries_present(moment_of(fair), 2)
    assert (len(shown["rows"]), shown["rest"], shown["rest_number"]) == (2, 3, 3)


def test_the_way_to_a_contract_counts_companies_by_square_root(fair):
    sides = world.two_sides(fair)
    side = importer(fair, came=RUNNING)
    both = {"edition": fair, "exhibitor": sides.exhibitor, "importer": side.part}
    Meeting.objects.create(
        **both, importer_person=side.person, starts_at=RUNNING, ends_at=RUNNING + timedelta(minutes=30), state="held"
    )
    Deal.objects.create(
        **both, number="HD1", product_group=world.product_group(), currency="USD", amount=100, state="confirmed",
        signed_on=date(2018, 10, 19), recorded_side="exhibitor", recorded_by=sides.maker, recorded_at=RUNNING,
        token="t", key="k",
    )  # fmt: skip
    importer(fair, came=RUNNING)
    with translation.override("en"), clock.at(RUNNING):
        steps = path_of(moment_of(fair))
    assert [(step["label"], step["number"]) for step in steps] == [
        ("Invited", 0),
        ("Came", 2),
        ("Met", 1),
        ("Signed", 1),
    ]
    assert round(steps[2]["width"]) == 71
    assert steps[2]["share"] == 0.5


def test_booths_without_a_taker_are_counted_by_zone(fair):
    booths = world.floor(fair, 4)
    application = world.application(fair)
    for booth, state in zip(booths[:2], ("confirmed", "held"), strict=True):
        Reservation.objects.create(
            edition=fair, company=application.company, application=application, booth=booth, state=state,
            held_until=world.NOON + timedelta(minutes=5),
        )  # fmt: skip
    left = booths_left(fair)
    assert (left["left"], left["held"], left["taken"], left["all"]) == (3, 1, 1, 4)
    assert [(zone.code, zone.left) for zone in left["zones"]] == [("GS", 3)]
    assert left["markup"].count('class="wanted"') == 1


def test_what_waits_is_told_to_whom_it_concerns(fair):
    notice = Notice.objects.create(
        edition=fair, company=world.company(), number="TB1", currency="VND", due=5, due_on=date(2018, 8, 1)
    )
    world.application(fair, state="submitted")
    with translation.override("en"):
        assert [str(task.title) for task in waiting(fair, frozenset({"finance"}))] == ["1 payment notice is overdue"]
        assert [str(task.title) for task in waiting(fair, frozenset({"booth_desk"}))] == ["1 application to answer"]
        assert len(waiting(fair, frozenset({"director"}))) == 2
        assert waiting(fair, frozenset({"gate"})) == []
    assert notice.days_late == 31
    assert "1 payment notice is overdue" in page(fair)


def test_a_quiet_desk_says_so(fair):
    assert "Nothing waits for you" in page(fair)


# ---- the wall -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("vi", "Sắp tới, 09:00"), ("en", "Next, at 09:00")])
def test_the_wall_shows_five_numbers_and_what_comes_next(fair, language, words):
    fair.programme.create(starts_at=world.FIRST_MORNING - timedelta(hours=1), title_vi="Khai mạc", title_en="Opening")
    shown = page(fair, "wall", language=language)
    assert shown.count('class="figure"') == 5
    assert words in shown
    assert "<button" not in shown.partition("<main")[2]


# ---- the journal ----------------------------------------------------------------------------------------------


def test_every_step_of_every_state_table_has_a_sentence():
    steps = {
        f"{model._meta.label_lower}.{verb}"
        for model in apps.get_models()
        if issubclass(model, Stateful)
        for verb in model.TRANSITIONS
    }
    assert steps - set(verbs()) == set()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_can_be_told(language):
    with translation.override(language):
        for verb in verbs():
            assert str(sentence(verb)) % NAMES
            many = sentence_of_many(verb)
            assert many is None or str(many) % NAMES
        assert len(verb_choices()) == len(verbs())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_verb_is_told_in_words(fair, language):
    by, firm = world.person("Bùi Thị Hiền"), world.company(name_vi="Gốm Giang Cao")
    for verb in verbs():
        entry(fair, verb, by=by, company=firm, subject="A081")
    with translation.override(language):
        lines = told(Entry.objects.all())
    assert len(lines) == len(verbs())
    assert [line.text for line in lines if line.entry.verb in line.text or "%(" in line.text] == []


def test_one_deed_on_many_things_is_one_line(fair):
    by, firm = world.person(), world.company(name_vi="Gốm Giang Cao")
    for code in ("A083", "A081", "A082"):
        entry(fair, "booths.reservation.hold", by=by, company=firm, subject=code)
    entry(fair, "booths.reservation.hold", by=by, company=firm, subject="B001", at=world.NOON + timedelta(minutes=2))
    other = world.company(name_vi="Lụa Vạn Phúc")
    entry(fair, "booths.reservation.hold", by=by, company=other, subject="C001")
    with translation.override("en"):
        lines = told(Entry.objects.filter(edition=fair))
    assert [str(line.text) for line in lines] == [
        "<b>Gốm Giang Cao</b> holds booth B001",
        "<b>Lụa Vạn Phúc</b> holds booth C001",
        "<b>Gốm Giang Cao</b> holds booths A081, A082, A083",
    ]


def test_a_deed_on_many_companies_names_their_number(fair):
    by = world.person("Trần Lê Bảo Châu")
    for _number in range(9):
        entry(fair, "buyers.registration.invite", by=by, company=world.company())
    with translation.override("en"):
        [line] = told(Entry.objects.filter(edition=fair))
    assert line.text == "Trần Lê Bảo Châu invited 9 companies"
    assert line.company is None


def test_very_many_names_end_in_a_number(fair):
    by, firm = world.person(), world.company(name_vi="Gốm")
    for number in range(1, 10):
        entry(fair, "booths.reservation.hold", by=by, company=firm, subject=f"A{number:02}")
    with translation.override("en"):
        [line] = told(Entry.objects.filter(edition=fair))
    assert line.text == "<b>Gốm</b> holds booths A01, A02, A03, A04, A05, A06 and 3 more"


def test_a_verb_nobody_worded_is_shown_by_its_name_and_names_carry_no_markup(fair):
    firm = world.company(name_vi="<script>")
    entry(fair, "fairs.thing.unheard_of")
    entry(fair, "booths.application.submit", company=firm, at=world.NOON + timedelta(minutes=1))
    submitted, unheard = told(Entry.objects.filter(edition=fair))
    assert unheard.text == "fairs.thing.unheard_of"
    assert "&lt;script&gt;" in submitted.text
    assert "<script>" not in submitted.text


def test_a_role_is_told_by_its_name(fair):
    entry(fair, "fairs.officer.appoint", by=world.person("Hà"), subject="booth_desk")
    with translation.override("en"):
        [line] = told(Entry.objects.filter(edition=fair))
    assert line.text == "Hà gave somebody the role Booth desk"


def test_the_journal_is_narrowed_by_name_day_verb_and_links(fair):
    by, firm = world.person("Bùi Thị Hiền"), world.company(name_vi="Gốm Giang Cao")
    entry(fair, "booths.application.submit", by=by, company=firm)
    entry(fair, "fairs.edition.change", at=world.NOON - timedelta(days=2))
    submitted, changed = "handed in its application", "changed the edition"

    def found(**query):
        listed = page(fair, "journal", **query).partition("<h2")[2]
        return [words for words in (submitted, changed) if words in listed]

    assert found() == [submitted, changed]
    assert found(q="giang cao") == [submitted]
    assert found(q="bui hien") == [submitted]
    assert found(q="nobody") == []
    assert found(day="2018-08-30") == [changed]
    assert found(day="30/08/2018") == [changed]
    assert found(verb="fairs.edition.change") == [changed]
    assert found(person=by.pk) == [submitted]
    assert found(company=firm.pk) == [submitted]
    assert found(day="nonsense", verb="nonsense", person="nonsense") == [submitted, changed]


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_journal_asks_the_same_whatever_its_length(fair, rows, django_assert_num_queries):
    by = world.person()
    firms = Company.objects.bulk_create(Company(name_vi=f"Gốm {n}") for n in range(rows))
    Entry.objects.bulk_create(
        Entry(edition=fair, verb="booths.application.submit", actor=by, company=firm, object_id="1", at=world.NOON)
        for firm in firms
    )
    client = Client()
    client.force_login(world.officer(fair, "director"))
    with django_assert_num_queries(6):
        client.get(reverse("fairs:journal", args=[fair.slug]))


def test_an_entry_written_by_an_action_is_told(fair):
    with clock.at(world.NOON):
        journal.record("change", fair, by=world.person("Hà"), fields=["name_vi"])
    with translation.override("vi"):
        [line] = told(Entry.objects.filter(edition=fair))
    assert line.text == "Hà sửa thông tin kỳ hội chợ"


# ---- charts, days and hours -----------------------------------------------------------------------------------


def test_a_chart_ends_at_a_round_level_above_its_highest_value():
    drawn = chart([Column("a", [934], before=870), Column("b", [241]), Column("c", [None], before=590)])
    assert [value for value, _y in drawn.levels] == [250, 500, 750, 1000]
    assert [len(one.bars) for one in drawn.columns] == [1, 1, 0]
    assert drawn.columns[0].bars[0].y == pytest.approx(6.6)
    assert drawn.columns[2].tick is not None


def test_an_empty_chart_has_its_ground():
    drawn = chart([Column("a", [0]), Column("b", [0])])
    assert [value for value, _y in drawn.levels] == [1]
    assert drawn.columns[0].bars == []


def test_a_number_keeps_clear_of_the_line_that_would_cross_it():
    [column] = chart([Column("a", [80], before=85)]).columns
    assert column.tick is not None
    assert column.bars[0].label_y == column.tick[2]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["2018-10-18", "18/10/2018", "18/10/2018 "])
def test_a_day_may_be_picked_or_typed(language, typed):
    with translation.override(language):
        assert DayField().clean(typed) == date(2018, 10, 18)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_browser_is_given_is_in_its_own_form(language):
    moment = datetime(2018, 10, 18, 9, 5)
    with translation.override(language):
        assert 'type="date"' in DayInput().render("day", moment.date())
        assert 'value="2018-10-18"' in DayInput().render("day", moment.date())
        assert 'value="09:05"' in HourInput().render("hour", moment.time())
        assert 'value="2018-10-18T09:05"' in MomentInput().render("moment", moment)


# ---- prices ---------------------------------------------------------------------------------------------------


def test_the_booth_desk_sets_a_price(fair):
    kind = world.booth_class(fair)
    client = Client(HTTP_ACCEPT_LANGUAGE="vi")
    client.force_login(world.officer(fair, "booth_desk"))
    address = reverse("booths:set_price", args=[fair.slug, kind.pk, "resident"])
    assert 'value="13.500.000"' in client.get(address).content.decode()
    answer = client.post(address, {"amount": "14.000.000", "currency": "VND", "vat_rate": "8"})
    assert answer.status_code == 302
    assert kind.prices.get(audience="resident").amount == 14_000_000


def test_a_resident_pays_in_dong(fair):
    kind = world.booth_class(fair)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.officer(fair, "director"))
    address = reverse("booths:set_price", args=[fair.slug, kind.pk, "resident"])
    answer = client.post(address, {"amount": "500", "currency": "USD", "vat_rate": "8"})
    assert answer.status_code == 422
    assert kind.prices.get(audience="resident").amount == 13_500_000
    assert client.get(reverse("booths:set_price", args=[fair.slug, kind.pk, "nobody"])).status_code == 404
    assert "13,500,000" in page(fair, "set_up")
