"""What a day came to, as a page of Markdown."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from fairs.replay.asking import NONE, Heard
from fairs.replay.recount import Count


@dataclass
class Result:
    """Everything that is told of a day."""

    title: str
    facts: list[str]
    heard: list[Heard]
    counts: list[Count]
    wrong: list[str] = field(default_factory=list)

    @property
    def bad(self) -> list[str]:
        """What must not be, one sentence each."""
        broken = [f"{one.what}: {one.found}, not {one.must}" for one in self.counts if not one.holds]
        return [
            *self.wrong,
            *broken,
            *(f"{one.path} was answered {one.status}" for one in self.heard if self._bad(one)),
        ]

    @staticmethod
    def _bad(one: Heard) -> bool:
        return one.status >= 500

    def __str__(self) -> str:
        return "\n".join(
            [self.title, "", *(f"{fact}" for fact in self.facts), "", *self._kinds(), "", *self._counted()]
        )

    def _kinds(self) -> Iterator[str]:
        yield "| what was asked | answers | p50 | p99 | at most | 5xx | refused | not answered in time, sent again |"
        yield "|---|---|---|---|---|---|---|---|"
        for kind, heard in sorted(_by_kind(self.heard).items()):
            told = [one for one in heard if one.status != NONE]
            refused = Counter(one.code or str(one.status) for one in told if 400 <= one.status < 500)
            named = ", ".join(f"{number} {code}" for code, number in sorted(refused.items())) or "0"
            failed = sum(map(self._bad, told))
            yield f"| {kind} | {len(told):,} | {_spread(told)} | {failed} | {named} | {len(heard) - len(told)} |"

    def _counted(self) -> Iterator[str]:
        yield "| recounted in plain SQL | must be | is |"
        yield "|---|---|---|"
        for one in self.counts:
            yield f"| {one.what} | {_told(one.must)} | {_told(one.found)}{'' if one.holds else ' **differs**'} |"


def _by_kind(heard: Sequence[Heard]) -> dict[str, list[Heard]]:
    kinds: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        kinds[one.kind].append(one)
    return kinds


def _spread(heard: Sequence[Heard]) -> str:
    seconds = [one.seconds for one in heard]
    if not seconds:
        return "| |"
    hundredths = quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 99
    return " | ".join(f"{1000 * value:,.0f} ms" for value in (hundredths[49], min(hundredths[98], max(seconds)),
                                                            max(seconds)))  # fmt: skip


def _told(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
