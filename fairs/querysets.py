"""Reads with names; `visible_to` is the permission to read."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from fairs import imports
from fairs.permissions import APART, JURY, REPORT_READERS
from fairs.relations import of_editions
from fairs.text import words_of

if TYPE_CHECKING:
    from fairs.permissions import Actor


class Searchable(models.QuerySet[Any]):
    """Rows that keep a folded column."""

    def search(self, words: str) -> Self:
        """Rows that hold every word, whatever its accents and case."""
        found = self
        for word in words_of(words):
            found = found.filter(folded__contains=word)
        return found


class EditionQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Published editions; an officer sees the drafts of their own too."""
        if not person.is_authenticated:
            return self.filter(published=True)
        if person.is_superuser:
            return self
        return self.filter(Q(published=True) | self._of(person.offices.all()))

    def run_by(self, person: "Actor", *roles: str) -> Self:
        """Editions for which the person holds one of the roles, or any role when none is named.

        Whose work stands apart, such as a juror, runs nothing: they count only where their role is named.
        """
        if not person.is_authenticated:
            return self.none()
        offices = person.offices
        return self.filter(
            self._of(offices.filter(role__in=["director", *roles]) if roles else offices.exclude(role__in=APART))
        )

    def kept_by(self, person: "Actor", role: str) -> Self:
        """Editions for which the person holds this very role; a director does not have it without it."""
        return self.filter(self._of(person.offices.filter(role=role))) if person.is_authenticated else self.none()

    def judged_by(self, person: "Actor") -> Self:
        """Editions in whose jury the person sits."""
        return self.filter(self._of(person.offices.filter(role__in=JURY))) if person.is_authenticated else self.none()

    def _of(self, offices: Any) -> Q:
        """The editions of some offices."""
        return Q(pk__in=offices.filter(edition__isnull=False).values("edition")) | Q(
            series__in=offices.filter(series__isnull=False).values("series")
        )


class PersonQuerySet(Searchable):
    def visible_to(self, person: "Actor") -> Self:
        """Oneself and one's colleagues; the administrator sees everybody."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        return self.filter(Q(pk=person.pk) | Q(memberships__company_id__in=person.company_ids)).distinct()


class CompanyQuerySet(Searchable):
    def visible_to(self, person: "Actor") -> Self:
        """One's own companies, and those that take part in an edition one is an officer of."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self.standing()
        from fairs.models import Edition  # the models import this module

        run = Edition.objects.run_by(person)
        return self.standing().filter(Q(pk__in=person.company_ids) | Q(participations__edition__in=run)).distinct()

    def acted_for(self, person: "Actor", edition: Any, role: str = "") -> Self:
        """One's own companies: first those that exhibit, then those that have to do with the edition or exhibited once.

        With a role only those that take part in it, if there is one.
        """
        from fairs.models import Company, Participation  # the models import this module

        parts = Participation.objects.filter(company=OuterRef("pk"), role="exhibitor").order_by()
        involved = [
            When(
                Exists(
                    relation.related_model._base_manager.filter(
                        **{relation.field.name: OuterRef("pk"), "edition": edition}
                    )
                ),
                then=Value(1),
            )
            for relation in of_editions(Company)
        ]
        own = self.standing().filter(pk__in=person.company_ids)
        playing = own.filter(participations__edition=edition, participations__role=role, participations__state="active")
        if role and playing.exists():
            own = own.filter(pk__in=playing.order_by().values("pk"))
        return own.annotate(
            exhibits=Case(When(Exists(parts.filter(edition=edition, state="active")), then=Value(1)), default=Value(0)),
            involved=Case(*involved, default=Value(0)),
            exhibited=Case(When(Exists(parts), then=Value(1)), default=Value(0)),
        ).order_by("-exhibits", "-involved", "-exhibited", "pk")

    def standing(self) -> Self:
        """All but the duplicates that were merged into another."""
        return self.filter(merged_into=None)


class InvitationQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those to oneself, and those of the companies one acts for or looks after at a desk."""
        if not person.is_authenticated:
            return self.none()
        from fairs.models import Company  # the models import this module

        asking = Company.objects.visible_to(person).order_by().values("pk")
        return self.filter(Q(person=person) | Q(company__in=asking))


def invitations_to(person: Any) -> models.QuerySet[Any]:
    """What a person is asked, with who asks."""
    found: models.QuerySet[Any] = person.invitations.select_related("company")
    return found


class StandingTargets(models.Manager[Any]):
    """The targets of the plan that holds now."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(holds=True)

    def by_figure(self) -> dict[str, Decimal]:
        """The targets by the names of their figures."""
        return dict(self.values_list("figure", "value"))


class ParticipationQuerySet(models.QuerySet[Any]):
    def guests_of(self, person: "Actor") -> Self:
        """The households that exhibit in the block of a company the person acts for."""
        return self.filter(host__company_id__in=person.company_ids, role="exhibitor", state="active")


class ConsentQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's own."""
        return self.filter(person=person) if person.is_authenticated else self.none()


class DataRequestQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's own, and those to editions that one answers for."""
        if not person.is_authenticated:
            return self.none()
        from fairs.models import Edition  # the models import this module

        return self.filter(Q(person=person) | Q(edition__in=Edition.objects.run_by(person, "privacy")))

    def open(self) -> Self:
        """Those to which an answer is owed."""
        return self.filter(state__in=self.model.OPEN)

    def late(self, today: date) -> Self:
        """Those of which a day has passed."""
        return self.open().filter(self._overdue(today))

    def counts(self, today: date) -> dict[str, int]:
        """How many wait for an answer, and how many of them are late."""
        counted: dict[str, int] = (
            self.open().order_by().aggregate(number=Count("pk"), late=Count("pk", filter=self._overdue(today)))
        )
        return counted

    def _overdue(self, today: date) -> Q:
        return Q(due_on__lt=today) | Q(state="received", acknowledge_by__lt=today)


class UploadQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Uploads of the kinds one may import, to editions one is an officer of."""
        from fairs.models import Edition  # the models import this module

        found = self.none()
        for kind in imports.kinds():
            run = Edition.objects.run_by(person, *kind.roles)
            found = found | self.filter(kind=kind.key, edition__in=run)
        return found

    def without_rows(self) -> Self:
        """All but the sheets themselves, which are large."""
        return self.defer("content", "answers", "findings")


class ProvinceQuerySet(Searchable):
    def on(self, day: date) -> Self:
        """The provinces that existed on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class SignedReportQuerySet(models.QuerySet[Any]):
    """Rows that are read and added, and nothing else."""

    def visible_to(self, person: "Actor") -> Self:
        """Those of editions whose report the person reads."""
        from fairs.models import Edition  # the models import this module

        return self.filter(edition__in=Edition.objects.run_by(person, *REPORT_READERS))

    def update(self, **fields: Any) -> int:
        raise TypeError("A signed report is never changed; sign a new version.")

    def delete(self) -> Any:
        raise TypeError("A signed report stays for ever.")
