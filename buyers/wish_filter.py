"""How the desk narrows the list of importers by what they look for."""

from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from buyers.choices import countries, language_choices
from buyers.models import Registration, SalesMarket
from fairs.inputs import whole_number
from fairs.models import Certificate, Material, ProductGroup
from fairs.templatetags.fair import day, local


class Choice(NamedTuple):
    """One list to choose from, with what is chosen."""

    name: str
    label: str
    every: str
    options: list[tuple[str, Any]]
    value: str


class WishFilter:
    """Product group, material, certificate, market, price, order, purchases, language and day, from the address.

    What is not understood is left out.
    """

    FACTS = ("price_band", "order_size", "volume")
    CODES = ("product_group", "material", "certificate")

    def __init__(self, asked: QueryDict, edition: Any) -> None:
        self.edition = edition
        self.asked = {
            name: asked.get(name, "")[:60] for name in (*self.CODES, *self.FACTS, "market", "language", "day")
        }

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.asked.values())

    def applied(self, rows: Any) -> Any:
        """The rows that remain."""
        for name in self.CODES:
            if code := self.asked[name]:
                rows = rows.filter(**{f"{name}s__code": code})
        for name in self.FACTS:
            if value := self.asked[name]:
                rows = rows.filter(**{name: value})
        if market := self.asked["market"]:
            rows = rows.filter(markets__country=market)
        if language := self.asked["language"]:
            rows = rows.filter(languages__contains=language)
        number = whole_number(self.asked["day"])
        return rows.filter(days=number) if number else rows

    @property
    def choices(self) -> list[Choice]:
        """Every list to choose from."""
        return [
            self._choice("product_group", _("Product group"), _("Every product group"), _named(ProductGroup)),
            self._choice("material", _("Material"), _("Every material"), _named(Material)),
            self._choice("certificate", _("Certificate"), _("Every certificate"), _named(Certificate)),
            self._choice("market", _("Sells in"), _("Every market"), self._markets()),
            self._choice("price_band", _("Price"), _("Every price"), _said(Registration.PriceBand)),
            self._choice("order_size", _("Usual order"), _("Every size of order"), _said(Registration.OrderSize)),
            self._choice("volume", _("Purchases"), _("Every volume"), _said(Registration.Volume)),
            self._choice("language", _("Language"), _("Every language"), list(language_choices())),
            self._choice("day", _("Day"), _("Every day"), [(str(d.pk), day(d.date)) for d in self.edition.days.all()]),
        ]

    def _choice(self, name: str, label: str, every: str, options: list[tuple[str, Any]]) -> Choice:
        return Choice(name, label, every, options, self.asked[name])

    def _markets(self) -> list[tuple[str, Any]]:
        """Only those in which somebody sells."""
        rows = SalesMarket.objects.filter(registration__edition=self.edition).order_by()
        sold = set(rows.values_list("country", flat=True).distinct())
        return [(code, name) for code, name in countries() if code in sold]


def _named(facts: Any) -> list[tuple[str, Any]]:
    rows = facts.objects.exclude(kind="technical") if facts is ProductGroup else facts.objects.all()
    return [(fact.code, local(fact, "name")) for fact in rows]


def _said(choices: Any) -> list[tuple[str, Any]]:
    return [(value, label) for value, label in choices.choices if value]
