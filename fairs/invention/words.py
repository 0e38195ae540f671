"""Letters and choices: unaccented text, slugs, sentences with choices in braces."""

import random
import re
import unicodedata
from collections.abc import Sequence

CHOICE = re.compile(r"\{([^{}]*/[^{}]*)\}")


def unaccented(text: str) -> str:
    """Vietnamese in plain letters; what has no plain letter stays."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(mark for mark in bare if not unicodedata.combining(mark)))


def slug(text: str) -> str:
    """Lower-case letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", unaccented(text).lower()).strip("-")


FOREIGN = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "ß": "ss", "ł": "l", "Ł": "L", "ı": "i", "å": "a"})


def latin_slug(text: str) -> str:
    """A slug of a name in any Latin alphabet; a German umlaut keeps its vowel only."""
    return slug(text.translate(FOREIGN))


def capitalised(text: str) -> str:
    """The first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def chosen(rng: random.Random, texts: Sequence[str]) -> list[str]:
    """The texts with each {a/b/c} decided; the same choice in the same order in every text.

    Texts say the same thing in different languages, so each must hold as many choices, of as many options.
    """
    counts = [len(options.split("/")) for options in CHOICE.findall(texts[0])]
    picks = [rng.randrange(count) for count in counts]
    return [_decided(text, picks) for text in texts]


def _decided(text: str, picks: Sequence[int]) -> str:
    remaining = iter(picks)
    return capitalised(CHOICE.sub(lambda found: found[1].split("/")[next(remaining)], text))


def apportioned(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainder)."""
    whole = sum(weights)
    shares = [total * weight / whole for weight in weights]
    counts = [int(share) for share in shares]
    by_remainder = sorted(range(len(weights)), key=lambda at: (counts[at] - shares[at], at))
    for at in by_remainder[: total - sum(counts)]:
        counts[at] += 1
    return counts
