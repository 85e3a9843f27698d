"""What a browser session keeps of a visitor's, the latest last, so that a session never grows without end."""

from __future__ import annotations

from django.http import HttpRequest


def remember(request: HttpRequest, key: str, value: str, *, most: int) -> None:
    """Put the value last among those kept under ``key``, of which the oldest go."""
    kept = [each for each in request.session.get(key, ()) if each != value]
    request.session[key] = [*kept, value][-most:]
