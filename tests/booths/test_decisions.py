"""Deciding at the booth desk: what it sees, many at once with a preview, all or none."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from booths.actions.criteria import set_threshold
from booths.actions.decisions import MOST, decide_applications
from booths.models import Application, Threshold
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Company, Delivery, Notice, NoticeLine
from tests import world

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def edition():
    """An edition with a criterion."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        world.criterion(made)
        yield made


@pytest.fixture
def desk(edition):
    """The booth desk."""
    return world.officer(edition, "booth_desk")


@pytest.fixture
def visit(client, edition):
    """Asks for a page, or posts to it."""

    def ask(name, *args, by, language="en", post=None, **query):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(f"booths:{name}", args=[edition.slug, *args], query=query)
        headers = {"accept-language": language}
        return client.get(address, headers=headers) if post is None else client.post(address, post, headers=headers)

    return ask


def scored(edition, score=None, state="under_review", groups=()):
    application = world.application(edition, state=state)
    application.company.product_groups.set(world.product_group(code) for code in groups)
    if score is not None:
        world.review(application, result=D(score))
    return Application.objects.get(pk=application.pk)


def seen(*applications):
    return {application.pk: application.version for application in applications}


def states(*applications):
    return [Application.objects.get(pk=application.pk).state for application in applications]


def test_all_that_were_seen_are_decided_and_told(edition, desk):
    rows = [scored(edition), scored(edition, state="waitlisted")]
    assert len(decide_applications(edition, seen=seen(*rows), verb="accept", by=desk)) == 2
    assert states(*rows) == ["accepted", "accepted"]
    assert Delivery.objects.filter(kind="booths.application_accepted").count() == 2


def test_what_changed_meanwhile_is_named_and_nobody_is_decided(edition, desk):
    rows = [scored(edition), scored(edition), scored(edition)]
    known = seen(*rows)
    rows[1].follow("withdraw", by=rows[1].contact)
    with pytest.raises(Refused) as refusal:
        decide_applications(edition, seen=known, verb="reject", reason="Hết chỗ", by=desk)
    assert refusal.value.code == "changed_meanwhile"
    assert rows[1].company.name_vi in refusal.value.message
    assert rows[0].company.name_vi not in refusal.value.message
    assert states(*rows) == ["under_review", "withdrawn", "under_review"]
    assert not Delivery.objects.exists()


def test_another_editions_application_is_none_of_these(edition, desk):
    other = scored(world.edition())
    with pytest.raises(Refused):
        decide_applications(edition, seen=seen(other), verb="accept", by=desk)
    assert states(other) == ["under_review"]


