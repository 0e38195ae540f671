"""Where exhibitors come from, for the director's dashboard."""

from typing import Any

from django import template

from booths.open_data import by_province
from fairs.headlines import Moment
from fairs.models import Edition, Province
from fairs.open_data import Part
from fairs.provinces import key_of
from fairs.reference import province_tiles
from fairs.templatetags.fair import language
from fairs.tile_map import PROVINCE, letters, tile_map

register = template.Library()


@register.simple_tag
def province_map(moment: Moment, when: str) -> dict[str, Any]:
    """Exhibitors by province on a map of tiles and as rows, the most first; `when` is then or now."""
    now = when == "now"
    units = _standing(moment.edition, now=now)
    none = [Part(key_of(one), one.name_vi, one.name_en, 0) for one in units]
    found = by_province(moment.edition, now=now)
    every = {one.key: one for one in (*none, *found)}
    places = {key_of(one): province_tiles().get((one.code, one.valid_from)) for one in units}
    drawn = tile_map(
        {key: place for key, place in places.items() if place},
        [(one.key, _name(one), letters(one.name_vi), one.number) for one in every.values()],
        PROVINCE,
    )
    found.sort(key=lambda one: (one.key not in places, -one.number, _name(one)))
    rows = [(_name(one), one.number) for one in found]
    return {"map": drawn, "rows": rows, "total": sum(number for _name, number in rows), "now": now}


def _name(part: Part) -> str:
    return part.name_vi if language() == "vi" else part.name_en


def _standing(edition: Edition, *, now: bool) -> list[Province]:
    """The provinces of the first day of the fair, or those of today."""
    return list(Province.objects.filter(valid_to=None) if now else Province.objects.on(edition.opens_on))
