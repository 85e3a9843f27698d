"""Health means that work gets done, not that a process exists.

Each check answers None, or one sentence about what is wrong. `settings.HEALTH_CHECKS` names them, so that higher
packages can add theirs without this one knowing about them.
"""

import time

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

SEEN_KEY = "health:worker-seen"


def problems() -> list[str]:
    """What stops this installation from working, in plain sentences; empty when all is well."""
    reason = database()
    if reason:  # every other check may need it
        return [reason]
    found = [import_string(path)() for path in settings.HEALTH_CHECKS]
    return [reason for reason in found if reason]


def database() -> str | None:
    """The database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "The database does not answer."
    return None


def broker() -> str | None:
    """Redis or Valkey answers."""
    client = redis.Redis.from_url(settings.REDIS_URL, **settings.REDIS_LIMITS)
    try:
        client.ping()
    except (redis.RedisError, OSError):
        return "The queue (Redis) does not answer."
    finally:
        client.close()
    return None


def worker() -> str | None:
    """A worker has carried out the regular heartbeat task, which passes through beat, broker and worker."""
    seen = cache.get(SEEN_KEY)
    if seen is None:
        return "No background worker has reported yet."
    if time.time() - float(seen) > settings.WORKER_SILENCE_SECONDS:
        return "The background worker has not reported for a while."
    return None


def note_worker() -> None:
    """Called by the heartbeat task."""
    cache.set(SEEN_KEY, time.time(), timeout=None)
