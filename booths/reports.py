"""The report's lines about booths and exhibitors: B1, B2, C1, C2."""

from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from booths import breakdowns  # noqa: F401 - what it declares belongs to the report
from booths.models import Booth, BoothClass, Reservation
from fairs.models import Edition, Participation
from fairs.reports import Column, Figure, Line, Rows, declare
from fairs.templatetags.fair import language, local

DESKS = frozenset({"booth_desk", "finance"})


def booths(edition: Edition) -> QuerySet[Booth]:
    """The booths on the floor."""
    return Booth.objects.filter(edition=edition).select_related("hall", "zone", "booth_class")


def reservations(*states: str) -> Any:
    """The rows of an edition's reservations in some states; a booth has one live reservation at most."""

    def rows(edition: Edition) -> QuerySet[Reservation]:
        taken = Reservation.objects.filter(edition=edition, state__in=states)
        return taken.select_related("booth__hall", "booth__zone", "company").order_by("booth__code")

    return rows


def of_origin(origin: str) -> Any:
    """The booths of one origin."""
    return lambda edition: booths(edition).filter(booth_class__origin=origin)


def exhibitors(edition: Edition) -> QuerySet[Participation]:
    """Companies that take part as exhibitors, each once; the households of a group stand beside them."""
    parts = Participation.objects.filter(edition=edition, role="exhibitor", state="active", host=None)
    return parts.select_related("company", "province").order_by("company__folded", "pk")


def households(edition: Edition) -> QuerySet[Participation]:
    """Households that exhibit in the block of a group."""
    parts = Participation.objects.filter(edition=edition, role="exhibitor", state="active", host__isnull=False)
    return parts.select_related("company", "province", "host__company").order_by("host", "company__folded", "pk")


def provinces(edition: Edition) -> Rows:
    """The provinces of that time that exhibitors come from, with how many."""
    named = exhibitors(edition).filter(province__isnull=False).order_by()
    counted = named.values(vi=F("province__name_vi"), en=F("province__name_en")).annotate(number=Count("pk"))
    return list(counted.order_by("-number", "vi"))


def countries(edition: Edition) -> Rows:
    """Countries and territories that exhibitors come from, with how many."""
    counted = exhibitors(edition).order_by().values(code=F("company__country")).annotate(number=Count("pk"))
    return list(counted.order_by("-number", "code"))


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
EXHIBITOR = [
    Column("exhibitor", _("Exhibitor"), lambda part: local(part.company, "name")),
    Column("legal_form", _("Legal form"), lambda part: part.company.get_legal_form_display()),
    Column("province", _("Province"), lambda part: local(part.province, "name")),
    Column("country", _("Country or territory"), lambda part: part.company.country, "country"),
]
HOUSEHOLD = [
    Column("household", _("Household"), lambda part: local(part.company, "name")),
    Column("group", _("Group"), lambda part: local(part.host.company, "name")),
    Column("province", _("Province"), lambda part: local(part.province, "name")),
]
PROVINCE = [
    Column("province", _("Province"), lambda row: row[language()]),
    Column("exhibitors", _("Exhibitors"), lambda row: row["number"], "number"),
]
COUNTRY = [
    Column("country", _("Country or territory"), lambda row: row["code"], "country"),
    Column("exhibitors", _("Exhibitors"), lambda row: row["number"], "number"),
]
ALLOCATED = ("reserved", "confirmed", "handed_over")

declare(
    [
        Line(
            "B1",
            _("Booths: built, allocated, taken over"),
            [
                Figure("built", _("Built"), booths, BOOTH, goal="B1.planned"),
                Figure("allocated", _("Allocated"), reservations(*ALLOCATED), RESERVATION, goal="B1.planned"),
                Figure("occupied", _("Taken over"), reservations("handed_over"), RESERVATION, goal="B1.planned"),
            ],
            note=_("All three are compared with the booths planned. A booth on hold is not allocated yet."),
            roles=DESKS,
        ),
        Line(
            "B2",
            _("Booths by origin"),
            [Figure(origin, origin.label, of_origin(origin), BOOTH) for origin in BoothClass.Origin],
            roles=DESKS,
            whole="B1.built",
        ),
        Line(
            "C1",
            _("Exhibitors"),
            [
                Figure("companies", _("Companies"), exhibitors, EXHIBITOR),
                Figure("households", _("Households in groups"), households, HOUSEHOLD),
            ],
            note=_("Each company once, however many booths it has. Households of a group are counted beside it."),
            roles=DESKS,
        ),
        Line(
            "C2",
            _("Where exhibitors come from"),
            [
                Figure("provinces", _("Provinces"), provinces, PROVINCE),
                Figure("countries", _("Countries and territories"), countries, COUNTRY),
            ],
            note=_("Provinces as they were at the time of the fair."),
            roles=DESKS,
        ),
    ]
)
