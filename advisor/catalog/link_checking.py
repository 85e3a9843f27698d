"""Do the addresses that sources name still answer? Asked politely, and dead only after failing on several days."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

import httpx2
from django.utils import timezone

from advisor.catalog.models import LinkCheck
from advisor.catalog.models.link import LinkCheckQuerySet
from advisor.web.safe_fetch import FetchError, FetchRefused, FetchTooSlow, Limits, safe_client

Answer = LinkCheck.Answer

# One address must not hold up the rest; a page that takes longer is as good as gone for a reader. Assumed.
LIMITS = Limits(seconds=10.0, content_types=(), reads_body=False)
PAUSE = 2.0  # seconds between two questions to one host; assumed, gentler than most robots files ask
SECONDS = 40.0  # of one run: with one last address it stays under the worker's soft limit of 60 s
MOST_OF_A_HOST = 5  # in one run; assumed
# Servers that answer so are there and only keep programs out (or ask for money or a login): no sign of a dead link.
KEEPS_PROGRAMS_OUT = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451})
AGENT = {"User-Agent": "open-source-ai-adoption-advisor link check", "Accept": "*/*"}


@dataclass(frozen=True)
class Found:
    """What an address answered; ``detail`` is a short sentence."""

    answer: LinkCheck.Answer
    detail: str


def check_due(*, seconds: float = SECONDS, most: int | None = None) -> list[LinkCheck]:
    """Look at addresses that are due until the time is over; the rows that were looked at, as they are now."""
    until = time.monotonic() + seconds
    asked: dict[str, float] = {}
    done: list[LinkCheck] = []
    for row in _in_turn(LinkCheck.objects.due(timezone.now()))[:most]:
        if time.monotonic() > until:
            break
        if not _take(row):
            continue
        _wait_for(asked.get(row.host))
        found = look_at(row.address)
        asked[row.host] = time.monotonic()
        _note(row, found)
        done.append(row)
    return done


def _in_turn(rows: LinkCheckQuerySet) -> list[LinkCheck]:
    """The longest unseen first; the hosts take turns, so that there is seldom anything to wait for."""
    count: Counter[str] = Counter()
    placed = []
    for row in rows.order_by("checked_at", "pk"):
        if count[row.host] < MOST_OF_A_HOST:
            placed.append((count[row.host], row))
            count[row.host] += 1
    return [row for _, row in sorted(placed, key=lambda item: item[0])]


def _take(row: LinkCheck) -> bool:
    """False when another run has taken it since it was listed."""
    before, row.checked_at = row.checked_at, timezone.now()
    return bool(LinkCheck.objects.filter(pk=row.pk, checked_at=before).update(checked_at=row.checked_at))


def _wait_for(last: float | None) -> None:
    if last is not None and (left := last + PAUSE - time.monotonic()) > 0:
        time.sleep(left)


def look_at(address: str) -> Found:
    """Ask for the head of a page, and for the page itself where that is not answered well. Its body is never read."""
    try:
        with safe_client(LIMITS) as client:
            reply = client.head(address, headers=AGENT)
            if not reply.is_success:
                time.sleep(PAUSE)
                reply = client.get(address, headers=AGENT)
    except FetchTooSlow as error:
        return Found(Answer.FAILED, str(error))
    except FetchRefused as error:
        return Found(Answer.REFUSED, str(error))
    except (FetchError, httpx2.TooManyRedirects, httpx2.InvalidURL) as error:
        return Found(Answer.FAILED, str(error) or type(error).__name__)
    return _judged(address, reply)


def _judged(address: str, reply: httpx2.Response) -> Found:
    said = f"{reply.status_code} {reply.reason_phrase}".strip()
    if reply.status_code in KEEPS_PROGRAMS_OUT:
        return Found(Answer.CLOSED, said)
    if not reply.is_success:
        return Found(Answer.FAILED, said)
    return Found(Answer.FINE, f"{said}, moved to {reply.url}" if str(reply.url) != address else said)


def _note(row: LinkCheck, found: Found) -> None:
    today = timezone.localdate()
    row.answer, row.detail = found.answer, found.detail[:300]
    if found.answer == Answer.FAILED:
        row.failed(today)
    elif found.answer != Answer.REFUSED:
        row.answered(today)
    LinkCheck.objects.filter(pk=row.pk).update(
        answer=row.answer, detail=row.detail, answered_on=row.answered_on, failed_since=row.failed_since,
        last_failed_on=row.last_failed_on, failed_days=row.failed_days,
    )  # fmt: skip
