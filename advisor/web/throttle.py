"""Limits on costly actions. They keep working, per process, while Redis is down (see cache.py)."""

import hashlib
import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allow(key: str, limit: int, seconds: int) -> bool:
    """Count one use of `key`; False once there were more than `limit` in the current window of `seconds`."""
    name = f"throttle:{hashlib.sha256(key.encode()).hexdigest()}:{seconds}:{window(seconds)}"
    cache.add(name, 0, timeout=seconds + 60)
    try:
        return int(cache.incr(name)) <= limit
    except ValueError:  # the counter vanished between the two lines: the cache was emptied
        return True


def window(seconds: int) -> int:
    """The number of the current window; windows follow each other without a gap."""
    return int(time.time() // seconds)


def client_address(request: HttpRequest) -> str:
    """The visitor's address, fit for a throttle key.

    X-Forwarded-For is written by whoever sends it, so it counts only as far as our own proxies added to it:
    TRUSTED_PROXIES says how many there are, and the address is read that many places from the right. An IPv6 visitor
    owns a whole /64, so that network is the address.
    """
    written = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(hops) >= proxies:
            written = hops[-proxies]
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
