"""What a plan under work changes of the one that stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from booths.floorplan.document import Content

GROUNDS = ("x", "y")
SIZES = ("width", "depth")


@dataclass(frozen=True, slots=True)
class BoothChange:
    """A booth before and after; `before` is None for a new one, `after` for one that goes away."""

    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def code(self) -> str:
        """The code it has now, or gets."""
        return str((self.before or self.after or {})["code"])

    def differs(self, *fields: str) -> bool:
        """Whether it stays and one of the fields changes."""
        before, after = self.before, self.after
        return before is not None and after is not None and any(before[name] != after[name] for name in fields)

    @property
    def moved(self) -> bool:
        return self.differs("hall", *GROUNDS)

    @property
    def resized(self) -> bool:
        return self.differs(*SIZES)

    @property
    def renumbered(self) -> bool:
        return self.differs("code")

    @property
    def reclassed(self) -> bool:
        return self.differs("class")

    @property
    def rezoned(self) -> bool:
        return self.differs("zone")

    @property
    def orphans(self) -> bool:
        """Whether somebody who has the booth would no longer have what they were given."""
        return self.after is None or self.resized or self.reclassed


def booth_changes(before: Content, after: Content) -> list[BoothChange]:
    """Every booth that is not the same in both plans, in the order of codes."""
    old, new = before["booths"], after["booths"]
    changed = [BoothChange(key, old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)]
    return sorted(changed, key=lambda change: change.code)


def other_changes(before: Content, after: Content) -> dict[str, tuple[int, int, int]]:
    """How many halls, zones and facilities are new, changed and gone, for those sections that differ."""
    counts = {}
    for section in ("halls", "zones", "facilities"):
        old, new = before[section], after[section]
        count = (
            len(new.keys() - old.keys()),
            sum(old[key] != new[key] for key in old.keys() & new.keys()),
            len(old.keys() - new.keys()),
        )
        if any(count):
            counts[section] = count
    return counts
