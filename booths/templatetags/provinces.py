"""Where exhibitors come from, for the director's dashboard."""

from typing import Any

from django import template

from booths.open_data import by_province
from fairs.headlines import Moment
from fairs.models import Edition, Province
from fairs.provinces import key_of
from fairs.reference import province_tiles
from fairs.templatetags.fair import language
from fairs.tile_map import tile_map

register = template.Library()


@register.simple_tag
def province_map(moment: Moment, when: str) -> dict[str, Any]:
    """Exhibitors by province on a map of tiles and as rows, the most first; `when` is then or now."""
    now = when == "now"
    found = {one.key: (one.name_vi if language() == "vi" else one.name_en, one.number)
             for one in by_province(moment.edition, now=now)}  # fmt: skip
    units = _standing(moment.edition, now=now)
    names = {key_of(one): one.name_vi if language() == "vi" else one.name_en for one in units}
    numbers = {key: (name, 0) for key, name in names.items()} | found
    places = {key_of(one): province_tiles().get((one.code, one.valid_from)) for one in units}
    drawn = tile_map(
        {key: place for key, place in places.items() if place},
        [(key, name, number) for key, (name, number) in numbers.items()],
    )
    rows = sorted(((name, number) for name, number in found.values()), key=lambda row: (-row[1], row[0]))
    return {"map": drawn, "rows": rows, "total": sum(number for _name, number in rows), "now": now}


def _standing(edition: Edition, *, now: bool) -> list[Province]:
    """The provinces of the first day of the fair, or those of today."""
    return list(Province.objects.filter(valid_to=None) if now else Province.objects.on(edition.opens_on))
