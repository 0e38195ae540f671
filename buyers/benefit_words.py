"""Why a benefit is paid or not, in the language of the page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyers.benefits import Asked, Reason, Shown, Why, shortfalls
from buyers.models import HostedContract


def reasons(contract: HostedContract) -> list[str]:
    """What a judged contract did not reach, each in a sentence; nothing while it is not judged, or fulfilled."""
    if contract.state == HostedContract.State.NO_SHOW:
        return [sentence(Reason(Why.NEVER_CAME, 0, contract.min_days))]
    if contract.meetings is None or contract.days is None:
        return []
    excused = contract.excused or 0
    shown = Shown(contract.meetings - excused, excused, contract.days)
    return [sentence(one) for one in shortfalls(Asked(contract.min_meetings, contract.min_days), shown)]


def sentence(reason: Reason) -> str:
    """One reason in words."""
    facts: dict[str, Any] = {"has": reason.has, "asked": reason.asked}
    if reason.why is Why.NEVER_CAME:
        return _("No entry was read at a gate.")
    if reason.why is Why.FEW_DAYS:
        return ngettext("%(has)d day at the fair, %(asked)d asked.", "%(has)d days at the fair, %(asked)d asked.",
                        reason.has) % facts  # fmt: skip
    return ngettext("%(has)d meeting, %(asked)d asked.", "%(has)d meetings, %(asked)d asked.", reason.has) % facts
