"""What notices are about: each app registers its kinds of source in its own money.py."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairs.models import Notice

# What to do, inside the transaction that settles or cancels a notice, with the ids its lines name.
Reaction = Callable[..., None]
_paid: dict[str, Reaction] = {}
_cancelled: dict[str, Reaction] = {}


def register(kind: str, *, paid: Reaction, cancelled: Reaction) -> None:
    """Let an app say what "paid" and "cancelled" mean for its things; both get `ids` and `by`."""
    _paid[kind] = paid
    _cancelled[kind] = cancelled


def settled(notice: "Notice", *, by: Any) -> None:
    """Tell the owners of the notice's lines that it is paid in full."""
    _tell(_paid, notice, by=by)


def dropped(notice: "Notice", *, by: Any) -> None:
    """Tell the owners of the notice's lines that it is owed no more."""
    _tell(_cancelled, notice, by=by)


def _tell(reactions: dict[str, Reaction], notice: "Notice", *, by: Any) -> None:
    named: dict[str, list[int]] = {}
    for kind, source_id in notice.lines.values_list("source_kind", "source_id"):
        if source_id is not None:
            named.setdefault(kind, []).append(source_id)
    for kind, ids in named.items():
        reactions[kind](ids=sorted(set(ids)), by=by)
