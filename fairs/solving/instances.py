"""Values of an instance in JSON: each fault is refused with its path inside the file and the reason."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

MOST = 100_000
"""Entries of one list at most."""


class BadInstance(ValueError):
    """The file is no instance: where, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class Node:
    """A value with the path that leads to it, such as $.booths[3].quality."""

    def __init__(self, value: Any, path: str = "$") -> None:
        self.value, self.path = value, path

    def refuse(self, reason: str) -> BadInstance:
        return BadInstance(self.path, reason)

    def has(self, key: str) -> bool:
        return self.mapping().get(key) is not None

    def __getitem__(self, key: str) -> "Node":
        if key not in self.mapping():
            raise self.refuse(f"“{key}” is missing")
        return Node(self.value[key], f"{self.path}.{key}")

    def mapping(self) -> Mapping[str, Any]:
        if not isinstance(self.value, dict):
            raise self.refuse("must be an object")
        return self.value

    def items(self) -> Iterator[tuple[str, "Node"]]:
        return ((key, Node(value, f"{self.path}.{key}")) for key, value in self.mapping().items())

    def each(self) -> "list[Node]":
        if not isinstance(self.value, list):
            raise self.refuse("must be a list")
        if len(self.value) > MOST:
            raise self.refuse(f"must have {MOST} entries at most")
        return [Node(value, f"{self.path}[{number}]") for number, value in enumerate(self.value)]

    def pair(self) -> "tuple[Node, Node]":
        both = self.each()
        if len(both) != 2:
            raise self.refuse("must be a pair")
        return both[0], both[1]

    def text(self, *, empty: bool = False) -> str:
        if not isinstance(self.value, str) or not (self.value or empty):
            raise self.refuse("must be a text that is not empty")
        return self.value

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.refuse("must be a number")
        if not abs(self.value) <= 1e9:  # also refuses NaN
            raise self.refuse("must be between -1e9 and 1e9")
        return float(self.value)

    def whole(self, least: int = 0) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not least <= self.value <= MOST:
            raise self.refuse(f"must be a whole number from {least} to {MOST}")
        return self.value

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.refuse("must be true or false")
        return self.value

    def one_of(self, known: Iterable[str], what: str) -> str:
        if not isinstance(self.value, str) or self.value not in known:
            raise self.refuse(f"{self.value!r} is no {what}")
        return self.value

    def ids(self) -> frozenset[str]:
        """The ids of a list's objects, none of them twice."""
        seen = set[str]()
        for one in self.each():
            key = one["id"].text()
            if key in seen:
                raise one["id"].refuse(f"{key!r} occurs twice")
            seen.add(key)
        return frozenset(seen)


def root_of(data: Any, form: str) -> Node:
    """The root of what `json.load` gave, which must say that it is of this format."""
    root = Node(data)
    if root["format"].value != form:
        raise root["format"].refuse(f"must be “{form}”")
    return root
