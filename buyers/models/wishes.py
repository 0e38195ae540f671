"""What an importer looks for, as data by which exhibitors are proposed to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs.models import offers


class Wishes(models.Model):
    """What a registration says for matching, beside product groups, yearly volume and languages."""

    PriceBand = offers.PriceBand

    class OrderSize(models.TextChoices):
        UNKNOWN = "", _("Not stated")
        TRIAL = "trial", _("Samples and trial orders, under 100 pieces")
        SMALL = "small", _("100 to 1,000 pieces a design")
        SHARED = "shared", _("Over 1,000 pieces, part of a container")
        CONTAINER = "container", _("Full containers")

    price_band = models.CharField(_("price when bought from the maker"), max_length=8, choices=PriceBand, blank=True)
    order_size = models.CharField(_("usual order"), max_length=10, choices=OrderSize, blank=True)
    materials = models.ManyToManyField("fairs.Material", blank=True, verbose_name=_("materials"))
    certificates = models.ManyToManyField("fairs.Certificate", blank=True, verbose_name=_("certificates"))
    days = models.ManyToManyField("fairs.OpeningDay", blank=True, verbose_name=_("days at the fair"))

    class Meta:
        abstract = True


# A program that writes past the forms cannot keep what nobody could mean.
WISHES_HOLD = [
    models.CheckConstraint(
        condition=Q(price_band__in=Wishes.PriceBand.values), name="price_band_is_one_of_those_offered"
    ),
    models.CheckConstraint(
        condition=Q(order_size__in=Wishes.OrderSize.values), name="order_size_is_one_of_those_offered"
    ),
]


class SalesMarket(models.Model):
    """A country or territory in which an importer sells."""

    registration = models.ForeignKey("buyers.Registration", models.CASCADE, related_name="markets")
    country = models.CharField(_("country or territory"), max_length=2)

    class Meta:
        verbose_name = _("market")
        verbose_name_plural = _("markets")
        ordering = ["country"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "country"], name="one_market_a_country"),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="market_is_a_country_code"),
        ]
        indexes = [models.Index(fields=["country"], name="importers_of_a_market")]

    def __str__(self) -> str:
        return self.country
