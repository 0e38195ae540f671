"""Why two sides fit, and what is missing, as sentences in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buyers.models import Registration
from fairs.models import Certificate, Material, PriceBand, ProductGroup
from fairs.templatetags.fair import country, day, language_name, local, number
from matchmaking.ranking.reasons import Reason

MOST_NAMED = 5  # of one list in a sentence

SENTENCES: Mapping[str, Any] = {
    "must": _("They want to meet you before others."),
    "like": _("They would like to meet you."),
    "deal": _("You signed something together at an earlier fair."),
    "met": _("You met at an earlier fair."),
    "visited": _("A visit to the booth at an earlier fair."),
    "scanned": _("A visit to the booth at this fair."),
    "groups": _("Looked for and made: %(groups)s."),
    "no_group": _("None of the goods looked for: %(groups)s."),
    "materials": _("Materials looked for: %(materials)s."),
    "no_material": _("Not made of %(materials)s."),
    "materials_unknown": _("The materials are not told."),
    "order_minimum": _("Orders from %(minimum)s pieces fit the usual order."),
    "order_monthly": _("%(monthly)s pieces a month fit the usual order."),
    "minimum_high": _("The smallest order is %(minimum)s pieces, more than the usual order."),
    "capacity_short": _("%(monthly)s pieces a month, few for the usual order."),
    "order_unknown": _("Smallest order and capacity are not told."),
    "price": _("The price fits: %(price)s."),
    "price_near": _("The price is near what is looked for: %(prices)s."),
    "price_other": _("Another price: %(prices)s."),
    "price_unknown": _("The price is not told."),
    "certificates": _("Valid certificate: %(certificates)s."),
    "no_certificate": _("No %(certificates)s certificate."),
    "certificate_expired": _("The %(certificates)s certificate ran out on %(until)s."),
    "markets": _("Sells there already: %(countries)s."),
    "no_market": _("Does not sell there yet: %(countries)s."),
    "languages": _("A common language: %(languages)s."),
    "no_language": _("No common language: an interpreter is needed."),
    "seldom_seen": _("Seldom proposed so far. Have a look."),
}


class Words:
    """Puts reasons into words; the names of facts are read once, in three queries."""

    def __init__(self) -> None:
        named = {model: {fact.code: local(fact, "name") for fact in model.objects.all()} for model in FACTS}  # type: ignore[attr-defined]
        prices = dict(PriceBand.choices)
        orders = dict(Registration.OrderSize.choices)
        self._named: Mapping[str, Callable[[Any], str]] = {
            "groups": _listed(named[ProductGroup]),
            "materials": _listed(named[Material]),
            "certificates": _listed(named[Certificate]),
            "countries": lambda codes: _joined([country(code) for code in codes]),
            "languages": lambda codes: _joined([language_name(code) for code in codes]),
            "prices": lambda bands: _joined([str(prices[band]) for band in bands]),
            "price": lambda band: str(prices[band]),
            "order": lambda size: str(orders[size]),
        }

    def sentence(self, reason: Reason) -> str:
        """One reason in the language of the moment."""
        values = {name: self._value(name, value) for name, value in reason.values.items()}
        return str(SENTENCES[_key(reason)]) % values

    def speaking(self, reasons: Sequence[Reason]) -> list[str]:
        """What speaks for a pair."""
        return [self.sentence(one) for one in reasons if one.speaks]

    def missing(self, reasons: Sequence[Reason]) -> list[str]:
        """What is missing, or nobody told."""
        return [self.sentence(one) for one in reasons if not one.speaks]

    def _value(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return day(value)
        return self._named[name](value) if name in self._named else number(value)


FACTS = (ProductGroup, Material, Certificate)


def _key(reason: Reason) -> str:
    """An order fits by its smallest number where that is known, else by what is made in a month."""
    if reason.code == "order":
        return "order_minimum" if reason.values["minimum"] else "order_monthly"
    return reason.code


def _listed(names: Mapping[str, str]) -> Callable[[Any], str]:
    return lambda codes: _joined([names.get(code, code) for code in codes])


def _joined(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return gettext("%(names)s and %(more)d more") % {"names": shown, "more": more} if more > 0 else shown
