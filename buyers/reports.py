"""The report's lines about importers: D1, D2, D3."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from buyers.models import Registration
from fairs.models import Company, Edition
from fairs.reports import Column, Figure, Line, Rows, declare


def companies(edition: Edition, *states: str) -> QuerySet[Company]:
    """Importing companies of an edition, each once however many people it sends."""
    theirs = Registration.objects.filter(edition=edition, state__in=states).values("company")
    return Company.objects.filter(pk__in=theirs)


def invited(edition: Edition) -> QuerySet[Company]:
    """Every company that was invited or came by itself, except those who withdrew."""
    return companies(edition, "invited", "registered", "approved", "declined")


def registered(edition: Edition) -> QuerySet[Company]:
    """Companies that registered, whatever was decided."""
    return companies(edition, "registered", "approved", "declined")


def approved(edition: Edition) -> QuerySet[Company]:
    """Companies approved."""
    return companies(edition, "approved")


def attended(edition: Edition) -> QuerySet[Company]:
    """Companies of which somebody passed a gate."""
    there = Registration.objects.filter(edition=edition, state="approved").present().values("company")
    return Company.objects.filter(pk__in=there)


def hosted(edition: Edition) -> QuerySet[Registration]:
    """Approved importers whose journey the fair pays a part of."""
    grades = Registration.HOSTED_GRADES
    rows = Registration.objects.filter(edition=edition, state="approved", grade__in=grades)
    return rows.select_related("company", "person")


def countries(edition: Edition) -> Rows:
    """Countries and territories of the companies that came, with how many."""
    counted = attended(edition).order_by().values("country").annotate(number=Count("pk"))
    return list(counted.order_by("-number", "country"))


COMPANY = [
    Column(_("Importer"), lambda company: company.name_vi),
    Column(_("Country or territory"), lambda company: company.country, "country"),
]
HOSTED = [
    Column(_("Importer"), lambda row: row.company.name_vi),
    Column(_("Person"), lambda row: row.person.full_name),
    Column(_("Country or territory"), lambda row: row.company.country, "country"),
    Column(_("Grade"), lambda row: row.get_grade_display()),
]
COUNTRY: list[Any] = [
    Column(_("Country or territory"), lambda row: row["country"], "country"),
    Column(_("Importers"), lambda row: row["number"], "number"),
]

declare(
    [
        Line(
            "D1",
            _("Importing companies"),
            [
                Figure("invited", _("Invited"), invited, COMPANY),
                Figure("registered", _("Registered"), registered, COMPANY),
                Figure("approved", _("Approved"), approved, COMPANY),
                Figure("attended", _("Came"), attended, COMPANY),
            ],
            note=_("Companies, each once: a company may send several people. Came means that a gate read a badge."),
        ),
        Line("D2", _("Importers hosted"), [Figure("people", _("People"), hosted, HOSTED)]),
        Line("D3", _("Countries and territories of importers"), [Figure("countries", _("Came"), countries, COUNTRY)]),
    ]
)
