"""A few browsers that ask without a pause, each over one connection that stays open."""

from __future__ import annotations

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

BROWSERS = 4  # enough to keep two workers busy; more would measure this program


def rate(port: int, paths: Sequence[str], cookie: str, seconds: float) -> tuple[float, list[float]]:
    """Pages a second that came back whole, and how many milliseconds each took, in order of length.

    Each browser asks for its own share of the paths, again and again.

    Raises:
        AssertionError: a page answered with anything but 200.
    """
    end = time.perf_counter() + seconds
    with ThreadPoolExecutor(BROWSERS) as pool:
        found = list(pool.map(lambda number: _browse(port, paths[number::BROWSERS], cookie, end), range(BROWSERS)))
    times = sorted(took for each in found for took in each)
    return len(times) / seconds, times


def _browse(port: int, paths: Sequence[str], cookie: str, end: float) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    for path in cycle(paths):
        start = time.perf_counter()
        if start > end:
            break
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        if response.status != http.client.OK:
            raise AssertionError(f"{path}: {response.status}")
        times.append((time.perf_counter() - start) * 1000)
    connection.close()
    return times
