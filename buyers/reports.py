"""The report's lines about importers and visitors: D1, D2, D3, D4."""

from typing import Any

from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from buyers.cost_reports import COST, OF_HOSTING, costs, sums
from buyers.models import Badge, Registration, Scan
from fairs.models import Company, Edition, Entry, Person
from fairs.reports import Amount, Column, Figure, Line, Rows, declare
from fairs.templatetags.fair import local

IMPORTER_DESK = frozenset({"importer_desk"})
GATE = frozenset({"importer_desk", "gate"})
OF_IMPORTERS = Q(badge__kind=Badge.Kind.IMPORTER)
ENOUGH = Q(contract__meetings__gte=F("contract__min_meetings"), contract__days__gte=F("contract__min_days"))


def companies(registrations: QuerySet[Registration]) -> QuerySet[Company]:
    """The companies of registrations, each once however many people it sends."""
    return Company.objects.filter(pk__in=registrations.values("company"))


def in_states(*states: str) -> Any:
    """Companies of which somebody's registration is in one of the states."""
    return lambda edition: companies(Registration.objects.filter(edition=edition, state__in=states))


def invited(edition: Edition) -> QuerySet[Company]:
    """Companies the organiser asked to come, whatever became of it: the journal remembers every invitation."""
    asked = Entry.objects.filter(
        verb="buyers.registration.invite", object_id=Cast(OuterRef("pk"), CharField(max_length=40))
    )
    return companies(Registration.objects.filter(Q(state="invited") | Exists(asked), edition=edition))


def hosted_companies(edition: Edition) -> QuerySet[Company]:
    """The companies of the importers hosted."""
    return companies(hosted(edition).order_by())


def present(edition: Edition) -> QuerySet[Registration]:
    """Approved importers who passed a gate."""
    there = Registration.objects.filter(edition=edition, state="approved").present()
    return there.select_related("company", "person", "grade").order_by("company__folded", "pk")


def hosted(edition: Edition) -> QuerySet[Registration]:
    """Approved importers whose journey the fair pays a part of."""
    rows = Registration.objects.filter(edition=edition, state="approved", grade__hosted=True)
    return rows.select_related("company", "person", "grade").order_by("company__folded", "pk")


def benefiting(edition: Edition) -> QuerySet[Registration]:
    """Hosted importers whose benefit was released."""
    paid = Q(contract__items__paid__isnull=False) | Q(contract__state__in=["released", "paid"])
    return hosted(edition).filter(paid).distinct()


def countries_of(companies_of: Any) -> Any:
    """Countries and territories of companies, with how many."""

    def rows(edition: Edition) -> Rows:
        counted = companies_of(edition).order_by().values("country").annotate(number=Count("pk"))
        return list(counted.order_by("-number", "country"))

    return rows


def visits(edition: Edition) -> QuerySet[Scan]:
    """Entries of visitors: each time one is a turn."""
    return Scan.objects.filter(edition=edition).visits().select_related("badge__person", "badge__company", "gate")


def visitors(edition: Edition) -> QuerySet[Person]:
    """People who entered as visitors, each once, with how often and when first."""
    entered = Q(badges__scans__in=Scan.objects.filter(edition=edition).visits())
    counted = Person.objects.filter(entered).annotate(entries=Count("badges__scans"), first=Min("badges__scans__at"))
    return counted.order_by("folded", "pk")


def by_day(edition: Edition) -> Rows:
    """Entries and people of each day and kind of badge; somebody who comes on two days is counted on both."""
    days = visits(edition).select_related(None).annotate(day=TruncDate("at", tzinfo=edition.zone))
    counted = days.order_by().values("day", "badge__kind")
    numbers = counted.annotate(entries=Count("pk"), people=Count("badge__person", distinct=True))
    return list(numbers.order_by("day", "badge__kind"))


def entries_of_all(rows: Rows) -> list[Amount]:
    """All entries of a table by days."""
    return [Amount(sum(row["entries"] for row in rows))]


