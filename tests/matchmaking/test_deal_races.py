"""A contract is answered, put right and joined with another at one moment; controls show what the locks are for."""

from decimal import Decimal
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from fairs import clock
from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Delivery, Entry
from matchmaking.actions.deal_corrections import agree_correction, ask_correction
from matchmaking.actions.deal_pairs import say_same, undo_decision
from matchmaking.actions.deals import cancel_deal, confirm_deal
from matchmaking.actions.opportunities import stage_of
from matchmaking.correction_words import text_of
from matchmaking.deal_codes import code_of, number_of
from matchmaking.models import Deal, DealCorrection, DealPair, Opportunity
from matchmaking.twins import fingerprint
from tests import world
from tests.matchmaking.asking import recorded
from tests.matchmaking.test_deal_pairs import theirs
from tests.matchmaking.test_races import ROUNDS, at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NOBODY = AnonymousUser()
YES = ["matchmaking.deal_confirmed", "matchmaking.deal_confirmed_by_code"]


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def loaded(deal):
    return Deal.objects.with_sides().select_related("edition").get(pk=deal.pk)


def by_link(deal, way):
    return confirm_deal(deal, by=NOBODY, token=way, number=number_of(deal))


def yeses(deal):
    """How often the journal says that it was confirmed."""
    return Entry.objects.filter(verb="matchmaking.deal.confirm", object_id=str(deal.pk)).count()


def test_the_link_and_the_code_at_once_confirm_once_and_both_are_told_so(fair):
    for number in range(ROUNDS):
        deal = recorded(fair, key=f"yes-{number}")
        ways = (deal.token, code_of(deal), deal.token)
        told = at_once(*(lambda a=deal, b=way: by_link(loaded(a), b).state for way in ways))
        assert told == ["confirmed"] * 3
        assert yeses(deal) == 1
        means = loaded(deal).confirmed_by
        assert Delivery.objects.filter(kind__in=YES, about=f"matchmaking.deal:{deal.pk}").count() == (
            2 if means == "code" else 1
        )


def naive_confirm(deal, arrived):
    """Confirming as one would write it: look whether somebody has, then write."""
    with transaction.atomic():
        if loaded(deal).state == "confirmed":
            return "confirmed"
        arrived.wait()
        Deal.objects.filter(pk=deal.pk).update(state="confirmed")
        record("confirm", deal, by=None)
    return "confirmed"


@pytest.mark.postgres
def test_without_the_compare_and_set_it_would_be_confirmed_twice(fair):
    deal, arrived = recorded(fair), Barrier(2)
    assert at_once(*[lambda: naive_confirm(deal, arrived)] * 2) == ["confirmed"] * 2
    assert yeses(deal) == 2


# What two papers must have in common to be one, each put right in one of them.
PUT_RIGHT = [
    {"field": "kind", "kind": "memorandum"},
    {"field": "value", "amount": Decimal(6_940_000), "currency": "EUR"},
]


def being_corrected(fair, number, **put_right):
    """Two papers that may be one, of which one is about to become a memorandum, or what is said."""
    importer = world.importer(fair.edition)
    fair.importer, fair.buyer = importer.part, importer.person
    mine = confirm_deal(recorded(fair, key=f"m{number}"), by=fair.buyer)
    other = theirs(fair, key=f"t{number}")
    return mine, other, ask_correction(mine, **put_right or PUT_RIGHT[0], reason="A slip", by=fair.maker)


def agreed(correction, buyer):
    whole = DealCorrection.objects.select_related("deal__edition", "deal__exhibitor", "deal__importer")
    return agree_correction(whole.get(pk=correction.pk), by=buyer).state


