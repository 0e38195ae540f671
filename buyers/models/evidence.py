"""What speaks for an importer: the checklist of an edition, what was given for it, and what the desk asked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField


class EvidenceItem(models.Model):
    """One line of an edition's checklist; ticked before a grade that needs it is given, or its benefit is paid."""

    class Stage(models.TextChoices):
        VETTING = "vetting", _("before the approval")
        CLAIM = "claim", _("before anything is paid")

    class Fact(models.TextChoices):
        NONE = "", _("nothing")
        WEBSITE = "website", _("the website")
        VOLUME = "volume", _("the purchases a year")
        PRODUCTS = "products", _("what they look for")
        COUNTRY = "country", _("the country")
        EARLIER = "earlier", _("earlier editions")

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="evidence_items")
    code = models.SlugField(_("code"), max_length=20)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    stage = models.CharField(_("checked"), max_length=8, choices=Stage, default=Stage.VETTING)
    name_vi = NameField(_("name in Vietnamese"), max_length=200)
    name_en = NameField(_("name in English"), max_length=200)
    # What the fair knows already is shown beside it.
    fact = models.CharField(_("beside it stands"), max_length=10, choices=Fact, blank=True)
    grades: models.ManyToManyField = models.ManyToManyField(
        "buyers.Grade", blank=True, related_name="evidence_items", verbose_name=_("needed for")
    )

    class Meta:
        verbose_name = _("line of the checklist")
        verbose_name_plural = _("checklist of evidence")
        ordering = ["stage", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_evidence_item_a_code")]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class Evidence(models.Model):
    """What an importer gave for a line, and what the desk found: who, when, why."""

    class Verdict(models.TextChoices):
        OPEN = "", _("Not checked yet")
        TICKED = "ticked", _("In order")
        REFUSED = "refused", _("Not accepted")

    registration = models.ForeignKey("buyers.Registration", models.CASCADE, related_name="evidence")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="given", verbose_name=_("evidence"))
    said = models.TextField(_("what the importer says"), blank=True)
    file = models.FileField(_("file"), upload_to="evidence/", blank=True)
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, blank=True)
    note = NameField(_("note"), max_length=300, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["item__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "item"], name="one_evidence_a_line"),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="verdict_names_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.item_id} {self.verdict}"


class Question(models.Model):
    """What the desk wants to know of an importer before it decides, with the answer."""

    registration = models.ForeignKey("buyers.Registration", models.CASCADE, related_name="questions")
    text = models.TextField(_("question"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(answered_at=None), name="one_open_question_an_importer"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
