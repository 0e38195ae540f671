"""Timetables: what went in, every plan that was made of it, and what became of each meeting when it was published."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs import clock
from fairs.states import Stateful, Transition
from matchmaking.querysets import TimetableQuerySet


class Timetable(Stateful):
    """All meetings of an edition at once, from what is asked for to the agendas of both sides."""

    class State(models.TextChoices):
        RUNNING = "running", _("Being worked out")
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", pgettext_lazy("timetable", "Published")
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
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="timetables")
    number = models.PositiveSmallIntegerField(_("number"))
    seconds = models.PositiveSmallIntegerField(_("seconds to work on it"), default=30)
    seed = models.PositiveIntegerField(_("seed"), default=0)
    suggestions = models.PositiveSmallIntegerField(_("suggestions for each importer, at most"), default=10)
    # meeting-schedule/1, without names; besides `starts`, the beginnings of its slots, and `meeting`, the key of each
    # meeting that is agreed already.
    problem = models.JSONField(default=dict)
    # A day that heals: meetings that are agreed may be moved, as few as possible.
    heals = models.BooleanField(_("agreed meetings may be moved"), default=False)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    current = models.ForeignKey("matchmaking.TimetablePlan", models.PROTECT, null=True, blank=True, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # When every meeting was gone through and the letters were owed; until then booking goes on after a crash.
    booked_at = models.DateTimeField(_("all booked"), null=True, blank=True)

    objects = TimetableQuerySet.as_manager()

    class Meta:
        verbose_name = _("timetable")
        verbose_name_plural = _("timetables")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_timetable_a_number"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state__in=["running", "proposed"]), name="one_open_timetable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.number}"

    @property
    def journal_subject(self) -> str:
        return str(self.number)


class TimetablePlan(models.Model):
    """One whole plan of a timetable, never changed: a pin or a repair makes the next one."""

    class How(models.TextChoices):
        SOLVED = "solved", _("Worked out")
        PINNED = "pinned", _("Pinned")
        UNPINNED = "unpinned", _("Unpinned")
        REPAIRED = "repaired", _("Repaired")

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField()
    before = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="after")
    how = models.CharField(max_length=10, choices=How)
    item = models.CharField(max_length=60, blank=True)  # the meeting of the problem that was pinned or unpinned
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    schedule = models.JSONField()  # meeting of the problem -> number of its slot
    unscheduled = models.JSONField(default=list)  # meetings that are not held
    pins = models.JSONField(default=list)  # meetings that stay where they are
    weight = models.FloatField()
    weight_bound = models.FloatField(null=True)
    min_share = models.FloatField(default=1)
    min_share_bound = models.FloatField(null=True)
    breaks = models.PositiveIntegerField(default=0)
    breaks_bound = models.PositiveIntegerField(null=True)
    steps = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        verbose_name = _("plan of a timetable")
        verbose_name_plural = _("plans of timetables")
        ordering = ["timetable", "number"]
        constraints = [models.UniqueConstraint(fields=["timetable", "number"], name="one_timetable_plan_a_number")]

    def __str__(self) -> str:
        return f"{self.timetable_id} {self.number}"


class TimetableEntry(models.Model):
    """What became of one meeting of a published plan: booked, or why not. It is there once its meeting is."""

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="entries")
    item = models.CharField(max_length=60)
    meeting = models.ForeignKey("matchmaking.Meeting", models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=30, blank=True)  # the code with which booking it was refused
    # Whether both sides have something new to read: it was booked or moved by this.
    changed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("meeting of a timetable")
        verbose_name_plural = _("meetings of timetables")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["timetable", "item"], name="one_entry_a_meeting")]

    def __str__(self) -> str:
        return self.item
