"""The rules of an edition that have an effect, who accepted their words, and who withdrew."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import FloorQuerySet, OfApplicationQuerySet
from fairs import clock

if TYPE_CHECKING:
    from fairs.models import Edition


class HouseRules(models.Model):
    """What the rules of an edition ask of exhibitors; the defaults are those that the fair published in 2018."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="house_rules")
    # Source: the registration page of the fair, 2018: withdrawal in writing at least 50 days before the opening.
    withdraw_days = models.PositiveSmallIntegerField(_("days before the opening to withdraw"), default=50)
    no_subletting = models.BooleanField(_("sub-letting is forbidden"), default=True)
    co_exhibitors_for_a_booth = models.PositiveSmallIntegerField(_("co-exhibitors for each booth, at most"), default=2)
    # Goods imported for the fair only leave the country within so many days after it, unless they are sold.
    re_export_days = models.PositiveSmallIntegerField(_("days to re-export after the fair"), default=30)

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("house rules")
        verbose_name_plural = _("house rules")

    def __str__(self) -> str:
        return str(self.edition_id)

    @property
    def withdraw_until(self) -> date:
        """The last day on which a withdrawal is in time."""
        return self.edition.opens_on - timedelta(days=self.withdraw_days)

    @property
    def re_export_on(self) -> date:
        """By when goods imported for the fair have to be out again."""
        return self.edition.closes_on + timedelta(days=self.re_export_days)


def house_rules_of(edition: "Edition") -> HouseRules:
    """Those that were set, else the usual ones."""
    return HouseRules.objects.filter(edition=edition).first() or HouseRules(edition=edition)


class RulesAcceptance(models.Model):
    """One exhibitor's yes to one version of the rules: who said it and when."""

    rules = models.ForeignKey("booths.RulesText", models.PROTECT, related_name="acceptances", verbose_name=_("rules"))
    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="acceptances")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"), default=clock.now)

    class Meta:
        verbose_name = _("acceptance of the rules")
        verbose_name_plural = _("acceptances of the rules")
        ordering = ["-accepted_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["rules", "application"], name="one_acceptance_a_version")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.rules_id}"


class Withdrawal(models.Model):
    """A withdrawal in writing: its words, the day it came, and whether that was in time for the rules of then."""

    application = models.OneToOneField("booths.Application", models.CASCADE, related_name="withdrawal")
    words = models.TextField(_("words of the withdrawal"), blank=True)
    received_on = models.DateField(_("received"))
    days_before = models.SmallIntegerField(_("days before the opening"))
    days_asked = models.PositiveSmallIntegerField(_("days that the rules ask"))
    # Paid booths went back to the plan, and what was paid for them stays with the fair.
    forfeits = models.BooleanField(_("paid booths were given up"), default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(forfeits=False) | ~Q(words=""), name="paid_booths_are_given_up_in_writing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.received_on}"

    @property
    def is_late(self) -> bool:
        """Whether it came later than the rules ask."""
        return self.days_before < self.days_asked
