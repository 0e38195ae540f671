"""Allocation rounds: by which criteria, what went in, every proposal, and the one that was signed."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import RoundQuerySet
from fairs import clock
from fairs.states import Stateful, Transition


def weight(verbose_name: Any, default: str, *, most: int = 1000) -> models.DecimalField:
    """What something is worth in the total of a round; booths not given cost more than all of it."""
    return models.DecimalField(
        verbose_name,
        max_digits=7,
        decimal_places=3,
        default=Decimal(default),
        validators=[MinValueValidator(0), MaxValueValidator(most)],
    )


class AllocationTerms(models.Model):
    """By what an edition's rounds go: what a place is worth, and what gives priority points."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="allocation_terms")
    in_zone = weight(_("a place in the zone of its goods"), "100")
    place_quality = weight(_("each point of a place’s quality"), "1")
    points_share = weight(_("how much more for each priority point"), "0.02", most=1)
    corner = weight(_("a corner for who asked for one"), "20")
    corner_unasked = weight(_("cost of a corner for who did not"), "6")
    wish = weight(_("the booth wished for most; the next a half, a third"), "24")
    zone_wish = weight(_("a zone wished for"), "10")
    neighbours = weight(_("two of one village, or who asked for each other, side by side"), "30")
    fragment = weight(_("cost of one free booth between two sold ones"), "4")
    strict_zones = models.BooleanField(_("nobody outside the zone of its goods"), default=False)
    year_points = weight(_("points for each earlier edition it took part in"), "5", most=100)
    years_at_most = models.PositiveSmallIntegerField(_("earlier editions counted at most"), default=5)
    score_points = weight(_("points for each point of the jury’s score"), "0.5", most=100)
    support_points = weight(_("points for a supported legal form"), "10", most=100)
    support_forms = models.JSONField(_("supported legal forms"), default=list, blank=True)
    early_points = weight(_("points for the first handed in; the last gets none"), "5", most=100)

    class Meta:
        verbose_name = _("terms of allocation")
        verbose_name_plural = _("terms of allocation")

    def __str__(self) -> str:
        return f"{self.edition_id}"


class Round(Stateful):
    """One allocation for an edition, from the inputs to the plan that is signed and offered."""

    class State(models.TextChoices):
        RUNNING = "running", _("Being worked out")
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", _("Signed and offered")
        FAILED = "failed", _("Not worked out")
        DROPPED = "dropped", _("Dropped")

    OPEN: ClassVar = (State.RUNNING, State.PROPOSED)
    TRANSITIONS: ClassVar = {
        "finish": Transition((State.RUNNING,), State.PROPOSED),
        "fail": Transition((State.RUNNING,), State.FAILED),
        "publish": Transition((State.PROPOSED,), State.PUBLISHED),
        "drop": Transition((State.RUNNING, State.PROPOSED, State.FAILED), State.DROPPED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RUNNING)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("number"))
    seconds = models.PositiveSmallIntegerField(_("seconds to work on it"), default=30)
    seed = models.PositiveIntegerField(_("seed"), default=0)
    # booth-allocation/1, without names of people or companies: what the figures can be found from again.
    instance = models.JSONField(default=dict)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    current = models.ForeignKey("booths.Proposal", models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    # Of the record, taken at the signature and published: whatever is changed afterwards no longer agrees with it.
    digest = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation round")
        verbose_name_plural = _("allocation rounds")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_round_a_number"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state__in=["running", "proposed"]), name="one_open_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.number}"

    @property
    def journal_subject(self) -> str:
        return str(self.number)


class Proposal(models.Model):
    """One whole plan of a round, never changed: a move makes the next one, undoing goes back to the one before."""

    class How(models.TextChoices):
        SOLVED = "solved", _("Worked out")
        MOVED = "moved", _("Moved by hand")
        PINNED = "pinned", _("Pinned")
        UNPINNED = "unpinned", _("Unpinned")
        RESOLVED = "resolved", _("The rest worked out again")

    round = models.ForeignKey(Round, models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    before = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="after")
    how = models.CharField(max_length=10, choices=How)
    who = models.CharField(max_length=40, blank=True)  # the applicant of the instance that was moved or pinned
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    plan = models.JSONField()  # applicant of the instance -> codes of booths, in the order in which they stand
    unplaced = models.JSONField(default=dict)  # applicant -> the first rule in the way
    pins = models.JSONField(default=list)  # applicants that stay where they are
    why = models.JSONField(default=dict)  # applicant -> booths.allocation.explain.Why
    objective = models.FloatField()
    greedy = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    steps = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_proposal_a_number")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"
