"""The floor, the applications and the waiting list, part by part."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DecimalField,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from booths.models import Application, Booth, BoothClass, Hall, Reservation, Zone
from fairs.breakdowns import Breakdown, Cut, Measure, declare, named
from fairs.models import Company, CraftVillage, Edition, Participation, ProductGroup, Province
from fairs.reports import Column
from fairs.templatetags.fair import local

DESKS = frozenset({"booth_desk", "finance"})
ABROAD = -1
"""The part of those from another country, among provinces."""


def floor(edition: Edition) -> QuerySet[Booth]:
    """The booths on the floor, each with whom it is allocated to; one at most, by constraint."""
    kept = FilteredRelation("reservations", condition=Q(reservations__state__in=Reservation.KEPT))
    whole = Booth.objects.filter(edition=edition).annotate(kept=kept)
    return whole.select_related("hall", "zone", "booth_class", "kept__company").order_by("code")


def applications(edition: Edition) -> QuerySet[Application]:
    """What was handed in, whatever became of it."""
    handed_in = Application.objects.filter(edition=edition).exclude(state=Application.State.DRAFT)
    whole = handed_in.select_related("company__province", "company__craft_village", "booth_class")
    return whole.order_by("submitted_at", "pk")


def waiting(edition: Edition) -> QuerySet[Application]:
    """The waiting list in its order."""
    line = Application.objects.filter(edition=edition).in_line()
    return line.select_related("company__province", "company__craft_village", "booth_class")


def choices_of(choices: type[TextChoices]) -> Any:
    """Parts are the values of a choice."""
    return lambda keys: {key: dict(choices.choices).get(key, key) for key in keys}


def provinces(keys: Iterable[int]) -> Mapping[int, Any]:
    """Provinces by name, and abroad."""
    return {**named(Province)(keys), ABROAD: _("Abroad")}


def main_group(company: str) -> Subquery:
    """The product group that a company named first."""
    groups = Company.product_groups.through.objects.filter(company=OuterRef(company)).order_by("pk")
    return Subquery(groups.values("productgroup")[:1])


def province_of(company: str, province: Any) -> Case:
    """The province, or abroad for a company of another country."""
    abroad = Q(**{f"{company}__isnull": False}) & ~Q(**{f"{company}__country": "VN"})
    return Case(When(abroad, then=Value(ABROAD)), default=province, output_field=BigIntegerField())


def province_when_it_took_part() -> Subquery:
    """The exhibitor's province as it was at the time of the fair."""
    parts = Participation.objects.filter(
        edition=OuterRef("edition"), company=OuterRef("kept__company"), role=Participation.Role.EXHIBITOR
    )
    return Subquery(parts.values("province")[:1])


AREA = ExpressionWrapper(F("width") * F("depth"), output_field=DecimalField(max_digits=14, decimal_places=2))
ALLOCATED = Q(kept__isnull=False)
FREE = _("Not allocated")


def holder(booth: Any) -> str:
    """Whom the booth is allocated to; `floor` joins at most one."""
    found = getattr(booth, "kept", None)
    return local(found.company, "name") if found else ""


BOOTH = [
    Column("booth", _("Booth"), lambda booth: booth.code),
    Column("hall", _("Hall"), lambda booth: local(booth.hall, "name")),
    Column("zone", _("Zone"), lambda booth: local(booth.zone, "name")),
    Column("class", _("Class"), lambda booth: local(booth.booth_class, "name")),
    Column("exhibitor", _("Exhibitor"), holder),
    Column("area", _("Square metres"), lambda booth: booth.area, "number"),
]
APPLICATION = [
    Column("company", _("Company"), lambda row: local(row.company, "name")),
    Column("province", _("Province"), lambda row: local(row.company.province, "name")),
    Column("village", _("Craft village"), lambda row: local(row.company.craft_village, "name")),
    Column("booths", _("Booths"), lambda row: row.booth_count, "number"),
    Column("class", _("Class"), lambda row: local(row.booth_class, "name")),
    Column("submitted", _("Handed in"), lambda row: row.submitted_at, "time"),
    Column("state", _("State"), lambda row: row.get_state_display()),
    Column("reason", _("Reason of the decision"), lambda row: row.reason),
]
GROUP_NOTE = _("A company of several product groups counts with the first it named, so that the parts add up.")
ASKED = [
    Measure("applications", _("Applications")),
    Measure("booths", _("Booths asked for"), of=F("booth_count")),
]
COMPANY_CUTS = [
    Cut("group", _("Product group"), main_group("company"), named(ProductGroup), largest_first=True),
    Cut(
        "province",
        _("Province"),
        province_of("company", F("company__province")),
        provinces,
        largest_first=True,
    ),
    Cut("village", _("Craft village"), "company__craft_village", named(CraftVillage), _("No craft village"), True),
]

declare(
    [
        Breakdown(
            "floor",
            _("Occupancy and floor area"),
            floor,
            BOOTH,
            [
                Measure("booths", _("Booths"), whole="B1.built"),
                Measure("allocated", _("Allocated"), ALLOCATED, whole="B1.allocated"),
                Measure("area", _("m²"), of=AREA),
                Measure("allocated_area", _("m² allocated"), ALLOCATED, of=AREA),
            ],
            [
                Cut("hall", _("Hall"), "hall", named(Hall)),
                Cut("class", _("Class"), "booth_class", named(BoothClass)),
                Cut("origin", _("Origin"), "booth_class__origin", choices_of(BoothClass.Origin)),
                Cut("zone", _("Zone"), "zone", named(Zone)),
                Cut("group", _("Product group"), main_group("kept__company"), named(ProductGroup), FREE, True),
                Cut(
                    "province",
                    _("Province"),
                    province_of("kept__company", province_when_it_took_part()),
                    provinces,
                    FREE,
                    True,
                ),
            ],
            note=GROUP_NOTE,
            roles=DESKS,
            share=("allocated_area", "area", _("Occupied")),
        ),
        Breakdown(
            "applications",
            _("Applications"),
            applications,
            APPLICATION,
            ASKED,
            [Cut("state", _("State"), "state", choices_of(Application.State)), *COMPANY_CUTS],
            note=GROUP_NOTE,
            roles=DESKS,
        ),
        Breakdown(
            "waiting",
            _("Waiting list"),
            waiting,
            APPLICATION,
            ASKED,
            [
                Cut(
                    "reason",
                    _("Reason"),
                    NullIf("reason", Value("")),
                    lambda keys: {key: key for key in keys},
                    largest_first=True,
                ),
                Cut("class", _("Class"), "booth_class", named(BoothClass)),
                *COMPANY_CUTS,
            ],
            note=GROUP_NOTE,
            roles=DESKS,
        ),
    ]
)
