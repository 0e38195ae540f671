"""The shapes of reference facts, exchange rates, journal entries."""

from typing import Any

from rest_framework import serializers

from fairs.models import Certificate, CraftVillage, Entry, ExchangeRate, Material, ProductGroup, Province
from fairs.serializers.fields import edition_slug


class ProvinceSerializer(serializers.ModelSerializer[Province]):
    """A province or city for as long as it existed."""

    class Meta:
        model = Province
        fields = ["id", "code", "name_vi", "name_en", "kind", "region", "valid_from", "valid_to", "successor"]


class ProductGroupSerializer(serializers.ModelSerializer[ProductGroup]):
    """A group of crafts, with the HS headings its goods fall under."""

    hs_codes = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ProductGroup
        fields = ["code", "name_vi", "name_en", "kind", "hs_codes"]


class MaterialSerializer(serializers.ModelSerializer[Material]):
    """What goods are made of."""

    class Meta:
        model = Material
        fields = ["code", "name_vi", "name_en", "kind"]


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    """A certificate or paper that buyers ask for."""

    class Meta:
        model = Certificate
        fields = ["code", "name_vi", "name_en", "kind"]


class CraftVillageSerializer(serializers.ModelSerializer[CraftVillage]):
    """A village known for a craft."""

    product_group = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = CraftVillage
        fields = ["slug", "name_vi", "craft_vi", "craft_en", "product_group", "commune_vi"]


class ExchangeRateSerializer(serializers.ModelSerializer[ExchangeRate]):
    """What one unit of a currency was worth in US dollars on a day."""

    class Meta:
        model = ExchangeRate
        fields = ["id", "currency", "date", "usd", "source"]


class NewExchangeRateSerializer(serializers.ModelSerializer[ExchangeRate]):
    """A rate, entered by an officer of an edition."""

    edition = serializers.SlugField()
    usd = serializers.DecimalField(max_digits=18, decimal_places=10, min_value=0)

    class Meta:
        model = ExchangeRate
        fields = ["edition", "currency", "date", "usd", "source"]
        validators: list[Any] = []  # the action answers a rate that stands already


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """One line of the journal: who did what to which object, on whose behalf."""

    edition = edition_slug()
    actor_name = serializers.CharField(source="actor.full_name", read_only=True, default=None, allow_null=True)
    fields = serializers.ListField(child=serializers.CharField(), read_only=True)  # type: ignore[assignment]

    class Meta:
        model = Entry
        fields = ["id", "at", "verb", "actor", "actor_name", "edition", "company", "object_id", "subject", "fields"]
