"""Who paid: a firm by its name or tax code, or one of its people."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from fairs.money.matching.cases import Line, Owed
from fairs.text import name_key, tax_key

LONGEST_NAME = 12  # words
_SHORT_FORMS = re.compile(r"\b(?:cty|c\.ty|cong ty)\b", re.IGNORECASE)


class Payers:
    """Everybody whose notices are looked at, by name and tax code."""

    def __init__(self, owed: Iterable[Owed]) -> None:
        self._firms: dict[str, set[int]] = {}
        self._taxed: dict[str, set[int]] = {}
        self._people: dict[int, set[str]] = {}
        for one in owed:
            for name in one.names:
                self._firms.setdefault(key_of(name), set()).add(one.firm)
            if one.tax_code:
                self._taxed.setdefault(tax_key(one.tax_code), set()).add(one.firm)
            self._people.setdefault(one.firm, set()).update(map(key_of, one.people))
        self._firms.pop("", None)

    def paying(self, line: Line, words: Sequence[str]) -> set[int]:
        """The firms that the payer's name or a tax code in the text says; more than one share it."""
        by_name = self._firms.get(key_of(line.payer), set()) if line.payer else set()
        by_tax = {firm for word in words if len(word) >= 10 for firm in self._taxed.get(tax_key(word), ())}
        return by_name | by_tax

    def named(self, words: Sequence[str]) -> set[int]:
        """The firms whose whole name stands in the text; a name within a longer one does not count."""
        found: set[int] = set()
        begin = 0
        lower = [word.lower() for word in words]
        while begin < len(lower):
            for end in range(min(len(lower), begin + LONGEST_NAME), begin, -1):
                if firms := self._firms.get(" ".join(lower[begin:end])):
                    found |= firms
                    begin = end - 1
                    break
            begin += 1
        return found

    def may_pay_for(self, firm: int, line: Line, words: Sequence[str]) -> bool:
        """Whether the line says that a firm or one of its people paid, or does not say who did."""
        if not line.payer.strip():
            return True
        if firm in self.paying(line, words) or key_of(line.payer) in self._people.get(firm, ()):
            return True
        return firm in self.named(words)


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """What two spellings of a payer's name share; banks shorten "công ty" to "CTY"."""
    return name_key(_SHORT_FORMS.sub("cong ty", name))
