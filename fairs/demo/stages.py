"""The moments of the fair's life at which a demonstration can begin."""

from datetime import datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(text: str) -> datetime:
    """A moment in Hanoi, such as "2018-10-19 14:20"."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


BEGINNING = moment("2018-02-21 09:00")
STAGES = {
    "planning": moment("2018-04-16 09:00"),
    "selling": moment("2018-08-21 10:00"),
    "open": moment("2018-10-17 15:00"),
    "running": moment("2018-10-19 14:20"),
    "over": moment("2018-11-20 10:00"),
}
NETWORK_STAGES = {
    "planning": moment("2018-03-05 09:00"),
    "selling": moment("2018-03-26 10:00"),
    "open": moment("2018-05-22 15:00"),
    "running": moment("2018-05-24 14:20"),
    "over": moment("2018-06-20 10:00"),
}
EDITIONS = {"hgs": STAGES, "nc": NETWORK_STAGES}
"""The moments of each fair that can be demonstrated, by its short name."""
