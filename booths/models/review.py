"""Judging applications: criteria, a jury's blind scores, appeals."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.models.about import AboutApplication
from booths.querysets import AppealQuerySet, ReviewQuerySet
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Transition

if TYPE_CHECKING:
    from booths.models import Application


class Criterion(models.Model):
    """What a jury scores, from 0 to `most`, and how much it weighs."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="criteria")
    name_vi = NameField(_("name in Vietnamese"), max_length=150)
    name_en = NameField(_("name in English"), max_length=150)
    about_vi = models.TextField(_("what to look at, in Vietnamese"), blank=True)
    about_en = models.TextField(_("what to look at, in English"), blank=True)
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2, default=1)
    most = models.PositiveSmallIntegerField(_("points at most"), default=10)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=Q(weight__gt=0, most__gt=0), name="criterion_counts")]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class Threshold(models.Model):
    """The least score, in hundredths of the most there is, for a product group, or for all without one of their own."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="thresholds")
    product_group = models.ForeignKey("fairs.ProductGroup", models.CASCADE, null=True, blank=True)
    least = models.DecimalField(_("least score"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "product_group"], name="one_threshold_a_group", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(least__gte=0, least__lte=100), name="threshold_within_100"),
        ]

    def __str__(self) -> str:
        return f"{self.product_group_id} {self.least}"


class Review(AboutApplication):
    """One juror's look at one application; they see nobody else's."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("To be scored")
        DONE = "done", _("Scored")
        CONFLICT = "conflict", _("Conflict of interest")

    JUDGED: ClassVar = ("submitted", "under_review", "more_info")  # states of an application that can be scored
    TRANSITIONS: ClassVar = {
        "score": Transition((State.ASSIGNED,), State.DONE),
        "correct": Transition((State.DONE,), State.DONE),
        "step_aside": Transition((State.ASSIGNED, State.DONE), State.CONFLICT),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASSIGNED)
    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews")
    comment = models.TextField(_("comment for the organiser"), blank=True)
    conflict = models.CharField(_("conflict of interest"), max_length=300, blank=True)
    # In hundredths of the most possible, computed when the points were given; see booths.scoring.
    result = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, editable=False)
    assigned_at = models.DateTimeField(default=clock.now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="one_review_a_juror"),
            models.CheckConstraint(condition=Q(state="done") ^ Q(result=None), name="scored_review_has_a_score"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.reviewer_id}"


class Score(models.Model):
    """Points of one review for one criterion."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.points}"


class Appeal(AboutApplication):
    """An applicant asks for another look: at a refusal, or at the place that an allocation round gave."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")

    TRANSITIONS: ClassVar = {
        "uphold": Transition((State.OPEN,), State.UPHELD),
        "dismiss": Transition((State.OPEN,), State.DISMISSED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="appeals")
    # The place from an allocation round that it is about; none where it is about a refusal.
    offer = models.ForeignKey("booths.Offer", models.PROTECT, null=True, blank=True, related_name="appeals")
    text = models.TextField(_("why the decision should be looked at again"))
    answer = models.TextField(_("answer"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(state="open"), name="one_open_appeal"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"

    def closes(self, application: "Application") -> bool:
        """Whether it was made against the refusal that stands now, and dismissed."""
        return (
            self.state == self.State.DISMISSED
            and self.offer_id is None
            and self.made_at >= application.state_changed_at
        )
