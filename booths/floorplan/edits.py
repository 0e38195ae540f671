"""What an organiser does with booths on a plan: each edit answers the changes it makes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

from booths.floorplan.blocks import Numbering, lay_block
from booths.floorplan.document import Content, PlanFault, new_key, rect_of
from booths.floorplan.rect import SLACK, Point, Rect

Made = dict[str, dict[str, dict[str, Any] | None]]
MOST_AT_ONCE = 2000
MOST_PARTS = 20


def lay(
    content: Content,
    *,
    at: Point,
    rows: int,
    columns: int,
    size: tuple[float, float],
    numbering: Numbering,
    hall: str,
    zone: str,
    booth_class: str,
    aisle: float = 0.0,
    cross_after: tuple[int, ...] = (),
    cross_aisle: float = 3.0,
    key: Callable[[], str] = new_key,
) -> Made:
    """A block of new booths from its top left corner, in site coordinates; sizes and aisles in metres.

    Refuses `no_block` for no rows or columns, `too_many`, and `code_taken` with the first code that another booth has.
    """
    if rows < 1 or columns < 1 or min(size) <= 0 or min(aisle, cross_aisle) < 0:
        raise PlanFault("no_block")
    if rows * columns > MOST_AT_ONCE:
        raise PlanFault("too_many", section="booths", most=MOST_AT_ONCE)
    places = lay_block(
        at,
        rows=rows,
        columns=columns,
        size=size,
        aisle=aisle,
        numbering=numbering,
        cross_after=cross_after,
        cross_aisle=cross_aisle,
    )
    _check_free(content, (place.code for place in places))
    kept = {"hall": hall, "zone": zone, "class": booth_class}
    return {"booths": {key(): {"code": place.code, **kept, **_place(place.rect)} for place in places}}


def merge(content: Content, keys: Sequence[str]) -> Made:
    """One booth in place of several; the one with the smallest code stays and grows.

    Refuses `one_booth`, `several_halls`, and `no_rectangle` when they do not fill a rectangle without a gap.
    """
    booths = _chosen(content, keys)
    if len(booths) < 2:
        raise PlanFault("one_booth")
    if len({booth["hall"] for booth in booths.values()}) > 1:
        raise PlanFault("several_halls")
    ground = _around(rect_of(booth) for booth in booths.values())
    if abs(ground.area - sum(rect_of(booth).area for booth in booths.values())) > SLACK or _any_overlap(booths):
        raise PlanFault("no_rectangle")
    first = min(booths, key=lambda key: booths[key]["code"])
    gone: dict[str, dict[str, Any] | None] = dict.fromkeys(booths)
    return {"booths": gone | {first: {**booths[first], **_place(ground)}}}


def split(
    content: Content,
    split_key: str,
    *,
    parts: int,
    along: Literal["width", "depth"],
    key: Callable[[], str] = new_key,
) -> Made:
    """A booth in equal parts, side by side along its width or one behind the other along its depth.

    The first part stays the booth it was, with an A after its code; the others follow with B, C and so on.
    """
    [booth] = _chosen(content, [split_key]).values()
    if not 2 <= parts <= MOST_PARTS:
        raise PlanFault("wrong_parts", most=MOST_PARTS)
    taken = {other["code"] for other in content["booths"].values()} - {booth["code"]}
    codes = [f"{booth['code']}{chr(ord('A') + part)}" for part in range(parts)]
    if repeated := [code for code in codes if code in taken]:
        raise PlanFault("code_taken", code=repeated[0])
    grounds = _cut(rect_of(booth), parts, along)
    keys = [split_key, *(key() for _ in range(parts - 1))]
    return {
        "booths": {
            one: {**booth, "code": code, **_place(ground)}
            for one, code, ground in zip(keys, codes, grounds, strict=True)
        }
    }


def renumber(content: Content, keys: Sequence[str], numbering: Numbering) -> Made:
    """New codes for the chosen booths, by rows or by columns as they stand. Refuses `code_taken`."""
    booths = _chosen(content, keys)
    across = numbering.order == "rows"
    order = sorted(booths, key=lambda key: _by_place(booths[key], across))
    codes = dict(zip(order, (numbering.code(index) for index in range(len(order))), strict=True))
    _check_free(content, codes.values(), besides=booths)
    return {"booths": {key: {**booths[key], "code": code} for key, code in codes.items()}}


def change(content: Content, keys: Sequence[str], *, dx: float = 0.0, dy: float = 0.0, **fields: Any) -> Made:
    """Move the chosen booths by metres, and set fields of all of them alike."""
    return {
        "booths": {
            key: {**booth, "x": round(booth["x"] + dx, 2), "y": round(booth["y"] + dy, 2), **fields}
            for key, booth in _chosen(content, keys).items()
        }
    }


def remove(content: Content, keys: Sequence[str]) -> Made:
    """The chosen booths go away."""
    return {"booths": dict.fromkeys(_chosen(content, keys))}


def keys_of(content: Content, codes: Iterable[str]) -> list[str]:
    """The booths with these codes; "A01-A04" is every booth from one to the other in the order of codes.

    Refuses `no_booth` with the first code that no booth has.
    """
    by_code = {booth["code"]: key for key, booth in content["booths"].items()}
    found: dict[str, None] = {}
    for code in codes:
        found |= dict.fromkeys(by_code[one] for one in _codes(code, by_code))
    return list(found)


def _codes(word: str, known: Mapping[str, str]) -> Iterator[str]:
    if word in known:
        yield word
        return
    first, _dash, last = word.partition("-")
    if first not in known or last not in known:
        raise PlanFault("no_booth", code=word[:40])
    yield from (code for code in sorted(known) if first <= code <= last)


def _chosen(content: Content, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    booths = {key: content["booths"][key] for key in keys if key in content["booths"]}
    if not booths or len(booths) < len(set(keys)):
        raise PlanFault("nothing_chosen")
    return booths


def _check_free(content: Content, codes: Iterable[str], besides: Mapping[str, Any] | None = None) -> None:
    taken = {booth["code"] for key, booth in content["booths"].items() if key not in (besides or {})}
    for code in codes:
        if code in taken:
            raise PlanFault("code_taken", code=code)


def _by_place(booth: Mapping[str, Any], across: bool) -> tuple[float, float]:
    """Rows that differ by less than half a metre are one row."""
    x, y = booth["x"], booth["y"]
    return (round(y * 2) / 2, x) if across else (round(x * 2) / 2, y)


def _any_overlap(booths: Mapping[str, Mapping[str, Any]]) -> bool:
    rects = [rect_of(booth) for booth in booths.values()]
    return any(one.overlaps(other) for at, one in enumerate(rects) for other in rects[:at])


def _around(rects: Iterable[Rect]) -> Rect:
    every = list(rects)
    left, top = min(rect.x for rect in every), min(rect.y for rect in every)
    return Rect(left, top, max(rect.right for rect in every) - left, max(rect.bottom for rect in every) - top)


def _cut(rect: Rect, parts: int, along: str) -> list[Rect]:
    """Equal parts whose common edges lie on whole centimetres."""
    if along == "width":
        edges = [round(rect.x + rect.width * part / parts, 2) for part in range(parts + 1)]
        return [Rect(left, rect.y, right - left, rect.height) for left, right in pairwise(edges)]
    edges = [round(rect.y + rect.height * part / parts, 2) for part in range(parts + 1)]
    return [Rect(rect.x, top, rect.width, bottom - top) for top, bottom in pairwise(edges)]


def _place(rect: Rect) -> dict[str, float]:
    return {"x": round(rect.x, 2), "y": round(rect.y, 2), "width": round(rect.width, 2), "depth": round(rect.height, 2)}
