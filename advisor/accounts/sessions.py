"""Signing somebody out who has been away, or signed in, for too long."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

SINCE = "signed_in_at"
SEEN = "last_seen_at"
WRITE_EVERY_SECONDS = 60  # a session is not saved for every page


def end_old_sessions(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: after the idle or the absolute limit a signed-in visitor goes on as a stranger."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        now = int(timezone.now().timestamp())
        if request.user.is_authenticated and _is_over(request, now):
            logout(request)
        response = get_response(request)
        if request.user.is_authenticated:  # asked again: this request may have signed somebody in or out
            _note(request, now)
        return response

    return middleware


def _is_over(request: HttpRequest, now: int) -> bool:
    since, seen = request.session.get(SINCE, now), request.session.get(SEEN, now)
    return bool(now - since > settings.SIGNED_IN_SECONDS or now - seen > settings.SIGNED_IN_IDLE_SECONDS)


def _note(request: HttpRequest, now: int) -> None:
    if SINCE not in request.session:
        request.session[SINCE] = now
    if now - request.session.get(SEEN, 0) >= WRITE_EVERY_SECONDS:
        request.session[SEEN] = now
