"""A contract that both sides declared counts once: found, shown side by side, decided by an officer, undone."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fairs import clock, reports
from fairs.errors import Forbidden, Invalid, Refused
from fairs.states import StateConflict
from matchmaking.actions.deal_pairs import say_different, say_same, undo_decision
from matchmaking.actions.deals import cancel_deal, confirm_deal
from matchmaking.models import Deal, DealPair, Opportunity
from matchmaking.twins import possible_twins
from tests import world
from tests.matchmaking.asking import page, recorded, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


@pytest.fixture
def desk(fair):
    """The reports desk."""
    return world.officer(fair.edition, "reports")


def theirs(fair, **given):
    """What the importer declares of the maker's 6,940,000 yen."""
    more = {"recorded_side": "importer", "by": fair.buyer, "key": "theirs", "amount": Decimal(6_900_000)}
    return recorded(fair, **more | given)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, 1),
        ({"kind": "trial_order"}, 1),
        ({"signed_on": world.OPENS - timedelta(days=7)}, 1),
        ({"recorded_side": "exhibitor"}, 1),
        ({"amount": Decimal(6_594_000)}, 1),  # 4.99 % less
        ({"amount": Decimal(6_592_000)}, 0),
        ({"signed_on": world.OPENS - timedelta(days=8)}, 0),
        ({"kind": "memorandum"}, 0),
        ({"currency": "USD"}, 0),
    ],
)
def test_papers_of_one_pair_near_in_value_and_day_may_be_one(fair, given, found):
    recorded(fair)
    by = fair.maker if given.get("recorded_side") == "exhibitor" else fair.buyer
    theirs(fair, by=by, **given)
    assert len(possible_twins(fair.edition)) == found


def test_papers_of_other_companies_are_never_one(fair):
    recorded(fair)
    other = world.importer(fair.edition)
    theirs(fair, importer=other.part, by=other.person)
    assert possible_twins(fair.edition) == []


def test_what_was_taken_back_is_no_twin(fair):
    cancel_deal(recorded(fair), by=fair.maker)
    theirs(fair)
    assert possible_twins(fair.edition) == []


def worth(fair):
    found = {figure.key: figure for figure in reports.line("F1").figures}
    return {key: found[key].amounts(fair.edition)[0].value for key in ("count", "recorded", "value")}


def test_of_one_paper_declared_twice_the_kept_one_counts_and_both_stay_readable(fair, client, desk):
    mine, other = confirm_deal(recorded(fair), by=fair.buyer), confirm_deal(theirs(fair), by=fair.maker)
    assert worth(fair) == {"count": 2, "recorded": 2, "value": 13_840_000}
    pair = say_same(mine, dropped=other, by=desk)
    assert worth(fair) == {"count": 1, "recorded": 1, "value": 6_940_000}
    assert [Deal.objects.get(pk=deal.pk).level for deal in (mine, other)] == ["confirmed", ""]
    assert Deal.objects.contracts().totals()[0]["total"] == 6_940_000
    assert possible_twins(fair.edition) == []
    client.force_login(fair.buyer)
    assert mine.number in shown(client, page("deal", fair, pk=other.pk))
    assert shown(client, page("deals", fair)).count("Counts as another paper") == 1
    client.force_login(desk)
    assert f"counts as {mine.number}" in shown(client, page("deals_desk", fair))
    undo_decision(pair, by=desk)
    assert worth(fair) == {"count": 2, "recorded": 2, "value": 13_840_000}
    assert len(possible_twins(fair.edition)) == 1


def test_when_the_kept_paper_is_taken_back_the_other_counts_again(fair, desk):
    mine, other = recorded(fair), confirm_deal(theirs(fair), by=fair.maker)
    say_same(mine, dropped=other, by=desk)
    assert worth(fair)["recorded"] == 1
    cancel_deal(mine, by=fair.maker)
    other.refresh_from_db()
    assert (other.same_as, other.level, other.opportunity.state) == (None, "confirmed", "signed")
    assert worth(fair) == {"count": 1, "recorded": 1, "value": 6_900_000}
    assert DealPair.objects.get().state == "open"
    with pytest.raises(Refused) as refusal:
        say_same(mine, dropped=other, by=desk)
    assert refusal.value.code == "taken_back"


