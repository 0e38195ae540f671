"""Why two sides fit, and what is missing: codes with values, to be put into words of any language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matchmaking.ranking.facts import NOBODY, Exhibitor, Goods, Importer
from matchmaking.ranking.fitting import best, minimum_fit, order_fit, price_fit

FULL = 1.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a pair, or that is missing; `values` are codes, numbers and days."""

    code: str
    speaks: bool
    values: Mapping[str, Any] = field(default_factory=dict)


def explain(
    importer: Importer, exhibitor: Exhibitor, kinds: frozenset[str] = NOBODY, *, on: date, lifted: bool = False
) -> list[Reason]:
    """Everything that speaks for a pair, the weightiest criterion first, then all that is missing or not told."""
    every = [
        *_between(kinds),
        *_groups(importer, exhibitor),
        *_materials(importer, exhibitor),
        *_order(importer, exhibitor),
        *_price(importer, exhibitor),
        *_certificates(importer, exhibitor, on),
        *_markets(importer, exhibitor),
        *_languages(importer, exhibitor),
        *([Reason("seldom_seen", True)] if lifted else []),
    ]
    return [one for one in every if one.speaks] + [one for one in every if not one.speaks]


def _between(kinds: frozenset[str]) -> Iterator[Reason]:
    """What there has been: of deal, meeting and visit the most; a wish of the other side; a visit at this fair."""
    for ladder in (("must", "like"), ("deal", "met", "visited"), ("scanned",)):
        for kind in ladder:
            if kind in kinds:
                yield Reason(kind, True)
                break


def _groups(importer: Importer, exhibitor: Exhibitor) -> Iterator[Reason]:
    both = importer.groups & exhibitor.made
    if both:
        yield Reason("groups", True, {"groups": sorted(both)})
    elif importer.groups and exhibitor.made:
        yield Reason("no_group", False, {"groups": sorted(importer.groups)})


def _materials(importer: Importer, exhibitor: Exhibitor) -> Iterator[Reason]:
    both = importer.materials & exhibitor.materials
    if both:
        yield Reason("materials", True, {"materials": sorted(both)})
    elif importer.materials:
        code = "no_material" if exhibitor.materials else "materials_unknown"
        yield Reason(code, False, {"materials": sorted(importer.materials)})


def _order(importer: Importer, exhibitor: Exhibitor) -> Iterator[Reason]:
    if not importer.order:
        return
    goods = exhibitor.wanted_goods(importer.groups)
    fit = best(order_fit(importer.order, one) for one in goods)
    if fit is None:
        yield Reason("order_unknown", False)
        return
    chosen = next(one for one in goods if order_fit(importer.order, one) == fit)
    yield _of_order(importer.order, chosen, fit)


def _of_order(order: str, goods: Goods, fit: float) -> Reason:
    values = {"order": order, "minimum": goods.minimum, "monthly": goods.monthly}
    if fit == FULL:
        return Reason("order", True, values)
    code = "minimum_high" if minimum_fit(order, goods.minimum) == fit else "capacity_short"
    return Reason(code, False, values)


def _price(importer: Importer, exhibitor: Exhibitor) -> Iterator[Reason]:
    if not importer.price:
        return
    goods = exhibitor.wanted_goods(importer.groups)
    fit = best(price_fit(importer.price, one.price) for one in goods)
    if fit is None:
        yield Reason("price_unknown", False)
    elif fit == FULL:
        yield Reason("price", True, {"price": importer.price})
    else:
        others = sorted({one.price for one in goods if one.price})
        yield Reason("price_near" if fit else "price_other", False, {"price": importer.price, "prices": others})


def _certificates(importer: Importer, exhibitor: Exhibitor, on: date) -> Iterator[Reason]:
    held = exhibitor.held(on)
    if both := importer.certificates & held:
        yield Reason("certificates", True, {"certificates": sorted(both)})
    missing = sorted(importer.certificates - held)
    for code in missing:
        if until := exhibitor.certificates.get(code):
            yield Reason("certificate_expired", False, {"certificates": [code], "until": until})
    if never := [code for code in missing if not exhibitor.certificates.get(code)]:
        yield Reason("no_certificate", False, {"certificates": never})


def _markets(importer: Importer, exhibitor: Exhibitor) -> Iterator[Reason]:
    both = importer.markets & exhibitor.markets
    if both:
        yield Reason("markets", True, {"countries": sorted(both)})
    elif importer.markets and exhibitor.markets:
        yield Reason("no_market", False, {"countries": sorted(importer.markets)})


def _languages(importer: Importer, exhibitor: Exhibitor) -> Iterator[Reason]:
    both = importer.languages & exhibitor.languages
    if both:
        yield Reason("languages", True, {"languages": sorted(both)})
    elif importer.languages and exhibitor.languages:
        yield Reason("no_language", False, {"languages": sorted(importer.languages)})
