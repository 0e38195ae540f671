"""Whom the two sides would like to meet, must meet, and whom they would rather not."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from matchmaking.querysets import WishQuerySet

MOST = 20  # must-meets of one side: what four days of half-hour meetings hold, with room for the fair itself


class Wish(models.Model):
    """What one side of a pair says of meeting the other; a no is never scheduled nor shown to the other.

    The importer's side is a registration, so that one may wish before being approved.
    """

    class Side(models.TextChoices):
        """Whose wish it is."""

        EXHIBITOR = "exhibitor", _("Exhibitor")
        IMPORTER = "importer", _("Importer")

    class Kind(models.TextChoices):
        MUST = "must", _("Must meet")
        LIKE = "like", _("Would like to meet")
        NO = "no", _("No, thanks")

    class Reason(models.TextChoices):
        """Why not; see matchmaking.ranking.terms for what each teaches."""

        GOODS = "goods", _("Other goods than we look for")
        MATERIALS = "materials", _("Other materials")
        PRICE = "price", _("The price does not fit")
        ORDER = "order", _("The size of orders does not fit")
        CERTIFICATES = "certificates", _("Certificates are missing")
        MARKET = "market", _("Other markets")
        LANGUAGE = "language", _("No common language")
        KNOWN = "known", _("We know each other already")
        OTHER = "other", _("Another reason")

    registration = models.ForeignKey("buyers.Registration", models.CASCADE, related_name="wishes")
    exhibitor = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="wishes")
    side = models.CharField(_("whose wish"), max_length=10, choices=Side)
    kind = models.CharField(_("wish"), max_length=4, choices=Kind)
    reason = models.CharField(_("why not"), max_length=12, choices=Reason, blank=True)
    said_at = models.DateTimeField(_("said"), default=clock.now)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish about a meeting")
        verbose_name_plural = _("wishes about meetings")
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "exhibitor", "side"], name="one_wish_a_pair_and_side"),
            models.CheckConstraint(
                condition=(Q(kind="no") & ~Q(reason="")) | (~Q(kind="no") & Q(reason="")), name="a_no_has_its_reason"
            ),
            models.CheckConstraint(condition=Q(kind__in=["must", "like", "no"]), name="wish_is_one_of_three"),
            models.CheckConstraint(condition=Q(side__in=["exhibitor", "importer"]), name="wish_of_one_of_two_sides"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} × {self.exhibitor_id} {self.side}"

    @property
    def edition(self) -> Any:
        """Of the registration."""
        return self.registration.edition

    @property
    def edition_id(self) -> int:
        """Of the registration."""
        return int(self.registration.edition_id)

    @property
    def company_id(self) -> int:
        """On whose behalf it stands."""
        whose = self.exhibitor if self.side == self.Side.EXHIBITOR else self.registration
        return int(whose.company_id)