def test_two_papers_that_are_two_are_asked_about_no_more(fair, desk):
    mine, other = recorded(fair), theirs(fair)
    pair = say_different(mine, second=other, by=desk)
    assert (possible_twins(fair.edition), worth(fair)["recorded"]) == ([], 2)
    with pytest.raises(StateConflict):
        say_same(mine, dropped=other, by=desk)
    undo_decision(pair, by=desk)
    say_same(other, dropped=mine, by=desk)
    assert DealPair.objects.get().kept == other


def test_no_paper_counts_as_one_that_counts_as_another(fair, desk):
    first, second = recorded(fair), theirs(fair)
    third = recorded(fair, key="three", amount=Decimal(6_930_000))
    say_same(first, dropped=second, by=desk)
    for kept, dropped in [(third, first), (second, third), (second, first)]:
        with pytest.raises(Refused) as refusal:
            say_same(kept, dropped=dropped, by=desk)
        assert refusal.value.code == "decided_already"
    say_same(first, dropped=third, by=desk)
    assert Deal.objects.contracts().get() == first


def test_papers_that_are_not_alike_are_not_joined(fair, desk):
    mine, dollars = recorded(fair), theirs(fair, currency="USD")
    for other in (dollars, mine):
        with pytest.raises(Invalid) as refusal:
            say_same(mine, dropped=other, by=desk)
        assert refusal.value.code == "not_alike"


def test_the_reports_desk_decides_and_nobody_else(fair):
    mine, other = recorded(fair), theirs(fair)
    for by in [fair.maker, fair.buyer, world.officer(fair.edition, "matchmaking_desk"), world.person()]:
        with pytest.raises(Forbidden):
            say_same(mine, dropped=other, by=by)


def test_what_the_dropped_paper_came_of_is_over_until_it_is_undone(fair, desk):
    mine, other = recorded(fair), theirs(fair)
    pair = say_same(mine, dropped=other, by=desk)
    other.refresh_from_db()
    assert (other.opportunity.state, mine.number in other.opportunity.reason) == ("lapsed", True)
    undo_decision(pair, by=desk)
    assert set(Opportunity.objects.values_list("state", flat=True)) == {"signed"}


def test_the_desk_sees_them_side_by_side_and_decides_on_the_page(fair, client, desk):
    mine, other = recorded(fair), theirs(fair)
    client.force_login(desk)
    seen = shown(client, page("deal_pairs", fair))
    assert ("¥6,940,000" in seen, "¥6,900,000" in seen, "One by each side" in seen) == (True, True, True)
    sent = {"first": mine.pk, "second": other.pk, "kept": other.pk}
    client.post(page("decide_deal_pair", fair), sent)
    mine.refresh_from_db()
    assert mine.same_as == other
    again = client.post(page("decide_deal_pair", fair), sent, headers={"accept-language": "en"})
    assert again.status_code == 422
    client.post(page("undo_deal_pair", fair, pair=DealPair.objects.get().pk))
    client.post(page("decide_deal_pair", fair), {"first": mine.pk, "second": other.pk})
    assert DealPair.objects.get().state == "different"


@pytest.mark.parametrize("rows", world.ROWS)
def test_looking_for_twins_takes_the_same_queries_for_any_number(fair, django_assert_num_queries, rows):
    first = recorded(fair)
    Deal.objects.bulk_create(
        Deal(
            edition=fair.edition, number=f"n{n}", kind="contract", exhibitor=fair.exhibitor, importer=fair.importer,
            product_group=first.product_group, currency="USD", amount=2**n % 10**14, signed_on=world.OPENS,
            recorded_side="exhibitor", recorded_by=fair.maker, recorded_at=clock.now(), token=f"t{n}", key=f"k{n}",
        )
        for n in range(1, rows)
    )  # fmt: skip
    with django_assert_num_queries(2):
        possible_twins(fair.edition)
