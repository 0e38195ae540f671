"""Who comes with an importer: companions and interpreters, approved and counted with and beside them."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buyers.companion_querysets import CompanionQuerySet
from fairs import clock
from fairs.states import Stateful, Transition

MOST = 9  # more is a delegation, which registers each person


class CompanionRules(models.Model):
    """How many may come with each importer of an edition."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="companion_rules")
    at_most = models.PositiveSmallIntegerField(
        _("companions and interpreters of one importer, at most"), default=2, validators=[MaxValueValidator(MOST)]
    )

    class Meta:
        verbose_name = _("rules of companions")
        verbose_name_plural = _("rules of companions")
        constraints = [models.CheckConstraint(condition=Q(at_most__lte=MOST), name="companions_are_no_delegation")]

    def __str__(self) -> str:
        return str(self.at_most)


class Companion(Stateful):
    """One person who comes with an importer, with a badge of their own as long as the importer comes."""

    class State(models.TextChoices):
        NAMED = "named", _("Waits for the importer’s approval")
        APPROVED = "approved", _("Approved")
        LEFT = "left", _("Does not come")

    class Kind(models.TextChoices):
        COMPANION = "companion", _("Companion of an importer")
        INTERPRETER = "interpreter", _("Interpreter")

    TRANSITIONS: ClassVar = {
        "approve": Transition((State.NAMED,), State.APPROVED),
        "leave": Transition((State.NAMED, State.APPROVED), State.LEFT),
    }

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NAMED)
    registration = models.ForeignKey("buyers.Registration", models.PROTECT, related_name="companions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="companionships")
    kind = models.CharField(_("comes as"), max_length=12, choices=Kind, default=Kind.COMPANION)
    # One of the places beside the importer, from 1: so that the database too holds the limit.
    place = models.PositiveSmallIntegerField(_("place"))
    named_at = models.DateTimeField(_("named"), default=clock.now)

    objects = CompanionQuerySet.as_manager()

    class Meta:
        verbose_name = _("companion")
        verbose_name_plural = _("companions")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "place"], condition=~Q(state="left"), name="one_companion_a_place"
            ),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST), name="companions_place_exists"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def edition(self) -> models.Model:
        """Of the importer."""
        edition: models.Model = self.registration.edition
        return edition

    @property
    def edition_id(self) -> int:
        """Of the importer."""
        return int(self.registration.edition_id)

    @property
    def company_id(self) -> int:
        """On whose behalf they come."""
        return int(self.registration.company_id)

    @property
    def journal_subject(self) -> str:
        return self.kind
