"""What the pages of both sides share: a proposal as a line shows it, and the own wishes by kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from matchmaking.models import Wish
from matchmaking.reason_words import Words
from matchmaking.suggestions import Suggestion


@dataclass(frozen=True)
class Proposed:
    """Somebody to meet: the row the address names, its company, why, what is missing, and what one said of them."""

    row: Any
    company: Any
    score: int
    speaks: list[str]
    missing: list[str]
    wish: Wish | None

    @classmethod
    def of(cls, one: Suggestion, words: Words, row: Any, company: Any, wish: Wish | None) -> "Proposed":
        """A suggestion in the language of the page."""
        return cls(row, company, one.score, words.speaking(one.reasons), words.missing(one.reasons), wish)


def sorted_wishes(said: Iterable[Wish]) -> dict[str, list[Wish]]:
    """The wishes of one side by kind."""
    found: dict[str, list[Wish]] = {kind: [] for kind in Wish.Kind.values}
    for one in said:
        found[one.kind].append(one)
    return found


def with_query(request: HttpRequest, address: str) -> str:
    """An address with the words, page and company that a button's own address carries."""
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address
