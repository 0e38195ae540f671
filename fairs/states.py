"""A state machine is a table on the model, followed by one compare-and-set."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from fairs import clock, journal
from fairs.errors import Refused

if TYPE_CHECKING:
    from fairs.permissions import Actor


class Transition(NamedTuple):
    """One verb's row of the table."""

    sources: tuple[str, ...]
    target: str


class StateConflict(Refused):
    """Somebody was faster; the object has been refreshed and names the state that won."""

    def __init__(self, loser: "Stateful", verb: str) -> None:
        super().__init__(
            "state_conflict",
            _("This is already “%(state)s”, so it cannot be changed this way. The page now shows how it stands.")
            % {"state": loser.get_state_display()},
        )
        self.loser = loser
        self.verb = verb


class Stateful(models.Model):
    """A thing whose state changes only by the verbs of its TRANSITIONS."""

    TRANSITIONS: ClassVar[Mapping[str, Transition]] = {}
    LASTING: ClassVar[tuple[str, ...]] = ()  # relations that no verb changes: what was read of them stays

    state = models.CharField(max_length=20)
    state_changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0)

    if TYPE_CHECKING:

        def get_state_display(self) -> str: ...

    class Meta:
        abstract = True

    def can(self, verb: str) -> bool:
        """Whether the table has this verb for the state the object is in."""
        return self.state in self.TRANSITIONS[verb].sources

    @property
    def verbs(self) -> list[str]:
        """The verbs open from here, in the table's order."""
        return [verb for verb in self.TRANSITIONS if self.can(verb)]

    def follow(self, verb: str, *, by: "Actor", **fields: Any) -> None:
        """Move by one verb, together with the given fields, and journal it.

        One UPDATE compares and sets, so of two rivals one wins. Raises StateConflict for the other.
        """
        move = self.TRANSITIONS[verb]
        rows = type(self)._base_manager.filter(pk=self.pk, state__in=move.sources)
        won = rows.update(state=move.target, state_changed_at=clock.now(), version=F("version") + 1, **fields)
        self._read_again()
        if not won:
            raise StateConflict(self, verb)
        journal.record(verb, self, by=by, fields=("state", *fields))

    def _read_again(self) -> None:
        known = {name: self._state.fields_cache[name] for name in self.LASTING if name in self._state.fields_cache}
        self.refresh_from_db()
        self._state.fields_cache |= {name: one for name, one in known.items() if getattr(self, f"{name}_id") == one.pk}


def follow_all(things: Sequence[Stateful], verb: str, *, by: "Actor") -> list[Stateful]:
    """Move by one verb all of these, locked by the caller, for which the table has it; answers those that moved."""
    moved = [thing for thing in things if thing.can(verb)]
    for thing in moved:
        thing.state, thing.state_changed_at = thing.TRANSITIONS[verb].target, clock.now()
        thing.version += 1
    if moved:
        type(moved[0])._base_manager.bulk_update(moved, ["state", "state_changed_at", "version"], batch_size=500)
        journal.record_many(verb, moved, by=by, fields=["state"])
    return moved
