"""Taking the rows of a sheet into the draft of a plan."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from booths.actions.drafts import begin_draft, save_draft
from booths.floorplan.document import new_key
from fairs.imports import Taken, Values
from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require

PLACE = ("x", "y", "width", "depth")
MARGIN = 3.0
"""Metres around the booths of a hall that no row describes."""


def taker(edition: Edition, by: Actor) -> "PlanTaker":
    """What takes one row after the other, and saves the draft after the last."""
    require(by, "booths.set_up_floor", edition)
    return PlanTaker(edition, by)


class PlanTaker:
    """Gathers the changes that a sheet makes of a draft."""

    def __init__(self, edition: Edition, by: Actor) -> None:
        self.by = by
        self.draft = begin_draft(edition, by=by)
        self.content = self.draft.content
        self.changes: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.first_class = edition.booth_classes.values_list("code", flat=True).order_by("pk").first()
        self.keys = {
            section: {thing["code"]: key for key, thing in self.content[section].items()}
            for section in ("halls", "zones", "booths")
        }
        self.facilities = {_signature(one): key for key, one in self.content["facilities"].items()}
        self.undrawn: set[str] = set()

    def __call__(self, values: Values) -> Taken:
        """A hall, zone or booth by its code; anything else by its kind and name, or where it stands."""
        kind = values.get("kind") or "booth"
        if kind == "hall":
            self.undrawn.discard(values["code"])
            return self._coded("halls", values["code"], {**self._names("halls", values), **_place(values)})
        if kind == "zone":
            return self._zone(values)
        return self._booth(values) if kind == "booth" else self._facility(kind, values)

    def finish(self) -> None:
        """Save what was gathered; halls that only booths name are drawn around them."""
        for code in self.undrawn:
            key = self.keys["halls"][code]
            self.changes["halls"][key] |= self._around(key)
        save_draft(self.draft, version=self.draft.version, changes=dict(self.changes), by=self.by)
        record("take", self.draft, by=self.by)

    def _booth(self, values: Values) -> Taken:
        known = self._known("booths", values["code"])
        return self._coded(
            "booths",
            values["code"],
            {
                "hall": self._hall_key(values["hall"]),
                "zone": self._zone_key(values["zone"]),
                "class": values.get("class") or (known or {}).get("class") or self.first_class,
                **_place(values),
            },
        )

    def _zone(self, values: Values) -> Taken:
        known = self._known("zones", values["code"]) or {}
        groups = sorted(values.get("groups") or ()) or known.get("groups", [])
        return self._coded("zones", values["code"], {**self._names("zones", values), "groups": groups})

    def _facility(self, kind: str, values: Values) -> Taken:
        thing = {
            "kind": kind,
            "name_vi": values.get("name_vi") or "",
            "name_en": values.get("name_en") or "",
            **_place(values),
        }
        key = self.facilities.get(_signature(thing))
        return self._put("facilities", key, thing)

    def _hall_key(self, code: str) -> str:
        if code not in self.keys["halls"]:
            self._coded("halls", code, {"name_vi": code, "name_en": "", **dict.fromkeys(PLACE, 1.0)})
            self.undrawn.add(code)
        return self.keys["halls"][code]

    def _zone_key(self, code: str) -> str:
        if code not in self.keys["zones"]:
            self._coded("zones", code, {"name_vi": code, "name_en": "", "groups": []})
        return self.keys["zones"][code]

    def _coded(self, section: str, code: str, fields: Mapping[str, Any]) -> Taken:
        key = self.keys[section].get(code) or new_key()
        new = code not in self.keys[section]
        self.keys[section][code] = key
        return self._put(section, None if new else key, {"code": code, **fields}, key)

    def _put(self, section: str, known: str | None, thing: dict[str, Any], key: str = "") -> Taken:
        if known is None:
            self.changes[section][key or new_key()] = thing
            return "new"
        if self._now(section, known) == thing:
            return "same"
        self.changes[section][known] = thing
        return "changed"

    def _known(self, section: str, code: str) -> Mapping[str, Any] | None:
        key = self.keys[section].get(code)
        return self._now(section, key) if key else None

    def _now(self, section: str, key: str) -> Any:
        return self.changes[section].get(key) or self.content[section].get(key)

    def _names(self, section: str, values: Values) -> dict[str, str]:
        """A blank cell says nothing: a name that is known stays."""
        known = self._known(section, values["code"]) or {"name_vi": values["code"], "name_en": ""}
        return {name: values.get(name) or known[name] for name in ("name_vi", "name_en")}

    def _around(self, hall: str) -> dict[str, float]:
        booths = [one for one in (self.content["booths"] | self.changes["booths"]).values() if one["hall"] == hall]
        left, top = min(one["x"] for one in booths) - MARGIN, min(one["y"] for one in booths) - MARGIN
        right = max(one["x"] + one["width"] for one in booths) + MARGIN
        bottom = max(one["y"] + one["depth"] for one in booths) + MARGIN
        return {"x": left, "y": top, "width": round(right - left, 2), "depth": round(bottom - top, 2)}


def _place(values: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(values[name]) for name in PLACE}


def _signature(thing: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two things of a kind the same one: the name, or where they stand when they have none."""
    return (thing["kind"], thing["name_vi"] or tuple(thing[name] for name in PLACE))
