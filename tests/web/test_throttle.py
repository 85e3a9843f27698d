import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from advisor.web import cache as cache_module
from advisor.web import throttle
from advisor.web.cache import ForgivingRedisCache


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def unreachable(address: str, **options: object) -> ForgivingRedisCache:
    from django.conf import settings

    return ForgivingRedisCache(address, {"OPTIONS": settings.REDIS_LIMITS | options})


def test_the_limit_is_kept_for_each_key() -> None:
    answers = [throttle.allow("report:1", limit=2, seconds=3600) for _ in range(3)]

    assert answers == [True, True, False]
    assert throttle.allow("report:2", limit=2, seconds=3600)


def test_a_new_window_allows_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert throttle.allow("key", limit=1, seconds=60)
    assert not throttle.allow("key", limit=1, seconds=60)

    monkeypatch.setattr(throttle, "window", lambda seconds: 1 + int(time.time() // seconds))

    assert throttle.allow("key", limit=1, seconds=60)


def test_windows_follow_each_other_without_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    numbers = []
    for moment in (1_200.0, 1_259.9, 1_260.0):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        numbers.append(throttle.window(60))

    assert numbers == [20, 20, 21]


def test_a_cache_emptied_at_that_very_moment_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *_, **__: True)  # and the counter it made is gone again

    assert throttle.allow("emptied", limit=1, seconds=60)


def test_limits_hold_without_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "cache", unreachable("redis://127.0.0.1:1/0"))

    answers = [throttle.allow("sign-in", limit=2, seconds=3600) for _ in range(3)]

    assert answers == [True, True, False]


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Accepts connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []
    stop = threading.Event()

    def accept() -> None:
        listener.settimeout(0.1)
        while not stop.is_set():
            try:
                kept.append(listener.accept()[0])
            except TimeoutError:
                continue

    thread = threading.Thread(target=accept)
    thread.start()
    yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
    stop.set()
    thread.join()
    for connection in [*kept, listener]:
        connection.close()


def test_a_silent_redis_delays_one_request_and_not_the_next(silent_server: str) -> None:
    forgiving = unreachable(silent_server, socket_timeout=0.5)

    started = time.monotonic()
    forgiving.set("a", 1)
    first = time.monotonic() - started
    started = time.monotonic()
    value = forgiving.get("a")
    second = time.monotonic() - started

    assert value == 1
    assert 0.4 < first < 1.5
    assert second < 0.1


def test_redis_is_asked_again_after_a_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setitem(cache_module._resting, settings.REDIS_URL, time.monotonic() + 60)
    cache.set("written", "to memory")
    monkeypatch.setitem(cache_module._resting, settings.REDIS_URL, 0.0)

    assert cache.get("written") is None


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (1, "", "unknown"),
        (1, "nonsense", "unknown"),
        (2, "203.0.113.9", "198.51.100.1"),
    ],
)
def test_a_forged_forwarding_header_does_not_move_the_visitor(
    rf: RequestFactory, settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=forwarded)

    assert throttle.client_address(request) == address


def test_one_ipv6_household_is_one_visitor(rf: RequestFactory) -> None:
    first = throttle.client_address(rf.get("/", REMOTE_ADDR="2001:db8:1:2::1"))
    second = throttle.client_address(rf.get("/", REMOTE_ADDR="2001:db8:1:2:ffff::9"))
    neighbor = throttle.client_address(rf.get("/", REMOTE_ADDR="2001:db8:1:3::1"))

    assert first == second != neighbor


def test_an_ipv4_address_written_as_ipv6_is_the_same_visitor(rf: RequestFactory) -> None:
    assert throttle.client_address(rf.get("/", REMOTE_ADDR="::ffff:198.51.100.1")) == "198.51.100.1"
