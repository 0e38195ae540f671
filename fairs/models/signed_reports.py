"""The result report as it was signed, for ever; and what the official paper says around its figures."""

import hashlib
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField
from fairs.querysets import SignedReportQuerySet

MOST_DAYS = 366


def hash_of(snapshot: str) -> str:
    """SHA-256 of the very bytes, as 64 small hexadecimal digits."""
    return hashlib.sha256(snapshot.encode()).hexdigest()


class Kept(models.Model):
    """A row that is written once, and never changed or deleted."""

    objects = SignedReportQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise TypeError("A signed report is never changed; sign a new version.")
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Never."""
        raise TypeError("A signed report stays for ever.")


class SignedReport(Kept):
    """One version of an edition's report: what it said, its hash, who signed it.

    Nothing of it is ever changed or deleted: not here, not by a query, not by SQL (triggers of the database). Its
    `snapshot` names the hash of the version before, so that each version vouches for all earlier ones. `basis` is kept
    for the office alone: what the press is told of contracts rests on it; without it the press is told nothing of them.
    """

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="signed_reports")
    number = models.PositiveSmallIntegerField(_("version"))
    snapshot = models.TextField(_("what it says"))  # canonical JSON, see fairs.snapshots
    sha256 = models.CharField("SHA-256", max_length=64)
    level = models.CharField(_("level of evidence"), max_length=20)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed at"), default=clock.now)
    note = models.TextField(_("remark"), blank=True)
    basis = models.JSONField(_("amounts behind the worth of contracts, while it may be told"), null=True, blank=True)
    key = models.CharField(max_length=64)  # of the request, so that sent again it signs nothing more

    class Meta:
        verbose_name = _("signed report")
        verbose_name_plural = _("signed reports")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_signed_report_a_number"),
            models.UniqueConstraint(fields=["edition", "key"], name="one_signed_report_a_request"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="signed_reports_count_from_one"),
            models.CheckConstraint(condition=~models.Q(sha256=""), name="signed_report_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} v{self.number}"

    @property
    def intact(self) -> bool:
        """Whether what it says still has the hash it was signed with."""
        return hash_of(self.snapshot) == self.sha256

    @property
    def journal_subject(self) -> str:
        return f"{self.number} · {self.sha256[:12]}"


class SignedTemplate(Kept):
    """The document of Word that a version is put into in one language; the version's snapshot names its SHA-256."""

    report = models.ForeignKey(SignedReport, models.PROTECT, related_name="templates")
    lang = models.CharField(_("language"), max_length=2)
    content = models.BinaryField(_("document of Word"))

    class Meta:
        verbose_name = _("template of a signed report")
        verbose_name_plural = _("templates of signed reports")
        constraints = [models.UniqueConstraint(fields=["report", "lang"], name="one_signed_template_a_language")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.lang}"


class ReportFrame(models.Model):
    """Of one edition: when the official report is due, and what it says around the figures.

    `copies` and `remarks` have one item or paragraph on each line. A template is a DOCX of the organiser's own; without
    one the report has the form that comes with the program.
    """

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="report_frame")
    due_days = models.PositiveSmallIntegerField(
        _("days after closing until the report is due"), default=30, validators=[MaxValueValidator(MOST_DAYS)]
    )
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    superior_vi = NameField(_("body above the organiser, in Vietnamese"), blank=True)
    superior_en = NameField(_("body above the organiser, in English"), blank=True)
    place_vi = NameField(_("place of writing, in Vietnamese"), max_length=100, blank=True)
    place_en = NameField(_("place of writing, in English"), max_length=100, blank=True)
    addressee_vi = NameField(_("addressee, in Vietnamese"), blank=True)
    addressee_en = NameField(_("addressee, in English"), blank=True)
    office_vi = NameField(_("office of who signs, in Vietnamese"), max_length=100, blank=True)
    office_en = NameField(_("office of who signs, in English"), max_length=100, blank=True)
    copies_vi = models.TextField(_("copies to, in Vietnamese"), max_length=1000, blank=True)
    copies_en = models.TextField(_("copies to, in English"), max_length=1000, blank=True)
    remarks_vi = models.TextField(_("remarks and proposals, in Vietnamese"), max_length=8000, blank=True)
    remarks_en = models.TextField(_("remarks and proposals, in English"), max_length=8000, blank=True)
    template_vi = models.FileField(_("template in Vietnamese"), upload_to="report-templates/", blank=True)
    template_en = models.FileField(_("template in English"), upload_to="report-templates/", blank=True)

    class Meta:
        verbose_name = _("official report")
        verbose_name_plural = _("official reports")

    def __str__(self) -> str:
        return f"{self.edition_id} +{self.due_days}"

    @property
    def due_on(self) -> date:
        """The last day on which the report is in time."""
        return self.edition.closes_on + timedelta(days=self.due_days)

    @property
    def journal_subject(self) -> str:
        return self.edition.slug
