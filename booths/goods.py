"""What of the special goods an officer still has to look at before the opening."""

from dataclasses import dataclass, field
from datetime import date

from booths.models import GoodsCheck, Reservation, SpecialGoods, house_rules_of
from fairs.models import Edition

LEFT, FAULT, SOUND = "left", "fault", "sound"


@dataclass
class Look:
    """One product with what was found at it and where it stands."""

    goods: SpecialGoods
    checks: dict[str, GoodsCheck] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    re_export_on: date | None = None

    @property
    def left(self) -> int:
        """How many points nobody has looked at."""
        return sum(point not in self.checks for point in self.goods.points)

    @property
    def faults(self) -> list[GoodsCheck]:
        """What is not in order."""
        found = (self.checks.get(point) for point in self.goods.points)
        return [row for row in found if row is not None and not row.in_order]

    @property
    def state(self) -> str:
        """Something to look at, a fault, or all in order."""
        return LEFT if self.left else FAULT if self.faults else SOUND


def looks_at(edition: Edition, *, pk: int | None = None) -> list[Look]:
    """All special goods of accepted exhibitors, what is left first, then by booth; or the one with this key."""
    rows = SpecialGoods.objects.filter(application__edition=edition, application__state="accepted")
    rows = rows.select_related("application__company", "application__edition", "product")
    goods = list(rows.filter(pk=pk) if pk else rows)
    codes, checks = _codes(goods), _checks(goods)
    due = house_rules_of(edition).re_export_on
    found = [
        Look(one, checks.get(one.pk, {}), codes.get(one.application_id, []), due if one.temporary_import else None)
        for one in goods
    ]
    order = [LEFT, FAULT, SOUND]
    return sorted(found, key=lambda one: (order.index(one.state), one.codes or ["~"], one.goods.pk))


def _codes(goods: list[SpecialGoods]) -> dict[int, list[str]]:
    kept = Reservation.objects.kept().filter(application__in={one.application_id for one in goods})
    found: dict[int, list[str]] = {}
    for application, code in kept.order_by("booth__code").values_list("application", "booth__code"):
        found.setdefault(application, []).append(code)
    return found


def _checks(goods: list[SpecialGoods]) -> dict[int, dict[str, GoodsCheck]]:
    found: dict[int, dict[str, GoodsCheck]] = {}
    for row in GoodsCheck.objects.filter(goods__in=goods).select_related("checked_by"):
        found.setdefault(row.goods_id, {})[row.point] = row
    return found
