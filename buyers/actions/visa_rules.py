"""How an edition writes letters for visas, and when it forgets the passports."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from buyers.models import VisaLetter, VisaRules
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record, record_many
from fairs.models import Edition
from fairs.permissions import Actor, require


def set_visa_rules(edition: Edition, *, by: Actor, **fields: Any) -> VisaRules:
    """Say who signs, whom a consulate calls, and how many days after the fair passport data deletes itself.

    Refuses with `kept_longer` more days than those who have given their data were told.
    """
    require(by, "buyers.set_visa_rules", edition)
    with transaction.atomic():
        rules, _made = VisaRules.objects.get_or_create(edition=edition)
        _not_longer(rules, fields.get("keep_days", rules.keep_days))
        for name, value in fields.items():
            setattr(rules, name, value)
        rules.save()
        record("set", rules, by=by, fields=fields)
    return rules


def forget_passports() -> int:
    """Delete the passport data of every letter whose days are over; how many there were."""
    kept = VisaLetter.objects.exclude(sealed="").with_rules()
    over = [letter for letter in kept if clock.today(letter.edition) >= letter.gone_on]
    with transaction.atomic():
        VisaLetter.objects.filter(pk__in=[letter.pk for letter in over]).update(sealed="")
        record_many("forget", over, by=None)
    return len(over)


def copy_visa_rules(source: Edition, target: Edition) -> None:
    """Give a new edition the signer and the days of an earlier one."""
    known = VisaRules.objects.filter(edition=source).first()
    if known:
        said = {name: getattr(known, name) for name in ("keep_days", *TEXTS)}
        VisaRules.objects.get_or_create(edition=target, defaults=said)


TEXTS = ("office_vi", "office_en", "signer", "contact", "phone")


def _not_longer(rules: VisaRules, days: int) -> None:
    told = VisaLetter.objects.filter(edition=rules.edition_id).exclude(sealed="")
    if days > rules.keep_days and told.exists():
        sentence = _("Guests have given their passport data for %(days)d days. Choose no more.") % {
            "days": rules.keep_days
        }
        raise Refused("kept_longer", sentence, {"keep_days": [sentence]})
