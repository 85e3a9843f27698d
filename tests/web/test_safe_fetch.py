"""Importers read from the network, and nobody can point them inward: each kind of address and reply that is refused."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore2
import httpx2
import pytest
import trustme

from advisor.web.public_addresses import why_not_public
from advisor.web.safe_fetch import FetchError, FetchRefused, Limits, safe_client

PUBLIC = "93.184.215.14"
JSON = {"Content-Type": "application/json"}


class Handler(BaseHTTPRequestHandler):
    """Answers from ``server.pages``: path -> (status, headers, body or a function that writes)."""

    def do_GET(self) -> None:
        server: Any = self.server
        server.seen.append((self.path, dict(self.headers)))
        status, headers, body = server.pages[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if isinstance(body, bytes):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if isinstance(body, bytes):
            self.wfile.write(body)
        else:
            body(self.wfile)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    """A local server; what it answers is written into ``server.pages``."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.pages, server.seen = {"/": (200, JSON, b"{}")}, []
    server.daemon_threads = True
    server.host = f"127.0.0.1:{server.server_port}"
    server.url = f"http://{server.host}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def client_for(server: Any, **limits: Any) -> httpx2.Client:
    return safe_client(Limits(**limits), allowed_hosts=[server.host])


@pytest.fixture
def connections(server: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Connections land on the local server; the list says which addresses they were meant for."""
    real, meant = httpcore2.SyncBackend.connect_tcp, []

    def connect(self: Any, host: str, port: int, *rest: Any, **more: Any) -> Any:
        meant.append(host)
        return real(self, "127.0.0.1", server.server_port, *rest, **more)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    return meant


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("::1", "loopback"),
        ("0.0.0.0", "unspecified"),  # noqa: S104
        ("::", "unspecified"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fd00::1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("100.64.0.1", "not public"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("::7f00:1", "IPv4-compatible"),
        ("2002:7f00:1::", "6to4"),
        ("2001:0:4136:e378::", "Teredo"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("64:ff9b:1::a00:1", "local NAT64"),
        (PUBLIC, None),
        ("2606:4700::1111", None),
    ],
)
def test_an_address_is_public_or_named_by_its_kind(address: str, kind: str | None) -> None:
    assert why_not_public(address) == kind


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "::ffff:10.0.0.8"])
def test_a_name_that_leads_inward_is_refused_before_any_connection(connections: list[str], address: str) -> None:
    with (
        safe_client(resolve=lambda host, port: [address]) as client,
        pytest.raises(FetchRefused, match=f"inner.example leads to {address}"),
    ):
        client.get("http://inner.example/")
    assert connections == []


def test_one_inward_address_among_public_ones_is_enough(connections: list[str]) -> None:
    with safe_client(resolve=lambda host, port: [PUBLIC, "10.0.0.8"]) as client, pytest.raises(FetchRefused):
        client.get("http://inner.example/")
    assert connections == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_is_refused_however_it_is_written(server: Any, host: str) -> None:
    with safe_client() as client, pytest.raises(FetchError, match=r"Refused|no address"):
        client.get(f"http://{host}:{server.server_port}/")
    assert server.seen == []


def test_a_name_is_resolved_once_and_the_connection_goes_to_that_address(server: Any, connections: list[str]) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with safe_client(resolve=lambda host, port: next(answers)) as client:
        assert client.get("http://rebinding.example/").status_code == 200
    assert connections == [PUBLIC]
    assert server.seen[0][1]["Host"] == "rebinding.example"


def test_a_second_answer_of_the_name_server_is_checked_like_the_first(connections: list[str], server: Any) -> None:
    """The server closes the connection, so the client resolves again; the new answer leads inward."""
    server.pages["/"] = (200, JSON | {"Connection": "close"}, b"{}")
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with safe_client(resolve=lambda host, port: next(answers)) as client:
        client.get("http://rebinding.example/")
        with pytest.raises(FetchRefused, match=r"leads to 127\.0\.0\.1, a loopback address"):
            client.get("http://rebinding.example/")


def test_tls_is_checked_against_the_name_and_not_against_the_address(
    connections: list[str], server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    theirs, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("hub.example").configure_cert(theirs)
    authority.configure_trust(ours)
    names: list[str | None] = []
    theirs.sni_callback = lambda socket, name, context: names.append(name)
    server.socket = theirs.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr("httpx2.create_ssl_context", lambda: ours)

    with safe_client(resolve=lambda host, port: [PUBLIC]) as client:
        assert client.get("https://hub.example/").status_code == 200
        with pytest.raises(FetchError, match=r"(?i)certificate"):
            client.get("https://other.example/")

    assert names == ["hub.example", "other.example"]


@pytest.mark.parametrize(
    "address", ["ftp://hub.example/", "file:///etc/passwd", "gopher://hub.example/", "//hub.example/"]
)
def test_only_http_and_https_are_read(address: str) -> None:
    with safe_client() as client, pytest.raises((FetchRefused, httpx2.UnsupportedProtocol)):
        client.get(address)


def test_an_address_with_credentials_is_refused(server: Any) -> None:
    with client_for(server) as client, pytest.raises(FetchRefused, match="credentials"):
        client.get(f"http://user:secret@{server.host}/")
    assert server.seen == []


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.8/", "http://169.254.169.254/latest/", "https://user:secret@hub.example/", "ftp://x.example/"],
)
def test_a_redirect_is_checked_like_the_first_address(server: Any, target: str) -> None:
    server.pages["/"] = (302, {"Location": target}, b"")
    with client_for(server) as client, pytest.raises((FetchRefused, httpx2.UnsupportedProtocol)):
        client.get(server.url)
    assert len(server.seen) == 1


def test_a_redirect_of_a_redirect_is_checked_too(server: Any) -> None:
    server.pages["/"] = (302, {"Location": "/next"}, b"")
    server.pages["/next"] = (307, {"Location": "http://[::1]/"}, b"")
    with client_for(server) as client, pytest.raises(FetchRefused, match="::1, a loopback address"):
        client.get(server.url)


def test_redirects_in_a_circle_end(server: Any) -> None:
    server.pages["/"] = (302, {"Location": "/"}, b"")
    with client_for(server, redirects=3) as client, pytest.raises(httpx2.TooManyRedirects):
        client.get(server.url)
    assert len(server.seen) == 4


def test_a_reply_announced_as_too_large_is_not_read(server: Any) -> None:
    server.pages["/"] = (200, JSON, b"x" * 2_000)
    with client_for(server, reply_bytes=1_000) as client, pytest.raises(FetchRefused, match="more than 1,000 bytes"):
        client.get(server.url)


def test_a_reply_that_does_not_say_its_size_is_stopped_at_the_limit(server: Any) -> None:
    written = []

    def endless(file: Any) -> None:
        for _ in range(10_000):
            file.write(b"x" * 10_000)
            written.append(1)

    server.pages["/"] = (200, JSON, endless)
    with client_for(server, reply_bytes=50_000) as client, pytest.raises(FetchRefused, match="Too large"):
        client.get(server.url)
    time.sleep(0.05)
    assert len(written) < 5_000


def test_a_small_packed_reply_that_grows_huge_is_stopped_at_the_limit(server: Any) -> None:
    bomb = gzip.compress(b"0" * 50_000_000, mtime=0)
    assert len(bomb) < 100_000
    server.pages["/"] = (200, JSON | {"Content-Encoding": "gzip"}, bomb)
    with client_for(server, reply_bytes=1_000_000) as client, pytest.raises(FetchRefused, match="Too large"):
        client.get(server.url)


def test_a_packed_reply_is_unpacked(server: Any) -> None:
    server.pages["/"] = (200, JSON | {"Content-Encoding": "gzip"}, gzip.compress(b'{"a": 1}', mtime=0))
    with client_for(server) as client:
        assert client.get(server.url).json() == {"a": 1}


@pytest.mark.parametrize("body", [gzip.compress(b'{"a": 1}' * 50, mtime=0)[:30], b"not gzip at all"])
def test_a_broken_packed_reply_is_an_error(server: Any, body: bytes) -> None:
    server.pages["/"] = (200, JSON | {"Content-Encoding": "gzip"}, body)
    with client_for(server) as client, pytest.raises(FetchError):
        client.get(server.url)


def test_a_reply_packed_in_a_way_nobody_asked_for_is_refused(server: Any) -> None:
    server.pages["/"] = (200, JSON | {"Content-Encoding": "br"}, b"x")
    with client_for(server) as client, pytest.raises(FetchRefused, match="packed its reply as br"):
        client.get(server.url)


def drip(pause: float) -> Callable[[Any], None]:
    """A byte at a time: each read is quick, the whole never ends."""

    def write(file: Any) -> None:
        for _ in range(200):
            file.write(b" ")
            file.flush()
            time.sleep(pause)

    return write


@pytest.mark.parametrize("answer", [drip(0.05), lambda file: time.sleep(3)], ids=["drips", "silent"])
def test_a_slow_reply_ends_at_the_deadline(server: Any, answer: Callable[[Any], None]) -> None:
    server.pages["/"] = (200, JSON, answer)
    started = time.monotonic()
    with client_for(server, seconds=0.5) as client, pytest.raises(FetchRefused, match=r"after 0\.5 seconds"):
        client.get(server.url, timeout=30)
    assert time.monotonic() - started < 2


def test_the_deadline_is_one_for_all_requests_of_a_client(server: Any) -> None:
    server.pages["/"] = (200, JSON, lambda file: (time.sleep(0.2), file.write(b"{}")))
    started = time.monotonic()
    with client_for(server, seconds=0.5) as client, pytest.raises(FetchRefused, match="Too slow"):
        any(client.get(server.url).is_error for _ in range(10))
    assert time.monotonic() - started < 1.5


def test_a_slow_name_server_ends_at_the_deadline() -> None:
    started = time.monotonic()
    with (
        safe_client(Limits(seconds=0.3), resolve=lambda host, port: time.sleep(3) or [PUBLIC]) as client,  # type: ignore[func-returns-value]
        pytest.raises(FetchRefused, match="Too slow"),
    ):
        client.get("http://slow.example/")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "image/png", ""])
def test_an_unexpected_kind_of_content_is_refused(server: Any, kind: str) -> None:
    server.pages["/"] = (200, {"Content-Type": kind}, b"<html>")
    with client_for(server) as client, pytest.raises(FetchRefused, match=kind.partition(";")[0] or "no content type"):
        client.get(server.url)


def test_an_error_of_the_server_reaches_the_caller_with_its_status(server: Any) -> None:
    server.pages["/"] = (404, {"Content-Type": "text/html", "X-Error-Code": "RepoNotFound"}, b"<html>")
    with client_for(server) as client:
        answer = client.get(server.url)
    assert (answer.status_code, answer.headers["X-Error-Code"]) == (404, "RepoNotFound")


@pytest.mark.parametrize("allowed", ["hub.internal", "HUB.internal:{port}"])
def test_a_named_host_may_be_private(server: Any, allowed: str) -> None:
    names = [allowed.format(port=server.server_port)]
    with safe_client(allowed_hosts=names, resolve=lambda host, port: ["127.0.0.1"]) as client:
        assert client.get(f"http://hub.internal:{server.server_port}/").status_code == 200


@pytest.mark.parametrize("allowed", ["other.internal", "hub.internal:1", "internal"])
def test_naming_one_host_or_port_allows_no_other(server: Any, allowed: str) -> None:
    with (
        safe_client(allowed_hosts=[allowed], resolve=lambda host, port: ["127.0.0.1"]) as client,
        pytest.raises(FetchRefused, match="loopback"),
    ):
        client.get(f"http://hub.internal:{server.server_port}/")


def test_proxies_of_the_environment_are_not_used(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with client_for(server) as client:
        assert client.get(server.url).status_code == 200


@pytest.mark.parametrize(
    ("resolve", "says"),
    [
        (lambda host, port: [], "no address"),
        (lambda host, port: (_ for _ in ()).throw(OSError("Name or service not known")), "not known"),
    ],
)
def test_a_name_without_an_address_is_an_error(resolve: Any, says: str) -> None:
    with safe_client(resolve=resolve) as client, pytest.raises(FetchError, match=says):
        client.get("http://nowhere.example/")


def test_a_server_that_hangs_up_is_an_error(server: Any) -> None:
    server.pages["/"] = (200, JSON | {"Content-Length": "100"}, lambda file: file.write(b"short"))
    with client_for(server) as client, pytest.raises(FetchError, match="did not answer properly"):
        client.get(server.url)
