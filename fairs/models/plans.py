"""What an edition plans to reach: every version of its plan stays, with the paper that set it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField, amount_field
from fairs.querysets import StandingTargets


class PlanVersion(models.Model):
    """One version of an edition's plan with all its targets; the one with the highest number holds.

    It is never changed: whoever plans otherwise makes the next one, and says by which paper or why.
    """

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="plan_versions")
    number = models.PositiveSmallIntegerField(_("number"))
    since = models.DateField(_("since"))
    legal_paper = models.ForeignKey(
        "fairs.LegalPaper", models.PROTECT, null=True, blank=True, related_name="plan_versions",
        verbose_name=_("legal paper"),
    )  # fmt: skip
    why = NameField(_("why"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("version of the plan")
        verbose_name_plural = _("versions of the plan")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_plan_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plans_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.number}"

    @property
    def journal_subject(self) -> str:
        return str(self.number)


class Target(models.Model):
    """What a version of the plan wants to reach in one figure of the report, such as B1.planned.

    `objects`, and so `edition.targets`, are those that hold now; `every` are those of all versions.
    """

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="targets")
    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="targets")
    figure = models.CharField(_("figure"), max_length=40)
    value = amount_field()
    # Of the version that holds now.
    holds = models.BooleanField(default=True, editable=False)

    objects = StandingTargets()
    every = models.Manager()  # noqa: DJ012 - a manager, no field

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["figure"]
        constraints = [
            models.UniqueConstraint(fields=["version", "figure"], name="one_target_a_version_and_figure"),
            models.UniqueConstraint(fields=["edition", "figure"], condition=Q(holds=True), name="one_target_a_figure"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.value}"
