"""The live sale: when it opens for whom, and the waiting room in front of a rush."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booths.models.about import AboutApplication
from booths.querysets import FloorQuerySet
from booths.sale_querysets import WaitingPlaceQuerySet
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Transition


class Opening(models.Model):
    """A round of the live sale: from when on some of the accepted choose their booths.

    What is set must hold of an application; a round with nothing set is for all. An edition without any round lets
    everybody choose who is accepted.
    """

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="openings")
    opens_at = models.DateTimeField(_("opens"))
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)
    groups_only = models.BooleanField(_("groups of households only"), default=False)
    returning = models.BooleanField(_("only who exhibited at an earlier edition"), default=False)
    legal_forms = models.JSONField(_("legal forms"), default=list, blank=True)
    product_groups = models.JSONField(_("product groups"), default=list, blank=True)  # their codes
    least_score = models.DecimalField(_("score of the jury, at least"), max_digits=5, decimal_places=2, null=True)
    least_points = models.DecimalField(_("priority points, at least"), max_digits=7, decimal_places=2, null=True)

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of the sale")
        verbose_name_plural = _("rounds of the sale")
        ordering = ["opens_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "opens_at", "name_vi"], name="one_opening_a_moment_and_name"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.name_vi}"

    @property
    def journal_subject(self) -> str:
        return self.name_vi

    @property
    def for_all(self) -> bool:
        """Whether it is for everybody who is accepted."""
        asked = (self.groups_only, self.returning, self.legal_forms, self.product_groups)
        return not any(asked) and self.least_score is None and self.least_points is None


class WaitingRoom(models.Model):
    """Stands before the choice of booths for a while, and lets people in one after the other."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="waiting_room")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    per_minute = models.PositiveSmallIntegerField(_("let in each minute"), default=60)
    inside_at_most = models.PositiveSmallIntegerField(_("inside at most"), default=100)
    inside_minutes = models.PositiveSmallIntegerField(_("minutes to choose"), default=10)
    patience_minutes = models.PositiveSmallIntegerField(_("minutes a place is kept for who left"), default=3)
    # Up to when its pace has been used: who lets people in next counts from here.
    let_in_until = models.DateTimeField(default=clock.now, editable=False)

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting room")
        verbose_name_plural = _("waiting rooms")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="waiting_room_opens_before_it_closes"
            ),
            models.CheckConstraint(
                condition=Q(per_minute__gt=0, inside_at_most__gt=0, inside_minutes__gt=0, patience_minutes__gt=0),
                name="waiting_room_lets_people_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}"

    def stands_at(self, now: datetime) -> bool:
        """Whether one goes through it at this moment."""
        return self.opens_at <= now < self.closes_at

    @property
    def pace(self) -> float:
        """How many are let in a minute when everybody inside takes all their time."""
        return min(float(self.per_minute), self.inside_at_most / self.inside_minutes)

    @property
    def each(self) -> timedelta:
        """From one who is let in to the next."""
        return timedelta(minutes=1) / self.per_minute

    @property
    def patience(self) -> timedelta:
        """How long a place is kept for who does not ask."""
        return timedelta(minutes=self.patience_minutes)


class WaitingPlace(AboutApplication):
    """The place of one application in the waiting room, whoever of its company asks; at most one that counts.

    The order is `ready_at`, the later of one's turn and of coming, and then of coming.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        INSIDE = "inside", _("May choose")
        LEFT = "left", _("Left")
        GONE = "gone", _("Was away too long")
        OVER = "over", _("Time to choose is over")

    LIVE: ClassVar = (State.WAITING, State.INSIDE)
    TRANSITIONS: ClassVar = {
        "let_in": Transition((State.WAITING,), State.INSIDE),
        "leave": Transition((State.WAITING, State.INSIDE), State.LEFT),
        "lose": Transition((State.WAITING,), State.GONE),
        "end": Transition((State.INSIDE,), State.OVER),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    room = models.ForeignKey(WaitingRoom, models.CASCADE, related_name="places")
    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="waiting_places")
    came_at = models.DateTimeField(_("came"), default=clock.now)
    ready_at = models.DateTimeField(_("in line since"))
    # Put off whenever somebody of its company asks; past it the place is lost.
    kept_until = models.DateTimeField(_("kept until"))
    inside_until = models.DateTimeField(_("may choose until"), null=True, blank=True)

    objects = WaitingPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in the waiting room")
        verbose_name_plural = _("places in the waiting room")
        ordering = ["ready_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=["waiting", "inside"]), name="one_waiting_place"
            ),
        ]
        indexes = [models.Index(fields=["room", "state", "ready_at", "id"], name="waiting_places_in_order")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.state}"
