"""What the ranking is told of an edition's exhibitors and importers: so many queries however many there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from buyers.models import Registration, SalesMarket
from fairs import clock
from fairs.models import Company, Edition, HeldCertificate, Participation, Product
from matchmaking.models import Deal, Lead, Meeting, Wish
from matchmaking.querysets import taking_part
from matchmaking.ranking.facts import Exhibitor, Goods, Importer, Pair

Codes = Mapping[int, frozenset[str]]
"""The codes that each row has, by its key."""


def exhibitors_of(edition: Edition, *only: Participation) -> list[Exhibitor]:
    """The edition's exhibitors, or some of them, with what they make and hold, by the key of their part; 5 queries."""
    parts = taking_part(edition, Participation.Role.EXHIBITOR).order_by("pk")
    if only:
        parts = parts.filter(pk__in=[one.pk for one in only])
    rows = list(parts.values_list("pk", "company", "company__languages", "company__export_markets"))
    companies = parts.order_by().values("company")
    groups = _codes(Company.product_groups.through, "company", "productgroup", companies)
    goods = _goods(companies)
    certificates = _certificates(companies)
    return [
        Exhibitor(pk, groups[company], tuple(goods[company]), certificates[company], _split(markets), _split(languages))
        for pk, company, languages, markets in rows
    ]


def importers_of(registrations: QuerySet[Registration]) -> list[Importer]:
    """What these registrations look for, by their key; who says no market sells at home. 5 queries."""
    kept = registrations.order_by()
    keys = kept.values("pk")
    rows = list(kept.order_by("pk").values_list("pk", "price_band", "order_size", "languages", "company__country"))
    groups = _codes(Registration.product_groups.through, "registration", "productgroup", keys)
    materials = _codes(Registration.materials.through, "registration", "material", keys)
    certificates = _codes(Registration.certificates.through, "registration", "certificate", keys)
    markets = _gathered(SalesMarket.objects.filter(registration__in=keys).values_list("registration", "country"))
    return [
        Importer(
            pk,
            groups=groups[pk],
            materials=materials[pk],
            price=price,
            order=order,
            certificates=certificates[pk],
            markets=markets[pk] or frozenset({country}),
            languages=_split(languages),
        )
        for pk, price, order, languages, country in rows
    ]


def ties_of(edition: Edition, registrations: QuerySet[Registration], *, side: str) -> dict[Pair, frozenset[str]]:
    """What there has been between the importers and the edition's exhibitors, as one of the sides may know it.

    Contracts, meetings held and handed-over visits of other editions, visits at this one, and what the other side of
    `side` must or would like to do. 6 queries.
    """
    people = defaultdict(list)
    for pk, company in registrations.order_by().values_list("pk", "company"):
        people[company].append(pk)
    parts = dict(taking_part(edition, Participation.Role.EXHIBITOR).values_list("company", "pk"))
    found: defaultdict[Pair, set[str]] = defaultdict(set)
    for kind, pairs in _by_companies(edition, list(people)):
        for maker, buyer in pairs:
            if maker in parts:
                for pk in people[buyer]:
                    found[pk, parts[maker]].add(kind)
    others = Wish.objects.filter(registration__in=registrations.order_by().values("pk")).exclude(side=side)
    for pk, part, kind in others.exclude(kind=Wish.Kind.NO).values_list("registration", "exhibitor", "kind"):
        found[pk, part].add(kind)
    return {pair: frozenset(kinds) for pair, kinds in found.items()}


def _by_companies(edition: Edition, buyers: list[int]) -> Iterable[tuple[str, Iterable[tuple[int, int]]]]:
    """Each kind of tie with the pairs of companies that have it: maker, buyer."""
    elsewhere = ~Q(edition=edition)
    sides = ("exhibitor__company", "importer__company")
    among = Q(importer__company__in=buyers)
    deals = Deal.objects.filter(among, elsewhere).exclude(state=Deal.State.CANCELLED).order_by()
    yield "deal", deals.values_list(*sides).distinct()
    met = Meeting.objects.filter(among, elsewhere, state=Meeting.State.HELD).order_by()
    yield "met", met.values_list(*sides).distinct()
    visits = Lead.objects.filter(buyer__in=buyers).standing().order_by()
    for here, maker, buyer in [
        (at == edition.pk, maker, buyer)
        for at, maker, buyer in visits.values_list("edition", "exhibitor__company", "buyer").distinct()
    ]:
        yield ("scanned" if here else "visited"), [(maker, buyer)]


def closed_pairs(edition: Edition, registrations: QuerySet[Registration]) -> frozenset[Pair]:
    """Pairs that are not proposed: one side said no, or they have a meeting here already. 2 queries."""
    people = defaultdict(list)
    refused = Wish.objects.filter(registration__edition=edition).refusals()
    said = list(refused.order_by().values_list("registration__company", "exhibitor"))
    meetings = Meeting.objects.filter(edition=edition, state__in=["requested", "accepted", "held"]).order_by()
    said += meetings.values_list("importer__company", "exhibitor").distinct()
    for pk, company in registrations.order_by().values_list("pk", "company"):
        people[company].append(pk)
    return frozenset((pk, exhibitor) for company, exhibitor in said for pk in people[company])


def refusals_of(wishes: QuerySet[Wish], by: str) -> Mapping[int, Counter[str]]:
    """How often each importer (`registration`) or exhibitor (`exhibitor`) said no for each reason. One query."""
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for pk, reason in wishes.refusals().order_by().values_list(by, "reason"):  # type: ignore[attr-defined]
        counted[pk][reason] += 1
    return counted


def _split(kept: str) -> frozenset[str]:
    return frozenset(code for code in kept.split(",") if code)


def _codes(through: Any, whose: str, fact: str, keys: Any) -> Codes:
    rows = through._default_manager.filter(**{f"{whose}__in": keys}).values_list(whose, f"{fact}__code")
    return _gathered(rows)


def _gathered(rows: Iterable[tuple[int, str]]) -> Codes:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for key, code in rows:
        found[key].add(code)
    return defaultdict(frozenset, {key: frozenset(codes) for key, codes in found.items()})


def _goods(companies: Any) -> Mapping[int, list[Goods]]:
    products = Product.objects.filter(company__in=companies).order_by("pk")
    made_of = _codes(Product.materials.through, "product", "material", products.order_by().values("pk"))
    found: defaultdict[int, list[Goods]] = defaultdict(list)
    for pk, company, group, price, minimum, monthly in products.values_list(
        "pk", "company", "product_group__code", "price_band", "minimum_order", "monthly_capacity"
    ):
        found[company].append(Goods(group, made_of[pk], price, minimum, monthly))
    return found


def _certificates(companies: Any) -> Mapping[int, dict[str, Any]]:
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    held = HeldCertificate.objects.filter(company__in=companies)
    for company, code, until in held.values_list("company", "certificate__code", "valid_until"):
        found[company][code] = until
    return found


def certificates_day(edition: Edition) -> date:
    """The day on which certificates have to be valid: the opening, or today once the fair has begun."""
    return max(edition.opens_on, clock.today(edition))
