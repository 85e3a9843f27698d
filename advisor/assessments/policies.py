"""Who may see an assessment: its signed-in owner, an administrator, or the browser it was granted to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from advisor.accounts.models import User
from advisor.web.remembered import remember

SESSION_KEY = "assessments"
MAX_GRANTS = 50  # a browser keeps the latest fifty; older ones come back by their private link


@dataclass(frozen=True)
class Visitor:
    """Whoever sends a request, as far as access is concerned."""

    user: User | None
    granted: frozenset[UUID]


def visitor_of(request: HttpRequest) -> Visitor:
    """The visitor behind a request."""
    user = request.user if isinstance(request.user, User) and request.user.is_active else None
    return Visitor(user=user, granted=frozenset(map(UUID, request.session.get(SESSION_KEY, ()))))


def grant(request: HttpRequest, public_id: UUID) -> None:
    """Let this browser session see the assessment."""
    remember(request, SESSION_KEY, str(public_id), most=MAX_GRANTS)


def withdraw(request: HttpRequest, public_id: UUID) -> None:
    """Take the grant back, after the assessment was deleted."""
    kept = [value for value in request.session.get(SESSION_KEY, ()) if value != str(public_id)]
    request.session[SESSION_KEY] = kept
