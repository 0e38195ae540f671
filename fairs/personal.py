"""What the law about personal data asks of every app: each has a `privacy.py` that says it here.

Every column that points to a person is named once: by `hand_over` when its rows are the person's own data, with what of
them is handed over and what erasing the person leaves of them, or by `leave_out` with the reason. A test fails for a
column that nobody has named.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from fairs.models import Consent, Person

Ending = Callable[["Consent", Any], None]
Erasing = Callable[["Person", Any], None]


@dataclass(frozen=True)
class Part:
    """The rows of a model that are a person's own data."""

    model: str
    column: str
    fields: tuple[str, ...]
    masks: Mapping[str, Any] = field(default_factory=dict)  # what erasing writes into them
    goes: bool = False  # erasing deletes the rows
    only: Mapping[str, Any] = field(default_factory=dict)  # which of the rows are theirs, where others have some too
    more: Callable[..., Mapping[str, Any]] | None = None  # what else is handed over (row, reader)

    def rows(self, person: "Person") -> Any:
        """The person's rows, in the order they came."""
        rows = apps.get_model(self.model)._base_manager.filter(**{self.column: person.pk, **self.only})
        related = [name for name in self.fields if rows.model._meta.get_field(name).is_relation]
        return rows.select_related(*related).order_by("pk")

    def erase(self, person: "Person") -> None:
        """Leave nothing personal in them."""
        if self.goes:
            self.rows(person).delete()
        elif self.masks:
            self.rows(person).update(**self.masks)


_endings: dict[str, list[Ending]] = {}
_parts: list[Part] = []
_left_out: dict[tuple[str, str], str] = {}
_erasings: list[Erasing] = []
_unasked: set[str] = set()


def hand_over(model: str, column: str, *fields: str, **how: Any) -> None:
    """Rows that are the person's own data: these fields of them are in the copy that the person may ask for."""
    _parts.append(Part(model, column, fields, **how))


def leave_out(model: str, *columns: str, why: str) -> None:
    """Columns that only say who of the organiser, or for a company, did something; the journal handed over has it."""
    _left_out.update({(model, column): why for column in columns})


def parts() -> list[Part]:
    """All rows that are people's own data."""
    return list(_parts)


def left_out() -> dict[tuple[str, str], str]:
    """The columns that are left out, with the reason."""
    return dict(_left_out)


def on_erasure(step: Erasing) -> Erasing:
    """What ends before a person is erased, in the same transaction (person, by)."""
    _erasings.append(step)
    return step


def end_before_erasing(person: "Person", by: Any) -> None:
    """Do what hangs on a person who is about to be erased."""
    for step in _erasings:
        step(person, by)


def unasked(*kinds: str) -> None:
    """Letters that nobody has asked for, such as invitations: who has restricted the use of their data gets none."""
    _unasked.update(kinds)


def is_unasked(kind: str) -> bool:
    """Whether a kind of letter comes without being asked for."""
    return kind in _unasked


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
