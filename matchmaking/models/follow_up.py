"""What became of it: both sides of a pair are asked some time after the fair, at rungs of so many days."""

import secrets
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models import Participation, Person
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.states import Stateful, Transition
from matchmaking.follow_up_querysets import FollowUpQuerySet, FollowUpRungQuerySet
from matchmaking.models.deal import Deal

RUNGS = (30, 90, 180, 365)
STOP = Signer(salt="matchmaking.follow_up")
TOKEN_BYTES = 18  # 144 random bits


def new_token() -> str:
    """24 letters and figures that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def usual_rungs() -> list[int]:
    """Days after the fair closes."""
    return list(RUNGS)


class FollowUpRules(models.Model):
    """After how many days an edition asks, and when it reminds; an edition without a row does as is usual."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="follow_up_rules")
    days = models.JSONField(_("days after the fair closes"), default=usual_rungs)
    # Empty rungs ask nobody; 0 days remind nobody.
    remind_after = models.PositiveSmallIntegerField(_("days until the one reminder"), default=7)

    class Meta:
        verbose_name = _("rules of following up")
        verbose_name_plural = _("rules of following up")

    def __str__(self) -> str:
        return ", ".join(map(str, self.days))

    def rung_on(self, today: date, lasts: timedelta) -> int | None:
        """The rung that is due on a day: the latest that has come, for so long; no earlier one is made up for."""
        closed = self.edition.closes_on
        due = [days for days in self.days if timedelta(0) <= today - closed - timedelta(days=days) < lasts]
        return max(due, default=None)


class FollowUpRung(models.Model):
    """One side at one rung: asked once, by one letter about all its pairs, however many heartbeats run."""

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="follow_up_rungs")
    part = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="follow_up_rungs")
    days = models.PositiveSmallIntegerField(_("days after the fair"))
    token = models.CharField(max_length=40, unique=True, default=new_token)
    made_at = models.DateTimeField(_("asked"), default=clock.now)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    objects = FollowUpRungQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter after the fair")
        verbose_name_plural = _("letters after the fair")
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["part", "days"], name="one_rung_a_side")]

    def __str__(self) -> str:
        return f"{self.part_id} +{self.days}"

    @property
    def url(self) -> str:
        """Where all of its questions stand, without signing in."""
        return reverse("matchmaking:follow_ups_asked", args=[self.token])

    def stop_url(self, person: Person) -> str:
        """Where one of its readers says that they want no more of these letters."""
        return reverse("matchmaking:no_more_follow_ups", args=[STOP.sign(f"{self.pk}-{person.pk}")])

    @staticmethod
    def unsign(signed: str) -> tuple[int, int]:
        """The rung and the person in such an address; zeros, which none has, for one that was not made here."""
        try:
            rung, person = STOP.unsign(signed).split("-")
            return int(rung), int(person)
        except (BadSignature, ValueError):
            return 0, 0


class FollowUp(Stateful):
    """One question to one side about the other: what became of it, and what it answered."""

    class State(models.TextChoices):
        ASKED = "asked", _("Not answered yet")
        TALKING = "talking", _("Still talking")
        SAMPLE = "sample", _("Sample sent")
        ORDERED = "ordered", _("Order placed")
        LOST = "lost", _("It came to nothing")

    class Side(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor")
        IMPORTER = "importer", _("Importer")

    class Reason(models.TextChoices):
        PRICE = "price", _("The price")
        DESIGN = "design", _("Design or quality")
        CAPACITY = "capacity", _("Quantity or lead time")
        PAPERS = "papers", _("Certificates or import rules")
        SILENCE = "silence", _("The other side no longer answers")
        ANOTHER = "another", _("Another partner was found")
        OTHER = "other", _("Something else")

    ANYWHERE = tuple(State)
    TRANSITIONS: ClassVar = {
        "talk": Transition(ANYWHERE, State.TALKING),
        "send_sample": Transition(ANYWHERE, State.SAMPLE),
        "order": Transition(ANYWHERE, State.ORDERED),
        "lose": Transition(ANYWHERE, State.LOST),
    }
    VERBS: ClassVar = {State.TALKING: "talk", State.SAMPLE: "send_sample", State.ORDERED: "order", State.LOST: "lose"}

    state = models.CharField(_("answer"), max_length=20, choices=State, default=State.ASKED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="follow_ups")
    rung = models.ForeignKey(FollowUpRung, models.CASCADE, related_name="questions")
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="follow_ups_as_exhibitor")
    importer = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="follow_ups_as_importer")
    days = models.PositiveSmallIntegerField(_("days after the fair"))
    side = models.CharField(_("asked"), max_length=10, choices=Side)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    currency = currency_field(verbose_name=_("currency"), blank=True)
    amount = amount_field(verbose_name=_("value"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=10, choices=Reason, blank=True)
    note = NameField(_("a word with it"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # The paper that was recorded from an order placed.
    deal = models.ForeignKey(Deal, models.SET_NULL, null=True, blank=True, related_name="follow_ups")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("question after the fair")
        verbose_name_plural = _("questions after the fair")
        ordering = ["-days", "exhibitor", "importer", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "importer", "days", "side"], name="one_question_a_rung"),
            models.CheckConstraint(
                condition=Q(state="ordered", amount__gt=0) & ~Q(currency="")
                | ~Q(state="ordered") & Q(amount=None, currency=""),
                name="an_order_has_a_value",
            ),
            models.CheckConstraint(
                condition=Q(state="lost") & ~Q(reason="") | ~Q(state="lost") & Q(reason=""), name="lost_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None) | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="an_answer_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["edition", "days", "state"], name="follow_ups_by_rung")]

    def __str__(self) -> str:
        return f"{self.exhibitor_id}-{self.importer_id} +{self.days} {self.side}"

    @property
    def part(self) -> Participation:
        """The side that is asked."""
        own: Participation = getattr(self, self.side)
        return own

    @property
    def other(self) -> Participation:
        """The side it is asked about."""
        return self.importer if self.side == self.Side.EXHIBITOR else self.exhibitor

    @property
    def company_id(self) -> int:
        """Of the side that is asked, on whose behalf the journal files it."""
        return self.part.company_id

    @property
    def journal_subject(self) -> str:
        return f"+{self.days}"

    @property
    def url(self) -> str:
        """Where it is answered, without signing in."""
        return reverse("matchmaking:follow_up", args=[self.token])


class NoFollowUps(models.Model):
    """Somebody who wants no more letters after an edition."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="no_follow_ups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="no_follow_ups")
    said_at = models.DateTimeField(_("said"), default=clock.now)

    class Meta:
        verbose_name = _("wish to be asked no more")
        verbose_name_plural = _("wishes to be asked no more")
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="one_no_follow_ups_a_person")]

    def __str__(self) -> str:
        return str(self.person_id)
