"""Django's Redis cache that survives its server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def forgiving(method: Callable[..., Any], miss: Any) -> Callable[..., Any]:
    """In: a cache method and its answer while Redis is away. Out: one that never raises."""

    @wraps(method)
    def attempt(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except RedisError as error:
            logger.warning("cache %s failed: %s", method.__name__, error)
            return miss

    return attempt


class ForgivingRedisCache(RedisCache):
    """An unreachable Redis is a cache miss, not a 500 for the reader."""

    get_many = forgiving(RedisCache.get_many, {})
    has_key = forgiving(RedisCache.has_key, False)
    add = forgiving(RedisCache.add, False)
    set = forgiving(RedisCache.set, None)
    set_many = forgiving(RedisCache.set_many, [])
    touch = forgiving(RedisCache.touch, False)
    delete = forgiving(RedisCache.delete, False)
    delete_many = forgiving(RedisCache.delete_many, None)
    clear = forgiving(RedisCache.clear, None)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return forgiving(super().get, default)(key, default, version)
