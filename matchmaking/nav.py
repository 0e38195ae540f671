"""The places of meetings and contracts in the navigation, what waits at their desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairs.discovery import NavItem, Task, add_nav, add_waiting
from fairs.models import Edition
from matchmaking.models import Deal, DealPaper, Meeting
from matchmaking.twins import possible_twins

DESK = frozenset({"matchmaking_desk", "importer_desk", "reports"})

add_nav(
    [
        NavItem("exhibitor", 35, _("Meetings"), "matchmaking:agenda", "calendar"),
        NavItem("exhibitor", 36, _("Visitors"), "matchmaking:leads", "scan"),
        NavItem("exhibitor", 50, _("Contracts"), "matchmaking:deals", "heart-handshake"),
        NavItem("importer", 20, _("Agenda"), "matchmaking:agenda", "calendar"),
        NavItem("importer", 50, _("Deals"), "matchmaking:deals", "heart-handshake"),
        NavItem("desk", 60, _("Meetings"), "matchmaking:meetings_desk", "calendar", DESK),
        NavItem("desk", 70, _("Contracts"), "matchmaking:deals_desk", "heart-handshake", frozenset({"reports"})),
    ]
)


@add_waiting
def meetings_that_differ(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Meetings of which the two sides say different things, without a badge that was read."""
    if not roles & {"director", "matchmaking_desk"}:
        return
    number = Meeting.objects.filter(edition=edition, differs=True).count()
    if number:
        yield Task(
            title=ngettext(
                "%(number)d meeting on which the sides differ", "%(number)d meetings on which the sides differ", number
            )
            % {"number": number},
            note=_("Until you say what stands, it speaks for the buyer."),
            url=reverse("matchmaking:meetings_desk", args=[edition.slug]) + "?differs=1",
            verb=_("Compare"),
            icon="users",
            kind="info",
        )


@add_waiting
def deals_that_differ(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Deals of which the two sides say different things."""
    if not roles & {"director", "reports"}:
        return
    number = Deal.objects.filter(edition=edition, state=Deal.State.DISPUTED).count()
    if number:
        yield Task(
            title=ngettext(
                "%(number)d contract on which the sides differ",
                "%(number)d contracts on which the sides differ",
                number,
            )
            % {"number": number},
            note=_("It is not counted until both name the same value."),
            url=reverse("matchmaking:deals_desk", args=[edition.slug]) + "?state=disputed",
            verb=_("Compare"),
            icon="file-text",
            kind="info",
        )


@add_waiting
def papers_to_look_at(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Files that speak for contracts and were not opened yet, and contracts that may have been declared twice."""
    if not roles & {"director", "reports"}:
        return
    if number := DealPaper.objects.filter(deal__edition=edition, verdict="").exclude(deal__state="cancelled").count():
        words = ngettext("%(number)d file of a contract to open", "%(number)d files of contracts to open", number)
        yield Task(
            title=words % {"number": number},
            note=_("Once you have seen that it fits, the contract counts as seen."),
            url=reverse("matchmaking:deals_desk", args=[edition.slug]) + "?files=1",
            verb=_("Open them"),
            icon="file-check",
            kind="info",
        )
    if number := len(possible_twins(edition)):
        words = ngettext(
            "%(number)d contract that may be declared twice", "%(number)d contracts that may be declared twice", number
        )
        yield Task(
            title=words % {"number": number},
            note=_("Until you decide, both count."),
            url=reverse("matchmaking:deal_pairs", args=[edition.slug]),
            verb=_("Compare"),
            icon="git-merge",
            kind="info",
        )
