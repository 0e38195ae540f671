"""What a jury judges by, and how much is enough."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booths.models import Criterion, Score, Threshold
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, ProductGroup
from fairs.permissions import Actor, require


def set_criterion(edition: Edition, *, by: Actor, criterion: Criterion | None = None, **fields: Any) -> Criterion:
    """Add a criterion or change one of the edition's.

    Once somebody has scored, the rules of the game stand: refuses with `already_scored`, except for words.
    """
    require(by, "booths.decide", edition)
    one = criterion or Criterion(edition=edition)
    changed = {name for name, value in fields.items() if getattr(one, name) != value}
    with transaction.atomic():
        if criterion is None or changed & {"weight", "most"}:
            _check_nobody_scored(edition)
        for name in changed:
            setattr(one, name, fields[name])
        one.save()
        record("set", one, by=by, fields=changed)
    return one


def remove_criterion(criterion: Criterion, *, by: Actor) -> None:
    """Judge by it no more; refuses with `already_scored` once somebody has scored."""
    require(by, "booths.decide", criterion.edition)
    with transaction.atomic():
        _check_nobody_scored(criterion.edition)
        record("remove", criterion, by=by)
        criterion.delete()


def set_threshold(
    edition: Edition, *, least: Decimal, by: Actor, product_group: ProductGroup | None = None
) -> Threshold:
    """Set the least score of a product group, or of all without one of their own; it replaces the one before."""
    require(by, "booths.decide", edition)
    if not 0 <= least <= 100:
        sentence = _("A threshold lies between 0 and 100.")
        raise Invalid("threshold", sentence, {"least": [sentence]})
    with transaction.atomic():
        threshold, _new = Threshold.objects.update_or_create(
            edition=edition, product_group=product_group, defaults={"least": least}
        )
        record("set", threshold, by=by, fields=["least"])
        announce(edition, "applications")
    return threshold


def remove_threshold(threshold: Threshold, *, by: Actor) -> None:
    """The product group goes by the general threshold again; without that, by none."""
    require(by, "booths.decide", threshold.edition)
    with transaction.atomic():
        record("remove", threshold, by=by)
        threshold.delete()
        announce(threshold.edition, "applications")


def _check_nobody_scored(edition: Edition) -> None:
    if Score.objects.filter(criterion__edition=edition).exists():
        sentence = _("The jury has begun to score, so criteria and weights stay as they are.")
        raise Refused("already_scored", sentence)
