"""What becomes of hostings: counted days and meetings, the rule, what is paid."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from buyers.actions.benefits import (
    close_hosting,
    judge_hostings,
    mark_paid,
    note_arrivals,
    refuse_benefit,
    release_benefit,
)
from buyers.actions.checklist import add_evidence_item
from buyers.actions.travel import arrange_travel, pay_item, plan_item
from buyers.actions.vetting import check_evidence
from buyers.benefit_words import reasons
from buyers.benefits import Asked, Shown, Why, shortfalls
from buyers.hosted_files import hosted_workbook
from buyers.models import HostedContract, TravelItem
from buyers.nav import hostings_to_decide
from buyers.tasks import note_who_came
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Fund
from fairs.money.actions.support import remove_fund
from tests import world
from tests.buyers.hosted import accepted, came, fresh, item_of, met, offered
from tests.fairs.measured import numbers

pytestmark = pytest.mark.django_db
AFTER = world.FIRST_MORNING.replace(day=25)


@pytest.mark.parametrize(
    ("asked", "shown", "why"),
    [
        (Asked(8, 2), Shown(8, 0, 2), []),
        (Asked(8, 2), Shown(5, 3, 2), []),
        (Asked(8, 2), Shown(7, 0, 2), [Why.FEW_MEETINGS]),
        (Asked(8, 2), Shown(9, 0, 1), [Why.FEW_DAYS]),
        (Asked(8, 2), Shown(1, 0, 1), [Why.FEW_DAYS, Why.FEW_MEETINGS]),
        (Asked(8, 2), Shown(0, 0, 0), [Why.NEVER_CAME]),
        (Asked(0, 2), Shown(0, 0, 0), [Why.NEVER_CAME]),
        (Asked(0, 0), Shown(0, 0, 0), []),
        (Asked(8, 0), Shown(8, 0, 0), []),
    ],
)
def test_the_rule_says_what_was_not_reached(asked, shown, why):
    assert [reason.why for reason in shortfalls(asked, shown)] == why


@pytest.fixture
def ended(edition, desk):
    """Five hosted importers after the fair: one did it all, one was stood up, two did less, one stayed at home."""
    rows = {
        name: accepted(edition, desk, name=name)
        for name in ("Ann All", "Ben Blank", "Cleo Calm", "Dora Day", "Eve Far")
    }
    met(rows["Ann All"], held=8), came(rows["Ann All"])
    met(rows["Ben Blank"], held=5), met(rows["Ben Blank"], held=3, absent="exhibitor"), came(rows["Ben Blank"])
    met(rows["Cleo Calm"], held=7), met(rows["Cleo Calm"], held=4, absent="importer"), came(rows["Cleo Calm"])
    met(rows["Dora Day"], held=9), came(rows["Dora Day"], days=1)
    with clock.at(AFTER):
        judge_hostings(edition, by=desk)
        yield {name: fresh(one) for name, one in rows.items()}


def test_a_sellers_absence_never_counts_against_the_buyer(ended):
    assert {name: one.state for name, one in ended.items()} == {
        "Ann All": "fulfilled", "Ben Blank": "fulfilled", "Cleo Calm": "unfulfilled", "Dora Day": "unfulfilled",
        "Eve Far": "no_show",
    }  # fmt: skip
    ben = ended["Ben Blank"]
    assert (ben.meetings, ben.excused, ben.days) == (8, 3, 2)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_reasons_are_said_in_both_languages(ended, language):
    with override(language):
        [cleo], [dora], [eve] = (reasons(ended[name]) for name in ("Cleo Calm", "Dora Day", "Eve Far"))
        assert reasons(ended["Ann All"]) == []
    assert ["7" in cleo, "8" in cleo, "1" in dora, "2" in dora, bool(eve)] == [True] * 5


def test_nobody_is_judged_before_the_end_and_twice_changes_nothing(edition, desk, ended):
    with clock.at(world.FIRST_MORNING), pytest.raises(Refused) as refusal:
        judge_hostings(edition, by=desk)
    assert refusal.value.code == "fair_runs"
    assert judge_hostings(edition, by=desk) == []
    with pytest.raises(Forbidden):
        judge_hostings(edition, by=world.officer(edition, "reports"))


def test_arrivals_are_noted_when_a_gate_reads_them(edition, desk):
    one, other = accepted(edition, desk), accepted(edition, desk, name="Ben")
    came(one, days=1)
    note_who_came()
    assert note_arrivals(edition) == []
    assert (fresh(one).state, fresh(other).state) == ("arrived", "accepted")


def test_judging_asks_the_same_however_many(edition, desk, django_assert_max_num_queries):
    for number in range(4):
        came(accepted(edition, desk, name=f"P{number}"), days=1)
    with clock.at(AFTER), django_assert_max_num_queries(24):
        judge_hostings(edition, by=desk)
    assert HostedContract.objects.filter(state="unfulfilled").count() == 4


def test_who_fulfilled_is_paid_and_against_the_rule_only_with_a_reason(edition, desk, ended):
    ann, cleo, eve = ended["Ann All"], ended["Cleo Calm"], ended["Eve Far"]
    release_benefit(ann, by=desk)
    with pytest.raises(Invalid):
        release_benefit(cleo, by=desk)
    release_benefit(cleo, reason="Two makers asked to move the meeting", by=desk)
    refuse_benefit(eve, by=desk)
    with pytest.raises(Invalid):
        refuse_benefit(ended["Ben Blank"], by=desk)
    refuse_benefit(ended["Ben Blank"], reason="False invoice", by=desk)
    assert [fresh(one).state for one in (ann, cleo, eve)] == ["released", "released", "refused"]
    kinds = Delivery.objects.filter(kind__startswith="buyers.benefit").values_list("kind", flat=True)
    assert sorted(kinds) == ["buyers.benefit_refused"] * 2 + ["buyers.benefit_released"] * 2
    with pytest.raises(Refused):
        release_benefit(fresh(eve), reason="After all", by=desk)


def test_a_missing_proof_holds_the_money_back(edition, desk):
    line = {"name_vi": "Hóa đơn", "name_en": "Bill", "stage": "claim", "grades": [world.grade(edition, "semi")]}
    add_evidence_item(edition, code="hotel", by=desk, **line)
    one = accepted(edition, desk)
    met(one, held=8), came(one)
    with clock.at(AFTER):
        judge_hostings(edition, by=desk)
        with pytest.raises(Invalid):
            release_benefit(fresh(one), by=desk)
        check_evidence(one.registration, verdicts={"hotel": "ticked"}, by=desk)
        assert release_benefit(fresh(one), by=desk).state == "released"


def test_never_more_is_paid_than_was_promised_or_than_it_cost(edition, desk, ended):
    fund = Fund.objects.create(edition=edition, name_vi="Ngân sách", name_en="Budget")
    ann = ended["Ann All"]
    nights, read_before = item_of(ann), item_of(ann)
    assert (nights.number, nights.ceiling, nights.currency) == (3, Decimal(270), "USD")
    with pytest.raises(Refused):
        pay_item(nights, paid=Decimal(10), by=desk)
    release_benefit(ann, by=desk)
    with pytest.raises(Refused) as refusal:
        pay_item(nights, paid=Decimal(10), by=desk)
    assert refusal.value.code == "no_paper"
    plan_item(item_of(ann), estimate=Decimal(260), actual=Decimal(310), fund=fund, paper_number="HD 12", by=desk)
    for too_much in (Decimal(271), Decimal(310)):
        with pytest.raises(Invalid):
            pay_item(nights, paid=too_much, by=desk)
    with pytest.raises(Refused):
        mark_paid(fresh(ann), by=desk)
    finance = world.officer(edition, "finance")
    assert pay_item(nights, paid=Decimal(270), by=finance).paid == 270
    assert pay_item(nights, paid=Decimal(270), by=finance).paid == 270
    with pytest.raises(Refused):
        pay_item(nights, paid=Decimal(200), by=finance)
    for item in (item_of(ann), read_before):
        with pytest.raises(Refused):
            plan_item(item, actual=Decimal(1), by=desk)
    assert close_hosting(mark_paid(fresh(ann), by=finance), by=finance).state == "closed"
    for given in ({"paid": 271}, {"paper_number": ""}, {"fund": None}, {"actual": 100}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TravelItem.objects.filter(pk=nights.pk).update(**given)
    with pytest.raises(Refused):
        remove_fund(fund, by=world.officer(edition, "director"))


def test_the_report_counts_who_did_it_and_who_is_paid(edition, desk, ended):
    def figures():
        found = numbers(edition)
        return tuple(found[f"D2.{key}"] for key in ("people", "companies", "fulfilled", "paid"))

    assert figures() == (5, 5, 2, 0)
    ann, cleo = ended["Ann All"], ended["Cleo Calm"]
    release_benefit(ann, by=desk)
    release_benefit(cleo, reason="The exhibitor fell ill", by=desk)
    refuse_benefit(ended["Ben Blank"], reason="False invoice", by=desk)
    assert figures() == (5, 5, 2, 2)
    fund = Fund.objects.create(edition=edition, name_vi="Ngân sách", name_en="Budget")
    for kind in ("nights", "transfer"):
        plan_item(item_of(ann, kind), actual=Decimal(90), fund=fund, paper_number="HD 1", by=desk)
        pay_item(item_of(ann, kind), paid=Decimal(90), by=desk)
    close_hosting(mark_paid(fresh(ann), by=desk), by=desk)
    assert figures() == (5, 5, 2, 2)


def test_the_desk_is_told_of_those_to_decide(edition, client, desk, ended):
    def waiting(*roles):
        with override("en"):
            return [task.title for task in hostings_to_decide(edition, frozenset(roles))]

    with clock.at(world.FIRST_MORNING):
        came(accepted(edition, desk, name="Fay Fast"), days=1)
    assert waiting("importer_desk") == ["6 hostings wait for a decision"]
    assert waiting("finance") == []
    client.force_login(desk)
    page = client.get(reverse("buyers:hosted_desk", args=[edition.slug]), {"state": "decide"}).content.decode()
    assert [name for name in [*ended, "Fay Fast"] if name in page] == [*ended, "Fay Fast"]
    judge_hostings(edition, by=desk)
    for one in HostedContract.objects.exclude(state="fulfilled"):
        refuse_benefit(fresh(one), by=desk)
    assert waiting("director") == ["2 hostings wait for a decision"]
    HostedContract.objects.filter(state="fulfilled").update(state="accepted")
    with clock.at(world.FIRST_MORNING):
        assert waiting("director") == []


def test_a_journey_is_planned_from_a_fund_of_the_edition(edition, desk):
    one = accepted(edition, desk)
    foreign = Fund.objects.create(edition=world.edition(), name_vi="A", name_en="A")
    with pytest.raises(Invalid):
        plan_item(item_of(one), fund=foreign, by=desk)
    with pytest.raises(Invalid):
        plan_item(item_of(one), estimate=Decimal(-1), by=desk)
    with pytest.raises(Forbidden):
        plan_item(item_of(one), estimate=Decimal(1), by=one.registration.person)
    kept = plan_item(item_of(one), estimate=Decimal(200), data=b"%PDF-1.4 offer", by=desk)
    assert kept.file.read() == b"%PDF-1.4 offer"
    assert arrange_travel(one, by=desk).state == "arranged"
    with pytest.raises(Refused):
        plan_item(item_of(offered(edition, desk)), estimate=Decimal(1), by=desk)


def test_the_file_for_the_budget_has_every_part(edition, desk, ended):
    plan_item(item_of(ended["Ann All"]), estimate=Decimal("260.50"), actual=Decimal(250), by=desk)
    sheet = openpyxl.load_workbook(BytesIO(hosted_workbook(edition))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len([row for row in rows if row[1] in ended]) == 10
    [ann] = [row for row in rows if row[1] == "Ann All" and row[8] is not None]
    assert (ann[6], ann[7], ann[8], ann[9], ann[14], ann[15]) == ("USD", 270, 260.5, 250, 8, 2)
