"""The booth pages' places in the navigation, and what waits at the booth desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from booths import exhibitor_waiting  # noqa: F401 - waits at the desk too
from booths.models import Appeal, Application, Round, RulesText
from fairs.discovery import NavItem, Task, add_nav, add_shell, add_waiting
from fairs.models import Edition, Person

DESK = frozenset({"booth_desk", "finance", "reports"})
JURY = frozenset({"reviewer"})

add_nav(
    [
        NavItem("public", 10, _("Floor plan"), "booths:plan", "map"),
        NavItem("public", 20, _("Exhibitors"), "booths:exhibitors", "building-store"),
        NavItem("importer", 20, _("Exhibitors"), "booths:exhibitors", "building-store"),
        NavItem("importer", 30, pgettext_lazy("floor", "Plan"), "booths:plan", "map"),
        NavItem("exhibitor", 10, _("Floor plan"), "booths:plan", "map"),
        NavItem("exhibitor", 20, _("My booths"), "booths:application", "building-store"),
        NavItem("desk", 10, _("Floor plan"), "booths:plan", "map"),
        NavItem("desk", 20, _("Applications"), "booths:applications_desk", "clipboard-list", DESK),
        NavItem("desk", 21, _("Allocation"), "booths:rounds", "grid-dots", DESK),
        NavItem("desk", 22, _("To judge"), "booths:reviews", "scale", JURY, own=True),
        NavItem("desk", 25, _("Booths"), "booths:booths_desk", "layout-grid", DESK),
        NavItem("exhibitor", 45, _("Services"), "booths:services", "armchair"),
        NavItem("desk", 26, _("Services"), "booths:services_desk", "armchair", DESK),
        NavItem("desk", 26, _("Vehicles"), "booths:yard", "truck", frozenset({"booth_desk", "gate"})),
    ]
)


@add_shell
def applicants(person: Person, edition: Edition) -> str:
    """Whoever applies finds what an exhibitor needs, before the answer too."""
    applications = Application.objects.live().filter(edition=edition, company_id__in=person.company_ids)
    return "exhibitor" if applications.exists() else ""


@add_waiting
def rules_to_publish(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Nobody can hand in before there are rules to accept."""
    if "director" in roles and not RulesText.objects.filter(edition=edition).exists():
        yield Task(
            title=_("Publish the rules of the fair"),
            note=_("Nobody can hand in an application before."),
            url=reverse("booths:publish_rules", args=[edition.slug]),
            verb=_("Write them"),
            icon="file-text",
        )


@add_waiting
def appeals_to_answer(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Appeals that nobody has answered yet."""
    if not roles & {"director", "booth_desk"}:
        return
    rows = Appeal.objects.filter(application__edition=edition, state=Appeal.State.OPEN)
    found = list(rows.order_by("pk").values_list("application_id", flat=True)[:1000])
    if found:
        yield Task(
            title=ngettext("%(count)d appeal to answer", "%(count)d appeals to answer", len(found))
            % {"count": len(found)},
            note=_("The earliest comes first."),
            url=reverse("booths:application_desk", args=[edition.slug, found[0]]),
            verb=_("Answer"),
            icon="scale",
        )


@add_waiting
def applications_to_answer(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """Applications that nobody has answered yet."""
    if not roles & {"director", "booth_desk"}:
        return
    count = Application.objects.filter(edition=edition, state__in=Application.WAITING).count()
    if count:
        yield Task(
            title=ngettext("%(count)d application to answer", "%(count)d applications to answer", count)
            % {"count": count},
            note=_("The earliest handed in comes first."),
            url=reverse("booths:applications_desk", args=[edition.slug]),
            verb=_("Answer"),
            icon="clipboard-list",
        )


@add_waiting
def round_to_sign(edition: Edition, roles: frozenset[str]) -> Iterator[Task]:
    """A round that is worked out, and that nobody has signed yet."""
    if not roles & {"director", "booth_desk"}:
        return
    rounds = Round.objects.filter(edition=edition, state=Round.State.PROPOSED)
    for number in rounds.values_list("number", flat=True):
        yield Task(
            title=_("Allocation round %(number)d waits to be signed") % {"number": number},
            note=_("Nobody’s place changes, and nobody is told, before it is signed."),
            url=reverse("booths:round", args=[edition.slug, number]),
            verb=_("Look at it"),
            icon="signature",
        )
