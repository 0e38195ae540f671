"""The doors of a fair: gates, areas, and who may pass them when."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buyers.access import usual_rules
from buyers.models import AccessRule, Area, Gate, GateRules
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require


def add_gate(
    edition: Edition, *, name_vi: str, name_en: str, by: Actor, area: Area | None = None, per_minute: int = 12
) -> Gate:
    """Open a gate for scanning, into the fair or one of its areas; refuses with `gate_known` a name the edition has."""
    require(by, "buyers.set_up_gates", edition)
    try:
        with transaction.atomic():
            gate = Gate.objects.create(
                edition=edition, name_vi=name_vi, name_en=name_en, area=area, per_minute=per_minute
            )
            record("add", gate, by=by)
    except IntegrityError:
        sentence = _("This edition already has a gate with that name.")
        raise Refused("gate_known", sentence, {"name_vi": [sentence]}) from None
    return gate


def add_area(edition: Edition, *, name_vi: str, name_en: str, by: Actor) -> Area:
    """Name a part of the fair with gates of its own; refuses with `area_known` a name the edition has."""
    require(by, "buyers.set_up_gates", edition)
    try:
        with transaction.atomic():
            area = Area.objects.create(edition=edition, name_vi=name_vi, name_en=name_en)
            record("add", area, by=by)
    except IntegrityError:
        sentence = _("This edition already has an area with that name.")
        raise Refused("area_known", sentence, {"name_vi": [sentence]}) from None
    return area


def add_access(
    edition: Edition, *, kind: str, area: Area | None, begins_at: datetime, ends_at: datetime, by: Actor
) -> AccessRule:
    """Let badges of a kind through the gates of an area in a time.

    The first rule of an edition brings the usual ones with it, so that nobody is shut out by it. Refuses with
    `ends_before` and `access_known`.
    """
    require(by, "buyers.set_up_gates", edition)
    if ends_at <= begins_at:
        sentence = _("The end comes after the beginning.")
        raise Invalid("ends_before", sentence, {"ends_at": [sentence]})
    _write_usual_rules(edition)
    try:
        with transaction.atomic():
            rule = AccessRule.objects.create(
                edition=edition, kind=kind, area=area, begins_at=begins_at, ends_at=ends_at
            )
            record("add", rule, by=by)
    except IntegrityError:
        sentence = _("There is a rule for this kind and area that begins at that moment. Remove it first.")
        raise Refused("access_known", sentence, {"begins_at": [sentence]}) from None
    return rule


def remove_access(rule: AccessRule, *, by: Actor) -> None:
    """End a rule; when it was the last one, the usual ones hold again."""
    require(by, "buyers.set_up_gates", rule)
    with transaction.atomic():
        record("remove", rule, by=by)
        rule.delete()


def set_gate_rules(edition: Edition, *, again_minutes: int, wipe_days: int, by: Actor) -> GateRules:
    """Say when a badge read again counts as another entry, and when devices forget who comes.

    Entries counted before stay as they are until their badge is read again.
    """
    require(by, "buyers.set_up_gates", edition)
    with transaction.atomic():
        given = {"again_minutes": again_minutes, "wipe_days": wipe_days}
        rules, _new = GateRules.objects.update_or_create(edition=edition, defaults=given)
        record("edit", rules, by=by, fields=given)
    return rules


def _write_usual_rules(edition: Edition) -> None:
    """So that they can be seen, and removed one by one; kept also when the new rule is refused, since they hold."""
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        if not AccessRule.objects.filter(edition=edition).exists():
            AccessRule.objects.bulk_create(usual_rules(edition))
