"""Hints over the WebSocket: that something changed; what changed only where it is public, small and language-free."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from django.db import DatabaseError, close_old_connections, transaction
from django.urls import path
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from fairs.models import Edition

PUBLIC_TOPICS = ("floor",)
log = logging.getLogger("fairs.live")
_server_loop: asyncio.AbstractEventLoop | None = None
_versions: dict[str, Callable[[int], dict[str, Any]]] = {}
_muted = False


class NotYet(Exception):
    """The topic was said less than `seconds` ago, by this process or another; say it later."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def versioned(topic: str) -> Callable[[Callable[[int], dict[str, Any]]], Callable[[int], dict[str, Any]]]:
    """From an app's hints.py: what goes with the hints of a topic of an edition (by key), its version among it.

    An empty answer means that nothing changed, and no hint is sent. May raise NotYet.
    """

    def keep(find: Callable[[int], dict[str, Any]]) -> Callable[[int], dict[str, Any]]:
        _versions[topic] = find
        return find

    return keep


def announce(edition: "Edition", topic: str) -> None:
    """Tell the open pages of an edition, after commit, that a topic changed."""
    if not _muted:
        transaction.on_commit(lambda: _calm.say(edition.pk, topic))


def mute() -> None:
    """For a process to which nobody listens, such as the filling of a demonstration: it says nothing any more."""
    global _muted
    _muted = True


class Hints(AsyncJsonWebsocketConsumer):
    """One socket a page: it names its edition, and gets the topics its person may know about."""

    async def connect(self) -> None:
        from fairs.models import Edition  # the apps are not loaded when routes are

        self.groups_joined: list[str] = []
        edition = await Edition.objects.visible_to(self.scope["user"]).filter(slug=self._slug).afirst()
        if edition is None:
            await self.close(code=4404)
            return
        await self.accept()
        for scope in await _scopes(self.scope["user"], edition):
            await self.channel_layer.group_add(scope, self.channel_name)
            self.groups_joined.append(scope)

    async def disconnect(self, code: int) -> None:
        for scope in self.groups_joined:
            await self.channel_layer.group_discard(scope, self.channel_name)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """A hint needs no database: of the work of passing one on, asking a thread to close old connections is most."""
        if message["type"] == "hint":
            await self.hint(message)
        else:
            await super().dispatch(message)

    async def hint(self, event: dict[str, Any]) -> None:
        """Pass a hint on to the page."""
        await self.send_json({name: value for name, value in event.items() if name != "type"})

    @property
    def _slug(self) -> str:
        return str(self.scope["url_route"]["kwargs"]["edition"])


async def _scopes(person: Any, edition: "Edition") -> list[str]:
    """Everybody hears public topics; whoever takes part hears the rest, which says nothing but its name."""
    known = [f"edition.{edition.pk}.public"]
    if person.is_authenticated:
        known.append(f"edition.{edition.pk}.people")
    return known


class Calm:
    """Lets a topic of an edition through at most twice a second; what comes in between is said once, a little later."""

    def __init__(self, least: float = 0.5) -> None:
        self.least = least  # seconds between two hints
        self.said: dict[tuple[int, str], float] = {}
        self.waiting: set[tuple[int, str]] = set()
        self.lock = threading.Lock()

    def say(self, edition_pk: int, topic: str) -> None:
        """Now, in a moment, or not at all because it will be said in a moment."""
        key = (edition_pk, topic)
        with self.lock:
            if key in self.waiting:
                return
            wait = self.said.get(key, 0.0) + self.least - time.monotonic()
            if wait > 0:
                self._wait(key, wait)
                return
            self.said[key] = time.monotonic()
        self._say(key)

    def _say(self, key: tuple[int, str]) -> None:
        try:
            _send(*key)
        except NotYet as early:
            with self.lock:
                if key not in self.waiting:
                    self._wait(key, early.seconds)

    def _wait(self, key: tuple[int, str], seconds: float) -> None:
        self.waiting.add(key)
        later = threading.Timer(seconds, self._say_late, [key])
        later.daemon = True
        later.start()

    def _say_late(self, key: tuple[int, str]) -> None:
        with self.lock:
            self.waiting.discard(key)
            self.said[key] = time.monotonic()
        try:
            self._say(key)
        finally:
            close_old_connections()  # a timer's thread ends here, and its connection with it


_calm = Calm()


def _send(edition_pk: int, topic: str) -> None:
    circle = "public" if topic in PUBLIC_TOPICS else "people"
    more = _found(edition_pk, topic)
    if more is None:
        return
    hint = {"type": "hint", "topic": topic, **more}
    _run(get_channel_layer().group_send(f"edition.{edition_pk}.{circle}", hint))


def _found(edition_pk: int, topic: str) -> dict[str, Any] | None:
    """What goes with the hint; None when there is nothing to say."""
    if topic not in _versions:
        return {}
    try:
        return _versions[topic](edition_pk) or None
    except DatabaseError:  # what was done is done: pages ask for themselves
        log.exception("the version of a topic was not found", extra={"facts": {"topic": topic}})
        return {}


def _run(work: Coroutine[Any, Any, None]) -> None:
    """In the server's own loop when there is one: the in-memory layer serves that loop alone."""
    if _server_loop is not None and _server_loop.is_running():
        asyncio.run_coroutine_threadsafe(work, _server_loop).add_done_callback(_tell_failure)
        return
    try:
        async_to_sync(_await)(work)
    except (OSError, RedisError) as failure:  # what was done is done, whether somebody hears of it or not
        log.error("a hint was not sent", exc_info=failure)


def _tell_failure(sending: "Future[None]") -> None:
    if failure := sending.exception():
        log.error("a hint was not sent", exc_info=failure)


async def _await(work: Coroutine[Any, Any, None]) -> None:
    await work


def serve_in(loop: asyncio.AbstractEventLoop) -> None:
    """Hand all further announcements of this process to the loop of its server."""
    global _server_loop
    _server_loop = loop


def serve_aside() -> None:
    """For a server without a loop: one in a thread of its own, whose connections serve all further announcements."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="hints", daemon=True).start()
    serve_in(loop)


routes = [path("ws/<slug:edition>/", Hints.as_asgi())]
