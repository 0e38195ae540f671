"""The cache of an installation: what it remembers makes pages faster and limits count, but nothing depends on it."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("fairs.caches")
SAID_EVERY = 10  # seconds
Answer = TypeVar("Answer")


class ForgetfulRedis(RedisCache):
    """While Redis does not answer each process remembers for itself: whoever asks gets an answer all the same.

    Limits go on counting, by process, and what others remembered is not known. `/readyz` says that Redis is gone.
    """

    _said = 0.0

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._meanwhile = LocMemCache("while Redis is gone", params)

    @property
    def answers(self) -> bool:
        """Whether Redis is there."""
        try:
            return bool(self._cache.get_client(None).ping())
        except (RedisError, OSError):
            return False

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(
            lambda: super(ForgetfulRedis, self).get(key, default, version),
            lambda: self._meanwhile.get(key, default, version),
        )

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(
            lambda: super(ForgetfulRedis, self).set(key, value, timeout, version),
            lambda: self._meanwhile.set(key, value, timeout, version),
        )

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True without Redis to the first of this process: work that may be done twice, never not at all."""
        return self._try(
            lambda: super(ForgetfulRedis, self).add(key, value, timeout, version),
            lambda: self._meanwhile.add(key, value, timeout, version),
        )

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._try(
            lambda: super(ForgetfulRedis, self).incr(key, delta, version),
            lambda: self._meanwhile.incr(key, delta, version),
        )

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(
            lambda: super(ForgetfulRedis, self).touch(key, timeout, version),
            lambda: self._meanwhile.touch(key, timeout, version),
        )

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._try(
            lambda: super(ForgetfulRedis, self).delete(key, version), lambda: self._meanwhile.delete(key, version)
        )

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._try(
            lambda: super(ForgetfulRedis, self).has_key(key, version), lambda: self._meanwhile.has_key(key, version)
        )

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        asked = list(keys)
        return self._try(
            lambda: super(ForgetfulRedis, self).get_many(asked, version),
            lambda: self._meanwhile.get_many(asked, version),
        )

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._try(
            lambda: super(ForgetfulRedis, self).set_many(data, timeout, version),
            lambda: self._meanwhile.set_many(data, timeout, version),
        )

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        asked = list(keys)
        self._try(
            lambda: super(ForgetfulRedis, self).delete_many(asked, version),
            lambda: self._meanwhile.delete_many(asked, version),
        )

    def _try(self, ask: Callable[[], Answer], otherwise: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except (RedisError, OSError) as failure:
            if time.monotonic() - ForgetfulRedis._said > SAID_EVERY:
                ForgetfulRedis._said = time.monotonic()
                log.error("the cache does not answer", extra={"facts": {"error": type(failure).__name__}})
            return otherwise()
