"""Reading an instance from JSON: each fault is refused with its path inside the file and the reason."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from itertools import pairwise
from typing import Any

from booths.allocation.instance import DOMESTIC, Booth, Exhibitor, Instance, Limit, Weights
from fairs.solving.instances import BadInstance, Node, root_of

FORMAT = "booth-allocation/1"


def read_instance(data: Any) -> Instance:
    """The instance in what `json.load` gave. Raises BadInstance."""
    root = root_of(data, FORMAT)
    known = root["booths"].ids()
    root["exhibitors"].ids()
    booths = tuple(map(_booth, root["booths"].each()))
    exhibitors = tuple(map(_exhibitor, root["exhibitors"].each()))
    wanted = {one.id: one for one in exhibitors}
    zones = frozenset(one.zone for one in booths if one.zone is not None)

    def booth(node: Node) -> str:
        return node.one_of(known, "booth")

    def exhibitor(node: Node) -> str:
        return node.one_of(wanted, "exhibitor")

    def wish(node: Node) -> tuple[str, float]:
        place, worth = node.pair()
        return place.one_of(known | zones, "booth or zone"), worth.number()

    instance = Instance(
        name=root["name"].text() if root.has("name") else "",
        booths=booths,
        rows=_rows(root["rows"], booth),
        touching=_pairs(root["touching"], booth),
        exhibitors=exhibitors,
        weights=_weights(root["weights"]),
        rivals=_pairs(root["rivals"], exhibitor) if root.has("rivals") else (),
        fixed=_given(root["fixed"], booth, wanted) if root.has("fixed") else {},
        blocked=frozenset(map(booth, root["blocked"].each())) if root.has("blocked") else frozenset(),
        wishes={_key(key, node, wanted): tuple(map(wish, node.each())) for key, node in root["wishes"].items()}
        if root.has("wishes")
        else {},
        together=tuple(tuple(map(exhibitor, group.each())) for group in root["together"].each())
        if root.has("together")
        else (),
        limits={_zone(key, node, zones): _limit(node) for key, node in root["limits"].items()}
        if root.has("limits")
        else {},
        agreed_split=frozenset(map(exhibitor, root["agreed_split"].each()))
        if root.has("agreed_split")
        else frozenset(),
        strict_zones=root["strict_zones"].truth() if root.has("strict_zones") else False,
        zoned=frozenset(one.text() for one in root["zoned"].each()) if root.has("zoned") else frozenset({DOMESTIC}),
        near=_pairs(root["near"], exhibitor) if root.has("near") else (),
        start=_given(root["start"], booth, wanted) if root.has("start") else {},
    )
    _check_fixed(root, instance)
    return instance


def _booth(node: Node) -> Booth:
    return Booth(
        id=node["id"].text(),
        klass=node["class"].text(),
        zone=node["zone"].text() if node.has("zone") else None,
        corner=node["corner"].truth() if node.has("corner") else False,
        quality=node["quality"].number(),
    )


def _exhibitor(node: Node) -> Exhibitor:
    return Exhibitor(
        id=node["id"].text(),
        booths=node["booths"].whole(1),
        klass=node["class"].text(),
        group=node["group"].text(empty=True) if node.has("group") else "",
        points=node["points"].number() if node.has("points") else 0.0,
        wants_corner=node["wants_corner"].truth() if node.has("wants_corner") else False,
        village=node["village"].text() if node.has("village") else None,
        power=node["power"].number() if node.has("power") else 0.0,
    )


def _weights(node: Node) -> Weights:
    optional = {"fragment", "unplaced_points", "stay"}
    names = [one.name for one in fields(Weights)]
    return Weights(**{name: node[name].number() for name in names if name not in optional or node.has(name)})


def _limit(node: Node) -> Limit:
    return Limit(
        power=node["power"].number() if node.has("power") else None,
        count=node["count"].whole() if node.has("count") else None,
    )


def _rows(node: Node, booth: Callable[[Node], str]) -> tuple[tuple[str, ...], ...]:
    seen: set[str] = set()
    for row in node.each():
        for one in row.each():
            if booth(one) in seen:
                raise one.refuse(f"{one.value!r} stands in a row already")
            seen.add(one.value)
    return tuple(tuple(row.value) for row in node.each())


def _pairs(node: Node, read: Callable[[Node], str]) -> tuple[tuple[str, str], ...]:
    found = []
    for one in node.each():
        first, second = one.pair()
        if read(first) == read(second):
            raise one.refuse("names the same one twice")
        found.append((first.value, second.value))
    return tuple(found)


def _given(node: Node, booth: Callable[[Node], str], wanted: Mapping[str, Exhibitor]) -> dict[str, tuple[str, ...]]:
    found, taken = {}, set[str]()
    for key, places in node.items():
        exhibitor = wanted[_key(key, places, wanted)]
        found[key] = tuple(map(booth, places.each()))
        if len(set(found[key])) != exhibitor.booths:
            raise places.refuse(f"{key} wants {exhibitor.booths} booths")
        if taken & set(found[key]):
            raise places.refuse("gives a booth that is given already")
        taken |= set(found[key])
    return found


def _check_fixed(root: Node, instance: Instance) -> None:
    """What is fixed breaks no rule: nothing could put it right."""
    booths = {one.id: one for one in instance.booths}
    wanted = {one.id: one for one in instance.exhibitors}
    at = {booth: (number, place) for number, row in enumerate(instance.rows) for place, booth in enumerate(row)}
    for key, places in instance.fixed.items():
        node = root["fixed"][key]
        for booth in places:
            if booths[booth].klass != wanted[key].klass:
                raise node.refuse(f"{booth} is {booths[booth].klass}, {key} wants {wanted[key].klass}")
            if booth in instance.blocked:
                raise node.refuse(f"{booth} is blocked")
        spots = sorted(at.get(booth, (-1, -number)) for number, booth in enumerate(places))
        split = any(one[0] != two[0] or one[1] + 1 != two[1] for one, two in pairwise(spots))
        if key not in instance.agreed_split and (split or spots[0][0] < 0):
            raise node.refuse("are not side by side in one row")
    beside = {frozenset(pair) for pair in instance.touching}
    for number, (one, two) in enumerate(instance.rivals):
        pairs = ((a, b) for a in instance.fixed.get(one, ()) for b in instance.fixed.get(two, ()))
        if any(frozenset(pair) in beside for pair in pairs):
            raise BadInstance(f"$.rivals[{number}]", "are fixed to booths that touch")


def _key(key: str, node: Node, wanted: Mapping[str, Exhibitor]) -> str:
    if key not in wanted:
        raise node.refuse(f"{key!r} is no exhibitor")
    return key


def _zone(key: str, node: Node, zones: frozenset[str]) -> str:
    if key not in zones:
        raise node.refuse(f"{key!r} is no zone")
    return key
