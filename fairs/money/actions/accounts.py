"""Where transfers go, and which ways of paying are offered."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Audience, BankAccount, Edition, WayOffered
from fairs.money.vietqr import is_account_number, is_bin
from fairs.money.ways import FOR_PAYERS, way_named
from fairs.permissions import Actor, require


def set_bank_account(edition: Edition, *, bin: str, bank_name: str, number: str, holder: str, by: Actor) -> BankAccount:
    """Say where the edition is paid by transfer; from now on notices in đồng show it with a code to scan.

    Spaces and marks in the numbers are dropped. Refuses with `no_bin`, `no_account` or `incomplete`.
    """
    require(by, "fairs.set_bank_account", edition)
    given = {
        "bin": _without_marks(bin),
        "bank_name": bank_name.strip(),
        "number": _without_marks(number).upper(),
        "holder": holder.strip(),
    }
    _check_account(given)
    with transaction.atomic():
        account, new = BankAccount.objects.select_for_update().get_or_create(edition=edition, defaults=given)
        changed = [name for name, value in given.items() if new or getattr(account, name) != value]
        for name in changed:
            setattr(account, name, given[name])
        if changed:
            account.save()
            record("set", account, by=by, fields=changed)
    return account


def _without_marks(typed: str) -> str:
    return "".join(character for character in typed if character not in " .-")


def _check_account(given: dict[str, str]) -> None:
    """Refuses what no bank's app would take."""
    blank = [name for name, value in given.items() if not value]
    if blank:
        sentence = _("This is needed for a transfer.")
        raise Invalid("incomplete", _("Something about the account is missing."), {name: [sentence] for name in blank})
    if not is_bin(given["bin"]):
        sentence = _("A bank’s number has six digits, such as 970436.")
        raise Invalid("no_bin", sentence, {"bin": [sentence]})
    if not is_account_number(given["number"]):
        sentence = _("An account number has at most 19 letters and digits.")
        raise Invalid("no_account", sentence, {"number": [sentence]})


def set_ways(edition: Edition, *, audience: str, ways: Sequence[WayOffered], by: Actor) -> list[WayOffered]:
    """Say by which ways an audience may pay from now on, in this order; notices issued keep the days they told.

    Refuses with `no_way` when none is left, and with `unknown_way`.
    """
    require(by, "fairs.set_ways", edition)
    if not ways:
        raise Invalid("no_way", _("Offer one way of paying at least."))
    for one in ways:
        way_named(one.way)
        if one.way not in FOR_PAYERS:
            raise Invalid("unknown_way", _("This way of paying is not offered here."))
    if len({one.way for one in ways}) < len(ways):
        raise Invalid("way_twice", _("A way of paying is named twice."))
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        WayOffered.objects.filter(edition=edition, audience=audience).delete()
        for order, one in enumerate(ways):
            one.edition, one.audience, one.order = edition, audience, order
        made = WayOffered.objects.bulk_create(ways)
        record("set_ways", edition, by=by, fields=["ways"], subject=Audience(audience).label)
    return made
