"""Visitors who came to a booth: what an exhibitor may know of them, and what it means to do next."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buyers.models import Badge
from fairs import clock
from fairs.models.fields import FoldedField, NameField
from matchmaking.querysets import BoothCardQuerySet, LeadQuerySet

TOKEN_BYTES = 18  # 144 random bits


@dataclass(frozen=True)
class Contact:
    """What a visitor has handed to one exhibitor; an empty text where nothing was said."""

    name: str
    job_title: str
    company: Any  # a Company, or the name that was typed
    country: str
    email: str


class Lead(models.Model):
    """One visitor at one exhibitor's booth, however often they come.

    Without the visitor's yes it is an anonymous visit: a kind and a country, and nothing that leads to the person.
    """

    class Rating(models.TextChoices):
        A = "A", _("A: ready to buy")
        B = "B", _("B: interested")
        C = "C", _("C: only looking")

    class Step(models.TextChoices):
        CATALOGUE = "catalogue", _("Send the catalogue")
        PRICES = "prices", _("Send prices")
        SAMPLES = "samples", _("Send samples")
        CALL = "call", _("Call or write")
        VISIT = "visit", _("Show them the workshop")
        OTHER = "other", _("Something else, see the note")

    class Means(models.TextChoices):
        """By what the visitor agreed that this exhibitor has their details."""

        BADGE = "badge", _("Agreed when registering; the badge was scanned")
        TAP = "tap", _("Handed over by themselves, signed in")
        LETTER = "letter", _("Confirmed by a link in a letter")
        TYPED = "typed", _("Typed by themselves at the booth")

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="leads")
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="leads")
    # Knows the same visitor again without saying who it is: a keyed hash, different for each exhibitor.
    visitor = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=15, choices=Badge.Kind)
    country = models.CharField(_("country or territory"), max_length=2, blank=True)
    rating = models.CharField(_("rating"), max_length=1, choices=Rating, blank=True)
    note = models.TextField(_("note"), blank=True)
    product = models.ForeignKey("fairs.Product", models.SET_NULL, null=True, blank=True, verbose_name=_("product"))
    product_group = models.ForeignKey(
        "fairs.ProductGroup", models.PROTECT, null=True, blank=True, verbose_name=_("product group")
    )
    next_step = models.CharField(_("next step"), max_length=10, choices=Step, blank=True)
    next_on = models.DateField(_("until"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    first_at = models.DateTimeField(_("first visit"))
    last_at = models.DateTimeField(_("last visit"))
    # The proof of a yes, and what it handed over; taken back, nobody gets it who did not have it.
    handed_at = models.DateTimeField(_("details handed over"), null=True, blank=True)
    means = models.CharField(_("agreed by"), max_length=6, choices=Means, blank=True)
    text_version = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked by letter"), null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    buyer = models.ForeignKey("fairs.Company", models.PROTECT, null=True, blank=True, related_name="+")
    guest_name = NameField(_("name"), max_length=150, blank=True)
    guest_company = NameField(_("company"), max_length=200, blank=True)
    guest_email = models.EmailField(_("e-mail"), blank=True)
    folded = FoldedField("note", "guest_name", "guest_company", "guest_email")

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "visitor"], name="one_lead_a_visitor"),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=False)
                | Q(person=None, buyer=None, guest_name="", guest_company="", guest_email=""),
                name="no_contact_without_a_yes",
            ),
            models.CheckConstraint(condition=Q(next_on=None) | ~Q(next_step=""), name="a_day_has_a_step"),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="last_visit_not_before_first"),
        ]
        indexes = [models.Index(fields=["edition", "first_at"], name="leads_of_an_edition")]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_at:%d/%m %H:%M}"

    @property
    def contact(self) -> Contact | None:
        """What was handed over; nothing for an anonymous visit."""
        if self.handed_at is None:
            return None
        if self.person is None:
            return Contact(self.guest_name, "", self.guest_company, self.country, self.guest_email)
        one = self.person
        return Contact(one.full_name, one.job_title, self.buyer or "", self.country, one.email or "")

    @property
    def company_id(self) -> int:
        """The exhibitor's company, on whose behalf the journal files the lead; never the visitor's."""
        return self.exhibitor.company_id

    @property
    def journal_subject(self) -> str:
        return self.kind  # never who it was


class LeadVisit(models.Model):
    """One time that a visitor came; the same key again is the same time."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="visits")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        verbose_name = _("visit at a booth")
        verbose_name_plural = _("visits at booths")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%d/%m %H:%M}"


class BoothCard(models.Model):
    """A card on an exhibitor's table whose code any phone reads; renewed, the old one leads nowhere."""

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="booth_cards")
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="booth_cards")
    token = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = BoothCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("booth card")
        verbose_name_plural = _("booth cards")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor"], condition=Q(revoked_at=None), name="one_live_card_an_exhibitor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.made_at:%d/%m %H:%M}"

    @staticmethod
    def new_token() -> str:
        """24 letters and figures that nobody guesses."""
        return secrets.token_urlsafe(TOKEN_BYTES)

    @property
    def company_id(self) -> int:
        """The exhibitor's company, on whose behalf the journal files the card."""
        return self.exhibitor.company_id


class LeadDigest(models.Model):
    """The evening letter of one exhibitor about one day: owed once."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="lead_digests")
    exhibitor = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="lead_digests")
    day = models.DateField(_("day"))
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("letter about leads")
        verbose_name_plural = _("letters about leads")
        ordering = ["-day", "pk"]
        constraints = [models.UniqueConstraint(fields=["exhibitor", "day"], name="one_lead_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.day}"
