"""Reads of meetings and deals, with names."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import TruncDate

from fairs.templatetags.fair import countries_called
from fairs.text import words_of

if TYPE_CHECKING:
    from fairs.permissions import Actor


def parts_of(companies: frozenset[int], edition: Any) -> list[Any]:
    """The parts that some companies play in an edition, exhibitors first."""
    parts = apps.get_model("fairs", "Participation").objects.filter(edition=edition, state="active")
    return list(parts.filter(company_id__in=companies).select_related("company").order_by("role", "pk"))


def taking_part(edition: Any, role: str) -> models.QuerySet[Any]:
    """The parts in a role of an edition that stand, with their companies."""
    parts = apps.get_model("fairs", "Participation").objects.filter(edition=edition, role=role, state="active")
    return parts.select_related("company", "edition")


def importers_met(exhibitor: Any) -> models.QuerySet[Any]:
    """The importers with whom an exhibitor has or had a meeting or a deal."""
    met = apps.get_model("matchmaking", "Meeting").objects.filter(exhibitor=exhibitor)
    dealt = apps.get_model("matchmaking", "Deal").objects.filter(exhibitor=exhibitor)
    parts = apps.get_model("fairs", "Participation").objects.select_related("company", "edition")
    handed = apps.get_model("matchmaking", "Lead").objects.filter(exhibitor=exhibitor).standing()
    here = Q(edition=exhibitor.edition_id, role="importer", state="active", company__in=handed.values("buyer"))
    return parts.filter(Q(pk__in=met.values("importer")) | Q(pk__in=dealt.values("importer")) | here)


def importers_listed(edition: Any) -> models.QuerySet[Any]:
    """The registrations that makers may see by their company and what they look for: approved, with the consent to be
    listed, of people who have not restricted the use of their data.
    """
    consents = apps.get_model("fairs", "Consent").objects.filter(
        person=OuterRef("person"), edition=OuterRef("edition"), purpose="directory", withdrawn_at=None
    )
    rows = apps.get_model("buyers", "Registration").objects.filter(edition=edition, state="approved")
    return rows.filter(Exists(consents), person__restricted_at=None)


def search_importers(rows: Any, words: str) -> Any:
    """Those that hold every word in their company's name, its country, or what they look for: product groups, materials
    and certificates; never in what they wrote themselves, where there may be an address.
    """
    for word in words_of(words):
        named = Q(company__folded__contains=word) | Q(company__country__in=countries_called(word))
        wanted = [
            Q(Exists(_wanted(rows.model, fact, word))) for fact in ("product_groups", "materials", "certificates")
        ]
        rows = rows.filter(named | wanted[0] | wanted[1] | wanted[2])
    return rows


def _wanted(registration: Any, fact: str, word: str) -> models.QuerySet[Any]:
    """The facts of one kind that a registration names and that are called so."""
    through = getattr(registration, fact).through
    column = getattr(registration, fact).field.m2m_reverse_field_name()
    found = through._default_manager.filter(**{f"{column}__folded__contains": word})
    return found.filter(registration=OuterRef("pk"))


class WishQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's own side's wishes, and of editions whose importers or meetings one looks after those of both sides.

        An exhibitor's wish about somebody who is no longer listed stays, and is not shown to it.
        """
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "importer_desk", "matchmaking_desk")
        listed = importers_listed(OuterRef("registration__edition")).filter(pk=OuterRef("registration"))
        own = Q(side="importer", registration__person=person)
        maker = Q(side="exhibitor", exhibitor__company_id__in=person.company_ids) & Q(Exists(listed))
        return self.filter(own | maker | Q(registration__edition__in=run))

    def of_importer(self, registration: Any) -> Self:
        """What an importer wishes."""
        return self.filter(registration=registration, side="importer")

    def of_exhibitor(self, exhibitor: Any) -> Self:
        """What an exhibitor wishes."""
        return self.filter(exhibitor=exhibitor, side="exhibitor")

    def between(self, exhibitor: Any, importer: Any) -> Self:
        """Those of either side about a pair of parts; what one person of the importer says counts for its company."""
        return self.filter(
            exhibitor=exhibitor,
            registration__edition=importer.edition_id,
            registration__company=importer.company_id,
        ).exclude(registration__state="withdrawn")

    def refusals(self) -> Self:
        """Those that say no."""
        return self.filter(kind="no")

    def must_meets(self) -> Self:
        """Those that come first."""
        return self.filter(kind="must")

    def with_companies(self) -> Self:
        """Together with both sides' companies."""
        return self.select_related("exhibitor__company", "registration__company", "registration__edition")


class MatchingTermsQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of editions whose meetings or importers one looks after."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "matchmaking_desk", "importer_desk")
        return self.filter(edition__in=run)


class TwoSided(models.QuerySet[Any]):
    """Rows between an exhibitor's and an importer's participation."""

    def of_companies(self, company_ids: frozenset[int]) -> Self:
        """Rows in which one of the companies is a side."""
        return self.filter(Q(exhibitor__company_id__in=company_ids) | Q(importer__company_id__in=company_ids))

    def with_sides(self) -> Self:
        """Together with both companies, in the same query."""
        return self.select_related("exhibitor__company", "importer__company")

    def search(self, words: str) -> Self:
        """Rows in which either company's name holds every word, whatever its accents and case."""
        found = self
        for word in words_of(words):
            found = found.filter(self.naming(word))
        return found

    def naming(self, word: str) -> Q:
        """Where one folded word of a search may stand."""
        return Q(exhibitor__company__folded__contains=word) | Q(importer__company__folded__contains=word)


class MeetingQuerySet(TwoSided):
    def visible_to(self, person: "Actor") -> Self:
        """Meetings of one's companies, and those of editions whose meetings one looks after."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "matchmaking_desk", "importer_desk", "reports")
        return self.filter(
            Q(exhibitor__company_id__in=person.company_ids)
            | Q(importer__company_id__in=person.company_ids)
            | Q(edition__in=run)
        )

    def open(self) -> Self:
        """Asked for or agreed."""
        return self.filter(state__in=["requested", "accepted"])

    def with_sides(self) -> Self:
        """Together with both companies and the table."""
        return super().with_sides().select_related("table")

    def waiting(self, now: datetime) -> Self:
        """Asked for, and not yet too late to answer."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), state="requested", starts_at__gt=now)

    def unanswered(self, now: datetime) -> Self:
        """Asked for, and too late to answer."""
        return self.filter(Q(expires_at__lte=now) | Q(starts_at__lte=now), state="requested")

    def counts(self) -> dict[str, int]:
        """How many were asked for, agreed, held, and missed by a side; each counts the later steps in."""
        return self.aggregate(
            requested=Count("pk", filter=Q(walk_in=False)),
            accepted=Count("pk", filter=Q(state__in=["accepted", "held", "no_show"], walk_in=False)),
            held=Count("pk", filter=Q(state="held")),
            walk_in=Count("pk", filter=Q(state="held", walk_in=True)),
            no_show=Count("pk", filter=Q(state="no_show")),
        )


class SeatQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of one's companies, and of editions whose meetings one looks after."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "matchmaking_desk")
        return self.filter(Q(part__company_id__in=person.company_ids) | Q(part__edition__in=run))


class ResourceQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Tables and interpreters of editions whose meetings one looks after."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(edition__in=apps.get_model("fairs", "Edition").objects.run_by(person, "matchmaking_desk"))


class TimetableQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of editions whose meetings one looks after."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(edition__in=apps.get_model("fairs", "Edition").objects.run_by(person, "matchmaking_desk"))

    def unbooked(self) -> Self:
        """Published, and not every meeting gone through yet."""
        return self.filter(state="published", booked_at=None)


class ProposalQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of the meetings that one sees."""
        meetings = apps.get_model("matchmaking", "Meeting").objects.visible_to(person)
        return self.filter(meeting__in=meetings)

    def with_sides(self) -> Self:
        """Together with the meeting, both companies and the edition."""
        return self.select_related(
            "meeting__edition", "meeting__exhibitor__company", "meeting__importer__company", "meeting__importer_person"
        )

    def of_companies(self, company_ids: frozenset[int]) -> Self:
        """Those of meetings in which one of the companies is a side."""
        own = Q(meeting__exhibitor__company_id__in=company_ids) | Q(meeting__importer__company_id__in=company_ids)
        return self.filter(own)

    def waiting(self, now: datetime) -> Self:
        """Those that can still be answered."""
        return self.filter(state="open", expires_at__gt=now, starts_at__gt=now)

    def unanswered(self, now: datetime) -> Self:
        """Those for which it is too late."""
        return self.filter(Q(expires_at__lte=now) | Q(starts_at__lte=now), state="open")


class LeadQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Leads of one's companies; the organiser sees figures alone, and no visitor sees what is written of them."""
        return self.filter(exhibitor__company_id__in=person.company_ids) if person.is_authenticated else self.none()

    def of_exhibitors(self, company_ids: frozenset[int]) -> Self:
        """Those of some companies, as one list shows them."""
        return self.filter(exhibitor__company_id__in=company_ids)

    def with_contacts(self) -> Self:
        """With all that a line shows, and `stands`: whether the visitor stands by their yes; the latest first."""
        whole = self.select_related("person", "buyer", "product", "product_group", "exhibitor__company", "edition")
        seen = whole.annotate(stands=self._stands(), times=Count("visits", distinct=True))
        return seen.order_by("-last_at", "-pk")

    def standing(self) -> Self:
        """Those whose visitor has handed their details over and stands by it."""
        return self.alias(yes=self._stands()).filter(yes=True)

    def _stands(self) -> Any:
        consents = apps.get_model("fairs", "Consent").objects.filter(
            person=OuterRef("person"), edition=OuterRef("edition"), purpose="share_on_scan", withdrawn_at=None
        )
        handed = Q(handed_at__isnull=False, taken_back_at=None, person__restricted_at=None)
        return ExpressionWrapper(handed & (~Q(means="badge") | Q(Exists(consents))), models.BooleanField())

    def search(self, words: str) -> Self:
        """Those that hold every word in what was handed over, the note or the product, whatever accents and case."""
        found = self
        for word in words_of(words):
            found = found.filter(
                Q(folded__contains=word) | Q(person__folded__contains=word) | Q(buyer__folded__contains=word)
            )
        return found

    def of_day(self, edition: Any, day: date) -> Self:
        """Those whose visitor came on a day at the place of the fair."""
        begins = datetime.combine(day, time.min, edition.zone)
        came = apps.get_model("matchmaking", "LeadVisit").objects.filter(
            lead=OuterRef("pk"), at__gte=begins, at__lt=begins + timedelta(days=1)
        )
        return self.filter(Exists(came))

    def to_do(self, until: date) -> Self:
        """Those with a next step that is due by a day, and not done."""
        return self.filter(next_on__lte=until, done_at=None)

    def counts(self) -> dict[str, int]:
        """How many there are, of each rating, without one, anonymous."""
        return self.aggregate(
            all=Count("pk"),
            **{rating: Count("pk", filter=Q(rating=rating)) for rating in ("A", "B", "C")},
            unrated=Count("pk", filter=Q(rating="")),
            anonymous=Count("pk", filter=Q(handed_at=None)),
        )

    def by_day(self, edition: Any) -> dict[date, dict[str, int]]:
        """How many new visitors each day brought, and how many of them have a name."""
        rows = self.order_by().annotate(day=TruncDate("first_at", tzinfo=edition.zone)).values("day")
        counted = rows.annotate(all=Count("pk"), named=Count("pk", filter=Q(handed_at__isnull=False)))
        return {row["day"]: row for row in counted.order_by("day")}

    def by_group(self) -> list[dict[str, Any]]:
        """How many visitors came for each product group, those without one last."""
        rows = self.order_by().values("product_group", "product_group__name_vi", "product_group__name_en")
        return list(rows.annotate(all=Count("pk")).order_by(F("all").desc(), "product_group"))


class BoothCardQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Cards of one's companies."""
        return self.filter(exhibitor__company_id__in=person.company_ids) if person.is_authenticated else self.none()

    def live(self) -> Self:
        """Those that were not renewed or closed, of exhibitors who take part."""
        return self.filter(revoked_at=None, exhibitor__state="active")
