"""The files of pages, and pages past them without an event loop."""

import asyncio

import pytest
from django.test import AsyncClient, Client

NAMED = "fairs.middleware.static_files"


@pytest.fixture
def with_files(settings):
    """As a running site: the tests' own settings leave the files out."""
    place = settings.MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") + 1
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], NAMED, *settings.MIDDLEWARE[place:]]


def test_a_file_is_served_and_a_missing_one_is_not(with_files):
    client = Client()
    answer = client.get("/static/fairs/images/mark.svg")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"".join(answer).startswith(b"<svg")
    assert client.head("/static/fairs/images/mark.svg").status_code == 200
    assert client.get("/static/fairs/../../manage.py").status_code == 404


@pytest.mark.django_db
def test_a_page_begins_no_event_loop(with_files, monkeypatch):
    client = Client()
    client.get("/healthz")  # the middleware is loaded by the first request

    begun, run = [], asyncio.run
    monkeypatch.setattr(asyncio, "run", lambda *given, **more: begun.append(1) or run(*given, **more))
    assert client.get("/healthz").status_code == 200
    assert client.get("/static/nothing.css").status_code == 404
    assert not begun
    client.get("/static/fairs/images/mark.svg")
    assert begun  # the control: a file goes the other way


def test_under_asgi_the_library_serves_them(with_files):
    async def ask():
        answer = await AsyncClient().get("/static/fairs/images/mark.svg")
        return answer.status_code, [part async for part in answer.streaming_content]

    status, parts = asyncio.run(ask())
    assert (status, b"".join(parts)[:4]) == (200, b"<svg")
