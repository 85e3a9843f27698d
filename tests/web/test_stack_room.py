"""Calls within a request find room for their frames."""

import resource
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from advisor.web.stack_room import stack_room

DEPTHS = 300  # frames of a piece of 16 KiB, and more
CALLS = 200


def test_it_is_the_outermost_layer() -> None:
    assert settings.MIDDLEWARE[0] == "advisor.web.stack_room.stack_room"


def test_no_depth_of_calls_takes_memory_from_the_system_at_every_call() -> None:
    assert max(_taken_within(_answered)) < CALLS / 2


def test_the_answer_comes_back() -> None:
    answer = HttpResponse("whole")

    assert stack_room(lambda _request: answer)(RequestFactory().get("/")) is answer


def _answered(view: Callable[[HttpRequest], HttpResponse]) -> None:
    stack_room(view)(RequestFactory().get("/"))


def _taken_within(answered: Callable[[Callable[[HttpRequest], HttpResponse]], None]) -> list[int]:
    """Pages of memory taken by a loop of calls, for each depth it runs at."""
    taken: list[int] = []

    def view(_request: HttpRequest) -> HttpResponse:
        taken.extend(_looped(depth) for depth in range(DEPTHS))
        return HttpResponse()

    answered(view)
    return taken


def _looped(depth: int) -> int:
    if depth:
        return _looped(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        _wide(1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _wide(value: int) -> list[int]:
    """A call whose frame is somewhat larger than most."""
    return [value, value, value, value, value, value, value, value, value, value, value, value]
