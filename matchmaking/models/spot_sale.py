"""What an exhibitor sold on the spot: turnover of a day in đồng, apart from every contract."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import amount_field
from matchmaking.spot_sale_querysets import SpotSaleQuerySet


class SpotSale(models.Model):
    """The turnover that one exhibitor declares for one day of the fair, in đồng; nothing sold is zero, not no row."""

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="spot_sales")
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="spot_sales")
    day = models.DateField(_("day"))
    amount = amount_field(verbose_name=_("turnover in đồng"))
    said_at = models.DateTimeField(_("declared"), default=clock.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SpotSaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("turnover of a day")
        verbose_name_plural = _("turnover of days")
        ordering = ["day", "exhibitor", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "day"], name="one_turnover_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="turnover_not_negative"),
        ]
        indexes = [models.Index(fields=["edition", "day"], name="spot_sales_by_day")]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.day}"

    @property
    def company_id(self) -> int:
        """On whose behalf the journal files it."""
        return self.exhibitor.company_id

    @property
    def journal_subject(self) -> str:
        return f"{self.day:%d/%m}"


class SpotSaleCorrection(models.Model):
    """What a declared turnover was before it was put right; reports count the corrected one."""

    sale = models.ForeignKey(SpotSale, models.CASCADE, related_name="corrections")
    before = amount_field(verbose_name=_("before"))
    after = amount_field(verbose_name=_("after"))
    at = models.DateTimeField(_("corrected"), default=clock.now)
    # Nobody, where two companies became one and their turnover one sum.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("correction of a turnover")
        verbose_name_plural = _("corrections of turnover")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
