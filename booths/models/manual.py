"""The exhibitor manual as a list of tasks, and what each exhibitor handed in for them."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.models.about import AboutApplication
from booths.querysets import FloorQuerySet, HandInFileQuerySet, HandInQuerySet
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Transition

OVERDUE = -1  # the reminder on the day after the deadline, counted as days before it


class ManualTask(models.Model):
    """One thing that exhibitors read, do or hand in before a day, which is included."""

    class Audience(models.TextChoices):
        ALL = "all", _("every exhibitor")
        RAW = "raw", _("bare floor")
        CLASS = "class", _("one class of booth")
        ABROAD = "abroad", _("exhibitors from abroad")
        GROUP = "group", _("groups of households")
        IMPORTED = "imported", _("goods imported for the fair only")
        FLAMES = "flames", _("open flames at the booth")

    class Asks(models.TextChoices):
        TICK = "tick", _("“read and done”")
        FILE = "file", _("a file")
        FORM = "form", _("a form elsewhere on the site")

    class Form(models.TextChoices):
        NONE = "", _("none")
        PRODUCTS = "products", _("the product list")
        ABOUT = "about", _("the words for the catalogue")
        PASSES = "passes", _("passes for the staff")
        PAID = "paid", _("everything paid: the permit to build")
        GOODS = "goods", _("the declaration of special goods")

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="manual_tasks")
    number = models.PositiveSmallIntegerField(_("number"))
    title_vi = NameField(_("title in Vietnamese"), max_length=200)
    title_en = NameField(_("title in English"), max_length=200)
    text_vi = models.TextField(_("text in Vietnamese"))
    text_en = models.TextField(_("text in English"))
    due_on = models.DateField(_("last day"))
    audience = models.CharField(_("for"), max_length=10, choices=Audience, default=Audience.ALL)
    booth_class = models.ForeignKey(
        "booths.BoothClass", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("class of booth")
    )
    asks = models.CharField(_("what is asked"), max_length=5, choices=Asks, default=Asks.TICK)
    form = models.CharField(_("form"), max_length=10, choices=Form, blank=True)
    # An exhibitor may say that it has nothing to do with it, such as hanging something; their word is kept.
    may_not_concern = models.BooleanField(_("may be answered “does not concern us”"), default=False)
    # How many days before the last day a letter reminds, each once; the day after it one more says that it is late.
    remind_days = models.JSONField(_("reminders, days before"), default=list, blank=True)

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of the manual")
        verbose_name_plural = _("tasks of the manual")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_manual_task_a_number"),
            models.CheckConstraint(
                condition=Q(audience="class", booth_class__isnull=False)
                | (~Q(audience="class") & Q(booth_class__isnull=True)),
                name="manual_task_for_a_class_names_it",
            ),
            models.CheckConstraint(
                condition=(Q(asks="form") & ~Q(form="")) | (~Q(asks="form") & Q(form="")),
                name="manual_task_of_a_form_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_vi}"

    @property
    def journal_subject(self) -> str:
        return self.title_vi

    def rung_on(self, today: date) -> int | None:
        """Which reminder is the latest that is due: how many days before the last day, OVERDUE after it, None before.

        A late one lasts a week: nobody is told of a deadline of long ago.
        """
        left = (self.due_on - today).days
        if left < 0:
            return OVERDUE if left >= -7 else None
        return min((days for days in self.remind_days if days >= left), default=None)


class HandIn(AboutApplication):
    """What one exhibitor did about one task: a tick, or a file with its versions and the desk's word."""

    class State(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", _("Read and done")
        HANDED_IN = "handed_in", _("Handed in, not checked yet")
        ACCEPTED = "accepted", _("In order")
        RETURNED = "returned", _("Returned")
        NOT_CONCERNED = "not_concerned", _("Does not concern us")

    SETTLED: ClassVar = (State.DONE, State.ACCEPTED, State.NOT_CONCERNED)
    # With the desk a thing is off the exhibitor's list, and nobody is reminded of it.
    GIVEN: ClassVar = (*SETTLED, State.HANDED_IN)
    TRANSITIONS: ClassVar = {
        "tick": Transition((State.OPEN,), State.DONE),
        "hand_in": Transition((State.OPEN, State.HANDED_IN, State.ACCEPTED, State.RETURNED), State.HANDED_IN),
        "accept": Transition((State.HANDED_IN, State.RETURNED), State.ACCEPTED),
        "return": Transition((State.HANDED_IN, State.ACCEPTED), State.RETURNED),
        "pass": Transition((State.OPEN, State.RETURNED), State.NOT_CONCERNED),
        "reopen": Transition((State.DONE, State.NOT_CONCERNED), State.OPEN),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    task = models.ForeignKey(ManualTask, models.PROTECT, related_name="hand_ins", verbose_name=_("task"))
    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="hand_ins")
    # The first time it was done: whether it was late does not change with a better version afterwards.
    given_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    reason = NameField(_("why it was returned"), max_length=500, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    objects = HandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing handed in")
        verbose_name_plural = _("things handed in")
        ordering = ["task__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "application"], name="one_hand_in_a_task"),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="what_is_returned_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.application_id} {self.state}"

    @property
    def late_days(self) -> int:
        """How many days after the last day it was first handed in; 0: in time, or not yet."""
        if self.given_at is None:
            return 0
        given_on = self.given_at.astimezone(self.application.edition.zone).date()
        return max(0, (given_on - self.task.due_on) // timedelta(days=1))


class HandInFile(models.Model):
    """One version of a file that was handed in; the newest counts."""

    hand_in = models.ForeignKey(HandIn, models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to="manual/")
    sha256 = models.CharField(max_length=64, editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("handed in"), default=clock.now)

    objects = HandInFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file handed in")
        verbose_name_plural = _("files handed in")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["hand_in", "number"], name="one_hand_in_file_a_number")]

    def __str__(self) -> str:
        return f"{self.hand_in_id} v{self.number}"


class ManualLetter(models.Model):
    """One letter to one exhibitor about its tasks: one a day, however many heartbeats run."""

    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="manual_letters")
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("letter about the manual")
        verbose_name_plural = _("letters about the manual")
        constraints = [models.UniqueConstraint(fields=["application", "day"], name="one_manual_letter_a_day")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.day}"


class TaskReminder(models.Model):
    """One reminder of one task to one exhibitor, in a letter: one for each of its days before."""

    letter = models.ForeignKey(ManualLetter, models.CASCADE, related_name="reminders")
    task = models.ForeignKey(ManualTask, models.CASCADE, related_name="reminders")
    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="task_reminders")
    days_before = models.SmallIntegerField(_("days before"))

    class Meta:
        verbose_name = _("reminder of a task")
        verbose_name_plural = _("reminders of tasks")
        ordering = ["task__due_on", "task__number"]
        constraints = [
            models.UniqueConstraint(fields=["task", "application", "days_before"], name="one_reminder_a_task_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.application_id} {self.days_before}"

    @property
    def is_late(self) -> bool:
        """Whether it says that the last day has passed."""
        return self.days_before == OVERDUE
