"""Room for the calls of a request, taken once.

CPython (3.11 and later) keeps the frames of its calls in pieces of 16 KiB. A call that does not fit into the last piece
takes a new one from the operating system, and gives it back when it returns: a loop that happens to run at the end of
a piece does so at every turn. Drawing a page did that 1,350 times, a tenth of the time of the reply. A piece is as
large as its first frame asks for, so this outermost frame asks for the room of all that are called within it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

SLOTS = 32_000  # of 8 bytes each: 256 KiB, whose rest up to the next power of two is what calls within find


def stack_room(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, the outermost."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.__code__ = middleware.__code__.replace(co_stacksize=SLOTS)
    return middleware
