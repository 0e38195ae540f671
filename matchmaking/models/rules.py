"""How an edition cuts its days into meetings, and what it allows."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fairs.models import OpeningDay


class Place(models.TextChoices):
    """Where people meet."""

    BOOTH = "booth", _("At the exhibitor’s booth")
    TABLE = "table", _("At a numbered table")


class MeetingRules(models.Model):
    """How an edition cuts its days into meetings, where they are, and how many one may have; all of it is data."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="meeting_rules")
    slot_minutes = models.PositiveSmallIntegerField(_("minutes of a meeting"), default=30)
    # Other lengths that one may ask for, such as an hour.
    more_minutes = models.JSONField(_("other lengths"), default=list, blank=True)
    # How far apart beginnings are; empty: as long as a meeting.
    step_minutes = models.PositiveSmallIntegerField(_("minutes between beginnings"), null=True, blank=True)
    # Kept free after a meeting for whoever goes on to another hall.
    way_minutes = models.PositiveSmallIntegerField(_("minutes from hall to hall"), default=0)
    lunch_from = models.TimeField(_("lunch from"), null=True, blank=True)
    lunch_to = models.TimeField(_("lunch to"), null=True, blank=True)
    opens_on = models.DateField(_("requests open on"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=5, choices=Place, default=Place.BOOTH)
    # Of the day's times one person may fill so many, so that nobody runs from nine to five.
    day_percent = models.PositiveSmallIntegerField(
        _("percent of a day’s times"), default=90, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    most_in_all = models.PositiveSmallIntegerField(_("most meetings of one person"), null=True, blank=True)
    answer_hours = models.PositiveSmallIntegerField(_("hours to answer before the fair"), default=48)
    answer_hours_on_site = models.PositiveSmallIntegerField(_("hours to answer during the fair"), default=2)
    remind_days = models.PositiveSmallIntegerField(_("days between reminders"), default=3)

    class Meta:
        verbose_name = _("meeting rules")
        verbose_name_plural = _("meeting rules")
        constraints = [
            models.CheckConstraint(condition=Q(day_percent__range=(1, 100)), name="day_percent_is_one"),
            models.CheckConstraint(
                condition=Q(answer_hours__gt=0, answer_hours_on_site__gt=0), name="an_answer_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_minutes} min"

    @property
    def lengths(self) -> list[int]:
        """Minutes a meeting may take, the shortest first."""
        return sorted({self.slot_minutes, *self.more_minutes})

    @cached_property
    def days(self) -> "list[OpeningDay]":
        """The edition's days in order, read once: whoever asks several things of the rules asks the same ones."""
        return list(self.edition.days.order_by("date"))

    def most_a_day(self, times: int) -> int:
        """How many meetings one person may have on a day with so many times."""
        return max(1, times * self.day_percent // 100)
