"""Letters that help a guest to get a visa, and how an edition writes them."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buyers.codes import new_token
from buyers.querysets import VisaLetterQuerySet
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition

KEEP_DAYS = 90


class VisaRules(models.Model):
    """Who signs the letters of an edition, whom a consulate calls, and when passport data is gone."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="visa_rules")
    keep_days = models.PositiveSmallIntegerField(
        _("days after the fair until passport data deletes itself"),
        default=KEEP_DAYS,
        validators=[MinValueValidator(0), MaxValueValidator(365)],
    )
    office_vi = NameField(_("office of who signs, in Vietnamese"), max_length=100, blank=True)
    office_en = NameField(_("office of who signs, in English"), max_length=100, blank=True)
    signer = NameField(_("name of who signs"), max_length=150, blank=True)
    contact = NameField(_("officer to call"), max_length=150, blank=True)
    phone = models.CharField(_("their phone"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("rules of visa letters")
        verbose_name_plural = _("rules of visa letters")
        constraints = [models.CheckConstraint(condition=Q(keep_days__lte=365), name="passport_data_a_year_at_most")]

    def __str__(self) -> str:
        return f"{self.keep_days} d"


class VisaLetter(Stateful):
    """A letter of invitation for one person's visa: asked for, checked, issued by a person under a number."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        CHECKED = "checked", _("Checked")
        ISSUED = "issued", pgettext_lazy("letter", "Issued")
        REFUSED = "refused", _("Refused")
        REVOKED = "revoked", _("Revoked")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    LIVE = (State.ASKED, State.CHECKED, State.ISSUED)
    TRANSITIONS: ClassVar = {
        "change": Transition((State.ASKED, State.CHECKED), State.ASKED),
        "check": Transition((State.ASKED,), State.CHECKED),
        "issue": Transition((State.CHECKED,), State.ISSUED),
        "refuse": Transition((State.ASKED, State.CHECKED), State.REFUSED),
        "revoke": Transition((State.ISSUED,), State.REVOKED),
        "withdraw": Transition(LIVE, State.WITHDRAWN),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="visa_letters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visa_letters")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="visa_letters")
    # A Passport, encrypted; empty once it is not needed any more. Only buyers.actions.visas opens it.
    sealed = models.TextField(blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    # In the QR code of an issued letter: opaque, 130 random bits.
    token = models.CharField(max_length=40, unique=True, default=new_token)
    reason = NameField(_("reason"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked for"), default=clock.now)
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = VisaLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("visa letter")
        verbose_name_plural = _("visa letters")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=Q(state__in=["asked", "checked", "issued"]),
                name="one_live_visa_letter_a_person",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_visa_letter_a_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "revoked"]) | ~Q(number=""), name="issued_visa_letter_has_a_number"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "checked", "issued"]) | Q(sealed=""),
                name="no_passport_data_without_need",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.state} {self.pk}"

    @property
    def gone_on(self) -> date:
        """The first day on which nobody can read the passport data any more."""
        rules = getattr(self.edition, "visa_rules", None)
        return self.edition.closes_on + timedelta(days=1 + (rules.keep_days if rules else KEEP_DAYS))

    @property
    def readable(self) -> bool:
        """Whether the passport data is still there and may still be read."""
        return bool(self.sealed) and clock.today(self.edition) < self.gone_on

    @property
    def journal_subject(self) -> str:
        return self.number