COMPANY = [
    Column("importer", _("Importer"), lambda company: local(company, "name")),
    Column("country", _("Country or territory"), lambda company: company.country, "country"),
]
PERSON = [
    Column("importer", _("Importer"), lambda row: local(row.company, "name")),
    Column("person", _("Person"), lambda row: row.person.full_name),
    Column("country", _("Country or territory"), lambda row: row.company.country, "country"),
    Column("grade", _("Grade"), lambda row: local(row.grade, "name")),
]
COUNTRY = [
    Column("country", _("Country or territory"), lambda row: row["country"], "country"),
    Column("importers", _("Importers"), lambda row: row["number"], "number"),
]
VISIT = [
    Column("at", _("Time"), lambda row: row.at, "time"),
    Column("person", _("Person"), lambda row: row.badge.person.full_name),
    Column("company", _("Company"), lambda row: local(row.badge.company, "name")),
    Column("kind", _("Kind of badge"), lambda row: row.badge.get_kind_display()),
    Column("gate", _("Gate"), lambda row: local(row.gate, "name")),
]
VISITOR = [
    Column("person", _("Person"), lambda person: person.full_name),
    Column("first", _("First entry"), lambda person: person.first, "time"),
    Column("entries", _("Entries"), lambda person: person.entries, "number"),
]
DAY = [
    Column("day", _("Day"), lambda row: row["day"], "date"),
    Column("kind", _("Kind of badge"), lambda row: Badge.Kind(row["badge__kind"]).label),
    Column("entries", _("Entries"), lambda row: row["entries"], "number"),
    Column("people", _("People"), lambda row: row["people"], "number"),
]


def attended(edition: Edition) -> QuerySet[Company]:
    """Companies of which somebody passed a gate."""
    return companies(present(edition).order_by())


declare(
    [
        Line(
            "D1",
            _("Importing companies"),
            [
                Figure("invited", _("Invited"), invited, COMPANY),
                Figure("registered", _("Registered"), in_states(*Registration.FILLED_IN), COMPANY),
                Figure("approved", _("Approved"), in_states("approved"), COMPANY),
                Figure("attended", _("Came"), attended, COMPANY),
                Figure("people", _("People who came, for comparison"), present, PERSON),
                # Who comes with an importer is not counted here.
                Figure("entries", _("Entries of importers, for comparison"), visits, VISIT, only=OF_IMPORTERS),
            ],
            note=_(
                "Companies, each once: one may send several people. Many register without an invitation. "
                "“Came” means that a badge was read at a gate."
            ),
            roles=IMPORTER_DESK,
            unit=_("companies, people beside them"),
        ),
        Line(
            "D2",
            _("Importers hosted"),
            [
                Figure("people", _("People approved as fully or partly hosted"), hosted, PERSON),
                Figure("fulfilled", _("of them did what hosting asks"), hosted, PERSON, only=ENOUGH),
                Figure("paid", _("Hostings paid or to be paid"), benefiting, PERSON),
                Figure("companies", _("Their companies"), hosted_companies, COMPANY),
                Figure("cost", _("Paid of their journeys"), costs, COST, sums, only=OF_HOSTING),
            ],
            note=_(
                "People whose journey the fair pays a part of; what hosting asks is counted in meetings and days when "
                "the fair is over. Who bears the cost stands in H2."
            ),
            roles=IMPORTER_DESK,
            unit=_("people, companies and money"),
        ),
        Line(
            "D3",
            _("Countries and territories of importers"),
            [
                Figure("countries", _("Of companies that came"), countries_of(attended), COUNTRY),
                Figure("approved", _("Of companies approved"), countries_of(in_states("approved")), COUNTRY),
            ],
            note=_("Each country or territory once, by that of the company."),
            roles=IMPORTER_DESK,
            unit=_("countries and territories"),
        ),
        Line(
            "D4",
            _("Visits"),
            [
                Figure("entries", _("Entries"), visits, VISIT),
                Figure("visitors", _("People"), visitors, VISITOR),
                Figure("by_day", _("Entries by day and kind of badge"), by_day, DAY, entries_of_all),
            ],
            note=_("Each entry is a turn; people are counted once. Exhibitors, organisers and staff are no visitors."),
            roles=GATE,
            whole="D4.entries",
            parts=("by_day",),
            unit=_("turns, people beside them"),
        ),
    ]
)
