"""What the law about personal data asks of every app: each has a `privacy.py` that says it here.

Whom a consent's end concerns is said by `on_withdrawal`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairs.models import Consent

Ending = Callable[["Consent", Any], None]

_endings: dict[str, list[Ending]] = {}


def on_withdrawal(purpose: str) -> Callable[[Ending], Ending]:
    """What else ends with a consent of this purpose, in the transaction that withdraws it (consent, by)."""

    def register(step: Ending) -> Ending:
        _endings.setdefault(purpose, []).append(step)
        return step

    return register


def end_with(consent: "Consent", by: Any) -> None:
    """Do what hangs on a consent that was just withdrawn."""
    for step in _endings.get(consent.purpose, []):
        step(consent, by)
