"""The ways of paying: one file each, behind one small protocol."""

from typing import Any, Protocol

from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.money.ways import offline


class Way(Protocol):
    """A way of paying. `by_hand` ways are recorded by finance; the others report money by themselves."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> Any: ...

    @property
    def by_hand(self) -> bool: ...


WAYS: dict[str, Way] = {way.code: way for way in (offline.CASH, offline.BANK_SLIP)}


def way_named(code: str) -> Way:
    """The way with a code; refuses with `unknown_way`."""
    if code not in WAYS:
        raise Invalid(
            "unknown_way", _("This way of paying is not offered here."), {"way": [_("Choose one of the list.")]}
        )
    return WAYS[code]
