"""Making, opening and ending share links. The holder of a link is let in by link; nothing else becomes visible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.utils import timezone

from advisor.accounts.models import User
from advisor.assessments.resume_links import new_token, token_hash
from advisor.reports.models import Report, State
from advisor.reports.share_links import ShareLink

LIFETIME_DAYS = (1, 7, 30, 90)  # assumed; a report itself is kept 90 days
SHORTEST_PASSPHRASE = 8  # characters; assumed, beside a link that cannot be guessed and a limit on tries
MOST_LINKS = 20  # alive for one report; assumed


class NotShared(ValueError):
    """The report has no file yet, has too many links, or the choice is not offered."""


@dataclass(frozen=True)
class NewLink:
    """A link with its token, which is shown once and stored nowhere."""

    link: ShareLink
    token: str


def share_report(*, report: Report, by: User | None, days: int, passphrase: str = "") -> NewLink:
    """Make a link that opens this one report for some days.

    Raises:
        NotShared: the report is not ready, has too many links, or the lifetime or pass phrase is not offered.
    """
    now = timezone.now()
    if report.state != State.READY or days not in LIFETIME_DAYS or 0 < len(passphrase) < SHORTEST_PASSPHRASE:
        raise NotShared
    if report.share_links.alive(now).count() >= MOST_LINKS:
        raise NotShared
    token = new_token()
    link = ShareLink.objects.create(
        report=report,
        created_by=by,
        token_hash=token_hash(token),
        passphrase_hash=make_password(passphrase) if passphrase else "",
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    return NewLink(link, token)


def open_link(*, token: str) -> ShareLink | None:
    """The living link behind a token; None where it is unknown, altered, expired or revoked."""
    return ShareLink.objects.alive(timezone.now()).filter(token_hash=token_hash(token)).first()


def right_passphrase(*, link: ShareLink, passphrase: str) -> bool:
    return check_password(passphrase, link.passphrase_hash)


def count_view(*, link: ShareLink) -> None:
    """Somebody got as far as the report: counted once for each browser that is let in."""
    ShareLink.objects.filter(id=link.id).update(views=F("views") + 1, last_viewed_at=timezone.now())


def revoke_link(*, link: ShareLink) -> None:
    """The link stops working at once, also for browsers that came in by it."""
    ShareLink.objects.filter(id=link.id, revoked_at=None).update(revoked_at=timezone.now())
