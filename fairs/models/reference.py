"""Facts that outlive every fair: provinces with their dates, craft villages, goods, materials, certificates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs.models.fields import FoldedField, NameField
from fairs.querysets import ProvinceQuerySet


class Province(models.Model):
    """A province or city for as long as it existed; a code alone means nothing without its date."""

    code = models.CharField(_("code"), max_length=4)
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20)
    region = models.CharField(_("region"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    folded = FoldedField("name_vi", "name_en")

    objects = ProvinceQuerySet.as_manager()

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["folded"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_province_a_code_and_date")]

    def __str__(self) -> str:
        return self.name_vi


class ProductGroup(models.Model):
    """A group of crafts by material or use, with the HS headings its goods fall under."""

    code = models.SlugField(_("code"), unique=True)
    name_vi = NameField(_("name in Vietnamese"), max_length=150)
    name_en = NameField(_("name in English"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12)
    hs_codes = models.JSONField(_("HS codes"), default=list)
    folded = FoldedField("name_vi", "name_en")

    class Meta:
        verbose_name = _("product group")
        verbose_name_plural = _("product groups")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name_vi


class CraftVillage(models.Model):
    """A village known for a craft."""

    slug = models.SlugField(unique=True)
    name_vi = NameField(_("name"), max_length=150)
    craft_vi = NameField(_("craft in Vietnamese"), max_length=150)
    craft_en = NameField(_("craft in English"), max_length=150)
    product_group = models.ForeignKey(ProductGroup, models.PROTECT, related_name="villages")
    commune_vi = NameField(_("commune"), max_length=150, blank=True)
    folded = FoldedField("name_vi", "craft_vi", "craft_en")

    class Meta:
        verbose_name = _("craft village")
        verbose_name_plural = _("craft villages")
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name_vi


class Material(models.Model):
    """What goods are made of, by which buyers look and makers tell."""

    code = models.SlugField(_("code"), unique=True)
    name_vi = NameField(_("name in Vietnamese"), max_length=150)
    name_en = NameField(_("name in English"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12)
    folded = FoldedField("name_vi", "name_en")

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name_vi


class Certificate(models.Model):
    """A certificate or paper that buyers ask of a maker."""

    code = models.SlugField(_("code"), unique=True)
    name_vi = NameField(_("name in Vietnamese"), max_length=150)
    name_en = NameField(_("name in English"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12)
    folded = FoldedField("name_vi", "name_en")

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name_vi
