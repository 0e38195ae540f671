"""What a round works on: the floor as it stands and those who ask for it, as booth-allocation/1 without names.

Applicants are called by their application: `a12`; a group of households is `a12.1`, `a12.2`, ... that stand together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import hypot
from typing import Any

from django.db.models import Count, Q

from booths.floorplan import Rect, neighbours, rows_of
from booths.models import AllocationTerms, Application, Booth, BoothClass, Facility, NeighbourWish, Reservation
from fairs import clock
from fairs.models import Edition, Participation

INTERNATIONAL = BoothClass.Origin.INTERNATIONAL
BEST = 20
"""Points of quality of the booth nearest to an entrance; the farthest has none."""
UNPLACED = 2000
"""Cost of a booth not given: above all that a place can be worth, so that everybody is placed first."""


@dataclass(frozen=True)
class Stand:
    """A booth and its ground, for the geometry."""

    booth: Booth
    rect: Rect

    @property
    def code(self) -> str:
        return self.booth.code


@dataclass
class Asking:
    """An application in a round; `units` are its applicants of the instance."""

    application: Application
    points: Decimal
    has: list[str] = field(default_factory=list)
    klass: str = ""

    @property
    def units(self) -> list[str]:
        own = f"a{self.application.pk}"
        if not self.application.is_group or self.has:
            return [own]
        return [f"{own}.{number + 1}" for number in range(self.application.booth_count)]

    @property
    def count(self) -> int:
        """Booths of each unit."""
        return len(self.has) or self.application.booth_count // len(self.units)


def application_of(unit: str) -> int:
    """The key of the application to which an applicant of an instance belongs."""
    return int(unit[1:].partition(".")[0])


def instance_of(edition: Edition, terms: AllocationTerms) -> dict[str, Any]:
    """What a round of the edition has to place now: the accepted applications; the waiting list gets what they leave.

    Whoever has booths keeps them; who has some of what was asked for is taken as having chosen.
    """
    asking = asking_of(edition, terms)
    stands = [
        Stand(booth, Rect(float(booth.x), float(booth.y), float(booth.width), float(booth.depth)))
        for booth in edition.booths.select_related("booth_class", "zone").order_by("code")
    ]
    used = {stand.booth.zone_id for stand in stands}
    zone_of_groups = _zones_of_groups(edition, used)
    names = {one.application.company_id: one.units for one in asking}
    wishes = _neighbour_wishes(asking, names)
    kept = {code for one in asking for code in one.has}
    return {
        "format": "booth-allocation/1",
        "name": edition.slug,
        "booths": _booths(edition, stands),
        "rows": _rows(stands),
        "touching": _touching(stands),
        "exhibitors": [_exhibitor(one, unit, zone_of_groups) for one in asking for unit in one.units],
        "rivals": wishes[NeighbourWish.Kind.APART],
        "near": wishes[NeighbourWish.Kind.NEAR],
        "fixed": {one.units[0]: one.has for one in asking if one.has},
        "blocked": sorted(_blocked(edition, stands) - kept),
        "weights": _weights(terms),
        "wishes": _wishes(asking, terms, used),
        "together": [one.units for one in asking if len(one.units) > 1],
        "limits": _limits(edition, used),
        "agreed_split": [f"a{one.application.pk}" for one in asking if _may_split(one)],
        "strict_zones": terms.strict_zones,
        "zoned": sorted({stand.booth.booth_class.code for stand in stands} - _international(edition)),
    }


def asking_of(edition: Edition, terms: AllocationTerms) -> list[Asking]:
    """The applications of a round with their priority points, the earliest first."""
    rows = Application.objects.filter(edition=edition, state=Application.State.ACCEPTED).order_by("submitted_at", "pk")
    whole = rows.select_related("company__craft_village", "booth_class").prefetch_related(
        "zones", "booth_wishes__booth", "neighbour_wishes", "company__product_groups"
    )
    applications = list(whole)
    has: dict[int, list[tuple[str, str]]] = defaultdict(list)
    live = Reservation.objects.live(clock.now()).filter(
        edition=edition, application__in=rows.order_by(), booth__retired=False
    )
    rows_of_booths = live.order_by("booth__code").values_list("application", "booth__code", "booth__booth_class__code")
    for pk, code, klass in rows_of_booths:
        has[pk].append((code, klass))
    points = points_of(edition, terms)
    return [Asking(one, points[one.pk], *_has(one, has[one.pk])) for one in applications]


def _has(application: Application, known: Sequence[tuple[str, str]]) -> tuple[list[str], str]:
    """The booths it has, and their class; of booths of several classes those of the first: a place is of one."""
    klass = known[0][1] if known else application.booth_class.code
    return [code for code, of in known if of == klass], klass


def points_of(edition: Edition, terms: AllocationTerms) -> dict[int, Decimal]:
    """Priority points of each application that is accepted or waits, to the hundredth.

    For years, score, supported legal form and time of application, by the key of the application.
    """
    wanted = (Application.State.ACCEPTED, Application.State.WAITLISTED)
    applications = list(Application.objects.filter(edition=edition, state__in=wanted).select_related("company"))
    earlier = Q(edition__opens_on__lt=edition.opens_on, role=Participation.Role.EXHIBITOR, state="active")
    companies = [one.company_id for one in applications]
    counted = Participation.objects.filter(earlier, company__in=companies).order_by().values("company")
    years = dict(counted.annotate(number=Count("edition", distinct=True)).values_list("company", "number"))
    times = sorted({one.submitted_at for one in applications if one.submitted_at}, reverse=True)
    place = {moment: number for number, moment in enumerate(times)}  # 0 for the last
    found = {}
    for one in applications:
        early = Decimal(place[one.submitted_at] if one.submitted_at else 0) / max(1, len(times) - 1)
        total = (
            terms.year_points * min(years.get(one.company_id, 0), terms.years_at_most)
            + terms.score_points * (one.score or 0)
            + terms.support_points * ((one.legal_form or one.company.legal_form) in terms.support_forms)
            + terms.early_points * early
        )
        found[one.pk] = total.quantize(Decimal("0.01"))
    return found


def _weights(terms: AllocationTerms) -> dict[str, float]:
    return {
        "zone": float(terms.in_zone),
        "quality": float(terms.place_quality),
        "points": float(terms.points_share),
        "corner_wanted": float(terms.corner),
        "corner_unwanted": -float(terms.corner_unasked),
        "village": float(terms.neighbours),
        "unplaced_booth": -UNPLACED,
        "unplaced_points": float(terms.points_share),
        "fragment": -float(terms.fragment),
    }


# ---- the floor ----
def _booths(edition: Edition, stands: Sequence[Stand]) -> list[dict[str, Any]]:
    gates = [
        (float(gate.x + gate.width / 2), float(gate.y + gate.depth / 2))
        for gate in edition.facilities.filter(kind__in=[Facility.Kind.GATE, Facility.Kind.DOOR])
    ]
    away = [min((hypot(s.rect.centre.x - x, s.rect.centre.y - y) for x, y in gates), default=0.0) for s in stands]
    farthest = max(away, default=0.0) or 1.0
    return [
        {
            "id": stand.code,
            "class": stand.booth.booth_class.code,
            "zone": stand.booth.zone.code,
            "corner": stand.booth.corner,
            "quality": round(BEST * (1 - metres / farthest), 2),
        }
        for stand, metres in zip(stands, away, strict=True)
    ]


def _rows(stands: Sequence[Stand]) -> list[list[str]]:
    """Each booth in the longest row that it stands in."""
    left = {stand.code for stand in stands}
    rows = []
    for row in sorted(rows_of(stands), key=lambda row: (-len(row), row[0].code)):
        codes = [stand.code for stand in row]
        if left.issuperset(codes):
            rows.append(codes)
            left -= set(codes)
    return sorted(rows + [[code] for code in sorted(left)])


def _touching(stands: Sequence[Stand]) -> list[list[str]]:
    return sorted([one, two] for one, others in neighbours(stands).items() for two in others if one < two)


def _blocked(edition: Edition, stands: Sequence[Stand]) -> set[str]:
    live = Reservation.objects.live(clock.now()).filter(edition=edition).order_by()
    taken = set(live.values_list("booth__code", flat=True))
    return {stand.code for stand in stands if stand.booth.blocked or stand.code in taken}


def _limits(edition: Edition, used: set[int]) -> dict[str, dict[str, Any]]:
    limits = {}
    for zone in edition.zones.filter(pk__in=used):
        limit: dict[str, Any] = {}
        if zone.power_kw_at_most is not None:
            limit["power"] = float(zone.power_kw_at_most)
        if zone.exhibitors_at_most is not None:
            limit["count"] = zone.exhibitors_at_most
        if limit:
            limits[zone.code] = limit
    return limits


def _international(edition: Edition) -> set[str]:
    return set(BoothClass.objects.filter(edition=edition, origin=INTERNATIONAL).values_list("code", flat=True))


def _zones_of_groups(edition: Edition, used: set[int]) -> list[tuple[str, int, set[int]]]:
    """Code, key and product groups of each zone that has booths, in order."""
    zones = edition.zones.filter(pk__in=used).prefetch_related("product_groups")
    return [(zone.code, zone.pk, {group.pk for group in zone.product_groups.all()}) for zone in zones]


# ---- those who ask ----
def _exhibitor(one: Asking, unit: str, zones: Sequence[tuple[str, int, set[int]]]) -> dict[str, Any]:
    application, village = one.application, one.application.company.craft_village
    groups: set[int] = {group.pk for group in application.company.product_groups.all()}
    wished = {zone.pk for zone in application.zones.all()}
    fitting = [(code, pk) for code, pk, of_zone in zones if of_zone & groups]
    chosen = next((code for code, pk in fitting if pk in wished), fitting[0][0] if fitting else "")
    return {
        "id": unit,
        "booths": one.count,
        "class": one.klass,
        "group": chosen,
        "points": float(one.points),
        "wants_corner": application.wants_corner,
        "village": f"v{village.pk}" if village else None,
        "power": round(float(application.power_kw) / len(one.units), 3),
    }


def _wishes(asking: Iterable[Asking], terms: AllocationTerms, used: set[int]) -> dict[str, list[list[Any]]]:
    """Wishes for booths and for zones that have any; they count more for who has more points, as quality does."""
    found: dict[str, list[list[Any]]] = {}
    for one in asking:
        share = float(1 + terms.points_share * one.points)
        booths = [wish for wish in one.application.booth_wishes.all() if not wish.booth.retired]
        mine: list[list[Any]] = [
            [wish.booth.code, round(share * float(terms.wish) / rank, 3)]
            for rank, wish in enumerate(sorted(booths, key=lambda wish: wish.rank), 1)
        ]
        zones = sorted((zone for zone in one.application.zones.all() if zone.pk in used), key=lambda zone: zone.code)
        mine += [[zone.code, round(share * float(terms.zone_wish), 3)] for zone in zones]
        if mine:
            found |= dict.fromkeys(one.units, mine)
    return found


def _neighbour_wishes(asking: Iterable[Asking], names: Mapping[int, Sequence[str]]) -> dict[str, list[list[str]]]:
    found: dict[str, set[tuple[str, str]]] = {kind: set() for kind in NeighbourWish.Kind.values}
    for one in asking:
        for wish in one.application.neighbour_wishes.all():
            pairs = ((mine, theirs) for mine in one.units for theirs in names.get(wish.company_id, ()))
            found[wish.kind].update((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    fixed = {one.units[0] for one in asking if one.has}
    apart = {pair for pair in found[NeighbourWish.Kind.APART] if not fixed.issuperset(pair)}
    return {
        NeighbourWish.Kind.APART: sorted(map(list, apart)),
        NeighbourWish.Kind.NEAR: sorted(map(list, found[NeighbourWish.Kind.NEAR] - apart)),
    }


def _may_split(one: Asking) -> bool:
    return len(one.units) == 1 and (bool(one.has) or (not one.application.side_by_side and one.count > 1))
