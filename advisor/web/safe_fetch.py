"""An HTTP client that cannot be turned inward: what importers use to read from the network.

`safe_client` gives an ordinary httpx2 client whose every connection, those of redirects included, goes through three
checks: the address (http or https, no credentials), the place (each name is resolved once, every address it has must be
public, and the connection goes to the very address that was checked, so a second answer of the name server changes
nothing) and the reply (one deadline for everything done with the client, a limit on the bytes before and after
unpacking, a list of content types). SNI and the Host header keep the name. Proxies of the environment are not used: a
proxy would resolve names itself.
"""

from __future__ import annotations

import queue
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

import httpcore2
import httpx2
from django.conf import settings

from advisor.web.public_addresses import system_addresses, why_not_public

Resolve = Callable[[str, int], Sequence[str]]

JSON_TYPES = ("application/json", "text/plain", "application/octet-stream", "binary/octet-stream")


class FetchError(Exception):
    """Nothing usable came back; the message is a sentence for the person who asked."""


class FetchRefused(FetchError):
    """The address, the place or the reply is not one this server reads from."""


class FetchTooSlow(FetchRefused):
    """The deadline passed."""


@dataclass(frozen=True)
class Limits:
    """Assumed, with a wide margin: model metadata is well under a megabyte and comes within a second or two."""

    seconds: float = 20.0  # for everything done with one client, redirects and further pages included
    reply_bytes: int = 5_000_000  # of one reply, packed and unpacked
    redirects: int = 5
    content_types: tuple[str, ...] = JSON_TYPES
    reads_body: bool = True  # False: only status and headers count; whatever follows is not read


def safe_client(
    limits: Limits | None = None, *, allowed_hosts: Collection[str] | None = None, resolve: Resolve | None = None
) -> httpx2.Client:
    """A client for one piece of work; its deadline starts now. Close it, or use it in a ``with``.

    ``allowed_hosts`` are names ("hub.internal" or "hub.internal:8080") whose address may be private; the default is
    ``settings.FETCH_ALLOWED_HOSTS``. ``resolve(host, port)`` gives the addresses of a name.

    Its methods raise:
        FetchRefused: naming what was refused.
        FetchError: the server could not be reached.
    """
    limits = limits or Limits()
    allowed = settings.FETCH_ALLOWED_HOSTS if allowed_hosts is None else allowed_hosts
    place = Place(frozenset(name.lower() for name in allowed), resolve or system_addresses, Deadline(limits.seconds))
    return httpx2.Client(
        transport=GuardedTransport(limits, place),
        follow_redirects=True,
        max_redirects=limits.redirects,
        trust_env=False,
        headers={"Accept-Encoding": "gzip"},
    )


@dataclass
class Deadline:
    """One end for everything, whatever each single step would allow."""

    seconds: float
    ends_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends_at = time.monotonic() + self.seconds

    def left(self, wanted: float | None = None) -> float:
        """Seconds the next step may take: what it asks for, but no longer than what is left."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left if wanted is None else min(left, wanted)

    def passed(self) -> FetchTooSlow:
        return FetchTooSlow(f"Too slow: not everything had come after {self.seconds:g} seconds.")


@dataclass(frozen=True)
class Place:
    """Where connections may go."""

    allowed_hosts: frozenset[str]
    resolve: Resolve
    deadline: Deadline

    def address_of(self, host: str, port: int) -> str:
        """The address to connect to.

        Raises:
            FetchRefused: one of the addresses is not public and the host is not among the allowed ones.
        """
        addresses = self._resolved(host, port)
        if not addresses:
            raise FetchError(f"{host} has no address.")
        if not self.is_allowed(host, port):
            for address in addresses:
                if kind := why_not_public(address):
                    raise FetchRefused(f"Refused: {host} leads to {address}, a {kind} address.")
        return addresses[0]

    def is_allowed(self, host: str, port: int) -> bool:
        name = host.lower().rstrip(".")
        return bool({name, f"{name}:{port}"} & self.allowed_hosts)

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """In a thread of its own, because the system's resolver knows no deadline."""
        answer: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self.resolve(host, port))
            except (OSError, UnicodeError) as error:  # UnicodeError: a name no name server would take
                answer.put(OSError(str(error)))

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=self.deadline.left())
        except queue.Empty:
            raise self.deadline.passed() from None
        if isinstance(found, OSError):
            raise FetchError(f"{host} has no address: {found}.")
        return found


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections to checked addresses only; TLS is still negotiated for the name."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        address = self._place.address_of(host, port)
        left = self._place.deadline.left(timeout)
        return TimedStream(
            self._sockets.connect_tcp(address, port, left, local_address, socket_options), self._place.deadline
        )


