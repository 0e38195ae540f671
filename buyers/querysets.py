"""Reads of registrations, badges and scans, with names."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from buyers.codes import fields_of
from fairs.text import words_of

if TYPE_CHECKING:
    from fairs.permissions import Actor

READERS = ("importer_desk", "matchmaking_desk", "reports")


def editions_run_by(person: "Actor", *roles: str) -> models.QuerySet[Any]:
    """Editions for which the person holds one of the roles."""
    return apps.get_model("fairs", "Edition").objects.run_by(person, *roles)


class RegistrationQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's own registrations, and those of editions whose importers one looks after."""
        if not person.is_authenticated:
            return self.none()
        run = editions_run_by(person, *READERS)
        return self.filter(Q(person=person) | Q(edition__in=run))

    def search(self, words: str) -> Self:
        """Those whose person or company holds every word, whatever its accents and case."""
        found = self
        for word in words_of(words):
            found = found.filter(Q(person__folded__contains=word) | Q(company__folded__contains=word))
        return found

    def counts(self) -> dict[str, int]:
        """How many stand in each state, how many of the approved are hosted, and how many came, each for itself."""
        hosted = Q(state="approved", grade__hosted=True)
        counted = self.order_by().aggregate(
            hosted=Count("pk", filter=hosted),
            **{state: Count("pk", filter=Q(state=state)) for state in self.model.State.values},
        )
        return counted | {"attended": self.filter(state="approved").present().count()}

    def undecided(self) -> Self:
        """Those who wait for a decision, or of whom the desk waits for an answer."""
        return self.filter(state__in=["registered", "more"])

    def vetting_counts(self) -> dict[str, int]:
        """How many wait, how many of these answered a question or gave new evidence, and how many were asked."""
        questions = apps.get_model("buyers", "Question").objects.filter(registration=OuterRef("pk"))
        rows = apps.get_model("buyers", "Evidence").objects.filter(registration=OuterRef("pk"))
        answered = Exists(questions.exclude(answered_at=None))
        fresh = Exists(rows.filter(verdict="", given_at__isnull=False))
        return self.order_by().aggregate(
            registered=Count("pk", filter=Q(state="registered")),
            more=Count("pk", filter=Q(state="more")),
            answered=Count("pk", filter=Q(answered, state="registered")),
            fresh=Count("pk", filter=Q(fresh)),
        )

    def live(self) -> Self:
        """Not withdrawn: one a person and edition."""
        return self.exclude(state="withdrawn")

    def present(self) -> Self:
        """Those who passed a gate of their edition."""
        # By way of the badge: its scans are found by index, where a whole edition's would be read for each person.
        entries = apps.get_model("buyers", "Scan").objects.entries().filter(badge=OuterRef("pk"))
        badges = apps.get_model("buyers", "Badge").objects.filter(Exists(entries))
        return self.filter(Exists(badges.filter(person=OuterRef("person_id"), edition=OuterRef("edition_id"))))


class GradeQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The grades of editions whose importers one looks after."""
        return self.filter(edition__in=editions_run_by(person, *READERS))


class MarketQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The markets of editions whose importers one looks after."""
        return self.filter(edition__in=editions_run_by(person, *READERS))

    def covering(self, country: str) -> Self:
        """Those that hold a country."""
        return self.filter(countries__contains=country)


class QuotaQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The quotas of editions whose importers one looks after."""
        return self.filter(grade__edition__in=editions_run_by(person, *READERS))

    def for_country(self, country: str) -> Self:
        """Those that an importer of a country takes a place of: the totals, and its markets."""
        return self.filter(Q(market=None) | Q(market__countries__contains=country))


class HostedContractQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's own, and those of editions whose importers or money one looks after."""
        if not person.is_authenticated:
            return self.none()
        run = editions_run_by(person, *READERS, "finance")
        return self.filter(Q(registration__person=person) | Q(edition__in=run))

    def search(self, words: str) -> Self:
        """Those whose person or company holds every word, whatever its accents and case."""
        found = self
        for word in words_of(words):
            found = found.filter(Q(registration__person__folded__contains=word) | Q(company__folded__contains=word))
        return found

    def to_decide(self, today: date) -> Self:
        """Those of which it is to be said whether they are paid: counted ones, and all others once the fair is over."""
        counted = Q(state__in=["fulfilled", "unfulfilled", "no_show"])
        return self.filter(counted | Q(state__in=["accepted", "arranged", "arrived"], edition__closes_on__lt=today))

    def overdue(self, today: date) -> Self:
        """Offers that nobody answered until their day, of an edition where it is today."""
        return self.filter(state="offered", answer_by__lt=today)

    def counts(self) -> dict[str, int]:
        """How many stand in each state."""
        found: dict[str, int] = self.order_by().aggregate(
            **{state: Count("pk", filter=Q(state=state)) for state in self.model.State.values}
        )
        return found


class BadgeQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's own badges, one's company's passes, and those of editions whose desk or gate one keeps."""
        if not person.is_authenticated:
            return self.none()
        run = editions_run_by(person, "importer_desk", "booth_desk", "gate")
        hosted = apps.get_model("fairs", "Participation").objects.guests_of(person)
        guests = Exists(hosted.filter(edition=OuterRef("edition"), company=OuterRef("company")))
        own = Q(company_id__in=person.company_ids) | (Q(kind="exhibitor") & Q(guests))
        companions = apps.get_model("buyers", "Companion").objects.filter(registration__person=person)
        with_oneself = Q(person__in=companions.values("person"))
        return self.filter(Q(person=person) | own | with_oneself | Q(edition__in=run))

    def with_code(self, code: str) -> Self:
        """The one badge, if any, that holds this normalised code: the whole signed one, or the short one."""
        held = fields_of(code)
        return self.filter(**held) if held else self.none()

    def search(self, words: str) -> Self:
        """Those whose holder or company holds every word, whatever its accents and case, or whose code it is."""
        found = self
        for word in words_of(words):
            named = Q(person__folded__contains=word) | Q(company__folded__contains=word) | Q(folded__contains=word)
            found = found.filter(named)
        return found

    def coming_with(self, registrations: Collection[int]) -> Self:
        """Those of some importers, by their registrations, and of their companions."""
        companions = apps.get_model("buyers", "Companion").objects.filter(registration__in=registrations)
        importers = apps.get_model("buyers", "Registration").objects.filter(pk__in=registrations)
        return self.filter(Q(person__in=importers.values("person")) | Q(person__in=companions.values("person")))

    def counts(self) -> dict[str, int]:
        """How many valid ones there are of each kind."""
        rows = self.valid().order_by().values_list("kind").annotate(number=Count("pk"))
        return dict.fromkeys(self.model.Kind.values, 0) | dict(rows)

    def valid(self) -> Self:
        """Badges that open a gate."""
        return self.filter(state="active")


class DeviceQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The devices of editions whose gates one keeps."""
        return self.filter(edition__in=editions_run_by(person, "gate"))


class PrintRunQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of editions whose badges one gives out."""
        return self.filter(edition__in=editions_run_by(person, "importer_desk", "booth_desk"))


class GateQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """The gates of editions where one keeps them or looks after who comes."""
        return self.filter(edition__in=editions_run_by(person, "gate", "importer_desk", "reports"))


class VisaLetterQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's own, and those of editions whose visa officer one is; a director has no part in them."""
        if not person.is_authenticated:
            return self.none()
        kept = apps.get_model("fairs", "Edition").objects.kept_by(person, "visa")
        return self.filter(Q(person=person) | Q(edition__in=kept))

    def with_rules(self) -> Self:
        """Together with all that a letter says, in the same query."""
        return self.select_related("edition__series", "edition__visa_rules", "person", "company", "issued_by")

    def counts(self) -> dict[str, int]:
        """How many stand in each state."""
        counted: dict[str, int] = self.order_by().aggregate(
            **{state: Count("pk", filter=Q(state=state)) for state in self.model.State.values}
        )
        return counted


class ScanQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Scans of editions whose gate, importers or reports one looks after."""
        return self.filter(edition__in=editions_run_by(person, "gate", "importer_desk", "reports"))

    def entries(self) -> Self:
        """Readings that count as an entry into the fair: each one is a turn (lượt)."""
        return self.filter(entered=True, gate__area=None)

    def passages(self) -> Self:
        """Readings after which somebody walked through a door."""
        return self.filter(badge__isnull=False, result__in=self.model.PASSED)

    def with_faces(self) -> Self:
        """With all that an answer at the gate shows."""
        return self.select_related("badge__person", "badge__company", "gate")

    def of_day(self, edition: Any, day: date) -> Self:
        """Readings of one day at the place of the fair."""
        begins = datetime.combine(day, time.min, edition.zone)
        return self.filter(edition=edition, at__gte=begins, at__lt=begins + timedelta(days=1))

    def now_inside(self) -> int:
        """How many badges entered the fair and have not been read on their way out since."""
        doors = self.filter(gate__area=None)
        later = doors.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
        moved = Q(entered=True) | Q(direction="out", result="ok")
        return doors.entries().filter(~Exists(later.filter(moved, badge=OuterRef("badge")))).count()

    def visits(self) -> Self:
        """Entries of those who count as visitors (lượt khách): exhibitors, organisers and staff do not."""
        kinds = apps.get_model("buyers", "Badge").VISITING_KINDS
        return self.entries().filter(badge__kind__in=kinds)
