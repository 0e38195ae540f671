"""What people ask about their own data, and the terms and working days within which it is answered."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs import clock
from fairs.models.fields import NameField
from fairs.querysets import DataRequestQuerySet
from fairs.states import Stateful, Transition


class Holiday(models.Model):
    """A day on which nobody works besides weekends, or a weekend day that is worked on for another."""

    date = models.DateField(_("day"), unique=True)
    works = models.BooleanField(_("a weekend day that is worked on"), default=False)
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name_vi}"


class RequestKind(models.TextChoices):
    """What somebody may ask about their own data."""

    ACCESS = "access", _("A copy of my data")
    CORRECTION = "correction", _("Correct my data")
    DELETION = "deletion", _("Delete my data")
    RESTRICTION = "restriction", _("Restrict the use of my data")
    OBJECTION = "objection", _("Object to a use of my data")


class RequestTerm(models.Model):
    """Within how many working days a kind of request is answered, and the law that says so."""

    kind = models.CharField(_("request"), max_length=12, choices=RequestKind, unique=True)
    acknowledge_days = models.PositiveSmallIntegerField(_("working days to acknowledge"))
    days = models.PositiveSmallIntegerField(_("working days to answer"))
    extension_days = models.PositiveSmallIntegerField(_("working days of one extension"))
    basis_vi = NameField(_("legal basis in Vietnamese"))
    basis_en = NameField(_("legal basis in English"))

    class Meta:
        verbose_name = _("term of data requests")
        verbose_name_plural = _("terms of data requests")
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.kind} {self.days}"


class DataRequest(Stateful):
    """What one person asks about their own data; its days are counted once, when it comes."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("request", "Received")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        EXTENDED = "extended", _("Extended")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Means(models.TextChoices):
        PAGE = "page", _("On the page")
        API = "api", _("By a program")
        LETTER = "letter", _("By letter")
        EMAIL = "email", _("By e-mail")
        PHONE = "phone", _("By telephone")
        IN_PERSON = "in_person", _("In person")

    Kind = RequestKind
    OPEN = (State.RECEIVED, State.ACKNOWLEDGED, State.EXTENDED)
    TRANSITIONS: ClassVar = {
        "acknowledge": Transition((State.RECEIVED,), State.ACKNOWLEDGED),
        "extend": Transition((State.ACKNOWLEDGED,), State.EXTENDED),
        "finish": Transition(OPEN, State.DONE),
        "refuse": Transition(OPEN, State.REFUSED),
        "withdraw": Transition(OPEN, State.WITHDRAWN),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="data_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("request"), max_length=12, choices=RequestKind)
    means = models.CharField(_("how it came"), max_length=10, choices=Means, default=Means.PAGE)
    wish = models.TextField(_("in their own words"), blank=True)
    received_on = models.DateField(_("received"))
    acknowledge_by = models.DateField(_("acknowledge by"))
    due_on = models.DateField(_("answer by"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = NameField(_("reason"), max_length=500, blank=True)
    asked_at = models.DateTimeField(default=clock.now)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("data request")
        verbose_name_plural = _("data requests")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=["received", "acknowledged", "extended"]),
                name="one_open_data_request_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(acknowledge_by__gte=models.F("received_on")) & Q(due_on__gte=models.F("acknowledge_by")),
                name="data_request_is_due_after_it_came",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in self.OPEN

    @property
    def next_day(self) -> date:
        """The day by which something is to be done: acknowledging first, then the answer."""
        return self.acknowledge_by if self.state == self.State.RECEIVED else self.due_on

    @property
    def late(self) -> bool:
        """Whether that day has passed."""
        return self.open and self.next_day < clock.today(self.edition)

    @property
    def journal_subject(self) -> str:
        return self.kind
