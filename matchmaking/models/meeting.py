"""Meetings between an importer and an exhibitor."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition
from matchmaking.querysets import MeetingQuerySet

LEFT_ALONE_AFTER = timedelta(minutes=7)
CALENDAR = Signer(salt="matchmaking.calendar")


class Meeting(Stateful):
    """One importer and one exhibitor at one time, asked for, agreed, and held or not."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("Not answered in time")
        HELD = "held", _("Held")
        NO_SHOW = "no_show", _("One side did not come")

    class Side(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor")
        IMPORTER = "importer", _("Importer")
        BOTH = "both", _("Both sides")

    class Word(models.TextChoices):
        """What a side says became of it."""

        HELD = "held", _("They met")
        EXHIBITOR = "exhibitor", _("The exhibitor did not come")
        IMPORTER = "importer", _("The importer did not come")
        BOTH = "both", _("Neither side came")

    class Actor(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor")
        IMPORTER = "importer", _("Importer")
        ORGANISER = "organiser", _("Organiser")

    LASTING: ClassVar = ("edition", "exhibitor", "importer")
    TRANSITIONS: ClassVar = {
        "accept": Transition((State.REQUESTED,), State.ACCEPTED),
        "decline": Transition((State.REQUESTED,), State.DECLINED),
        "expire": Transition((State.REQUESTED,), State.EXPIRED),
        "cancel": Transition((State.REQUESTED, State.ACCEPTED), State.CANCELLED),
        "move": Transition((State.ACCEPTED,), State.ACCEPTED),
        "substitute": Transition((State.ACCEPTED,), State.ACCEPTED),
        "mark_held": Transition((State.ACCEPTED,), State.HELD),
        "mark_no_show": Transition((State.ACCEPTED,), State.NO_SHOW),
        # What the other side says, a scan that comes late, or the desk may show that it was otherwise.
        "settle_held": Transition((State.NO_SHOW,), State.HELD),
        "settle_no_show": Transition((State.HELD, State.NO_SHOW), State.NO_SHOW),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REQUESTED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="meetings")
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="meetings_as_exhibitor")
    importer = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="meetings_as_importer")
    importer_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    # Who receives, at which table if not at the booth, in which hall, with whose help: known once it is agreed.
    receiver = models.ForeignKey(
        "matchmaking.Seat", models.SET_NULL, null=True, blank=True, related_name="meetings", verbose_name=_("receives")
    )
    table = models.ForeignKey(
        "matchmaking.Table", models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("table")
    )
    hall = models.ForeignKey("booths.Hall", models.SET_NULL, null=True, blank=True, related_name="+")
    interpreter = models.ForeignKey(
        "matchmaking.Interpreter", models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name=_("interpreter"),
    )  # fmt: skip
    place = NameField(_("place"), max_length=100, blank=True)
    message = models.TextField(_("message"), blank=True)
    walk_in = models.BooleanField(_("not booked in advance"), default=False)
    absent = models.CharField(_("who did not come"), max_length=10, choices=Side, blank=True)
    # When the badge of each side was read at the meeting, and what each says: held, or who was absent.
    exhibitor_here_at = models.DateTimeField(_("exhibitor there"), null=True, blank=True)
    importer_here_at = models.DateTimeField(_("importer there"), null=True, blank=True)
    exhibitor_says = models.CharField(_("the exhibitor says"), max_length=10, choices=Word, blank=True)
    importer_says = models.CharField(_("the importer says"), max_length=10, choices=Word, blank=True)
    differs = models.BooleanField(_("the sides differ on what became of it"), default=False)
    product_group = models.ForeignKey(
        "fairs.ProductGroup", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product group")
    )
    requested_at = models.DateTimeField(_("asked"), null=True, blank=True)
    expires_at = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    answer = NameField(_("answer"), max_length=500, blank=True)
    cancelled_by = models.CharField(_("called off by"), max_length=10, choices=Actor, blank=True)
    cancelled_at = models.DateTimeField(_("called off"), null=True, blank=True)
    # The form of a meeting that was not booked: sent twice, it notes one.
    key = models.CharField(max_length=80, unique=True, null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["exhibitor", "importer", "starts_at"],
                condition=Q(state__in=["requested", "accepted"]),
                name="one_open_meeting_a_pair_and_time",
            ),
        ]
        indexes = [models.Index(fields=["edition", "state"], name="meetings_by_state")]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} × {self.importer_id} {self.starts_at:%d/%m %H:%M}"

    @property
    def lapsed(self) -> bool:
        """Still waiting for an answer though it should have had one by now."""
        return self.state == self.State.REQUESTED and self.answer_by <= clock.now()

    @property
    def answer_by(self) -> datetime:
        """Until when a request waits for its answer: never longer than its own time is away."""
        return min(self.starts_at, self.expires_at or self.starts_at)

    @property
    def notice(self) -> timedelta | None:
        """How long before its time it was called off."""
        return self.starts_at - self.cancelled_at if self.cancelled_at else None

    @property
    def where(self) -> str:
        """Table 12, or Booth A108; nothing while nobody knows."""
        if self.table_id:
            return _now("Table %(number)s") % {"number": self.table.number}  # type: ignore[union-attr]
        return _now("Booth %(place)s") % {"place": self.place} if self.place else ""

    @property
    def begun(self) -> bool:
        """Whether its time has come, so that one can say what became of it."""
        return self.starts_at <= clock.now()

    @property
    def late_by(self) -> timedelta | None:
        """How long after its time the later of both came; None while not both are there."""
        if not self.exhibitor_here_at or not self.importer_here_at:
            return None
        return max(timedelta(0), max(self.exhibitor_here_at, self.importer_here_at) - self.starts_at)

    @property
    def alone(self) -> str:
        """The side that is there without the other, some minutes after the beginning; nothing else."""
        if self.state != self.State.ACCEPTED or clock.now() < self.starts_at + LEFT_ALONE_AFTER:
            return ""
        here = [side for side in ("exhibitor", "importer") if getattr(self, f"{side}_here_at")]
        return here[0] if len(here) == 1 else ""

    @property
    def duration(self) -> timedelta:
        """How long it takes."""
        return self.ends_at - self.starts_at

    @property
    def calendar_url(self) -> str:
        """Where a calendar finds this one meeting, without signing in."""
        return reverse("matchmaking:meeting_ics", args=[CALENDAR.sign(str(self.pk))])

    @staticmethod
    def unsign(signed: str) -> int:
        """The id in a calendar address; zero, which no meeting has, for one that was not made here."""
        try:
            return int(CALENDAR.unsign(signed))
        except (BadSignature, ValueError):
            return 0

    @property
    def company_id(self) -> int:
        """The exhibitor's company, on whose behalf the journal files the meeting."""
        return self.exhibitor.company_id

    @property
    def journal_subject(self) -> str:
        return f"{self.exhibitor.company.name_vi} × {self.importer.company.name_vi}"


class AgendaLink(models.Model):
    """The unguessable address at which a person's calendar reads their agenda, until they take it back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="agenda_links")
    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="agenda_links")
    token = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")
        constraints = [models.UniqueConstraint(fields=["person", "edition"], name="one_agenda_link_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.edition_id}"
