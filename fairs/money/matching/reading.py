"""Finding references in what banks make of a transfer's text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fairs.money.references import DIGITS, SYMBOLS, is_sound

TAIL = DIGITS + 1  # of a reference: the last digits and the check character
_LOOK_ALIKES = str.maketrans("OILZSB", "011258")
_WORD = re.compile(r"[A-Z0-9]+")


@dataclass(slots=True)
class Reading:
    """What a text holds: references as they are, those with look-alikes in them, damaged and unknown ones."""

    words: list[str]
    exact: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class References:
    """The references that are looked for, in a form that makes looking fast."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._alike: dict[str, set[str]] = {}
        self._tails: dict[str, set[str]] = {}
        for reference in self._known:
            self._alike.setdefault(reference.translate(_LOOK_ALIKES), set()).add(reference)
            self._tails.setdefault(reference[-TAIL:], set()).add(reference)
        prefixes = {reference[:-TAIL] for reference in self._known}
        self._lengths = sorted({len(reference) for reference in self._known}, reverse=True)
        self._starts = _any_of(prefixes)
        self._alike_starts = _any_of({prefix.translate(_LOOK_ALIKES) for prefix in prefixes})
        self._stems = _any_of({_stem(prefix) for prefix in prefixes})

    def read(self, text: str) -> Reading:
        """Whatever of references stands in the text, however it is spaced, written large or small, and accented.

        Look-alikes, damaged and unknown references are those outside of what was read as it is.
        """
        words = words_of(text)
        found = Reading(words)
        if not self._known:
            return found
        whole = "".join(words)
        taken = self._exact(whole, found)
        left = whole if not taken else _blanked(whole, taken)
        taken = self._look_alikes(left.translate(_LOOK_ALIKES), found)
        self._broken(_blanked(left, taken), found)
        return found

    def _exact(self, whole: str, found: Reading) -> list[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        for hit in self._starts.finditer(whole):
            for length in self._lengths:
                piece = whole[hit.start() : hit.start() + length]
                if piece in self._known:
                    taken.append((hit.start(), hit.start() + len(piece)))
                    break
        kept = _longest(taken)
        found.exact = list(dict.fromkeys(whole[begin:end] for begin, end in kept))
        return kept

    def _look_alikes(self, whole: str, found: Reading) -> list[tuple[int, int]]:
        taken = []
        for hit in self._alike_starts.finditer(whole):
            for length in self._lengths:
                meant = self._alike.get(whole[hit.start() : hit.start() + length])
                if meant:
                    found.alike += sorted(meant - set(found.exact) - set(found.alike))
                    taken.append((hit.start(), hit.start() + length))
                    break
        return taken

    def _broken(self, whole: str, found: Reading) -> None:
        """What begins like a reference and goes on in digits, and a tail with what is nearly its prefix before it."""
        for hit in self._stems.finditer(whole):
            piece = whole[hit.start() : hit.start() + self._lengths[-1]].split(" ")[0]
            if sum(character.isdecimal() for character in piece[len(hit[1]) :]) >= DIGITS:
                (found.unknown if _is_one(piece) else found.damaged).append(piece)
        for begin in range(len(whole) - TAIL + 1):
            for reference in self._tails.get(whole[begin : begin + TAIL], ()):
                start = begin + TAIL - len(reference)
                piece = whole[max(0, start) : begin + TAIL]
                if start >= 0 and one_slip_apart(piece, reference):
                    found.damaged.append(piece)


def words_of(text: str) -> list[str]:
    """The words of a text in capitals without accents, letters and digits alone."""
    if not text.isascii():
        bare = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
        # an accent goes without a trace, any other sign parts two words
        text = "".join(
            character if character.isascii() else "" if unicodedata.combining(character) else " " for character in bare
        )
    return _WORD.findall(text.upper())


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one wrong character or one swap of neighbours makes one of the other."""
    if len(one) != len(other):
        return False
    wrong = [n for n, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(wrong) == 1


def slips_of(piece: str) -> Iterator[str]:
    """Everything that one wrong character or one swap of neighbours makes of a piece."""
    for n in range(len(piece)):
        yield from (piece[:n] + symbol + piece[n + 1 :] for symbol in SYMBOLS if symbol != piece[n])
        yield piece[:n] + piece[n : n + 2][::-1] + piece[n + 2 :]


def _is_one(piece: str) -> bool:
    """Whether a piece is a reference by its form and its check character."""
    return piece[-TAIL:-1].isdecimal() and is_sound(piece)


def _stem(prefix: str) -> str:
    """The letters that a prefix begins with, by which it is known even when its year is mistyped."""
    letters = prefix.rstrip("0123456789")
    return letters if len(letters) >= 2 else prefix


def _any_of(prefixes: Iterable[str]) -> "re.Pattern[str]":
    """The places where any of the prefixes begins, the longest first; they may overlap."""
    ordered = sorted(prefixes, key=lambda prefix: (-len(prefix), prefix))
    return re.compile(f"(?=({'|'.join(map(re.escape, ordered))}))")


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of spans that overlap the longest, in their order in the text."""
    kept: list[tuple[int, int]] = []
    for begin, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= other[0] or begin >= other[1] for other in kept):
            kept.append((begin, end))
    return sorted(kept)


def _blanked(whole: str, spans: list[tuple[int, int]]) -> str:
    for begin, end in spans:
        whole = whole[:begin] + " " * (end - begin) + whole[end:]
    return whole
