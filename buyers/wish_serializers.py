"""The shape in which a program says what an importer looks for."""

from typing import Any

import pycountry
from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from buyers.models import Registration
from fairs.models import Certificate, Material, ProductGroup

COUNTRIES = {one.alpha_2 for one in pycountry.countries}


class Codes(serializers.ListField):
    """Facts by their codes, found in one query; an unknown code is refused."""

    child = serializers.SlugField(max_length=50)

    def __init__(self, facts: type[models.Model], **kwargs: Any) -> None:
        self.facts = facts
        super().__init__(max_length=60, **{"required": False} | kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        """The facts with these codes."""
        codes = super().to_internal_value(data)
        found: list[Any] = list(self.facts._default_manager.filter(code__in=codes))
        if unknown := sorted(set(codes) - {fact.code for fact in found}):
            raise serializers.ValidationError(
                _("There is nothing with the code %(codes)s.") % {"codes": ", ".join(unknown)}
            )
        return found


class WishesSerializer(serializers.Serializer[None]):
    """What an importer looks for; what is left out stays as it is, an empty list empties it."""

    product_groups = Codes(ProductGroup, help_text="codes of product groups")
    materials = Codes(Material, help_text="codes of materials")
    certificates = Codes(Certificate, help_text="codes of certificates asked of a maker")
    markets = serializers.ListField(
        child=serializers.RegexField(r"^[A-Z]{2}$"),
        max_length=250,
        required=False,
        help_text="where the importer sells",
    )
    days = serializers.ListField(
        child=serializers.DateField(), max_length=30, required=False, help_text="days of the edition"
    )
    price_band = serializers.ChoiceField(choices=Registration.PriceBand.choices, required=False)
    order_size = serializers.ChoiceField(choices=Registration.OrderSize.choices, required=False)
    volume = serializers.ChoiceField(choices=Registration.Volume.choices, required=False)
    languages = serializers.RegexField(r"^([a-z]{2}(,[a-z]{2})*)?$", max_length=60, required=False, allow_blank=True)
    interest = serializers.CharField(max_length=2000, required=False, allow_blank=True)

    def validate_markets(self, codes: list[str]) -> list[str]:
        """Codes of ISO 3166."""
        if unknown := sorted(set(codes) - COUNTRIES):
            raise serializers.ValidationError(
                _("There is nothing with the code %(codes)s.") % {"codes": ", ".join(unknown)}
            )
        return codes