@pytest.mark.parametrize(
    ("given", "code"),
    [({"verb": "explode"}, "unknown_verb"), ({"verb": "reject", "reason": " "}, "no_reason"),
     ({"seen": {}}, "none_chosen"), ({"seen": dict.fromkeys(range(MOST + 1), 0)}, "too_many")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(edition, desk, given, code):
    with pytest.raises(Invalid) as refusal:
        decide_applications(edition, **{"seen": {1: 0}, "verb": "accept", "by": desk} | given)
    assert refusal.value.code == code


def test_only_the_booth_desk_decides(edition):
    row = scored(edition)
    for role in ("finance", "reviewer", "reports"):
        with pytest.raises(Forbidden):
            decide_applications(edition, seen=seen(row), verb="accept", by=world.officer(edition, role))


def test_the_threshold_of_a_company_is_the_lowest_of_its_groups(edition, desk):
    ceramics, silk = world.product_group("ceramics"), world.product_group("silk")
    set_threshold(edition, least=D(60), by=desk)
    set_threshold(edition, least=D(80), product_group=ceramics, by=desk)
    set_threshold(edition, least=D(90), product_group=silk, by=desk)
    rows = {
        name: scored(edition, groups=groups).pk
        for name, groups in {
            "none": (), "other": ("wood",), "one": ("ceramics",), "two": ("ceramics", "silk"),
            "mixed": ("silk", "wood"),
        }.items()
    }  # fmt: skip
    least = dict(Application.objects.with_least().values_list("pk", "least"))
    assert {name: least[pk] for name, pk in rows.items()} == {
        "none": 60, "other": 60, "one": 80, "two": 80, "mixed": 60,
    }  # fmt: skip
    Threshold.objects.all().delete()
    assert set(Application.objects.with_least().values_list("least", flat=True)) == {None}


def test_above_and_below_are_told_apart_at_the_threshold(edition, desk):
    set_threshold(edition, least=D("70"), by=desk)
    at, under, none = scored(edition, "70.00"), scored(edition, "69.99"), scored(edition)
    rows = Application.objects.with_least()
    assert (list(rows.at_least()), list(rows.below_least())) == ([at], [under])
    assert none not in [*rows.at_least(), *rows.below_least()]


def names(page):
    return page.content.decode()


def test_the_list_opens_on_what_waits_and_is_narrowed_and_sorted(edition, desk, visit):
    set_threshold(edition, least=D(70), by=desk)
    high, low = scored(edition, "91.25", groups=["ceramics"]), scored(edition, "55", groups=["silk"])
    gone, none = scored(edition, "99", state="accepted"), scored(edition)

    def shown(**query):
        page = visit("applications_desk", by=desk, **query).context["page"].object_list
        return [row.pk for row in page]

    assert set(shown()) == {high.pk, low.pk, none.pk}
    assert set(shown(state="all")) == {high.pk, low.pk, none.pk, gone.pk}
    assert shown(state="accepted") == [gone.pk]
    assert shown(sort="-score") == [high.pk, low.pk, none.pk]
    assert shown(sort="score") == [none.pk, low.pk, high.pk]
    assert shown(group="silk") == [low.pk]
    assert shown(reach="above") == [high.pk]
    assert shown(reach="below") == [low.pk]
    assert shown(reach="none") == [none.pk]
    page = visit("applications_desk", by=desk).content.decode()
    assert "91.25" in page
    assert "place 2 of 3" in page
    assert "below 70.00" in page


def test_who_may_not_read_scores_learns_nothing_by_sorting(edition, visit):
    high, low = scored(edition, "91.25"), scored(edition, "55")
    for reader in (world.officer(edition, "finance"), world.officer(edition, "reports")):
        page = visit("applications_desk", by=reader, sort="-score", reach="above")
        assert [row.pk for row in page.context["page"].object_list] == [high.pk, low.pk]
        assert "91.25" not in page.content.decode()
        assert "91.25" not in visit("application_desk", high.pk, by=reader).content.decode()


def test_who_judges_reads_no_scores_whatever_their_office(edition, desk, visit):
    from fairs.models import Officer

    Officer.objects.create(person=desk, role="reviewer", edition=edition)
    row = scored(edition, "91.25")
    assert "91.25" not in visit("application_desk", row.pk, by=desk).content.decode()
    assert "91.25" not in visit("applications_desk", by=desk).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_an_application_shows_what_a_decision_rests_on(edition, desk, visit, language):
    set_threshold(edition, least=D(70), by=desk)
    row = scored(edition, "60")
    other = world.review(row, world.officer(edition, "reviewer", email="j@x.example"), result=D(90))
    other.comment = "Men rất đẹp"
    other.save()
    aside = world.review(row, world.officer(edition, "reviewer"))
    aside.follow("step_aside", by=None, conflict="Em họ")
    scored(edition, "75")
    earlier = world.edition(
        name_vi="Kỳ trước", name_en="The edition before", opens_on=date(2017, 10, 18), closes_on=date(2017, 10, 21)
    )
    notice = Notice.objects.create(
        edition=earlier,
        company=row.company,
        number="N1",
        reference="R1",
        currency="VND",
        due=5,
        due_on=earlier.opens_on,
    )
    NoticeLine.objects.create(
        notice=notice,
        kind="support",
        text_vi="Thành phố hỗ trợ",
        text_en="City support",
        unit_price=-5,
        amount=-5_000_000,
    )
    twin = world.company(name_vi=f"HTX {row.company.name_vi.removeprefix('Cơ sở ')}")
    page = visit("application_desk", row.pk, by=desk, language=language).content.decode()
    for word in ("75", "Men rất đẹp", "Em họ", "30", twin.name_vi):
        assert word in page, word
    assert ("City support" if language == "en" else "Thành phố hỗ trợ") in page
    if language == "en":
        assert "place 1 of 2" in page
        assert "shared with 1 other" in page
        assert "reaches 70.00" in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_preview_says_who_what_and_why_not_and_changes_nothing(edition, desk, visit, language):
    good, done = scored(edition, "80"), scored(edition, state="accepted")
    post = {"id": [good.pk, done.pk, "x"], "verb": "reject", "reason": "Hết gian <b>", "which": "ticked"}
    page = visit("decide", by=desk, post=post, language=language)
    assert page.status_code == 200
    assert [one.application.pk for one in page.context["possible"]] == [good.pk]
    assert [one.application.pk for one in page.context["impossible"]] == [done.pk]
    assert "Hết gian &lt;b&gt;" in page.content.decode()
    assert "Hết gian <b>" in page.context["letter"]["body"]
    assert states(good, done) == ["under_review", "accepted"]
    confirm = {"seen": page.context["seen"], "verb": "reject", "reason": "Hết gian"}
    assert visit("decide_now", by=desk, post=confirm).status_code == 302
    assert states(good, done) == ["rejected", "accepted"]


def test_all_above_the_threshold_of_a_group(edition, desk, visit):
    set_threshold(edition, least=D(60), by=desk)
    set_threshold(edition, least=D(80), product_group=world.product_group("ceramics"), by=desk)
    high, low = scored(edition, "85", groups=["ceramics"]), scored(edition, "70", groups=["ceramics"])
    silk = scored(edition, "70", groups=["silk"])
    world.product_group("silk")

    def possible(**given):
        page = visit("decide", by=desk, post={"verb": "accept", "which": "above", **given})
        return {one.application.pk for one in page.context["possible"]}

    assert possible(group="ceramics") == {high.pk}
    assert possible(group="silk") == {silk.pk}
    assert possible() == {high.pk, silk.pk}
    assert low.pk not in possible()


def test_a_refusal_without_a_reason_comes_back_with_its_ticks(edition, desk, visit):
    row = scored(edition)
    page = visit("decide", by=desk, post={"id": [row.pk], "verb": "reject", "which": "ticked"})
    assert page.status_code == 422
    assert f'name="id" value="{row.pk}"' in page.content.decode()


def test_a_confirmation_that_comes_too_late_shows_how_it_stands(edition, desk, visit):
    rows = [scored(edition), scored(edition)]
    page = visit("decide", by=desk, post={"id": [row.pk for row in rows], "verb": "accept", "which": "ticked"})
    rows[0].follow("reject", by=desk)
    late = visit("decide_now", by=desk, post={"seen": page.context["seen"], "verb": "accept"})
    assert late.status_code == 422
    assert rows[0].company.name_vi in late.content.decode()
    assert states(*rows) == ["rejected", "under_review"]
    assert [one.application.pk for one in late.context["possible"]] == [rows[1].pk]
    for broken in ("x:y", "1:2:3", "", "９:１"):
        assert visit("decide_now", by=desk, post={"seen": broken, "verb": "accept"}).status_code == 422


@pytest.mark.parametrize("count", world.ROWS)
def test_the_preview_takes_the_same_queries_for_any_number(edition, desk, client, count, django_assert_num_queries):
    firms = Company.objects.bulk_create(Company(name_vi=f"Cơ sở {n}") for n in range(count))
    kind = world.booth_class(edition)
    rows = Application.objects.bulk_create(
        Application(edition=edition, company=firm, contact=desk, booth_class=kind, state="submitted") for firm in firms
    )
    client.force_login(desk, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("booths:decide", args=[edition.slug])
    post = {"id": [row.pk for row in rows], "verb": "accept", "which": "ticked"}
    assert client.post(address, post).status_code == 200
    with django_assert_num_queries(6):
        client.post(address, post)
