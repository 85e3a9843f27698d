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
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            since = request.session.setdefault(SINCE, now)
            seen = request.session.setdefault(SEEN, now)
            if now - since > settings.SIGNED_IN_SECONDS or now - seen > settings.SIGNED_IN_IDLE_SECONDS:
                logout(request)
            elif now - seen >= WRITE_EVERY_SECONDS:
                request.session[SEEN] = now
        return get_response(request)

    return middleware
