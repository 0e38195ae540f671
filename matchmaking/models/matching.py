"""How an edition weighs who should meet whom."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.querysets import MatchingTermsQuerySet
from matchmaking.ranking.terms import CRITERIA, WEIGHTS, Terms

HEAVIEST = 100
BEGIN = Terms()


def _weight(name: str, label: object) -> models.PositiveSmallIntegerField:
    """A weight from 0 to 100, at first that of the pure package."""
    return models.PositiveSmallIntegerField(
        label,
        default=WEIGHTS[name],
        validators=[MaxValueValidator(HEAVIEST)],  # type: ignore[arg-type]
    )


class MatchingTerms(models.Model):
    """What the ranking package calls Terms, for one edition; an edition without a row has the usual ones."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="matching_terms")
    groups = _weight("groups", _("product groups"))
    materials = _weight("materials", _("materials"))
    order = _weight("order", _("size of orders"))
    price = _weight("price", _("price"))
    certificates = _weight("certificates", _("certificates"))
    markets = _weight("markets", _("markets"))
    languages = _weight("languages", _("languages"))
    earlier = _weight("earlier", _("earlier fairs"))
    wishes = _weight("wishes", _("the other side’s wish"))
    scans = _weight("scans", _("visits at this fair"))
    unknown = models.PositiveSmallIntegerField(_("what nobody said counts, in percent"), default=BEGIN.unknown)
    feedback = models.PositiveSmallIntegerField(_("a refusal teaches, in percent"), default=BEGIN.feedback)
    listed = models.PositiveSmallIntegerField(_("proposals to each importer"), default=BEGIN.listed)
    reserved = models.PositiveSmallIntegerField(_("of these for exhibitors seldom seen"), default=BEGIN.reserved)
    floor = models.PositiveSmallIntegerField(_("every exhibitor is proposed to at least"), default=BEGIN.floor)

    objects = MatchingTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("weights of proposals")
        verbose_name_plural = _("weights of proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(unknown__lte=100, feedback__lte=100), name="matching_percents_are_percents"
            ),
            models.CheckConstraint(
                condition=Q(listed__gte=1, listed__lte=100, reserved__lte=F("listed"), floor__lte=100),
                name="matching_lists_have_room",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}"

    @property
    def terms(self) -> Terms:
        """As the ranking takes them."""
        weights = {name: getattr(self, name) for name in CRITERIA}
        return Terms(weights, self.unknown, self.listed, self.reserved, self.floor, self.feedback)
