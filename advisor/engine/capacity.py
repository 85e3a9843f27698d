"""How many requests an hour one machine carries while people wait no longer than the target.

Queueing is Erlang C (M/M/c; Kleinrock, "Queueing Systems", vol. 1, 1975): ``slots`` sequences served at once,
each for the time it takes to read the prompt and write the answer.
"""

from __future__ import annotations

import math

SERVED_IN_TIME = 0.9  # share of requests that must start within the wait target; own choice
BATCH_UTILIZATION = 0.8  # work nobody waits for may keep a machine busy this share of the time; own choice


def share_waiting(slots: int, offered: float) -> float:
    """Erlang C: the share of requests that must wait. ``offered`` = arrivals x service time, in erlangs."""
    if offered >= slots:
        return 1.0
    blocked = 1.0
    for line in range(1, slots + 1):
        blocked = offered * blocked / (line + offered * blocked)
    return blocked / (1 - offered / slots * (1 - blocked))


def late_share(slots: int, arrivals_per_s: float, service_s: float, wait_s: float) -> float:
    """Share of requests that wait longer than ``wait_s`` seconds before they are served."""
    offered = arrivals_per_s * service_s
    if offered >= slots:
        return 1.0
    return share_waiting(slots, offered) * math.exp(-(slots - offered) * wait_s / service_s)


def requests_per_hour(slots: int, service_s: float, wait_s: float | None) -> float:
    """Largest hourly arrivals that one machine serves; ``wait_s`` None means nobody waits (batch)."""
    full = slots / service_s
    if wait_s is None:
        return full * BATCH_UTILIZATION * 3600
    low, high = 0.0, full
    for _ in range(30):
        middle = (low + high) / 2
        if late_share(slots, middle, service_s, wait_s) <= 1 - SERVED_IN_TIME:
            low = middle
        else:
            high = middle
    return low * 3600
