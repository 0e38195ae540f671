"""The report's lines about exhibitors: C1, C2, C3, C4."""

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from booths.breakdowns import main_group
from booths.models import Application
from fairs.models import Company, CraftVillage, Edition, Participation, ProductGroup
from fairs.reports import Amount, Column, Figure, Line, Rows, declare
from fairs.templatetags.fair import language, local

DESKS = frozenset({"booth_desk", "finance"})
AT_HOME = Q(company__country="VN")
KNOWN = AT_HOME & Q(province__isnull=False)  # of this country, from a province that somebody said
OF_A_VILLAGE = Q(company__craft_village__isnull=False)


def form_then() -> Coalesce:
    """The legal form as it was when the desk accepted the application, else as the company has it now."""
    accepted = Application.objects.filter(edition=OuterRef("edition"), company=OuterRef("company"))
    noted = accepted.exclude(legal_form="").order_by("-pk").values("legal_form")[:1]
    return Coalesce(NullIf(Subquery(noted), Value("")), F("company__legal_form"))


def exhibitors(edition: Edition) -> QuerySet[Any]:
    """Companies that take part as exhibitors, each once; the households of a group stand beside them."""
    parts = Participation.objects.filter(edition=edition, role="exhibitor", state="active", host=None)
    known = parts.select_related("company__craft_village", "province").annotate(form=form_then())
    return known.order_by("company__folded", "pk")


def households(edition: Edition) -> QuerySet[Participation]:
    """Households that exhibit in the block of a group."""
    parts = Participation.objects.filter(edition=edition, role="exhibitor", state="active", host__isnull=False)
    return parts.select_related("company", "province", "host__company").order_by("host", "company__folded", "pk")


def provinces(edition: Edition) -> Rows:
    """The provinces of that time that exhibitors come from, with how many."""
    named = exhibitors(edition).filter(KNOWN).order_by()
    counted = named.values(vi=F("province__name_vi"), en=F("province__name_en")).annotate(number=Count("pk"))
    return list(counted.order_by("-number", "vi"))


def countries(edition: Edition) -> Rows:
    """Countries and territories that exhibitors come from, with how many."""
    counted = exhibitors(edition).order_by().values(code=F("company__country")).annotate(number=Count("pk"))
    return list(counted.order_by("-number", "code"))


def groups(edition: Edition) -> Rows:
    """The product groups of exhibitors with how many; a company of several counts with the first it named."""
    counted = exhibitors(edition).order_by().annotate(group=main_group("company"))
    rows = list(counted.values("group").annotate(number=Count("pk")).order_by("-number", "group"))
    names = ProductGroup.objects.in_bulk([row["group"] for row in rows if row["group"]])
    return [{"group": names.get(row["group"]), "number": row["number"]} for row in rows]


def villages(edition: Edition) -> Rows:
    """The craft villages that exhibitors come from, with how many."""
    counted = (
        exhibitors(edition)
        .filter(OF_A_VILLAGE)
        .order_by()
        .values("company__craft_village")
        .annotate(number=Count("pk"))
    )
    rows = list(counted.order_by("-number", "company__craft_village"))
    names = CraftVillage.objects.in_bulk([row["company__craft_village"] for row in rows])
    return [{"village": names[row["company__craft_village"]], "number": row["number"]} for row in rows]


def exhibitors_of_all(rows: Rows) -> list[Amount]:
    """All exhibitors of a table."""
    return [Amount(sum(row["number"] for row in rows))]


EXHIBITOR = [
    Column("exhibitor", _("Exhibitor"), lambda part: local(part.company, "name")),
    Column("legal_form", _("Legal form"), lambda part: dict(Company.LegalForm.choices).get(part.form, part.form)),
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
NUMBER = Column("exhibitors", _("Exhibitors"), lambda row: row["number"], "number")
GROUP = [
    Column("group", _("Product group"), lambda row: local(row["group"], "name") if row["group"] else _("Not said")),
    NUMBER,
]
VILLAGE = [Column("village", _("Craft village"), lambda row: local(row["village"], "name")), NUMBER]
OF_VILLAGE = [
    *EXHIBITOR,
    Column("village", _("Craft village"), lambda part: local(part.company.craft_village, "name")),
]

declare(
    [
        Line(
            "C1",
            _("Exhibitors"),
            [
                Figure("companies", _("Companies"), exhibitors, EXHIBITOR),
                Figure("households", _("Households in groups"), households, HOUSEHOLD),
            ],
            note=_("Each company once, however many booths it has. Households of a group are counted beside it."),
            roles=DESKS,
            unit=_("companies"),
        ),
        Line(
            "C2",
            _("Where exhibitors come from"),
            [
                Figure("provinces", _("Provinces"), provinces, PROVINCE),
                Figure("countries", _("Countries and territories"), countries, COUNTRY),
                Figure("home", _("Companies from these provinces"), exhibitors, EXHIBITOR, only=KNOWN),
                Figure("abroad", _("Companies from abroad"), exhibitors, EXHIBITOR, only=~AT_HOME),
                Figure(
                    "unsaid",
                    _("Province not said"),
                    exhibitors,
                    EXHIBITOR,
                    only=AT_HOME & Q(province=None),
                    if_any=True,
                ),
            ],
            note=_("Provinces as they were at the time of the fair."),
            roles=DESKS,
            whole="C1.companies",
            parts=("home", "abroad", "unsaid"),
            unit=_("provinces, countries and companies"),
        ),
        Line(
            "C3",
            _("Exhibitors by legal form"),
            [Figure(form, form.label, exhibitors, EXHIBITOR, only=Q(form=form)) for form in Company.LegalForm],
            note=_("The form that a company had when its application was accepted."),
            roles=DESKS,
            whole="C1.companies",
            unit=_("companies"),
        ),
        Line(
            "C4",
            _("Exhibitors by product group and craft village"),
            [
                Figure("groups", _("Product groups"), groups, GROUP, only=lambda row: row["group"]),
                Figure("by_group", _("Companies by product group"), groups, GROUP, exhibitors_of_all),
                Figure("villages", _("Craft villages"), villages, VILLAGE),
                Figure("of_villages", _("Companies of a craft village"), exhibitors, OF_VILLAGE, only=OF_A_VILLAGE),
                Figure("elsewhere", _("Companies of no craft village"), exhibitors, EXHIBITOR, only=~OF_A_VILLAGE),
            ],
            note=_("A company of several product groups counts with the first it named, so that the parts add up."),
            roles=DESKS,
            whole="C1.companies",
            parts=("by_group",),
            more_parts=(("of_villages", "elsewhere"),),
            unit=_("groups, villages and companies"),
        ),
    ]
)
