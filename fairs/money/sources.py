"""What notices are about: each app registers its kinds of source in its own money.py."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fairs.money.grants import withdraw_grants

if TYPE_CHECKING:
    from fairs.models import Notice

# What to do, inside the transaction that settles or cancels a notice, with the ids its lines name.
Reaction = Callable[..., None]
_paid: dict[str, Reaction] = {}
_cancelled: dict[str, Reaction] = {}
_reopened: dict[str, Reaction] = {}
_claim: dict[str, Callable[..., "Notice"]] = {}


def register(
    kind: str, *, paid: Reaction, cancelled: Reaction, reopened: Reaction, claim: Callable[..., "Notice"]
) -> None:
    """Let an app say what "paid", "cancelled" and "unpaid again" mean for its things; all get `ids` and `by`.

    `claim` is asked when money came for things that may be gone meanwhile: it takes them again and answers the notice
    that charges for them, or refuses.
    """
    _paid[kind], _cancelled[kind], _reopened[kind], _claim[kind] = paid, cancelled, reopened, claim


def settled(notice: "Notice", *, by: Any) -> None:
    """Tell the owners of the notice's lines that it is paid in full."""
    _tell(_paid, notice, by=by)


def dropped(notice: "Notice", *, by: Any) -> None:
    """Tell the owners of the notice's lines that it is owed no more; support granted on it is withdrawn."""
    _tell(_cancelled, notice, by=by)
    withdraw_grants(notice, by=by)


def reopened(notice: "Notice", *, by: Any) -> None:
    """Tell the owners of the notice's lines that its money is not all here any more."""
    _tell(_reopened, notice, by=by)


def claim(kind: str, ids: list[int], *, by: Any) -> "Notice":
    """Take things again for which money came, and answer the notice that charges for them; or refuses."""
    return _claim[kind](ids=ids, by=by)


def can_claim(kind: str) -> bool:
    """Whether some app takes such things again for money."""
    return kind in _claim


def _tell(reactions: dict[str, Reaction], notice: "Notice", *, by: Any) -> None:
    named: dict[str, list[int]] = {}
    for kind, source_id in notice.lines.values_list("source_kind", "source_id"):
        if source_id is not None:
            named.setdefault(kind, []).append(source_id)
    for kind, ids in named.items():
        reactions[kind](ids=sorted(set(ids)), by=by)
