"""Provinces as they were and as they are: 63 until 30 June 2025, 34 since, some under the code of another."""

from collections.abc import Mapping

from fairs.models import Province


def as_now() -> Mapping[int, Province]:
    """For each province of any time, by its key, the one that stands in its place today."""
    every = {one.pk: one for one in Province.objects.all()}
    return {pk: _heir(one, every) for pk, one in every.items()}


def key_of(province: Province) -> str:
    """A key that means one unit for ever: a code alone means another one after 1 July 2025."""
    return f"{province.code}@{province.valid_from.isoformat()}"


def _heir(one: Province, every: Mapping[int, Province]) -> Province:
    seen = {one.pk}
    while one.successor_id and one.successor_id not in seen:
        one = every[one.successor_id]
        seen.add(one.pk)
    return one
