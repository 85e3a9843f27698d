"""`make run` as a person meets it: it starts, stops, says in one sentence why it cannot, and leaves nothing behind."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import psutil
import pytest

from advisor.web import embedded, supervisor

pytestmark = pytest.mark.system

ROOT = Path(__file__).parent.parent.parent
SECONDS = 90
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """One data folder for all tests of this file, so that only the first start is a first start."""
    folder = Path(tempfile.mkdtemp(prefix="advisor-var-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def start(var: Path, port: int) -> Iterator[Start]:
    """Start the supervisor as make does; whatever a failed test leaves is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(on_port: object = port, **environment: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "advisor.web.supervisor", "--port", str(on_port)],
            cwd=ROOT,
            env=settings_free() | {"ADVISOR_VAR": str(var)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def settings_free() -> dict[str, str]:
    ours = ("DATABASE_URL", "REDIS_URL", "ADVISOR_", "SECRET_KEY", "DJANGO_", "MAKE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def wait_until_ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:  # ends when the process does
        said += line
        if line.startswith("Ready: "):
            return
    pytest.fail(f"it never got ready: {said}")


def family(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    root = psutil.Process(process.pid)
    return [root, *root.children(recursive=True)]


def left_over(processes: list[psutil.Process], seconds: float) -> list[str]:
    """The commands still alive after that time; a zombie only waits for somebody to read its exit status."""
    deadline = time.monotonic() + seconds
    while True:
        alive = [said for one in processes if (said := command_of(one)) is not None]
        if not alive or time.monotonic() > deadline:
            return alive
        time.sleep(0.1)


def command_of(process: psutil.Process) -> str | None:
    """None once it has ended, which may be between two questions."""
    try:
        running = process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        return " ".join(process.cmdline()) if running else None
    except psutil.NoSuchProcess:
        return None


def create_login(var: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", "create_login", "admin"],
        cwd=ROOT,
        env=settings_free() | {"ADVISOR_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_gets_healthy_keeps_its_data_and_stops_without_a_trace(
    start: Start, var: Path, port: int, stop: signal.Signals
) -> None:
    process = start()
    wait_until_ready(process)
    assert urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10).status == 200
    create_login(var)
    members = family(process)

    process.send_signal(stop)

    assert process.wait(SECONDS) == 0
    assert left_over(members, seconds=1) == []
    again = start()
    wait_until_ready(again)
    assert "There is already a login 'admin'" in create_login(var).stderr
    again.send_signal(stop)
    assert again.wait(SECONDS) == 0


def test_killing_it_leaves_no_orphan(start: Start) -> None:
    process = start()
    wait_until_ready(process)
    members = family(process)
    assert len(members) > 10  # PostgreSQL and its helpers, Valkey, worker and pool, clock, web server and workers

    process.kill()

    assert left_over(members, seconds=10) == []


def test_killing_it_while_it_starts_leaves_no_orphan(start: Start) -> None:
    process = start()
    deadline = time.monotonic() + SECONDS
    while len(family(process)) < 8 and time.monotonic() < deadline:
        time.sleep(0.05)
    members = family(process)

    process.kill()

    assert left_over(members, seconds=10) == []


@pytest.mark.parametrize("victim", ["advisor.web.serve", "celery", "postgres -D", "valkey-server"])
def test_when_a_part_dies_the_whole_says_so_and_stops(start: Start, victim: str) -> None:
    process = start()
    wait_until_ready(process)
    members = family(process)
    children = [one for one in psutil.Process(process.pid).children() if victim in (command_of(one) or "")]

    children[0].kill()

    output, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "has stopped" in output
    assert "Traceback" not in output
    assert left_over(members, seconds=1) == []


def test_a_second_start_in_the_same_folder_is_refused_while_the_first_goes_on(start: Start, port: int) -> None:
    first = start()
    wait_until_ready(first)

    output, _ = (second := start()).communicate(timeout=SECONDS)

    assert second.returncode == 1
    assert output == f"Cannot start: it is already running in this folder (process {first.pid}). Stop that one first.\n"
    assert urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10).status == 200


def refusal(process: "subprocess.Popen[str]") -> str:
    """The one sentence a failed start prints."""
    output, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "Traceback" not in output
    lines = output.strip().splitlines()
    assert len(lines) == 1, output
    return lines[0]


def test_a_busy_port_ends_in_one_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert refusal(start(on_port=port)) == (
            f"Cannot start: port {port} is already in use. Choose another one: make run PORT=8123."
        )


def test_a_port_that_is_no_number_ends_in_one_sentence(start: Start) -> None:
    assert refusal(start(on_port="web")) == "Cannot start: PORT must be a number from 1 to 65535, not 'web'."


@pytest.mark.parametrize(
    ("name", "address", "reason"),
    [
        ("DATABASE_URL", "postgresql://advisor:secret-word@127.0.0.1:1/advisor", "DATABASE_URL cannot be reached"),
        ("DATABASE_URL", "mysql://localhost/advisor", "DATABASE_URL must name a PostgreSQL database"),
        ("DATABASE_URL", "postgresql://localhost/advisor?nonsense=1", "DATABASE_URL cannot be reached"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "REDIS_URL cannot be reached"),
        ("REDIS_URL", "127.0.0.1", "REDIS_URL must look like"),
    ],
)
def test_a_server_that_is_not_there_ends_in_one_sentence(start: Start, name: str, address: str, reason: str) -> None:
    sentence = refusal(start(**{name: address}))

    assert reason in sentence
    assert "secret-word" not in sentence


def test_a_folder_that_cannot_be_written_ends_in_one_sentence(start: Start) -> None:
    # Nobody, not even root, can make a folder there.
    assert refusal(start(ADVISOR_VAR="/sys/advisor")).startswith(
        "Cannot start: the folder /sys/advisor cannot be written to ("
    )


def test_a_nearly_full_disk_ends_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setenv("ADVISOR_VAR", str(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=12_000_000))

    with pytest.raises(embedded.StartError, match="only 12 MB are free on the disk"):
        supervisor._var_folder()


def test_a_catalog_that_cannot_be_loaded_ends_in_one_sentence(start: Start, var: Path) -> None:
    """The last line of what went wrong, and where the rest is."""
    (var / "postgres" / "prepared-by").unlink(missing_ok=True)

    sentence = refusal(start(DJANGO_SETTINGS_MODULE="advisor.nowhere"))

    assert "the database could not be prepared: " in sentence
    assert "prepare.log" in sentence


def test_a_folder_with_a_very_long_name_works(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 20) / ("name" * 20)
    deep.mkdir(parents=True)

    runtime = embedded.runtime_folder(deep)
    embedded.make_private(runtime)
    service = embedded.start_postgres(deep / "postgres", runtime, deep / "postgres.log", durable=False)
    service.stop()

    assert service.process.returncode == 0
    assert runtime.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(runtime)


@pytest.mark.skipif(os.getuid() != 0, reason="only root starts PostgreSQL under another account")
def test_the_server_account_is_not_root_and_still_reaches_roots_folders(tmp_path: Path) -> None:
    """A checkout in /root must work without opening /root to everybody."""
    (private := tmp_path / "private").mkdir(mode=0o700)
    (private / "program").write_text("")
    (private / "program").chmod(0o600)

    reaches = subprocess.run(embedded._as_server_account(["test", "-r", str(private / "program")]), check=False)
    account = subprocess.run(embedded._as_server_account(["id", "-un"]), capture_output=True, text=True, check=False)

    assert reaches.returncode == 0
    assert account.stdout.strip() == "pgserver"


def test_a_private_folder_somebody_else_prepared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trap").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "trap")

    with pytest.raises(embedded.StartError, match="belongs to another account"):
        embedded.make_private(tmp_path / "run")


def test_the_page_answers_while_the_queue_is_away(start: Start, var: Path, port: int) -> None:
    process = start()
    wait_until_ready(process)
    valkey = next(one for one in family(process) if "valkey-server" in " ".join(one.cmdline()))
    valkey.suspend()  # accepts connections, never answers

    began = time.monotonic()
    status = urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=30).status
    with pytest.raises(urllib.error.HTTPError, match="503"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30)
    valkey.resume()

    assert status == 200
    assert time.monotonic() - began < 15


def test_a_form_that_was_open_while_the_server_was_killed_is_taken_after_it(start: Start, port: int) -> None:
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=SECONDS) as browser:
        killed = start()
        wait_until_ready(killed)
        sent = {"length": "full", "answering_for": "business"} | token(browser.get("/"))
        first = browser.post("/", data=sent)
        gone = family(killed)
        killed.kill()
        left_over(gone, SECONDS)
        killed = start()
        wait_until_ready(killed)
        second = browser.post(first.url, data={"country": "NL", "currency": "EUR"} | token(first))
        gone = family(killed)
        killed.kill()
        left_over(gone, SECONDS)
        wait_until_ready(start())

        assert second.url.path.endswith("/question/Q2/")
        assert '<option value="NL" selected>' in browser.get(first.url).text


def token(page: httpx2.Response) -> dict[str, str]:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert found is not None
    return {"csrfmiddlewaretoken": found[1]}
