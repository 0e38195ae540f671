"""What the common ground puts into the day's lists: what is unpaid, and whom to call."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairs.day_packs import DayList, Heading, add_lists
from fairs.models import Edition, Membership, Notice, Officer
from fairs.permissions import JURY
from fairs.templatetags.fair import local

EVERY_DESK = frozenset({"booth_desk", "finance", "importer_desk", "gate", "matchmaking_desk", "reports"})
# Of Viet Nam; elsewhere the desk writes its own numbers onto the paper.
EMERGENCY = {
    "VN": [
        ("113", gettext_lazy("Police")),
        ("114", gettext_lazy("Fire")),
        ("115", gettext_lazy("Ambulance")),
    ]
}


def unpaid(edition: Edition, day: date) -> Iterator[list[Any]]:
    """Notices with something left to pay, the longest due first."""
    open_ones = Notice.objects.filter(edition=edition).unpaid().select_related("company")
    for one in open_ones.order_by("due_on", "number"):
        yield [one.company.name_vi, one.number, one.reference, one.due_on, one.balance, one.currency, one.company.phone]


def whom_to_call(edition: Edition, day: date) -> Iterator[list[Any]]:
    """Emergency numbers, the organiser's people, and nothing of jurors, exhibitors or visitors."""
    yield [_("Emergency")]
    for phone, what in EMERGENCY.get(edition.country, []):
        yield [str(what), "", phone, ""]
    yield [
        local(edition.series, "operator") or edition.series.short_name,
        "",
        edition.series.phone,
        edition.series.email,
    ]
    yield [_("Organiser’s desks")]
    officers = Officer.objects.filter(edition=edition) | Officer.objects.filter(series=edition.series_id)
    for one in officers.exclude(role__in=JURY).select_related("person").order_by("role", "person__folded", "pk"):
        yield [one.person.full_name, one.get_role_display(), one.person.phone, one.person.email or ""]


def exhibitors_people(edition: Edition, day: date) -> Iterator[list[Any]]:
    """Whoever is in charge of each company that exhibits."""
    members = Membership.objects.filter(
        company__participations__edition=edition, company__participations__role="exhibitor",
        company__participations__state="active",
    )  # fmt: skip
    in_order = members.select_related("company", "person").order_by("company__folded", F("role").asc(), "pk")
    for one in in_order:
        phone = one.person.phone or one.company.phone
        yield [one.company.name_vi, one.person.full_name, one.get_role_display(), phone, one.person.email or ""]


add_lists(
    [
        DayList(
            "40-notices",
            gettext_lazy("Unpaid notices"),
            frozenset({"finance"}),
            [
                Heading(gettext_lazy("Company"), 3),
                Heading(gettext_lazy("Number"), 1.6),
                Heading(gettext_lazy("Transfer reference"), 1.8),
                Heading(gettext_lazy("Due on"), 1.1),
                Heading(gettext_lazy("To pay"), 1.5, amount=True),
                Heading(gettext_lazy("Currency"), 0.8),
                Heading(gettext_lazy("Phone"), 1.4),
            ],
            unpaid,
            wide=True,
        ),
        DayList(
            "50-exhibitors-contacts",
            gettext_lazy("Contacts of exhibitors"),
            frozenset({"booth_desk"}),
            [
                Heading(gettext_lazy("Company"), 3),
                Heading(gettext_lazy("Name"), 2),
                Heading(gettext_lazy("Role"), 1),
                Heading(gettext_lazy("Phone"), 1.4),
                Heading(gettext_lazy("E-mail"), 2.2),
            ],
            exhibitors_people,
            wide=True,
        ),
        DayList(
            "00-whom-to-call",
            gettext_lazy("Whom to call"),
            EVERY_DESK,
            [
                Heading(gettext_lazy("Name"), 2.4),
                Heading(gettext_lazy("Role"), 1.4),
                Heading(gettext_lazy("Phone"), 1.4),
                Heading(gettext_lazy("E-mail"), 2.2),
            ],
            whom_to_call,
        ),
    ]
)
