"""The cache: Redis while it answers, this process's own memory while it does not.

Throttles and sign-in limits count in the cache. Without Redis they must neither stop every visitor nor stop
counting, so each process then counts for itself. After a failure Redis is left alone for a few seconds, so that one
silent server does not make every request wait for a timeout.
"""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

REST_SECONDS = 5.0
_resting: dict[str, float] = {}  # server address -> monotonic time before which it is not asked again; one per process


def _from_either(method: str) -> Callable[..., Any]:
    def call(self: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _resting.get(self.address, 0.0):
            try:
                return getattr(RedisCache, method)(self, *args, **kwargs)
            except (RedisError, OSError):
                _resting[self.address] = time.monotonic() + REST_SECONDS
        return getattr(self.memory, method)(*args, **kwargs)

    return call


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with a fallback for every operation this project and its libraries use."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.address = server
        plain = {name: value for name, value in params.items() if name.upper() != "OPTIONS"}
        self.memory = LocMemCache(f"instead of {server}", plain | {"OPTIONS": {"MAX_ENTRIES": 10_000}})

    add = _from_either("add")
    get = _from_either("get")
    set = _from_either("set")
    touch = _from_either("touch")
    delete = _from_either("delete")
    has_key = _from_either("has_key")
    incr = _from_either("incr")
    get_many = _from_either("get_many")
    set_many = _from_either("set_many")
    delete_many = _from_either("delete_many")
    clear = _from_either("clear")
