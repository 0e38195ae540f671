"""The report's lines about booths and exhibitors: B1, B2, C1, C2."""

from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from booths.models import Booth, BoothClass, Reservation
from fairs.models import Edition, Participation
from fairs.reports import Column, Figure, Line, Rows, declare


def booths(edition: Edition) -> QuerySet[Booth]:
    """The booths on the floor."""
    return Booth.objects.filter(edition=edition).select_related("hall", "zone", "booth_class")


def reservations(*states: str) -> Any:
    """The rows of an edition's reservations in some states."""

    def rows(edition: Edition) -> QuerySet[Reservation]:
        taken = Reservation.objects.filter(edition=edition, state__in=states)
        return taken.select_related("booth__hall", "booth__zone", "company")

    return rows


def of_origin(origin: str) -> Any:
    """The booths of one origin."""
    return lambda edition: booths(edition).filter(booth_class__origin=origin)


def exhibitors(edition: Edition) -> QuerySet[Participation]:
    """Companies that take part as exhibitors, each once."""
    parts = Participation.objects.filter(edition=edition, role="exhibitor", state="active")
    return parts.select_related("company", "province")


def provinces(edition: Edition) -> Rows:
    """The provinces of that time that exhibitors come from, with how many."""
    named = exhibitors(edition).filter(province__isnull=False).order_by()
    counted = named.values(vi=F("province__name_vi"), en=F("province__name_en")).annotate(number=Count("pk"))
    return list(counted.order_by("-number", "vi"))


BOOTH = [
    Column(_("Booth"), lambda booth: booth.code),
    Column(_("Hall"), lambda booth: booth.hall.name_vi),
    Column(_("Zone"), lambda booth: booth.zone.name_vi),
    Column(_("Class"), lambda booth: booth.booth_class.name_vi),
]
RESERVATION = [
    Column(_("Booth"), lambda row: row.booth.code),
    Column(_("Hall"), lambda row: row.booth.hall.name_vi),
    Column(_("Zone"), lambda row: row.booth.zone.name_vi),
    Column(_("Exhibitor"), lambda row: row.company.name_vi),
    Column(_("State"), lambda row: row.get_state_display()),
    Column(_("Build permit"), lambda row: row.permit),
]
EXHIBITOR = [
    Column(_("Exhibitor"), lambda part: part.company.name_vi),
    Column(_("Legal form"), lambda part: part.company.get_legal_form_display()),
    Column(_("Province"), lambda part: part.province.name_vi if part.province else ""),
    Column(_("Country or territory"), lambda part: part.company.country, "country"),
]
PROVINCE = [
    Column(_("Province"), lambda row: row["vi"]),
    Column(_("Exhibitors"), lambda row: row["number"], "number"),
]
Origin = BoothClass.Origin

declare(
    [
        Line(
            "B1",
            _("Booths: built, allocated, taken over"),
            [
                Figure("built", _("Built"), booths, BOOTH, goal="B1.planned"),
                Figure(
                    "allocated",
                    _("Allocated"),
                    reservations("reserved", "confirmed", "handed_over"),
                    RESERVATION,
                    goal="B1.planned",
                ),
                Figure("occupied", _("Taken over"), reservations("handed_over"), RESERVATION, goal="B1.planned"),
            ],
        ),
        Line(
            "B2",
            _("Booths by origin"),
            [Figure(origin, origin.label, of_origin(origin), BOOTH) for origin in Origin],
            note=_("The three parts add up to the booths built."),
        ),
        Line("C1", _("Exhibitors, each company once"), [Figure("companies", _("Companies"), exhibitors, EXHIBITOR)]),
        Line("C2", _("Exhibitors by province"), [Figure("provinces", _("Provinces"), provinces, PROVINCE)]),
    ]
)
