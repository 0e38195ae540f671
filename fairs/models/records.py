"""What the system keeps about itself: journal entries, mails owed, consents."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.consent_texts import words
from fairs.querysets import ConsentQuerySet, UploadQuerySet
from fairs.states import Stateful, Transition


class Entry(models.Model):
    """One line of the append-only journal."""

    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=80)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, null=True, related_name="entries")
    company = models.ForeignKey("fairs.Company", models.PROTECT, null=True, related_name="+")
    object_id = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=list)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["edition", "-at"], name="journal_of_an_edition"),
            models.Index(fields=["verb", "object_id"], name="history_of_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_id}"


class Delivery(models.Model):
    """A letter owed to someone, written in the transaction that owes it."""

    class State(models.TextChoices):
        OWED = "owed", _("Owed")
        SENT = "sent", _("Sent")
        GIVEN_UP = "given_up", _("Given up")

    kind = models.CharField(max_length=60)
    edition = models.ForeignKey("fairs.Edition", models.CASCADE, null=True, related_name="deliveries")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deliveries")
    about = models.CharField(max_length=80)  # "app.model:pk", what the letter is about
    state = models.CharField(max_length=10, choices=State, default=State.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="owed"), name="deliveries_owed")]

    def __str__(self) -> str:
        return self.message_id


class Consent(models.Model):
    """A person's yes to one purpose, with the proof the law asks for."""

    class Purpose(models.TextChoices):
        REGISTRATION = "registration", _("Registration and badge")
        SHARE_ON_SCAN = "share_on_scan", _("Contact details for exhibitors who scan the badge")
        DIRECTORY = "directory", _("Listing for matchmaking")
        NEWS = "news", _("Invitations to later editions")
        PASSPORT = "passport", _("Passport data for the visa letter")
        PHOTOGRAPHS = "photographs", _("Photographs and the portrait on the badge")

    # The others have a page of their own: registering, and the letter for the visa.
    ASKED_ANYWHERE = (Purpose.SHARE_ON_SCAN, Purpose.DIRECTORY, Purpose.NEWS, Purpose.PHOTOGRAPHS)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    means = models.CharField(max_length=20)
    ip = models.GenericIPAddressField(_("network address"), null=True, blank=True)  # forgotten after a time
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "edition", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="one_live_consent_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.person_id}"

    @property
    def journal_subject(self) -> str:
        return self.purpose

    @property
    def words(self) -> str:
        """What the person read when they agreed, in the language they read it in."""
        return words(self.purpose, self.text_version, self.language)


class Upload(Stateful):
    """A sheet an organiser handed in, kept with its preview until it is imported or dropped."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("Waiting for you")
        IMPORTING = "importing", _("Being imported")
        IMPORTED = "imported", _("Imported")
        DROPPED = "dropped", _("Dropped")

    TRANSITIONS: ClassVar = {
        "begin": Transition((State.PREVIEWED,), State.IMPORTING),
        "stop": Transition((State.IMPORTING,), State.PREVIEWED),
        "finish": Transition((State.IMPORTING,), State.IMPORTED),
        "drop": Transition((State.PREVIEWED,), State.DROPPED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PREVIEWED)
    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="uploads")
    kind = models.CharField(_("kind"), max_length=20)
    filename = models.CharField(_("file"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("uploaded"), default=clock.now)
    # The sheet as fairs.sheets.pack gives it, emptied once it was imported or dropped.
    content = models.JSONField(default=dict)
    # {"notation": "", "corrections": {row: {column: text}}, "skipped": [row]}: what the organiser answered
    answers = models.JSONField(default=dict)
    # {"rows", "sound", "faults": {row: [[column, code, params, offers]]}, "unknown", "missing", "repeated", "found"}
    findings = models.JSONField(default=dict)
    # {"new", "changed", "same", "skipped"} once imported; {"row", "message"} when the last try ended at a row
    result = models.JSONField(default=dict)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_ready(self) -> bool:
        """Whether it can be imported as it stands."""
        return self.state == self.State.PREVIEWED and bool(self.findings.get("ready"))

    @property
    def journal_subject(self) -> str:
        return self.filename
