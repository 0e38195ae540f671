"""What upper apps hand down to the common ground."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fairs.permissions import APART


@dataclass(frozen=True)
class NavItem:
    """A way into a station: `shell` is the base page it belongs to (desk, exhibitor, importer, public)."""

    shell: str
    order: int
    label: Any
    url_name: str
    icon: str
    roles: frozenset[str] = frozenset()  # of the desk; none named means any officer
    own: bool = False  # the work of these roles alone, no director's

    def open_to(self, held: frozenset[str]) -> bool:
        """Whether somebody with these roles finds it in the navigation; who stands apart finds only their own."""
        if not self.roles:
            return self.shell != "desk" or bool(held - APART)
        return bool(held & (self.roles if self.own else {"director", *self.roles}))


@dataclass(frozen=True)
class Task:
    """Something that waits for an officer's decision, with the page where it is taken."""

    title: Any
    note: Any
    url: str
    verb: Any
    icon: str = "clock"
    kind: str = "wait"


@dataclass(frozen=True)
class Arrival:
    """A verb of the journal by which the fair fills up, such as an application handed in.

    `figures` of the report ("B1.allocated") are expected to grow at an even pace from the first arrival to the opening.
    """

    verb: str
    label: Any
    figures: tuple[str, ...] = ()


_nav: list[NavItem] = []
_verbs: dict[str, Any] = {}
_verbs_of_many: dict[str, Any] = {}
_arrivals: list[Arrival] = []
_copiers: list[Callable[..., None]] = []
_beginnings: list[Callable[..., None]] = []
_beats: list[Callable[[], None]] = []
_waiting: list[Callable[..., Iterable[Task]]] = []
_blocks: list[Callable[..., Iterable[tuple[int, int]]]] = []
_passes: list[Callable[..., Iterable[int]]] = []
_more_passes: list[Callable[..., int]] = []
_given_passes: list[Callable[..., int]] = []
_shells: list[Callable[..., str]] = []


def add_nav(items: Iterable[NavItem]) -> None:
    """From an app's nav.py."""
    _nav.extend(items)


def nav_for(shell: str) -> list[NavItem]:
    """The items of a base page, in their order."""
    return sorted((item for item in _nav if item.shell == shell), key=lambda item: item.order)


def add_shell(rule: Callable[..., str]) -> Callable[..., str]:
    """From an app's nav.py: the base page of whoever has something of the app's in the edition, else "".

    Called with the person and the edition.
    """
    _shells.append(rule)
    return rule


def shells(person: Any, edition: Any) -> Iterator[str]:
    """What each rule says of the person, one asked after the other."""
    return (rule(person, edition) for rule in _shells)


def add_verbs(verbs: Mapping[str, Any]) -> None:
    """From an app's verbs.py: a journal verb and its sentence with %(actor)s, %(company)s, %(subject)s."""
    _verbs.update(verbs)


def add_verbs_of_many(verbs: Mapping[str, Any]) -> None:
    """From an app's verbs.py: the sentence of one deed on many things, with %(count)s and %(subject)s for all names.

    Entries of one minute are told together; those of several companies only when the sentence names no %(company)s.
    """
    _verbs_of_many.update(verbs)


def sentence(verb: str) -> Any | None:
    """The sentence of a journal verb, translated when it is printed."""
    return _verbs.get(verb)


def sentence_of_many(verb: str) -> Any | None:
    """The sentence of many entries of a verb, translated when it is printed; None for what is told one by one."""
    return _verbs_of_many.get(verb)


def verbs() -> list[str]:
    """Every verb of the journal that has a sentence."""
    return sorted(_verbs)


def add_arrivals(arrivals: Iterable[Arrival]) -> None:
    """From an app's verbs.py: what counts as the fair filling up."""
    _arrivals.extend(arrivals)


def arrivals() -> list[Arrival]:
    """How the fair fills up, one series of the dashboard each."""
    return list(_arrivals)


def add_beginning(begin: Callable[..., None]) -> None:
    """From an app's set_up.py: what an edition that is no copy of another begins with."""
    _beginnings.append(begin)


def beginnings() -> list[Callable[..., None]]:
    """All of them, in the order of the apps from the ground up."""
    return list(reversed(_beginnings))


def add_copier(copier: Callable[..., None]) -> None:
    """From an app's set_up.py: copy what the app owns of one edition's set-up into another (source, target)."""
    _copiers.append(copier)


def copiers() -> list[Callable[..., None]]:
    """All copiers, in the order of the apps from the ground up."""
    return list(reversed(_copiers))


def on_beat(step: Callable[[], None]) -> Callable[[], None]:
    """From an app's tasks.py: something the heartbeat does each time, safe to do twice or late."""
    _beats.append(step)
    return step


def beats() -> list[Callable[[], None]]:
    """All steps of the heartbeat."""
    return list(_beats)


def add_blocks(find: Callable[..., Iterable[tuple[int, int]]]) -> Callable[..., Iterable[tuple[int, int]]]:
    """From an app's places.py: which of some companies stand in the block of another (edition, company ids)."""
    _blocks.append(find)
    return find


def hosts_of(edition: Any, companies: Iterable[int]) -> dict[int, int]:
    """The host of each of the companies that stands in the block of another one of them."""
    among = frozenset(companies)
    return {guest: host for find in _blocks for guest, host in find(edition, among) if host in among}


def add_passes(find: Callable[..., Iterable[int]]) -> Callable[..., Iterable[int]]:
    """From an app's places.py: which of some companies have given passes to their people (edition, company ids)."""
    _passes.append(find)
    return find


def with_passes(edition: Any, companies: Iterable[int]) -> set[int]:
    """Those of the companies that have given passes which still open a gate."""
    among = frozenset(companies)
    return {company for find in _passes for company in find(edition, among)}


def add_more_passes(count: Callable[..., int]) -> Callable[..., int]:
    """From an app's places.py: how many passes a company has paid for beside its quota (edition, company's key)."""
    _more_passes.append(count)
    return count


def more_passes(edition: Any, company: int) -> int:
    """How many passes a company may give beyond the quota of its part."""
    return sum(count(edition, company) for count in _more_passes)


def add_given_passes(count: Callable[..., int]) -> Callable[..., int]:
    """From an app's places.py: how many passes of a company open a gate (edition, company's key)."""
    _given_passes.append(count)
    return count


def given_passes(edition: Any, company: int) -> int:
    """How many passes of a company are in use."""
    return sum(count(edition, company) for count in _given_passes)


def add_waiting(find: Callable[..., Iterable[Task]]) -> Callable[..., Iterable[Task]]:
    """From an app's nav.py: what waits in an edition for a person to decide (edition, roles)."""
    _waiting.append(find)
    return find


def waiting(edition: Any, roles: frozenset[str]) -> list[Task]:
    """Everything that waits for somebody with these roles."""
    return [task for find in _waiting for task in find(edition, roles)]
