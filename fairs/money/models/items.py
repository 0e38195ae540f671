"""What a fair charges for; rules of support and rates of VAT each name one of these."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeeItem(models.TextChoices):
    """An item of the fees; a new one is a line here."""

    BOOTH = "booth", _("Booths")
    SERVICE = "service", _("Services at the fair")
    OTHER = "other", _("Other fees")


class Audience(models.TextChoices):
    """For whom a price or a way of paying is: residents of Vietnam pay in đồng only."""

    RESIDENT = "resident", _("Residents of Vietnam")
    NON_RESIDENT = "non_resident", _("Non-residents")
