"""Source addresses that died: found in facts, asked politely, dead only after failing on several days."""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any

import pytest
import trustme
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from advisor.catalog import link_checking, links
from advisor.catalog.attention import attention
from advisor.catalog.link_checking import check_due, look_at
from advisor.catalog.models import CatalogVersion, Claim, LinkCheck, Seat
from advisor.catalog.tasks import check_links
from advisor.web.safe_fetch import Limits

Answer = LinkCheck.Answer
TODAY = date(2026, 11, 22)
NOTE = "https://remark.example/ is no source"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Handler(BaseHTTPRequestHandler):
    """Answers from ``server.pages``: path -> status, (status, headers), or seconds to wait as a float."""

    def answer(self) -> None:
        server: Any = self.server
        server.seen.append((self.command, self.path, dict(self.headers)))
        page = server.pages[self.path]
        page = page.get(self.command) if isinstance(page, dict) else page
        if isinstance(page, float):
            time.sleep(page)
            page = 200
        status, headers = page if isinstance(page, tuple) else (page, {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET" and status == 200:
            try:
                for _ in range(1000):
                    self.wfile.write(b"x" * 10_000)
            except OSError:
                server.hung_up.append(self.path)

    do_GET = do_HEAD = answer

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server(settings: Any) -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.pages, server.seen, server.hung_up = {}, [], []
    server.daemon_threads = True
    server.url = f"http://127.0.0.1:{server.server_port}"
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch, freeze_time: Callable[[datetime], None]) -> None:
    """No pauses, a short deadline, and a clock that stands at noon."""
    monkeypatch.setattr(link_checking, "PAUSE", 0)
    monkeypatch.setattr(link_checking, "LIMITS", Limits(seconds=1.0, content_types=(), reads_body=False))
    freeze_time(NOON)


@pytest.mark.parametrize(
    ("page", "answer", "detail"),
    [
        (200, Answer.FINE, "200 OK"),
        ({"HEAD": 405, "GET": 200}, Answer.FINE, "200 OK"),
        ({"HEAD": 404, "GET": 200}, Answer.FINE, "200 OK"),
        ((200, {"Content-Encoding": "gzip", "Content-Length": "9000000000"}), Answer.FINE, "200 OK"),
        (404, Answer.FAILED, "404 Not Found"),
        (410, Answer.FAILED, "410 Gone"),
        (500, Answer.FAILED, "500 Internal Server Error"),
        (503, Answer.FAILED, "503 Service Unavailable"),
        (403, Answer.CLOSED, "403 Forbidden"),
        (429, Answer.CLOSED, "429 Too Many Requests"),
        (3.0, Answer.FAILED, "Too slow: not everything had come after 1 seconds."),
        ((301, {"Location": "/page"}), Answer.FAILED, "Exceeded maximum allowed redirects."),
        ((302, {"Location": "http://10.0.0.8/"}), Answer.REFUSED, "leads to 10.0.0.8, a private address"),
    ],
)
def test_what_an_address_answers(server: Any, page: Any, answer: Answer, detail: str) -> None:
    server.pages["/page"] = page

    found = look_at(f"{server.url}/page")

    assert found.answer == answer
    assert detail in found.detail


def test_a_redirect_that_leads_somewhere_answers_and_is_told(server: Any) -> None:
    server.pages |= {"/old": (301, {"Location": "/new"}), "/new": 200}

    found = look_at(f"{server.url}/old")

    assert (found.answer, found.detail) == (Answer.FINE, f"200 OK, moved to {server.url}/new")


def test_a_page_that_answers_its_head_is_not_fetched(server: Any) -> None:
    server.pages["/page"] = 200
    look_at(f"{server.url}/page")
    assert [method for method, *_ in server.seen] == ["HEAD"]
    assert "link check" in server.seen[0][2]["User-Agent"]


def test_the_body_of_a_page_is_not_read(server: Any) -> None:
    server.pages["/page"] = {"HEAD": 405, "GET": 200}
    look_at(f"{server.url}/page")
    until = time.monotonic() + 5
    while not server.hung_up and time.monotonic() < until:
        time.sleep(0.01)
    assert server.hung_up == ["/page"]


def test_a_name_without_an_address_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror("Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = look_at("https://gone.example/prices")
    assert (found.answer, "gone.example has no address" in found.detail) == (Answer.FAILED, True)


def test_a_certificate_nobody_trusts_fails(server: Any) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    found = look_at(f"https://127.0.0.1:{server.server_port}/")
    assert found.answer == Answer.FAILED
    assert "CERTIFICATE_VERIFY_FAILED" in found.detail


def test_a_closed_port_fails(settings: Any) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert look_at(f"http://127.0.0.1:{port}/").answer == Answer.FAILED


def test_inward_addresses_are_not_looked_at(server: Any, settings: Any) -> None:
    settings.FETCH_ALLOWED_HOSTS = []
    server.pages["/page"] = 200
    found = look_at(f"{server.url}/page")
    assert found.answer == Answer.REFUSED
    assert server.seen == []


def test_addresses_are_found_wherever_a_fact_names_them() -> None:
    document = {
        "entries": {
            "seats": [
                {
                    "slug": "a",
                    "source": "List, https://a.example/list; seen in https://b.example/p.pdf.",
                    "notes": NOTE,
                },
                {"slug": "b", "source": "(see https://a.example/list#top)", "via": "https://wiki.example/A_(b)"},
            ],
            "devices": [
                {
                    "slug": "c",
                    "price": {"source": "https://shop.example/c"},
                    "other": [{"source": "https://a.example/list"}],
                }
            ],
        }
    }

    assert links.facts_by_address(document) == {
        "https://a.example/list": [("devices", "c"), ("seats", "a"), ("seats", "b")],
        "https://b.example/p.pdf": [("seats", "a")],
        "https://shop.example/c": [("devices", "c")],
        "https://wiki.example/A_(b)": [("seats", "b")],
    }


@pytest.fixture
def only(published: CatalogVersion, server: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``only("/a", "/b")``: claims and seats name these pages of the local server. Addresses elsewhere are not seen."""
    monkeypatch.setattr(links, "ADDRESS", re.compile(re.escape(server.url) + r"\S+"))

    def set_sources(*paths: str) -> None:
        for table in (Claim, Seat):
            table.objects.update(source="a book")
        for row, path in zip([*Claim.objects.all(), *Seat.objects.all()], paths, strict=False):
            type(row)._default_manager.filter(pk=row.pk).update(source=f"{server.url}{path}")
        links.look_through()

    return set_sources


def test_a_run_ends_before_the_soft_limit_of_the_worker(settings: Any) -> None:
    """The last address may begin when the time is just not over; 10 seconds are its own limit."""
    assert link_checking.SECONDS + 10 + 2 < settings.CELERY_TASK_SOFT_TIME_LIMIT


def test_an_address_no_draft_names_any_more_is_forgotten(only: Callable[..., None], server: Any) -> None:
    only("/a", "/a", "/b")
    assert list(LinkCheck.objects.order_by("address").values_list("address", "facts")) == [
        (f"{server.url}/a", 2), (f"{server.url}/b", 1),
    ]  # fmt: skip
    only("/a")
    assert list(LinkCheck.objects.values_list("address", "facts")) == [(f"{server.url}/a", 1)]


def failing(days: list[int], server: Any, freeze_time: Callable[[datetime], None]) -> LinkCheck:
    """The one address after having been looked at on these days, counted from noon."""
    for day in days:
        freeze_time(NOON + timedelta(days=day))
        check_due()
    return LinkCheck.objects.get()


@pytest.mark.parametrize(
    ("days", "dead"),
    [
        ([0], False),
        ([0, 2], False),
        ([0, 2, 4], False),  # three days, but not a week
        ([0, 2, 4, 7], True),
        ([0, 3, 7], True),
        ([0, 8], False),  # a week, but two days
    ],
)
def test_dead_means_failed_on_three_days_over_a_week(
    only: Callable[..., None], server: Any, freeze_time: Callable[[datetime], None], days: list[int], dead: bool
) -> None:
    server.pages["/a"] = 404
    only("/a")

    row = failing(days, server, freeze_time)

    assert row.failed_days == len(days)
    assert row.is_dead is dead
    assert LinkCheck.objects.dead().exists() is dead


def test_one_answer_begins_the_count_anew(
    only: Callable[..., None], server: Any, freeze_time: Callable[[datetime], None]
) -> None:
    server.pages["/a"] = 404
    only("/a")
    failing([0, 3], server, freeze_time)
    server.pages["/a"] = 403  # it keeps programs out, so it is there
    failing([6], server, freeze_time)
    server.pages["/a"] = 404

    row = failing([37, 40], server, freeze_time)

    assert (row.failed_days, row.failed_since, row.answered_on) == (2, TODAY + timedelta(37), TODAY + timedelta(6))


def test_an_address_is_not_asked_again_before_its_time(
    only: Callable[..., None], server: Any, freeze_time: Callable[[datetime], None]
) -> None:
    server.pages |= {"/fine": 200, "/gone": 404}
    only("/fine", "/gone")
    asked = []
    for day in (0, 1, 2, 29, 30):
        freeze_time(NOON + timedelta(days=day))
        asked.append(sorted(row.address.rpartition("/")[2] for row in check_due()))
    assert asked == [["fine", "gone"], [], ["gone"], ["gone"], ["fine"]]


def test_several_failures_on_one_day_count_once(only: Callable[..., None], server: Any) -> None:
    server.pages["/a"] = 404
    only("/a")
    for _ in range(3):
        check_due()
        LinkCheck.objects.update(checked_at=None)
    assert LinkCheck.objects.get().failed_days == 1


def test_a_host_is_asked_a_few_times_a_run_and_with_pauses(
    only: Callable[..., None], server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ten pages of one host five are looked at; between them it waits, so five take at least four pauses."""
    for number in range(10):
        LinkCheck.objects.create(address=f"{server.url}/{number}", host="127.0.0.1")
        server.pages[f"/{number}"] = 200
    monkeypatch.setattr(link_checking, "PAUSE", 0.05)
    start = time.monotonic()

    done = check_due()

    assert len(done) == link_checking.MOST_OF_A_HOST
    assert time.monotonic() - start >= 4 * 0.05


def test_hosts_take_turns(db: None, server: Any) -> None:
    for host in ("127.0.0.1", "localhost"):
        for number in range(2):
            LinkCheck.objects.create(address=f"http://{host}:{server.server_port}/{number}", host=host)
            server.pages[f"/{number}"] = 200
    assert [row.host for row in check_due()] == ["127.0.0.1", "localhost", "127.0.0.1", "localhost"]


def test_a_run_ends_when_its_time_is_over(only: Callable[..., None], server: Any) -> None:
    server.pages["/a"] = 200
    only("/a")
    assert check_due(seconds=-1) == []
    assert LinkCheck.objects.get().checked_at is None


def test_what_another_run_has_taken_is_left_alone(
    only: Callable[..., None], server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/a"] = 200
    only("/a")
    listed = link_checking._in_turn

    def slowly(rows: Any) -> list[LinkCheck]:
        found = listed(rows)
        LinkCheck.objects.update(checked_at=NOON)
        return found

    monkeypatch.setattr(link_checking, "_in_turn", slowly)
    assert check_due() == []
    assert server.seen == []


def test_the_regular_task_does_nothing_where_it_is_switched_off(
    only: Callable[..., None], server: Any, settings: Any
) -> None:
    server.pages["/a"] = 200
    only("/a")
    assert settings.CHECK_LINKS is False  # as in every test and on one's own machine
    check_links()
    assert server.seen == []
    settings.CHECK_LINKS = True
    check_links()
    assert ("HEAD", "/a") in [(method, path) for method, path, _ in server.seen]


def test_the_command_looks_lists_and_tells_by_its_status(
    only: Callable[..., None], server: Any, freeze_time: Callable[[datetime], None]
) -> None:
    server.pages |= {"/gone": 410, "/fine": 200}
    only("/gone", "/gone", "/fine")
    out = StringIO()

    call_command("catalog", "links", "--most", "2", stdout=out)
    failing_text = out.getvalue()
    LinkCheck.objects.filter(address__endswith="/gone").update(
        failed_days=3, failed_since=TODAY - timedelta(days=7), last_failed_on=TODAY
    )
    with pytest.raises(SystemExit) as ended:
        call_command("catalog", "links", "--list", stdout=out)

    assert f"failed: {server.url}/gone (410 Gone)" in failing_text
    assert "0 dead, 1 failing but not yet called dead" in failing_text
    assert ended.value.code == 1
    assert f"dead since 2026-11-15, 2 facts: {server.url}/gone (410 Gone)" in out.getvalue()


def test_the_first_page_tells_how_many_facts_hang_on_dead_addresses(
    only: Callable[..., None], server: Any, sign_in: Callable[[str], Client]
) -> None:
    only("/gone", "/gone", "/fine")
    LinkCheck.objects.filter(address__endswith="/gone").update(
        answer="failed", failed_days=3, failed_since=TODAY - timedelta(days=7), last_failed_on=TODAY
    )
    editor = sign_in("editor")

    found = attention(TODAY)
    home = " ".join(editor.get("/admin/").content.decode().split())
    listed = editor.get("/admin/catalog/linkcheck/?state=dead").content.decode()
    row = LinkCheck.objects.get(address__endswith="/gone")
    page = editor.get(f"/admin/catalog/linkcheck/{row.pk}/change/").content.decode()

    assert (found.dead_links, found.facts_on_dead_links) == (1, 2)
    assert "1 source address is dead" in home
    assert "named by 2 facts" in home
    host = server.url.removeprefix("http://")
    assert f"{host}/gone" in listed
    assert f"{host}/fine" not in listed
    first = Claim.objects.order_by("slug")[0]
    assert f"claims: {first.slug}" in page


@pytest.mark.parametrize("state", ["dead", "failing", "moved", "closed", "unseen", "nonsense"])
def test_the_list_is_narrowed_by_state(db: None, sign_in: Callable[[str], Client], state: str) -> None:
    day = {"failed_since": TODAY - timedelta(days=9), "last_failed_on": TODAY}
    make = LinkCheck.objects.create
    make(address="http://dead", host="d", answer="failed", failed_days=3, checked_at=NOON, **day)
    make(address="http://failing", host="f", answer="failed", failed_days=2, checked_at=NOON, **day)
    make(address="http://moved", host="m", answer="fine", detail="200 OK, moved to http://x", checked_at=NOON)
    make(address="http://closed", host="c", answer="closed", checked_at=NOON)
    make(address="http://unseen", host="u")

    rows = sign_in("editor").get(f"/admin/catalog/linkcheck/?state={state}").context["cl"].result_list

    expected = {f"http://{state}"} if state != "nonsense" else set(LinkCheck.objects.values_list("address", flat=True))
    assert {row.address for row in rows} == expected


def test_the_database_refuses_a_count_of_failures_without_days(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCheck.objects.create(address="http://a", host="a", failed_days=2)
