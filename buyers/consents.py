"""What importers are asked to agree to, in the words they read."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from fairs.models import Consent

TEXT_VERSION = "2026-1"  # a new one whenever a sentence below changes its meaning


class Asked(NamedTuple):
    """One purpose with its sentence; nobody takes part without the needed one."""

    purpose: str
    sentence: Any
    needed: bool = False


ASKED = (
    Asked(
        Consent.Purpose.REGISTRATION,
        _("I agree that the organiser keeps what I write here to register me, make my badge and write to me about it."),
        needed=True,
    ),
    Asked(
        Consent.Purpose.SHARE_ON_SCAN,
        _("When a maker scans my badge, they may have my name, company and e-mail."),
    ),
    Asked(
        Consent.Purpose.DIRECTORY,
        _("Makers may see my company and what I look for, so that they can propose meetings."),
    ),
    Asked(Consent.Purpose.NEWS, _("The organiser may invite me to later editions.")),
)
OPTIONAL = tuple(asked for asked in ASKED if not asked.needed)
