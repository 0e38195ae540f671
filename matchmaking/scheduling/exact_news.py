"""What searches tell the one that started them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class News:
    """What a search has come to: a timetable, and so many breaks as there must be; neither when there is none."""

    at: tuple[int, ...] | None = None
    least: int | None = None
