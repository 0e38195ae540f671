"""Badges, the gates they open, and every scan."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buyers.codes import signed_code, spaced
from buyers.querysets import BadgeQuerySet, GateQuerySet, ScanQuerySet
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition


class SigningKey(models.Model):
    """With what the badges of an edition are signed; the private half never leaves the server."""

    edition = models.OneToOneField("fairs.Edition", models.PROTECT, related_name="signing_key")
    private = models.TextField()  # as fairs.encryption keeps it
    public = models.CharField(_("public key"), max_length=100)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")

    def __str__(self) -> str:
        return self.public


class Badge(Stateful):
    """The right of one person to pass the gates of one edition; a reissue makes a new one."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Valid")
        REVOKED = "revoked", _("No longer valid")

    class Kind(models.TextChoices):
        IMPORTER = "importer", _("Importer")
        COMPANION = "companion", _("Companion of an importer")
        TRADE_VISITOR = "trade_visitor", _("Trade visitor")
        VISITOR = "visitor", _("Visitor")
        EXHIBITOR = "exhibitor", _("Exhibitor")
        PRESS = "press", _("Press")
        DELEGATE = "delegate", _("Delegate")
        SPEAKER = "speaker", _("Speaker")
        ORGANISER = "organiser", pgettext_lazy("badge", "Organiser")
        STAFF = "staff", _("Staff")
        CONTRACTOR = "contractor", _("Contractor")
        VOLUNTEER = "volunteer", _("Volunteer")
        INTERPRETER = "interpreter", _("Interpreter")

    # Exhibitors' passes and those who work at the fair are never counted as visitors.
    VISITING_KINDS = (
        Kind.IMPORTER, Kind.COMPANION, Kind.TRADE_VISITOR, Kind.VISITOR, Kind.PRESS, Kind.DELEGATE,
    )  # fmt: skip
    TRANSITIONS: ClassVar = {"revoke": Transition((State.ACTIVE,), State.REVOKED)}

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="badges")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="badges")
    company = models.ForeignKey("fairs.Company", models.PROTECT, null=True, blank=True, related_name="badges")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    token = models.CharField(max_length=40, unique=True)
    # By the key of the edition over token and kind, written once when the badge is issued.
    signature = models.CharField(max_length=103)
    short_code = models.CharField(_("short code"), max_length=12)
    issued_at = models.DateTimeField(_("issued"), default=clock.now)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ["person__folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"], condition=Q(state="active"), name="one_valid_badge_a_person"
            ),
            models.UniqueConstraint(fields=["edition", "short_code"], name="one_badge_a_short_code"),
        ]

    def __str__(self) -> str:
        return self.short_code

    @property
    def code(self) -> str:
        """The short code as people read it."""
        return spaced(self.short_code)

    @property
    def qr_code(self) -> str:
        """What its QR code holds."""
        return signed_code(self.token, self.kind, self.signature)

    @property
    def journal_subject(self) -> str:
        return self.kind  # its code opens a gate, and the journal is read by many


class Gate(models.Model):
    """A door of the fair where badges are scanned."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="gates")
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)

    objects = GateQuerySet.as_manager()

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name_vi"], name="one_gate_a_name")]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class Scan(models.Model):
    """One reading of a badge at a gate: the event on which visitors are counted."""

    class Direction(models.TextChoices):
        IN = "in", pgettext_lazy("gate", "In")
        OUT = "out", pgettext_lazy("gate", "Out")

    class Result(models.TextChoices):
        WELCOME = "welcome", _("Welcome")
        ALREADY_IN = "already_in", _("Already in")
        REVOKED = "revoked", _("Badge no longer valid")
        UNKNOWN = "unknown", _("Unknown badge")
        NOT_TODAY = "not_today", _("Not today")
        GOODBYE = "goodbye", _("Goodbye")

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="scans")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="scans")
    badge = models.ForeignKey(Badge, models.PROTECT, null=True, related_name="scans")
    at = models.DateTimeField(_("at"))
    # `at` is what the device says of a reading sent later; this is when it came to us.
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    result = models.CharField(_("result"), max_length=10, choices=Result)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # The scanning device's own number for this reading: sent twice, it is counted once.
    key = models.CharField(max_length=80, unique=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["edition", "result", "at"], name="entries_of_an_edition"),
            models.Index(fields=["badge", "-at"], name="scans_of_a_badge"),
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.at:%H:%M}"
