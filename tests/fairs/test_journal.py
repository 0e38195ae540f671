"""The journal, told in sentences."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fairs import clock, journal
from fairs.discovery import sentence, sentence_of_many, verbs
from fairs.models import Company, Entry
from fairs.states import Stateful
from fairs.telling import told, verb_choices
from tests import world
from tests.fairs.desk import entry, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


NAMES = {"actor": "A", "company": "C", "subject": "S", "count": 3}


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
