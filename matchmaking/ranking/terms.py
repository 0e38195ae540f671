"""How much each criterion weighs, and how lists are filled: data of an edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

# What two sides are compared by, then what speaks for a pair beside that.
COMPARED = ("groups", "materials", "order", "price", "certificates", "markets", "languages")
BESIDE = ("earlier", "wishes", "scans")
CRITERIA = (*COMPARED, *BESIDE)

WEIGHTS: Mapping[str, int] = {
    "groups": 40, "materials": 15, "order": 12, "price": 12, "certificates": 10, "markets": 6, "languages": 5,
    "earlier": 10, "wishes": 15, "scans": 8,
}  # fmt: skip

# Which criterion somebody minds who says no for a reason; the others teach nothing about a criterion.
MINDED: Mapping[str, str] = {
    "goods": "groups", "materials": "materials", "order": "order", "price": "price", "certificates": "certificates",
    "market": "markets", "language": "languages",
}  # fmt: skip
KNOWN = "known"  # who knows them already is shown fewer of those they know
MOST_MINDED = 4  # refusals for one reason beyond these change nothing more


@dataclass(frozen=True, slots=True)
class Terms:
    """Weights from 0; `unknown` and `feedback` in hundredths; a list holds `listed`, of which `reserved` lift others.

    `floor` is in how many lists an exhibitor stands at least.
    """

    weights: Mapping[str, int] = field(default_factory=lambda: dict(WEIGHTS))
    unknown: int = 40
    listed: int = 20
    reserved: int = 2
    floor: int = 2
    feedback: int = 25

    @property
    def own(self) -> int:
        """The places of a list that go by score alone before any exhibitor is lifted."""
        return max(0, self.listed - self.reserved)

    def after(self, refusals: Mapping[str, int]) -> "Terms":
        """The same with what the reasons of somebody's refusals teach.

        Each refusal for a reason makes the criterion it names weigh `feedback` more, four of them at most; each of
        somebody known already makes earlier fairs weigh `feedback` less.
        """
        changed = dict(self.weights)
        for reason, count in refusals.items():
            step = self.feedback * min(count, MOST_MINDED)
            if criterion := MINDED.get(reason):
                changed[criterion] = changed[criterion] * (100 + step) // 100
            elif reason == KNOWN:
                changed["earlier"] = changed["earlier"] * max(0, 100 - step) // 100
        return replace(self, weights=changed)
