"""The report's lines about booths: B1, B2, B3, B4."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from booths import (
    breakdowns,  # what it declares belongs to the report
    exhibitor_reports,  # noqa: F401 - declares the lines about exhibitors
)
from booths.breakdowns import ALLOCATED
from booths.models import Booth, BoothCheck, BoothClass, Reservation
from fairs.models import Edition, Target
from fairs.reports import SQUARE_METRES, Amount, Asked, Column, Figure, Line, Rows, declare, plain
from fairs.templatetags.fair import local

DESKS = frozenset({"booth_desk", "finance"})
# A booth's width and depth are to the centimetre, so its square metres have four places.
AREA = ExpressionWrapper(F("width") * F("depth"), output_field=DecimalField(max_digits=20, decimal_places=4))


def booths(edition: Edition) -> QuerySet[Booth]:
    """The booths on the floor."""
    return Booth.objects.filter(edition=edition).select_related("hall", "zone", "booth_class")


def allocated(edition: Edition) -> QuerySet[Reservation]:
    """The reservations of booths that are allocated; a booth has one live reservation at most."""
    taken = Reservation.objects.filter(edition=edition, state__in=Reservation.KEPT)
    return taken.select_related("booth__hall", "booth__zone", "company").order_by("booth__code")


def planned(edition: Edition) -> QuerySet[Target]:
    """The plan that holds now: how many booths there were to be."""
    return edition.targets.filter(figure="B1.planned").select_related("version__legal_paper")


def planned_number(rows: Rows) -> list[Amount]:
    """The number planned; nothing while none is."""
    return [Amount(plain(target.value)) for target in rows] or [Amount(0)]


def square_metres(area: Decimal | None) -> Amount:
    """An area; nothing of no booth."""
    return Amount(plain(area or Decimal(0)), SQUARE_METRES)


def hundredths(whole: Any, part: Any) -> Amount:
    """How many of each hundred are allocated; nothing of nothing."""
    return Amount(round(Decimal(part or 0) * 100 / Decimal(whole), 1), "%") if whole else Amount(0)


AREA_OF_BOOTHS = Asked(lambda which: [Sum(AREA, filter=which)], square_metres)
RATE_OF_BOOTHS = Asked(lambda which: [Count("pk", filter=which), Count("pk", filter=which & ALLOCATED)], hundredths)
RATE_OF_AREA = Asked(lambda which: [Sum(AREA, filter=which), Sum(AREA, filter=which & ALLOCATED)], hundredths)

TAKEN_OVER = Q(state=Reservation.State.HANDED_OVER)
# The latest check at move-in names who took the booth over.
SIGNED = TAKEN_OVER & Q(pk__in=BoothCheck.objects.last_at("in").exclude(signed_name="").values("reservation"))
BOOTH = [
    Column("booth", _("Booth"), lambda booth: booth.code),
    Column("hall", _("Hall"), lambda booth: local(booth.hall, "name")),
    Column("zone", _("Zone"), lambda booth: local(booth.zone, "name")),
    Column("class", _("Class"), lambda booth: local(booth.booth_class, "name")),
    Column("area", _("Square metres"), lambda booth: booth.area, "number"),
]
RESERVATION = [
    Column("booth", _("Booth"), lambda row: row.booth.code),
    Column("hall", _("Hall"), lambda row: local(row.booth.hall, "name")),
    Column("zone", _("Zone"), lambda row: local(row.booth.zone, "name")),
    Column("exhibitor", _("Exhibitor"), lambda row: local(row.company, "name")),
    Column("state", _("State"), lambda row: row.get_state_display()),
    Column("permit", _("Build permit"), lambda row: row.permit),
]
TARGET = [
    Column("planned", _("Planned"), lambda target: target.value, "number"),
    Column("version", _("Version of the plan"), lambda target: target.version.number, "number"),
    Column("since", _("Since"), lambda target: target.version.since, "date"),
    Column("paper", _("Legal paper"), lambda target: str(target.version.legal_paper or "")),
]

declare(
    [
        Line(
            "B1",
            _("Booths: planned, built, allocated, taken over"),
            [
                Figure("planned", _("Planned"), planned, TARGET, planned_number, goal=None, if_any=True),
                Figure("built", _("Built"), booths, BOOTH, goal="B1.planned"),
                Figure("allocated", _("Allocated"), allocated, RESERVATION, goal="B1.planned"),
                Figure("occupied", _("Taken over"), allocated, RESERVATION, only=TAKEN_OVER, goal="B1.planned"),
                Figure("signed", _("Taken over with a signature on the spot"), allocated, RESERVATION, only=SIGNED),
            ],
            note=_(
                "Built, allocated and taken over are compared with the booths planned. A booth on hold is not "
                "allocated yet. A signature is the name an officer noted in the booth itself."
            ),
            roles=DESKS,
            unit=_("booths"),
        ),
        Line(
            "B2",
            _("Booths by origin"),
            [
                Figure(origin, origin.label, booths, BOOTH, only=Q(booth_class__origin=origin))
                for origin in BoothClass.Origin
            ],
            note=_("The origin is that of the booth’s class. Every booth built has one, so that they add up."),
            roles=DESKS,
            whole="B1.built",
            unit=_("booths"),
        ),
        Line(
            "B3",
            _("Floor area"),
            [
                Figure("area", _("All booths built"), booths, BOOTH, AREA_OF_BOOTHS),
                *(
                    Figure(build, build.label, booths, BOOTH, AREA_OF_BOOTHS, only=Q(booth_class__build=build))
                    for build in BoothClass.Build
                ),
            ],
            note=_("Width times depth of each booth built, without aisles. Standard booths come with their walls."),
            roles=DESKS,
            whole="B3.area",
            parts=tuple(BoothClass.Build.values),
            unit=_("square metres"),
        ),
        Line(
            "B4",
            _("Occupancy"),
            [
                Figure("booths", _("Of the booths"), breakdowns.floor, breakdowns.BOOTH, RATE_OF_BOOTHS),
                Figure("area", _("Of the floor area"), breakdowns.floor, breakdowns.BOOTH, RATE_OF_AREA),
            ],
            note=_("Booths allocated (as in B1) of those built, in numbers and in square metres."),
            roles=DESKS,
            unit=_("percent"),
        ),
    ]
)
