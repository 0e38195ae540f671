"""The demonstration's rounds of the live sale: groups of households and who came before first, then everybody."""

from typing import Any

from booths.actions.openings import set_opening
from fairs.demo.stages import moment
from fairs.models import Edition
from fairs.permissions import Actor

ROUNDS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("2018-07-16 14:00", "Nhóm hộ làng nghề", "Groups of a craft village", {"groups_only": True}),
    ("2018-07-16 15:00", "Đơn vị đã tham gia kỳ trước", "Exhibitors of earlier editions", {"returning": True}),
    ("2018-07-16 16:00", "Mọi đơn vị đã được chấp nhận", "Everybody who is accepted", {}),
]


def open_the_sale(edition: Edition, *, by: Actor) -> None:
    """On the day of the allocation round, an hour after each other."""
    for opens, name_vi, name_en, asked in ROUNDS:
        set_opening(edition, opens_at=moment(opens), name_vi=name_vi, name_en=name_en, by=by, **asked)
