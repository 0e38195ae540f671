"""Hints over the WebSocket: they say that something changed, never what."""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from django.db import transaction
from django.urls import path

if TYPE_CHECKING:
    from fairs.models import Edition

PUBLIC_TOPICS = ("floor", "filling")
_server_loop: asyncio.AbstractEventLoop | None = None


def announce(edition: "Edition", topic: str) -> None:
    """Tell the open pages of an edition, after commit, that a topic changed."""
    transaction.on_commit(lambda: _send(edition.pk, topic))


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

    async def hint(self, event: dict[str, Any]) -> None:
        """Pass a hint on to the page."""
        await self.send_json({"topic": event["topic"]})

    @property
    def _slug(self) -> str:
        return str(self.scope["url_route"]["kwargs"]["edition"])


async def _scopes(person: Any, edition: "Edition") -> list[str]:
    """Everybody hears public topics; whoever takes part hears the rest, which says nothing but its name."""
    known = [f"edition.{edition.pk}.public"]
    if person.is_authenticated:
        known.append(f"edition.{edition.pk}.people")
    return known


def _send(edition_pk: int, topic: str) -> None:
    circle = "public" if topic in PUBLIC_TOPICS else "people"
    _run(get_channel_layer().group_send(f"edition.{edition_pk}.{circle}", {"type": "hint", "topic": topic}))


def _run(work: Coroutine[Any, Any, None]) -> None:
    """In the server's own loop when there is one: the in-memory layer serves that loop alone."""
    if _server_loop is not None and _server_loop.is_running():
        asyncio.run_coroutine_threadsafe(work, _server_loop)
    else:
        async_to_sync(lambda: work)()


def serve_in(loop: asyncio.AbstractEventLoop) -> None:
    """Hand all further announcements of this process to the loop of its server."""
    global _server_loop
    _server_loop = loop


routes = [path("ws/<slug:edition>/", Hints.as_asgi())]
