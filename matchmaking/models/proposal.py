"""Another time that one side of a meeting proposes to the other."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models import Edition, Participation
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition
from matchmaking.querysets import ProposalQuerySet


class Proposal(Stateful):
    """One time instead of the one asked for or agreed: what was agreed holds until the other side takes the new one."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the other side")
        TAKEN = "taken", _("Agreed")
        REFUSED = "refused", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Not answered in time")

    class Side(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor")
        IMPORTER = "importer", _("Importer")

    TRANSITIONS: ClassVar = {
        "take": Transition((State.OPEN,), State.TAKEN),
        "refuse": Transition((State.OPEN,), State.REFUSED),
        "withdraw": Transition((State.OPEN,), State.WITHDRAWN),
        "lapse": Transition((State.OPEN,), State.LAPSED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    meeting = models.ForeignKey("matchmaking.Meeting", models.CASCADE, related_name="proposals")
    side = models.CharField(_("proposed by"), max_length=10, choices=Side)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    note = NameField(_("a word with it"), max_length=500, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(_("to be answered by"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed time")
        verbose_name_plural = _("proposed times")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_open_proposal_a_meeting"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="proposal_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.starts_at:%d/%m %H:%M}"

    @property
    def lapsed(self) -> bool:
        """Still open though it should have been answered by now."""
        return self.state == self.State.OPEN and min(self.expires_at, self.starts_at) <= clock.now()

    @property
    def edition(self) -> Edition:
        """That of the meeting."""
        return self.meeting.edition

    @property
    def edition_id(self) -> int:
        """Under which the journal files it."""
        return self.meeting.edition_id

    @property
    def exhibitor(self) -> Participation:
        """One side."""
        return self.meeting.exhibitor

    @property
    def importer(self) -> Participation:
        """The other."""
        return self.meeting.importer

    @property
    def company_id(self) -> int:
        """As of the meeting."""
        return self.meeting.company_id

    @property
    def journal_subject(self) -> str:
        return self.meeting.journal_subject
