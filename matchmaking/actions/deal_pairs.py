"""Whether two papers are one: an officer decides, so that no total counts both; it can be undone."""

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from matchmaking.actions.opportunities import restage
from matchmaking.models import ContractRules, Deal, DealPair
from matchmaking.twins import fingerprint, key_of


def say_same(kept: Deal, *, dropped: Deal, by: Actor) -> DealPair:
    """Both are one paper: `kept` counts, `dropped` stays readable and counts no more.

    Refuses with `not_alike` papers of other companies, sorts or currencies, `taken_back` and `decided_already`.
    """
    require(by, "matchmaking.decide_pair", kept)
    with transaction.atomic():
        pair, kept, dropped = _locked_pair(kept, dropped)
        if dropped.told_again.exists():
            raise Refused(
                "decided_already", _("Another paper already counts as the one you would drop. Undo that first.")
            )
        pair.follow("join", by=by, kept=kept, decided_by=by)
        dropped.same_as = kept
        dropped.save(update_fields=["same_as"])
        why = _("Counted as %(number)s.") % {"number": kept.number}
        restage(dropped.opportunity, by=by, why=why)
        announce(kept.edition, "deals")
    return pair


def say_different(first: Deal, *, second: Deal, by: Actor) -> DealPair:
    """They are two papers and both count. Refuses as saying that they are the same does."""
    require(by, "matchmaking.decide_pair", first)
    with transaction.atomic():
        pair, first, _second = _locked_pair(first, second)
        pair.follow("part", by=by, decided_by=by)
        announce(first.edition, "deals")
    return pair


def undo_decision(pair: DealPair, *, by: Actor) -> DealPair:
    """Take a decision back: both count again, and the pair waits for another decision."""
    require(by, "matchmaking.decide_pair", pair)
    with transaction.atomic():
        _lock(pair.first_id, pair.second_id)
        _undo(pair, by=by)
        announce(pair.edition, "deals")
    return pair


def release_twins(kept: Deal, *, by: Actor) -> None:
    """Let the papers that count as this one count by themselves again: it is taken back in the caller's transaction."""
    joined = DealPair.objects.filter(kept=kept, state=DealPair.State.SAME)
    _lock(kept.pk, *(pk for pair in joined for pk in (pair.first_id, pair.second_id)))
    for pair in joined.all():
        _undo(pair, by=by)


def set_counts_from(edition: Edition, *, level: str, by: Actor) -> ContractRules:
    """Say from which level the report counts contracts and memoranda. Refuses with `counts_from`."""
    require(by, "matchmaking.set_contract_rules", edition)
    if level not in Deal.Level.values:
        sentence = _("Choose one of the four levels.")
        raise Invalid("counts_from", sentence, {"counts_from": [sentence]})
    with transaction.atomic():
        rules, _made = ContractRules.objects.update_or_create(edition=edition, defaults={"counts_from": level})
        record("set", rules, by=by, fields=["counts_from"])
        announce(edition, "deals")
    return rules


def copy_contract_rules(source: Edition, target: Edition) -> None:
    """A new edition counts from the level of an earlier one."""
    if known := ContractRules.objects.filter(edition=source).first():
        ContractRules.objects.get_or_create(edition=target, defaults={"counts_from": known.counts_from})


def _undo(pair: DealPair, *, by: Actor) -> None:
    both = (pair.first_id, pair.second_id)
    pair.follow("undo", by=by, kept=None, decided_by=None)
    for deal in Deal.objects.filter(pk__in=both, same_as__in=both).select_related("opportunity"):
        deal.same_as = None
        deal.save(update_fields=["same_as"])
        restage(deal.opportunity, by=by, revive=True)


def _locked_pair(one: Deal, other: Deal) -> tuple[DealPair, Deal, Deal]:
    """Both papers as they are now, locked in the order of their keys, with the pair that they make."""
    deals = {deal.pk: deal for deal in _lock(one.pk, other.pk)}
    one, other = deals[one.pk], deals[other.pk]
    if one.pk == other.pk or one.edition_id != other.edition_id or fingerprint(one) != fingerprint(other):
        raise Invalid("not_alike", _("These two cannot be one: other companies, another sort of paper or currency."))
    if any(deal.state == Deal.State.CANCELLED for deal in deals.values()):
        raise Refused("taken_back", _("One of them was taken back, so it counts no more."))
    if any(deal.same_as_id for deal in deals.values()):
        raise Refused(
            "decided_already", _("One of them counts as another paper already. The list shows how it stands.")
        )
    first, second = key_of(one, other)
    pair, _new = DealPair.objects.get_or_create(edition=one.edition, first_id=first, second_id=second)
    return pair, one, other


def _lock(*keys: int) -> list[Deal]:
    rows = Deal.objects.select_for_update(of=("self",), no_key=True).with_sides().select_related("edition")
    return list(rows.filter(pk__in=keys).order_by("pk"))
