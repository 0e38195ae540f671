"""Goods that the law asks more of: imported for the fair only, or counterfeits shown for comparison.

Source: Commercial Law 36/2005, articles 129 to 140, and Decree 81/2018, chapter III.
"""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import OfApplicationQuerySet
from fairs import clock
from fairs.models.fields import NameField

if TYPE_CHECKING:
    from fairs.models import Edition


class GoodsDeclaration(models.Model):
    """An exhibitor has said which of its goods are such, if only that none are."""

    application = models.OneToOneField("booths.Application", models.CASCADE, related_name="goods_declaration")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared"), default=clock.now)

    class Meta:
        verbose_name = _("declaration of goods")
        verbose_name_plural = _("declarations of goods")

    def __str__(self) -> str:
        return str(self.application_id)


class SpecialGoods(models.Model):
    """One product that an exhibitor brings and declares; its name stays when the product leaves the list."""

    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="special_goods")
    product = models.ForeignKey(
        "fairs.Product", models.SET_NULL, null=True, related_name="+", verbose_name=_("product")
    )
    name = NameField(_("name"))
    temporary_import = models.BooleanField(_("imported for the fair only"), default=False)
    counterfeit = models.BooleanField(_("counterfeit shown for comparison"), default=False)
    papers = models.CharField(_("number of the customs declaration"), max_length=60, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("special goods")
        verbose_name_plural = _("special goods")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "product"], name="one_declaration_a_product"),
            models.CheckConstraint(
                condition=Q(temporary_import=True) | Q(counterfeit=True), name="special_goods_are_special"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> "Edition":
        return self.application.edition

    @property
    def edition_id(self) -> int:
        return self.application.edition_id

    @property
    def company_id(self) -> int:
        return self.application.company_id

    @property
    def journal_subject(self) -> str:
        return self.name

    @property
    def points(self) -> list["GoodsCheck.Point"]:
        """What an officer looks at before the opening."""
        imported = GoodsCheck.IMPORTED if self.temporary_import else ()
        return [GoodsCheck.Point.LABELLED, *imported, *(GoodsCheck.COUNTERFEIT if self.counterfeit else ())]


class GoodsCheck(models.Model):
    """What an officer found at one point: in order, or a fault with a note."""

    class Point(models.TextChoices):
        LABELLED = "labelled", _("labelled as the law asks")
        PAPERS = "papers", _("temporary import papers seen")
        RE_EXPORT = "re_export", _("the exhibitor knows by when it leaves the country")
        DECLARED = "declared", _("declared in the registration of the fair")
        MARKED = "marked", _("marked as counterfeit at the stand")

    IMPORTED: ClassVar = (Point.PAPERS, Point.RE_EXPORT)
    COUNTERFEIT: ClassVar = (Point.DECLARED, Point.MARKED)

    goods = models.ForeignKey(SpecialGoods, models.CASCADE, related_name="checks")
    point = models.CharField(_("point"), max_length=10, choices=Point)
    in_order = models.BooleanField(_("in order"))
    note = NameField(_("note"), max_length=300, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(_("checked"), default=clock.now)

    class Meta:
        verbose_name = _("check of goods")
        verbose_name_plural = _("checks of goods")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["goods", "point"], name="one_check_a_point"),
            models.CheckConstraint(condition=Q(in_order=True) | ~Q(note=""), name="fault_of_goods_has_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.goods_id} {self.point}"
