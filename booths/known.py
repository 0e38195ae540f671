"""What the fair knows of exhibitors before a sheet is read: companies, their people, their applications."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from booths.models import Application
from fairs.models import Company, Edition, Membership, Province
from fairs.sheets import fold


@dataclass(slots=True)
class Known:
    """A company by what a sheet may say of it, with its last application to the edition."""

    pk: int
    name: str
    country: str
    tax_code: str
    province: str  # code of the province, whatever its time
    has_signed_in: bool = False
    application: "Applied | None" = None


@dataclass(frozen=True, slots=True)
class Applied:
    """An application as a sheet could have asked for it."""

    pk: int
    state: str
    by_officer: bool
    booth_count: int
    booth_class: str
    zones: frozenset[str]

    @property
    def may_change(self) -> bool:
        """Whether the desk may still change it: it entered it, and nothing is decided."""
        return self.by_officer and self.state in (Application.State.DRAFT, *Application.WAITING)

    def differs(self, values: Mapping[str, Any]) -> bool:
        """Whether the row asks for something else; a blank cell asks for nothing."""
        return any(
            wanted and wanted != stands
            for wanted, stands in (
                (values.get("booth_count"), self.booth_count),
                (values.get("booth_class"), self.booth_class),
                (frozenset(values.get("zones") or ()), self.zones),
            )
        )


@dataclass(slots=True)
class Directory:
    """Companies found by tax code, else by name and province; names meet whatever their accents and punctuation."""

    by_tax_code: dict[tuple[str, str], Known] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Known]] = field(default_factory=lambda: defaultdict(list))

    def find(self, values: Mapping[str, Any]) -> list[Known]:
        """The companies a row may mean: none, the one, or several that it does not tell apart."""
        country, tax_code, province = country_of(values), values.get("tax_code") or "", values.get("province") or ""
        if (country, tax_code) in self.by_tax_code:
            return [self.by_tax_code[country, tax_code]]
        return [
            known
            for known in self.by_name.get((country, fold(values["name_vi"])), [])
            if not (tax_code and known.tax_code) and _agree(province, known.province)
        ]

    def add(self, known: Known) -> Known:
        """Remember one more."""
        if known.tax_code:
            self.by_tax_code[known.country, known.tax_code] = known
        self.by_name[known.country, fold(known.name)].append(known)
        return known


def directory(edition: Edition) -> Directory:
    """All companies, in a handful of queries however many they are."""
    found = Directory()
    applied = _applications(edition)
    active = set(Membership.objects.filter(person__last_login__isnull=False).values_list("company_id", flat=True))
    codes = dict(Province.objects.values_list("pk", "code"))
    rows = Company.objects.standing().values_list("pk", "name_vi", "country", "tax_code", "province_id")
    for pk, name, country, tax_code, province in rows.order_by("pk").iterator():
        found.add(Known(pk, name, country, tax_code, codes.get(province, ""), pk in active, applied.get(pk)))
    return found


def country_of(values: Mapping[str, Any]) -> str:
    """The country of a row; most are at home."""
    return values.get("country") or "VN"


def _applications(edition: Edition) -> dict[int, Applied]:
    """The last application of each company; a draft begun after a rejection is the last."""
    zones = defaultdict(set)
    for application, code in Application.zones.through.objects.filter(application__edition=edition).values_list(
        "application_id", "zone__code"
    ):
        zones[application].add(code)
    rows = Application.objects.filter(edition=edition).order_by("pk")
    return {
        company: Applied(pk, state, officer is not None, count, code, frozenset(zones[pk]))
        for pk, company, state, officer, count, code in rows.values_list(
            "pk", "company_id", "state", "entered_by_id", "booth_count", "booth_class__code"
        )
    }


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other
