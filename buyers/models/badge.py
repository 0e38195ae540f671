"""Badges: the right of people to pass the gates."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buyers.codes import signed_code, spaced
from buyers.querysets import BadgeQuerySet
from fairs import clock
from fairs.models.fields import FoldedField, NameField
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
    # Of holders without a company among those of the fair: a newspaper, a ministry, a visitor's firm.
    organisation = NameField(_("organisation"), max_length=200, blank=True)
    country = models.CharField(_("country or territory"), max_length=2, blank=True)
    issued_at = models.DateTimeField(_("issued"), default=clock.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # The number of the desk's form: sent twice, it issues one badge.
    key = models.CharField(max_length=80, blank=True, editable=False)
    folded = FoldedField("organisation", "short_code")

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
            models.UniqueConstraint(fields=["edition", "key"], condition=~Q(key=""), name="one_badge_a_form"),
        ]
        # What changed since a gate last asked.
        indexes = [models.Index(fields=["edition", "state_changed_at"], name="badges_changed")]

    def __str__(self) -> str:
        return self.short_code

    @property
    def code(self) -> str:
        """The short code as people read it."""
        return spaced(self.short_code)

    @property
    def whose(self) -> str:
        """The company or organisation of the holder, in Vietnamese where it has two names."""
        return self.company.name_vi if self.company else self.organisation

    @property
    def from_country(self) -> str:
        """The country of the holder's company, else their own."""
        return self.company.country if self.company else self.country

    @property
    def qr_code(self) -> str:
        """What its QR code holds."""
        return signed_code(self.token, self.kind, self.signature)

    @property
    def journal_subject(self) -> str:
        return self.kind  # its code opens a gate, and the journal is read by many
