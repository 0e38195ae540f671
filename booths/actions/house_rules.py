"""The rules of an edition that have an effect."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booths.models import HouseRules
from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require

MOST = {"withdraw_days": 365, "co_exhibitors_for_a_booth": 20, "re_export_days": 365}


def set_house_rules(edition: Edition, *, by: Actor, **rules: Any) -> HouseRules:
    """Set some of the rules; what is not named stays. What was withdrawn keeps the rules of then.

    Refuses with `bad_number`.
    """
    require(by, "booths.set_up_floor", edition)
    for name, most in MOST.items():
        if not 0 <= rules.get(name, 0) <= most:
            sentence = _("Give a number from 0 to %(most)d.") % {"most": most}
            raise Invalid("bad_number", sentence, {name: [sentence]})
    with transaction.atomic():
        row, _new = HouseRules.objects.update_or_create(edition=edition, defaults=rules)
        record("set", row, by=by, fields=rules)
    return row