class TimedStream(httpcore2.NetworkStream):
    """A connection on which no step outlives the deadline, so that a reply of one byte a second ends too."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: object, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))  # type: ignore[arg-type]
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx2.BaseTransport):
    """Sends one request, reads the whole reply within the limits, and hands it on unpacked."""

    def __init__(self, limits: Limits, place: Place) -> None:
        self._limits = limits
        self._place = place
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(), network_backend=GuardedBackend(place)
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        _check_address(request.url)
        sent = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            reply = self._pool.handle_request(sent)
            headers = httpx2.Headers(reply.headers)
            try:
                body = self._body(request, reply, headers)
            finally:
                reply.close()
        except httpcore2.TimeoutException:
            raise self._place.deadline.passed() from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, zlib.error) as error:
            reason = str(error) or type(error).__name__
            raise FetchError(f"{request.url.host} did not answer properly: {reason}.") from error
        return httpx2.Response(reply.status, headers=headers, content=body)

    def close(self) -> None:
        self._pool.close()

    def _body(self, request: httpx2.Request, reply: httpcore2.Response, headers: httpx2.Headers) -> bytes:
        if request.method == "HEAD" or not self._limits.reads_body:
            return b""
        self._check_headers(request, reply.status, headers)
        packing = headers.get("Content-Encoding", "identity").strip().lower()
        if packing not in ("", "identity", "gzip"):
            raise FetchRefused(f"Refused: {request.url.host} packed its reply as {packing}.")
        unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None  # 31: gzip with its header
        body = bytearray()
        received = 0
        for chunk in reply.iter_stream():
            received += len(chunk)
            # One byte beyond the limit is enough to know, so a bomb is never unpacked further.
            body += unpack.decompress(chunk, self._limits.reply_bytes + 1 - len(body)) if unpack else chunk
            if max(received, len(body)) > self._limits.reply_bytes:
                raise self._too_large(request)
        if unpack is not None and not unpack.eof and body:
            raise FetchError(f"The packed reply of {request.url.host} is not complete.")
        for name in ("Content-Encoding", "Content-Length", "Transfer-Encoding"):
            headers.pop(name, None)
        return bytes(body)

    def _check_headers(self, request: httpx2.Request, status: int, headers: httpx2.Headers) -> None:
        announced = headers.get("Content-Length", "0")
        if announced.isdigit() and int(announced) > self._limits.reply_bytes:
            raise self._too_large(request)
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if status == httpx2.codes.OK and kind not in self._limits.content_types:
            raise FetchRefused(f"Refused: {request.url.host} sent {kind or 'no content type'}.")

    def _too_large(self, request: httpx2.Request) -> FetchRefused:
        return FetchRefused(f"Too large: {request.url.host} sent more than {self._limits.reply_bytes:,} bytes.")


def _check_address(url: httpx2.URL) -> None:
    if url.scheme not in ("http", "https"):
        raise FetchRefused(f"Refused: {url.scheme or 'an address without scheme'}; only http and https are read.")
    if not url.host:
        raise FetchRefused("Refused: an address without a host.")
    if url.userinfo:
        raise FetchRefused(f"Refused: the address of {url.host} carries credentials.")
