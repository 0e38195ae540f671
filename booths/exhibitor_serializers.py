"""The shapes in which special goods, co-exhibitors and the rules with an effect speak to programs."""

from typing import Any

from rest_framework import serializers

from booths.models import CoExhibitor, GoodsCheck, HouseRules, SpecialGoods, Withdrawal
from booths.serializers import LARGEST_KEY, key_field
from fairs.serializers.fields import edition_slug


class HouseRulesSerializer(serializers.ModelSerializer[HouseRules]):
    """The rules of an edition that have an effect, with the days that follow from them."""

    edition = edition_slug()
    withdraw_until = serializers.DateField(read_only=True)
    re_export_on = serializers.DateField(read_only=True)

    class Meta:
        model = HouseRules
        fields = [
            "id", "edition", "withdraw_days", "withdraw_until", "no_subletting", "co_exhibitors_for_a_booth",
            "re_export_days", "re_export_on",
        ]  # fmt: skip


class ChangeHouseRulesSerializer(serializers.Serializer[Any]):
    """What is to be different; what is left out stays."""

    edition = serializers.SlugField()
    withdraw_days = serializers.IntegerField(min_value=0, max_value=365, required=False)
    no_subletting = serializers.BooleanField(required=False)
    co_exhibitors_for_a_booth = serializers.IntegerField(min_value=0, max_value=20, required=False)
    re_export_days = serializers.IntegerField(min_value=0, max_value=365, required=False)


class WithdrawInWritingSerializer(serializers.Serializer[Any]):
    """The words of a withdrawal; the desk may say on which day the paper came."""

    words = serializers.CharField(max_length=4000)
    received_on = serializers.DateField(default=None, allow_null=True)


class WithdrawalSerializer(serializers.ModelSerializer[Withdrawal]):
    """A withdrawal, and whether it came in time for the rules of then."""

    late = serializers.BooleanField(source="is_late")

    class Meta:
        model = Withdrawal
        fields = ["application", "words", "received_on", "days_before", "days_asked", "late", "forfeits"]


class GoodsCheckSerializer(serializers.ModelSerializer[GoodsCheck]):
    """What an officer found at one point."""

    class Meta:
        model = GoodsCheck
        fields = ["point", "in_order", "note", "checked_at"]


class SpecialGoodsSerializer(serializers.ModelSerializer[SpecialGoods]):
    """A product that the law asks more of, with the points to look at and what was found."""

    points = serializers.ListField(child=serializers.CharField(), read_only=True)
    checks = GoodsCheckSerializer(many=True, read_only=True)

    class Meta:
        model = SpecialGoods
        fields = [
            "id",
            "application",
            "product",
            "name",
            "temporary_import",
            "counterfeit",
            "papers",
            "points",
            "checks",
        ]


class FlagsSerializer(serializers.Serializer[Any]):
    """What an exhibitor says of one product."""

    product = key_field()
    temporary_import = serializers.BooleanField(default=False)
    counterfeit = serializers.BooleanField(default=False)
    papers = serializers.CharField(max_length=60, allow_blank=True, default="")


class DeclareGoodsSerializer(serializers.Serializer[Any]):
    """Which of one's products are special; those that are not named are not."""

    application = key_field()
    goods = FlagsSerializer(many=True, max_length=200)  # type: ignore[call-arg]  # of the list


class FoundSerializer(serializers.Serializer[Any]):
    """What an officer found at one point; a fault has a note."""

    point = serializers.ChoiceField(GoodsCheck.Point.choices)
    in_order = serializers.BooleanField()
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class CheckGoodsSerializer(serializers.Serializer[Any]):
    """What an officer found; points that are not named stay as they are."""

    found = FoundSerializer(many=True, max_length=10)  # type: ignore[call-arg]  # of the list


class CoExhibitorSerializer(serializers.ModelSerializer[CoExhibitor]):
    """A company that shares the booth of an exhibitor."""

    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = CoExhibitor
        fields = [
            "id", "application", "name", "country", "tax_code", "shows", "no_rent", "state", "reason", "asked_at",
            "version", "verbs",
        ]  # fmt: skip


class NewCoExhibitorSerializer(serializers.Serializer[Any]):
    """A company that would share the booth."""

    application = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)
    name = serializers.CharField(max_length=300)
    country = serializers.RegexField(r"^[A-Z]{2}$", default="VN")
    tax_code = serializers.CharField(max_length=20, allow_blank=True, default="")
    shows = serializers.CharField(max_length=300)
    no_rent = serializers.BooleanField(default=False)


class WhyNotSerializer(serializers.Serializer[Any]):
    """The reason that the exhibitor reads."""

    reason = serializers.CharField(max_length=500)
