"""Asking the site as browsers, phones and services do, and how each answer was."""

import http.client
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

TRIES = 8
PAUSE = 0.4  # seconds before a request is sent again whose answer was cut off
PATIENCE = 60  # seconds for an answer
NONE = 0  # the status of an answer that was cut off


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when nothing did, however often it was asked."""

    status: int
    body: bytes = b""

    @property
    def good(self) -> bool:
        return 200 <= self.status < 400

    @property
    def told(self) -> Any:
        """The JSON in it."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """Why it was refused."""
        try:
            return str(self.told.get("code", "")) if not self.good else ""
        except (ValueError, AttributeError):
            return ""


@dataclass(frozen=True)
class Heard:
    """One try: what was asked, how it ended, in how many seconds, and the real moment of its end."""

    kind: str
    status: int
    seconds: float
    at: float
    code: str = ""
    path: str = ""


@dataclass
class Site:
    """The site at an address, and every answer it has given."""

    address: str
    heard: list[Heard] = field(default_factory=list)

    def ask(
        self,
        kind: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        tries: int = TRIES,
        patience: float = PATIENCE,
    ) -> Answer:
        """Ask until something answers; whatever is asked here may be asked again. A body that is no text is JSON."""
        head = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body, head = json.dumps(body).encode(), {"Content-Type": "application/json"} | head
        for turn in range(tries):
            time.sleep(PAUSE * turn)
            answer = self._try(kind, method, path, body, head, patience)
            if answer.status != NONE:
                return answer
        return Answer(NONE)

    def _try(
        self, kind: str, method: str, path: str, body: bytes | None, headers: Mapping[str, str], patience: float
    ) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=patience)
        begun = time.monotonic()
        try:
            connection.request(method, path, body, dict(headers))
            got = connection.getresponse()
            answer = Answer(got.status, got.read())
        except (OSError, http.client.HTTPException):
            answer = Answer(NONE)
        finally:
            connection.close()
        took = time.monotonic() - begun
        self.heard.append(Heard(kind, answer.status, took, time.time(), answer.code, path))
        return answer


@dataclass
class Noted:
    """What the site has acknowledged, by kind: a key, a number with it, and where it belongs."""

    rows: list[tuple[str, str, float, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, key: object, number: float = 0, text: str = "") -> None:
        """The site said yes to this."""
        with self.lock:
            self.rows.append((kind, str(key), number, text))

    def complain(self, sentence: str) -> None:
        """The site said something that must not be."""
        with self.lock:
            self.wrong.append(sentence)
