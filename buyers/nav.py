"""The buyers' places in the navigation, and what waits at the importer desk."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buyers.models import HostedContract, Registration
from fairs import clock
from fairs.discovery import NavItem, Task, add_nav, add_shell, add_waiting
from fairs.models import Edition, Person

DESK = frozenset({"importer_desk", "matchmaking_desk", "reports"})
BADGES = frozenset({"importer_desk", "booth_desk", "gate"})

add_nav(
    [
        NavItem("public", 60, _("Register"), "buyers:register", "id-badge"),
        NavItem("importer", 10, _("Badge"), "buyers:badge", "id-badge"),
        NavItem("importer", 60, _("Registration"), "buyers:registration", "user"),
        NavItem("exhibitor", 40, _("Passes"), "buyers:passes", "id-badge"),
        NavItem("desk", 30, _("Importers"), "buyers:importers_desk", "users", DESK),
        # A director finds them above the importers; their bar is full.
        NavItem("desk", 35, _("Badges"), "buyers:badges_desk", "id-badge", BADGES, own=True),
        NavItem("desk", 36, _("Visa letters"), "buyers:visa_desk", "world", frozenset({"visa"}), own=True),
        NavItem("desk", 70, _("Gate"), "buyers:gate", "scan", frozenset({"gate"})),
    ]
)


@add_shell
def registered(person: Person, edition: Edition) -> str:
    """Whoever registered finds what an importer needs, before the approval too."""
    return "importer" if Registration.objects.filter(edition=edition, person=person).exists() else ""


@add_waiting
def waiting_importers(edition: Any, roles: frozenset[str]) -> Iterable[Task]:
    """Those who registered and wait for an answer."""
    if not roles & {"director", "importer_desk"}:
        return
    number = Registration.objects.filter(edition=edition, state=Registration.State.REGISTERED).count()
    if number:
        yield Task(
            title=ngettext("%(number)d importer waits for approval", "%(number)d importers wait for approval", number)
            % {"number": number},
            note=_("They were told to expect an answer within two working days."),
            url=reverse("buyers:vetting", args=[edition.slug]) + "?state=registered",
            verb=_("Decide"),
            icon="user-check",
        )


@add_waiting
def hostings_to_decide(edition: Any, roles: frozenset[str]) -> Iterable[Task]:
    """Hostings of which nobody has said whether they are paid."""
    if not roles & {"director", "importer_desk"}:
        return
    number = HostedContract.objects.filter(edition=edition).to_decide(clock.today(edition)).count()
    if number:
        yield Task(
            title=ngettext("%(number)d hosting waits for a decision", "%(number)d hostings wait for a decision", number)
            % {"number": number},
            note=_("Count days and meetings, then say for each whether it is paid."),
            url=reverse("buyers:hosted_desk", args=[edition.slug]) + "?state=decide",
            verb=_("Decide"),
            icon="plane",
        )
