"""How many requests an hour one machine carries while people wait no longer than the target.

Queueing is Erlang C (M/M/c; Kleinrock, "Queueing Systems", vol. 1, 1975): ``slots`` sequences served at once,
each for the time it takes to read the prompt and write the answer. All times may be arrays.
"""

from __future__ import annotations

import numpy as np

from advisor.engine.shapes import Quantity

SERVED_IN_TIME = 0.9  # share of requests that must start within the wait target; own choice
BATCH_UTILIZATION = 0.8  # work nobody waits for may keep a machine busy this share of the time; own choice
HALVINGS = 30  # of the range in which the largest rate is looked for: to a billionth


def share_waiting(slots: int, offered: Quantity) -> Quantity:
    """Erlang C: the share of requests that must wait. ``offered`` = arrivals x service time, in erlangs."""
    below = np.minimum(offered, slots)
    blocked: Quantity = 1.0
    for line in range(1, slots + 1):
        blocked = below * blocked / (line + below * blocked)
    return np.where(np.asarray(offered) >= slots, 1.0, blocked / (1 - below / slots * (1 - blocked)))


def late_share(slots: int, arrivals_per_s: Quantity, service_s: Quantity, wait_s: float) -> Quantity:
    """Share of requests that wait longer than ``wait_s`` seconds before they are served."""
    offered = arrivals_per_s * service_s
    spare = np.maximum(slots - offered, 0.0)
    return share_waiting(slots, offered) * np.exp(-spare * wait_s / service_s)


def requests_per_hour(slots: int, service_s: Quantity, wait_s: float | None) -> Quantity:
    """Largest hourly arrivals that one machine serves; ``wait_s`` None means nobody waits (batch)."""
    full = slots / service_s
    if wait_s is None:
        return full * BATCH_UTILIZATION * 3600
    low, high = np.zeros_like(full), full
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        in_time = np.asarray(late_share(slots, middle, service_s, wait_s)) <= 1 - SERVED_IN_TIME
        low, high = np.where(in_time, middle, low), np.where(in_time, high, middle)
    return low * 3600
