"""`make run`: one command that starts everything on one machine and leaves nothing behind.

It starts the embedded services unless DATABASE_URL and REDIS_URL name real ones, prepares the database, then starts
the worker, the clock and the web server, and waits. Whatever cannot start ends in one sentence and exit status 1.
Django is not loaded here: this process only looks after the others.
"""

import argparse
import ctypes
import fcntl
import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

from django.core.exceptions import ImproperlyConfigured

from advisor import environment
from advisor.web import embedded
from advisor.web.embedded import Service, StartError

BASE_DIR = Path(__file__).resolve().parent.parent.parent
FREE_DISK_MB = 300  # a fresh database takes about 60 MB, its write-ahead log up to 100 MB more
READY_SECONDS = 60.0
STOP_SECONDS = 10.0
HOST = "127.0.0.1"


class Stopped(BaseException):
    """Ctrl-C, a closed terminal or a polite kill."""


def main() -> int:
    """Run until told to stop."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", default="8000")
    port = arguments.parse_args().port
    _listen_for_stop()
    started: list[Service] = []
    try:
        with _only_one_here(_var_folder()):
            _run(_port_number(port), started)
    except Stopped:
        print("\nStopping.", flush=True)
        return 0
    except (StartError, ImproperlyConfigured) as problem:
        print(f"Cannot start: {problem}", file=sys.stderr, flush=True)
        return 1
    except OSError as problem:
        print(f"Cannot start: {problem.filename or 'a file'}: {problem.strerror}.", file=sys.stderr, flush=True)
        return 1
    finally:
        _ignore_signals()
        _stop(started)


def _run(port: int, started: list[Service]) -> NoReturn:
    var = _var_folder()
    log = var / "log"
    log.mkdir(exist_ok=True)
    _check_port(port)
    os.environ |= {"ADVISOR_LOCAL": "1", "ADVISOR_VAR": str(var), "PYTHONUNBUFFERED": "1"}
    _start_services(var, log, started)
    _prepare(var, log / "prepare.log")
    celery = [sys.executable, "-m", "celery", "-A", "advisor.celery", "--quiet"]
    worker = [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
    # The worker would first wait for its broker to come back: SIGKILL. Its children follow (advisor/celery.py).
    started.append(_start("worker", worker, log, signal.SIGKILL))
    web = [sys.executable, "-m", "advisor.web.serve", f"--host={HOST}", f"--port={port}"]
    started.append(_start("web", web, log, signal.SIGTERM))
    _wait_until_ready(port, started, log)
    # The clock waits for nobody, and nobody for it: the worker rings the regular tasks once by itself.
    started.append(_start("clock", [*celery, "beat", "--loglevel=WARNING", "--pidfile="], log, signal.SIGKILL))
    print(_welcome(port, var), flush=True)
    while True:
        _complain_about_dead(started, log)
        time.sleep(0.5)


def _stop(started: list[Service]) -> None:
    """Our own programs together, then the services they use, in reverse order."""
    own = [service for service in started if not service.address]
    for service in own:
        service.ask_to_stop()
    for service in own:
        service.wait_or_kill(STOP_SECONDS)
    for service in reversed([service for service in started if service.address]):
        service.stop(STOP_SECONDS)


def _start_services(var: Path, log: Path, started: list[Service]) -> None:
    own_database = not environment.text("DATABASE_URL", "")
    own_queue = not environment.text("REDIS_URL", "")
    if not own_database:
        _check_database()
    if not own_queue:
        _check_redis()
    runtime = embedded.runtime_folder(var)
    embedded.make_private(runtime)
    if own_database:
        started.append(embedded.start_postgres(var / "postgres", runtime, log / "postgres.log"))
    if own_queue:
        started.append(embedded.start_valkey(var / "valkey", runtime, log / "valkey.log"))


def _var_folder() -> Path:
    var = Path(environment.text("ADVISOR_VAR", str(BASE_DIR / "var"))).resolve()
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = var / ".can-write"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as problem:
        raise StartError(f"the folder {var} cannot be written to ({problem.strerror}).") from None
    free_mb = shutil.disk_usage(var).free // 1_000_000
    if free_mb < FREE_DISK_MB:
        raise StartError(f"only {free_mb} MB are free on the disk that holds {var}; {FREE_DISK_MB} MB are needed.")
    return var


def _only_one_here(var: Path) -> IO[str]:
    """Hold a lock for as long as the returned file stays open; the kernel lets go of it even after kill -9."""
    file = (var / "supervisor.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        raise StartError(
            f"it is already running in this folder (process {file.read().strip() or 'unknown'}). Stop that one first."
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _port_number(written: str) -> int:
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 65536:
        raise StartError(f"PORT must be a number from 1 to 65535, not {written!r}.")
    return int(written)


def _check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except PermissionError:
            raise StartError(f"port {port} needs special rights. Choose one above 1023: make run PORT=8123.") from None
        except OSError:
            raise StartError(f"port {port} is already in use. Choose another one: make run PORT=8123.") from None


def _check_database() -> None:
    import psycopg

    database = environment.database("DATABASE_URL", None)
    try:
        psycopg.connect(
            host=database["HOST"],
            port=database["PORT"] or None,
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            dbname=database["NAME"],
            **({"connect_timeout": 5} | database["OPTIONS"]),
        ).close()
    except psycopg.Error as problem:
        reason = str(problem).strip().splitlines()[-1].strip()
        raise StartError(f"the database in DATABASE_URL cannot be reached ({reason}).") from None


def _check_redis() -> None:
    import redis

    try:
        redis.Redis.from_url(environment.redis_address("REDIS_URL", None), socket_timeout=5).ping()
    except (redis.RedisError, ValueError) as problem:
        raise StartError(f"the Redis server in REDIS_URL cannot be reached ({problem}).") from None


def _prepare(var: Path, log: Path) -> None:
    """Migrate and load the catalog, unless the embedded database has seen exactly this program before."""
    seen = None if environment.text("DATABASE_URL", "") else var / "postgres" / "prepared-by"
    program = _fingerprint()
    if seen is not None and seen.exists() and seen.read_text() == program:
        return
    command = [sys.executable, str(BASE_DIR / "manage.py"), "prepare"]
    with embedded.fresh_log(log) as output:
        done = subprocess.run(
            command, stdout=output, stderr=output, check=False, preexec_fn=embedded.dies_with_parent(signal.SIGTERM)
        )
    if done.returncode != 0:
        lines = log.read_text(errors="replace").strip().splitlines() or ["no reason given"]
        telling = [line for line in lines if "Error" in line and not line.startswith(" ")]
        raise StartError(f"the database could not be prepared: {(telling or lines)[-1]} (the whole story is in {log})")
    if seen is not None:
        seen.write_text(program)


def _fingerprint() -> str:
    """Changes whenever our code, the shipped data or a library changes."""
    digest = hashlib.sha256()
    files = [path for path in (BASE_DIR / "advisor").rglob("*") if path.suffix in (".py", ".yaml", ".json")]
    for path in [BASE_DIR / "requirements.lock", *sorted(files)]:
        digest.update(f"{path.relative_to(BASE_DIR)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _start(name: str, command: list[str], log: Path, on_parent_death: signal.Signals) -> Service:
    with embedded.fresh_log(log / f"{name}.log") as output:
        process = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C reaches this process only, which then stops the others in order
            preexec_fn=embedded.dies_with_parent(on_parent_death),
        )
    return Service(name, process, "", signal.SIGTERM)


def _wait_until_ready(port: int, started: list[Service], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    answer = ""
    while time.monotonic() < deadline:
        _complain_about_dead(started, log)
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/healthz")
            response = connection.getresponse()
            answer = response.read().decode(errors="replace")
            if response.status == http.HTTPStatus.OK:
                return
        time.sleep(0.1)
    raise StartError(
        f"it is not ready after {READY_SECONDS:.0f} seconds: {answer or 'the web server does not answer'}."
    )


def _complain_about_dead(started: list[Service], log: Path) -> None:
    for service in started:
        if service.process.poll() is not None:
            raise StartError(f"{service.name} has stopped; {log} holds its last words.")


def _welcome(port: int, var: Path) -> str:
    python = os.path.relpath(sys.executable)
    return (
        f"\nReady: http://{HOST}:{port}/\n"
        f"Sign in at http://{HOST}:{port}/accounts/login/ with a login made in a second terminal:\n"
        f"  {python} manage.py create_login admin\n"
        f"  {python} manage.py create_login consultant\n"
        f"Data and logs are kept in {var}. Ctrl-C stops everything."
    )


def _listen_for_stop() -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    if "MAKELEVEL" in os.environ and sys.platform == "linux":
        # Started by make: if make is killed, stop as well.
        set_signal: Callable[..., int] = ctypes.CDLL(None).prctl
        set_signal(embedded.PR_SET_PDEATHSIG, int(signal.SIGTERM))


def _ignore_signals() -> None:
    """A second Ctrl-C must not interrupt the stopping."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
