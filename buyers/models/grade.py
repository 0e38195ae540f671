"""What an edition offers its importers: grades, what each pays and asks, and how many of a market it takes."""

from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buyers.querysets import GradeQuerySet, MarketQuerySet, QuotaQuerySet
from fairs.models.fields import NameField, amount_field, currency_field

country_codes = RegexValidator(r"^[A-Z]{2}(,[A-Z]{2})*$", _("Countries are pairs of letters with commas: FR,DE,IT."))
POSITIVE = [MinValueValidator(Decimal(1))]


class Grade(models.Model):
    """One grade of an edition's importers: what the fair pays for them, and what it asks in return.

    The code stays the same through editions, sheets and reports. Ceilings are in the grade's currency; without one the
    item is paid as it is, and a grade that pays no flight has none.
    """

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="grades")
    code = models.SlugField(_("code"), max_length=12)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)
    hosted = models.BooleanField(_("hosted: a contract is made"), default=False)
    currency = currency_field(verbose_name=_("currency"), default="USD")
    flight_ceiling = amount_field(
        verbose_name=_("flight, at most"), null=True, blank=True, validators=POSITIVE, help_text=_("Empty: no flight.")
    )
    nights = models.PositiveSmallIntegerField(_("hotel nights"), default=0)
    night_ceiling = amount_field(verbose_name=_("a night, at most"), null=True, blank=True, validators=POSITIVE)
    transfers = models.BooleanField(_("transfers from and to the airport"), default=False)
    transfer_ceiling = amount_field(verbose_name=_("transfers, at most"), null=True, blank=True, validators=POSITIVE)
    min_meetings = models.PositiveSmallIntegerField(_("meetings at least"), default=8)
    min_days = models.PositiveSmallIntegerField(_("days at the fair at least"), default=2)
    one_a_company = models.BooleanField(_("one for each company"), default=False)
    free_until_days = models.PositiveSmallIntegerField(
        _("days before the opening until which one may withdraw freely"), default=14
    )
    penalty_vi = models.TextField(_("what happens otherwise, in Vietnamese"), blank=True)
    penalty_en = models.TextField(_("what happens otherwise, in English"), blank=True)

    objects = GradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_grade_a_code"),
            models.CheckConstraint(
                condition=(Q(flight_ceiling=None) | Q(flight_ceiling__gt=0))
                & (Q(night_ceiling=None) | Q(night_ceiling__gt=0))
                & (Q(transfer_ceiling=None) | Q(transfer_ceiling__gt=0)),
                name="grade_ceilings_are_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class Market(models.Model):
    """A country or a set of countries that an edition counts together, such as the Nordic ones."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="markets")
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)
    countries = models.CharField(
        _("countries and territories"), max_length=800, validators=[country_codes],
        help_text=_("Codes with commas: FR,DE,IT"),
    )  # fmt: skip

    objects = MarketQuerySet.as_manager()

    class Meta:
        verbose_name = _("market")
        verbose_name_plural = _("markets")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name_en"], name="one_market_a_name")]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def codes(self) -> list[str]:
        """Its countries, by their two letters."""
        return self.countries.split(",")

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class Quota(models.Model):
    """How many importers of a market, or of all, may have a grade. `taken` counts those approved with it.

    Whoever gives or frees a place holds the edition's grades; the constraint has the last word.
    """

    grade = models.ForeignKey(Grade, models.CASCADE, related_name="quotas", verbose_name=_("grade"))
    market = models.ForeignKey(
        Market, models.PROTECT, null=True, blank=True, related_name="quotas", verbose_name=_("market")
    )
    places = models.PositiveSmallIntegerField(_("places"))
    taken = models.PositiveSmallIntegerField(_("taken"), default=0)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["grade__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["grade", "market"], name="one_quota_a_grade_and_market"),
            models.UniqueConstraint(fields=["grade"], condition=Q(market=None), name="one_total_quota_a_grade"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="quota_not_passed"),
        ]

    def __str__(self) -> str:
        return f"{self.grade_id} {self.taken}/{self.places}"

    @property
    def free(self) -> int:
        """How many places are left."""
        return self.places - self.taken

    @property
    def edition(self) -> object:
        """That of its grade, for permissions and the journal."""
        return self.grade.edition

    @property
    def edition_id(self) -> int:
        """That of its grade."""
        return self.grade.edition_id

    @property
    def journal_subject(self) -> str:
        return f"{self.grade.name_vi} – {self.market.name_vi}" if self.market else self.grade.name_vi


class QuotaPlace(models.Model):
    """A place of a quota that an approved importer has: freed as it was taken, whatever changes meanwhile."""

    quota = models.ForeignKey(Quota, models.CASCADE, related_name="given")
    registration = models.ForeignKey("buyers.Registration", models.CASCADE, related_name="places")

    class Meta:
        verbose_name = _("place of a quota")
        verbose_name_plural = _("places of quotas")
        constraints = [models.UniqueConstraint(fields=["quota", "registration"], name="one_place_a_quota")]

    def __str__(self) -> str:
        return f"{self.quota_id} {self.registration_id}"
