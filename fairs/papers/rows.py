"""Rows of a table on paper or in Word."""


class Across(tuple[str, ...]):
    """A row whose last text has the room of all columns that are left, and stands at their left edge."""

    __slots__ = ()
