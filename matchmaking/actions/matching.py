"""How an edition weighs who should meet whom."""

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require
from matchmaking.models import MatchingTerms
from matchmaking.models.matching import HEAVIEST
from matchmaking.ranking.terms import COMPARED, CRITERIA

LISTS = ("listed", "reserved", "floor")
FACTS = (*CRITERIA, "unknown", "feedback", *LISTS)


def terms_of(edition: Edition) -> MatchingTerms:
    """Those of the edition, or the usual ones that nobody has saved."""
    return MatchingTerms.objects.filter(edition=edition).first() or MatchingTerms(edition=edition)


def set_matching_terms(edition: Edition, *, by: Actor, **facts: int) -> MatchingTerms:
    """Set some of the weights and numbers; what is left out stays. Lists already shown change with the next look.

    Refuses with `out_of_range` what is not from 0 to 100, no proposals at all, and more reserved places than proposals;
    with `no_weight` weights that are all zero.
    """
    require(by, "matchmaking.set_terms", edition)
    with transaction.atomic():
        found = MatchingTerms.objects.select_for_update().filter(edition=edition).first()
        terms = found or MatchingTerms(edition=edition)
        for name, value in facts.items():
            setattr(terms, name, value)
        _check(terms)
        terms.save()
        record("set", terms, by=by, fields=facts)
    return terms


def copy_terms(source: Edition, target: Edition) -> None:
    """Give a new edition the weights of an earlier one."""
    known = MatchingTerms.objects.filter(edition=source).first()
    if known:
        MatchingTerms.objects.get_or_create(edition=target, defaults={name: getattr(known, name) for name in FACTS})


def _check(terms: MatchingTerms) -> None:
    wrong = [name for name in FACTS if not 0 <= getattr(terms, name) <= HEAVIEST]
    wrong += ["listed"] if terms.listed == 0 else []
    wrong += ["reserved"] if terms.reserved > terms.listed else []
    if wrong:
        sentence = _("Give a number from 0 to 100: at least one proposal, and not more reserved than proposals.")
        raise Invalid("out_of_range", sentence, {name: [sentence] for name in wrong})
    if not any(getattr(terms, name) for name in COMPARED):
        sentence = _("Give at least one criterion a weight.")
        raise Invalid("no_weight", sentence, {"groups": [sentence]})
