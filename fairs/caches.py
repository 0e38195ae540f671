"""The cache of an installation: what it remembers makes pages faster and limits count, but nothing depends on it."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("fairs.caches")
SAID_EVERY = 10  # seconds
Answer = TypeVar("Answer")


class ForgetfulRedis(RedisCache):
    """While Redis does not answer it knows nothing and keeps nothing: whoever asks gets an answer all the same.

    Limits do not count meanwhile, and what is done once a day waits. `/readyz` says that Redis is gone.
    """

    _said = 0.0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(ForgetfulRedis, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(lambda: super(ForgetfulRedis, self).set(key, value, timeout, version), None)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """False without Redis: nobody may be sure to be the only one."""
        return self._try(lambda: super(ForgetfulRedis, self).add(key, value, timeout, version), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError without Redis, as for a key that is not known."""
        found = self._try(lambda: super(ForgetfulRedis, self).incr(key, delta, version), None)
        if found is None:
            raise ValueError(f"Key '{key}' not found.")
        return int(found)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(lambda: super(ForgetfulRedis, self).touch(key, timeout, version), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._try(lambda: super(ForgetfulRedis, self).delete(key, version), False)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._try(lambda: super(ForgetfulRedis, self).has_key(key, version), False)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        return self._try(lambda: super(ForgetfulRedis, self).get_many(keys, version), {})

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._try(lambda: super(ForgetfulRedis, self).set_many(data, timeout, version), list(data))

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        self._try(lambda: super(ForgetfulRedis, self).delete_many(keys, version), None)

    def _try(self, ask: Callable[[], Answer], otherwise: Answer) -> Answer:
        try:
            return ask()
        except (RedisError, OSError) as failure:
            if time.monotonic() - ForgetfulRedis._said > SAID_EVERY:
                ForgetfulRedis._said = time.monotonic()
                log.error("the cache does not answer", extra={"facts": {"error": type(failure).__name__}})
            return otherwise