@pytest.mark.parametrize("put_right", PUT_RIGHT, ids=["sort", "currency"])
def test_a_paper_put_right_is_not_joined_as_what_it_was(fair, put_right):
    desk = world.officer(fair.edition, "reports")
    for number in range(ROUNDS):
        mine, other, correction = being_corrected(fair, number, **put_right)
        seen = (loaded(mine), loaded(other))  # as the officer's page had them
        right, joined = at_once(lambda a=correction, b=fair.buyer: agreed(a, b), lambda a=seen: told_same(*a, by=desk))
        assert (right, text_of(loaded(mine), correction.field)) == ("agreed", correction.after)
        assert joined in ("same", "not_alike")
        first = joined == "same"  # it was joined while both were contracts, and put right afterwards
        assert loaded(other).same_as_id == (mine.pk if first else None)
        assert steps(mine) == (["join", "correct"] if first else ["correct"])


def told_same(kept, dropped, *, by):
    try:
        return say_same(kept, dropped=dropped, by=by).state
    except Invalid as refusal:
        return refusal.code


def steps(deal):
    """What the journal says of joining and putting right, in order."""
    put_right = Q(verb="matchmaking.deal.correct", object_id=str(deal.pk))
    joined = Q(
        verb="matchmaking.dealpair.join", object_id__in=[str(pair.pk) for pair in DealPair.objects.filter(first=deal)]
    )
    entries = Entry.objects.filter(put_right | joined).order_by("pk")
    return [one.verb.rpartition(".")[2] for one in entries]


def naive_join(kept, dropped, looked, put_right):
    """Joining as one would write it: compare what one has, then lock and write."""
    alike = fingerprint(kept) == fingerprint(dropped)
    looked.wait()
    put_right.wait()
    with transaction.atomic():
        Deal.objects.select_for_update().filter(pk__in=[kept.pk, dropped.pk]).count()
        if not alike:
            return "not_alike"
        Deal.objects.filter(pk=dropped.pk).update(same_as=kept)
    return "same"


@pytest.mark.postgres
def test_compared_before_the_locks_a_contract_would_count_as_a_memorandum(fair):
    mine, other, correction = being_corrected(fair, 0)
    looked, put_right = Barrier(2), Barrier(2)

    def agree():
        looked.wait()
        try:
            return agreed(correction, fair.buyer)
        finally:
            put_right.wait()

    told = at_once(agree, lambda: naive_join(loaded(mine), loaded(other), looked, put_right))
    assert told == ["agreed", "same"]
    assert not Deal.objects.contracts().exists()


def test_a_decision_undone_while_the_kept_paper_is_put_right_leaves_both_counting(fair):
    desk = world.officer(fair.edition, "reports")
    for number in range(ROUNDS):
        mine, other, correction = being_corrected(fair, number)
        pair = say_same(loaded(mine), dropped=loaded(other), by=desk)
        told = at_once(
            lambda a=correction, b=fair.buyer: agreed(a, b),
            lambda a=pair.pk: undo_decision(DealPair.objects.get(pk=a), by=desk).state,
        )
        assert told == ["agreed", "open"]
        assert {one.pk: one.kind for one in Deal.objects.counted().filter(pk__in=[mine.pk, other.pk])} == {
            mine.pk: "memorandum", other.pk: "contract",
        }  # fmt: skip
        assert [one.opportunity.state for one in (loaded(mine), loaded(other))] == stages(mine, other)


def stages(*deals):
    """Where the papers that stand have brought what each belongs to."""
    return [stage_of(Opportunity.objects.get(deals=deal)) for deal in deals]


def test_a_paper_taken_back_while_another_is_joined_to_it_hides_none(fair):
    desk = world.officer(fair.edition, "reports")
    for number in range(ROUNDS):
        importer = world.importer(fair.edition)
        fair.importer, fair.buyer = importer.part, importer.person
        mine, other = recorded(fair, key=f"m{number}"), theirs(fair, key=f"t{number}")
        seen = (loaded(mine), loaded(other))
        told = at_once(
            lambda a=mine: cancel_deal(loaded(a), by=fair.maker).state, lambda a=seen: told_same(*a, by=desk)
        )
        assert told in (["cancelled", "same"], ["cancelled", "taken_back"])
        assert Deal.objects.filter(pk__in=[mine.pk, other.pk]).counted().get() == other
