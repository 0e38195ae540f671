"""Who gets which part of a fee paid, on which legal basis, from which fund; and what each company was granted."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField, amount_field
from fairs.money.models.items import FeeItem
from fairs.money.querysets import GrantQuerySet
from fairs.states import Stateful, Transition


class Fund(models.Model):
    """Money of a body that stands behind support; the report tells the budget's share from the counterpart's."""

    class Share(models.TextChoices):
        BUDGET = "budget", _("State budget")
        COUNTERPART = "counterpart", _("Counterpart funding")

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="funds")
    name_vi = NameField(_("name in Vietnamese"))
    name_en = NameField(_("name in English"))
    share = models.CharField(_("share"), max_length=12, choices=Share, default=Share.BUDGET)

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class SupportRule(models.Model):
    """Who gets which part of an item of the fees paid: what is empty asks nothing."""

    class Group(models.TextChoices):
        HOUSEHOLDS = "households", _("groups of households")
        VILLAGES = "villages", _("makers of a craft village")

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="support_rules")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_vi = NameField(_("name in Vietnamese"))
    name_en = NameField(_("name in English"))
    item = models.CharField(_("fee"), max_length=10, choices=FeeItem, default=FeeItem.BOOTH)
    # Rules of one kind share a ceiling, at every fair of the year.
    kind = models.SlugField(_("kind of support"), max_length=30, default=FeeItem.BOOTH)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    ceiling = amount_field(
        verbose_name=_("ceiling for a company and year, in đồng"), null=True, blank=True,
        validators=[MinValueValidator(1)],
    )  # fmt: skip
    booths_at_most = models.PositiveSmallIntegerField(_("booths at most"), default=6)
    legal_form = models.CharField(_("legal form"), max_length=20, blank=True)
    provinces = models.ManyToManyField("fairs.Province", blank=True, verbose_name=_("provinces"))
    group = models.CharField(_("group"), max_length=12, choices=Group, blank=True)
    # Which time a company takes part in the series: 1 is the first.
    times_from = models.PositiveSmallIntegerField(_("from the nth time"), default=1)
    times_to = models.PositiveSmallIntegerField(_("to the nth time"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    # It is given beside another rule; of the rules that do not, only the first that fits is.
    adds = models.BooleanField(_("adds to others"), default=False)
    legal_basis = models.ForeignKey("fairs.LegalPaper", models.PROTECT, null=True, blank=True)
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, verbose_name=_("fund"))

    class Meta:
        verbose_name = _("support rule")
        verbose_name_plural = _("support rules")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="support_within_100_percent"),
            models.CheckConstraint(condition=Q(ceiling=None) | Q(ceiling__gt=0), name="support_ceiling_is_positive"),
            models.CheckConstraint(
                condition=Q(times_from__gte=1) & (Q(times_to=None) | Q(times_to__gte=F("times_from"))),
                name="support_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="support_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class Allowance(models.Model):
    """What a company was granted of one kind in a year, at all fairs, under the ceiling of the last grant.

    Whoever grants locks it first; the constraint has the last word. Support is for residents, so all is in đồng.
    """

    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="allowances")
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind of support"), max_length=30)
    ceiling = amount_field(verbose_name=_("ceiling"), null=True, blank=True)
    granted = amount_field(verbose_name=_("granted"), default=Decimal(0))

    class Meta:
        verbose_name = _("support in a year")
        verbose_name_plural = _("support in a year")
        constraints = [
            models.UniqueConstraint(fields=["company", "year", "kind"], name="one_allowance_a_company_year_and_kind"),
            models.CheckConstraint(condition=Q(granted__gte=0), name="granted_not_negative"),
            models.CheckConstraint(condition=Q(ceiling=None) | Q(granted__lte=F("ceiling")), name="granted_in_ceiling"),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.year} {self.kind}"


class Grant(Stateful):
    """Support that a company was granted by a rule, on one line of a notice; it goes as the notice goes."""

    class State(models.TextChoices):
        GRANTED = "granted", _("Granted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    TRANSITIONS: ClassVar = {"withdraw": Transition((State.GRANTED,), State.WITHDRAWN)}

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.GRANTED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="grants")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="grants")
    allowance = models.ForeignKey(Allowance, models.PROTECT, related_name="grants")
    rule = models.ForeignKey(SupportRule, models.PROTECT, related_name="grants")
    line = models.OneToOneField("fairs.NoticeLine", models.PROTECT, related_name="grant")
    amount = amount_field(verbose_name=_("amount"))
    granted_at = models.DateTimeField(_("granted at"), default=clock.now)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant of support")
        verbose_name_plural = _("grants of support")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="grant_is_positive")]

    def __str__(self) -> str:
        return f"{self.company_id} {self.amount}"

    @property
    def journal_subject(self) -> str:
        return self.line.notice.number
