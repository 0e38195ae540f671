"""Taking over exhibitors from a sheet the organiser already has."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booths.actions.applications import correct_wishes, draft_application, submit_application
from booths.actions.rules import newest_version
from booths.known import Applied, Directory, Known, country_of, directory
from booths.models import Application, BoothClass
from fairs.actions.people import add_member, change_company, found_company, know_person
from fairs.errors import Invalid
from fairs.imports import Taken, Values
from fairs.models import Company, CraftVillage, Edition, Person, ProductGroup, Province
from fairs.permissions import Actor, require
from fairs.sheets import fold

PLAIN = ("name_en", "legal_form", "tax_code", "phone", "email")


def taker(edition: Edition, by: Actor) -> Callable[[Values], Taken]:
    """What takes one row after the other; the facts that all rows share are read once."""
    require(by, "booths.decide", edition)
    return _Taker(edition, by).take


class _Taker:
    """Enters exhibitors into one edition, on behalf of those a sheet names."""

    def __init__(self, edition: Edition, by: Actor) -> None:
        self.edition, self.by = edition, by
        self.known: Directory = directory(edition)
        self.rules_version = newest_version(edition)
        self.classes = {row.code: row for row in edition.booth_classes.all()}
        self.zones = {zone.code: zone for zone in edition.zones.all()}
        self.groups = {group.code: group for group in ProductGroup.objects.all()}
        self.provinces = {province.code: province for province in Province.objects.on(edition.opens_on)}
        self.villages = {village.slug: village for village in CraftVillage.objects.all()}

    def take(self, values: Values) -> Taken:
        """The company, its person and its application; what a company keeps itself stays, a blank cell says nothing."""
        found = self.known.find(values)
        with transaction.atomic():
            if not found:
                self._enter(values)
                return "new"
            known, company = found[0], Company.objects.get(pk=found[0].pk)
            changed = not known.has_signed_in and self._bring_up_to_date(known, company, values)
            if known.application is None:
                self._apply(known, company, self._contact(known, company, values), values)
                return "new"
            return "changed" if self._correct(known.application, values) or changed else "same"

    def _enter(self, values: Values) -> None:
        person = self._person(values)
        facts = self._facts(values)
        groups = facts.pop("product_groups", ())
        company = found_company(
            by=self.by,
            contact=person,
            product_groups=groups,
            name_vi=values["name_vi"],
            country=country_of(values),
            **facts,
        )
        province = values.get("province") or ""
        known = self.known.add(Known(company.pk, company.name_vi, company.country, company.tax_code, province))
        self._apply(known, company, person, values)

    def _facts(self, values: Values) -> dict[str, Any]:
        """What the row says of the company, blanks left out."""
        village = values.get("craft_village") or ""
        facts = {name: values.get(name) for name in PLAIN} | {
            "province": self.provinces.get(values.get("province") or ""),
            "craft_village": self.villages.get(village),
            "address": _address(values.get("address") or "", "" if village in self.villages else village),
            "product_groups": [self.groups[code] for code in values.get("product_groups") or ()],
        }
        return {name: value for name, value in facts.items() if value}

    def _bring_up_to_date(self, known: Known, company: Company, values: Values) -> bool:
        facts = self._facts(values)
        groups = facts.pop("product_groups", None)
        changed = {name: value for name, value in facts.items() if getattr(company, name) != value}
        if groups and {group.pk for group in groups} != set(company.product_groups.values_list("pk", flat=True)):
            changed["product_groups"] = groups
        if changed:
            change_company(company, by=self.by, **changed)
            known.tax_code = company.tax_code
        return bool(changed)

    def _person(self, values: Values) -> Person:
        return know_person(
            email=values.get("email") or None,
            full_name=values["contact"],
            by=self.by,
            phone=values.get("phone") or "",
        )

    def _contact(self, known: Known, company: Company, values: Values) -> Person:
        """The member the row names; somebody new joins only a company that does not look after itself."""
        rows = company.memberships.select_related("person").order_by("role", "pk")
        members = [membership.person for membership in rows]
        email, name = values.get("email") or "", fold(values["contact"])
        named = [one for one in members if (email and one.email == email) or fold(one.full_name) == name]
        if named or (known.has_signed_in and members):
            return named[0] if named else members[0]
        person = self._person(values)
        add_member(company, person=person, by=self.by, role="admin")
        return person

    def _apply(self, known: Known, company: Company, contact: Person, values: Values) -> None:
        application = draft_application(
            self.edition,
            company=company,
            contact=contact,
            booth_class=self._class(values),
            booth_count=values.get("booth_count") or 1,
            zones=[self.zones[code] for code in values.get("zones") or ()],
            by=self.by,
        )
        submit_application(application, by=self.by, rules_version=self.rules_version, received_at=self._moment(values))
        known.application = Applied(
            application.pk,
            application.state,
            True,
            application.booth_count,
            application.booth_class.code,
            frozenset(values.get("zones") or ()),
        )

    def _correct(self, applied: Applied, values: Values) -> bool:
        """Ask for what the row asks for; the check has kept rows away that may no longer."""
        if not applied.differs(values) or not applied.may_change:
            return False
        wishes: dict[str, Any] = {"booth_count": values.get("booth_count") or applied.booth_count}
        if values.get("zones"):
            wishes["zones"] = [self.zones[code] for code in values["zones"]]
        if values.get("booth_class"):
            wishes["booth_class"] = self.classes[values["booth_class"]]
        correct_wishes(Application.objects.get(pk=applied.pk), by=self.by, **wishes)
        return True

    def _class(self, values: Values) -> BoothClass:
        if values.get("booth_class"):
            return self.classes[values["booth_class"]]
        origin = BoothClass.Origin.DOMESTIC if country_of(values) == "VN" else BoothClass.Origin.INTERNATIONAL
        fitting = [row for row in self.classes.values() if row.origin == origin]
        for row in fitting or self.classes.values():
            return row
        raise Invalid("no_class", _("This edition has no class of booth yet. Set the classes up first."))

    def _moment(self, values: Values) -> datetime | None:
        """Noon of the day the paper came in."""
        day = values.get("received_on")
        return datetime.combine(day, time(12), self.edition.zone) if day else None


def _address(address: str, village: str) -> str:
    """The address, with a village that the list of villages does not have."""
    if not village or fold(village) in fold(address):
        return address
    return f"{village}, {address}" if address else village
