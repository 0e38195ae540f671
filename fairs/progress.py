"""How far the worker is with something long, and the word that ends it: between the worker and open pages, by cache."""

import time
from typing import Any

from django.core.cache import cache

SAID_EVERY = 0.3  # seconds between two words, for those who read them
REMEMBERED = 24 * 3600  # seconds
SILENCE = 20  # seconds without a word after which the worker is taken for dead


class Stopped(Exception):
    """An officer ended the work."""


class Progress:
    """Of one piece of work, known by its key; the worker speaks, pages read, an officer may stop it."""

    def __init__(self, key: str) -> None:
        self.key = f"work:{key}"
        self._last = 0.0

    @property
    def said(self) -> Any:
        """What the worker said last; nothing before its first word."""
        return cache.get(f"{self.key}:said")

    @property
    def silent(self) -> bool:
        """Whether the worker has said nothing for long: it died, or has not come to it yet."""
        return not cache.get(f"{self.key}:alive")

    @property
    def stopped(self) -> bool:
        """Whether an officer wants it to end."""
        return bool(cache.get(f"{self.key}:stop"))

    def stop(self) -> None:
        """Have the worker end at its next step."""
        cache.set(f"{self.key}:stop", True, REMEMBERED)

    def say(self, word: Any) -> bool:
        """Tell how far it is, not more often than a person can read; whether it was told."""
        if time.monotonic() - self._last < SAID_EVERY:
            return False
        self._last = time.monotonic()
        cache.set(f"{self.key}:said", word, REMEMBERED)
        cache.set(f"{self.key}:alive", True, SILENCE)
        return True

    def step(self, done: int) -> None:
        """One step is done; raises Stopped once an officer has ended the work."""
        if self.say(done) and self.stopped:
            raise Stopped
