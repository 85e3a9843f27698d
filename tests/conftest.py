"""What every test stands on: PostgreSQL and Valkey started for this run only, no other network, a frozen clock.

Set TEST_DATABASE_URL and TEST_REDIS_URL to use servers that are already there.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from pytest_socket import socket_allow_hosts

from advisor.web import embedded

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.everyone import World

BEGAN = time.time()
NO_BROWSER = "no Chromium installed"
PATIENCE_MS = 60_000  # a browser on a busy machine is late, not broken

# The addresses are fixed before Django reads its settings; the servers start only when a test outside the engine runs.
FOLDER = Path(tempfile.mkdtemp(prefix="advisor-test-"))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "advisor.settings",
    "ADVISOR_LOCAL": "1",
    "ADVISOR_VAR": str(FOLDER),
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", embedded.postgres_address(FOLDER / "run")),
    "REDIS_URL": os.environ.get("TEST_REDIS_URL", embedded.valkey_address(FOLDER / "run")),
}
for name in ("DEBUG", "SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"):
    os.environ.pop(name, None)
django.setup()
settings.DATABASES["default"]["CONN_MAX_AGE"] = 0  # a live server's threads must let go of the test database
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose


def pytest_xdist_setupnodes() -> None:
    """Processes that run tests side by side read the settings only after they have addresses of their own."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The tests of a file run in one process; those that empty the database come after all that need it filled."""
    for item in items:
        group = str(item.path.relative_to(config.rootpath))
        item.add_marker(pytest.mark.xdist_group(f"{group} emptying" if empties_database(item) else group))


def empties_database(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or (mark and mark.kwargs.get("transaction")))


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def services(request: pytest.FixtureRequest) -> Iterator[None]:
    """PostgreSQL and Valkey, unless only engine tests run."""
    engine = Path(__file__).parent / "engine"
    if all(item.path.is_relative_to(engine) for item in request.session.items):
        yield
        return
    started = []
    if "TEST_DATABASE_URL" not in os.environ:
        started.append(
            embedded.start_postgres(FOLDER / "postgres", FOLDER / "run", FOLDER / "postgres.log", durable=False)
        )
    if "TEST_REDIS_URL" not in os.environ:
        started.append(embedded.start_valkey(FOLDER / "valkey", FOLDER / "run", FOLDER / "valkey.log", durable=False))
    yield
    for service in started:
        service.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(services: None) -> None:
    """The test database can be made only once the server runs."""


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """It goes with its server."""
    return "TEST_DATABASE_URL" not in os.environ


@pytest.fixture(autouse=True)
def only_local_network(request: pytest.FixtureRequest) -> None:
    """Sockets stay open for this machine and closed for every other."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language a request chose in one test never speaks in the next."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """Throttles and cached versions of one test never reach the next."""
    from django.core.cache import cache

    if "db" in request.fixturenames or "client" in request.fixturenames:
        cache.clear()


@pytest.fixture(autouse=True)
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """What limits count falls into one window, even where a minute ends in mid-test."""
    monkeypatch.setattr("advisor.web.throttle.window", lambda seconds: int(BEGAN // seconds))


@pytest.fixture
def freeze_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`freeze_time(moment)` sets what `django.utils.timezone.now()` answers; call it again to move the clock."""

    def freeze(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment.astimezone(UTC))

    return freeze


@pytest.fixture(scope="module")
def shared_world(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator["World"]:
    """Made once for a file: what a test changes in it is undone with that test's own transaction."""
    from tests.everyone import make_world, undone
    from tests.small_catalog import write_small_catalog

    files, data = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("data")
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": files}}
    stored = override_settings(STORAGES={**settings.STORAGES, "default": storage})
    with django_db_blocker.unblock(), stored, undone():
        yield make_world(write_small_catalog(data))


@pytest.fixture
def world(shared_world: "World", db: None, monkeypatch: pytest.MonkeyPatch) -> "World":
    """One of everything, on a site that is in good health."""
    monkeypatch.setattr("advisor.web.health.problems", list)
    return shared_world


@pytest.fixture(scope="session")
def chromium() -> str:
    """The installed Chromium. Without one browser tests are skipped, loudly; REQUIRE_BROWSER=1 makes that a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("No Chromium is installed, and REQUIRE_BROWSER=1 says it must be.")
    if found is None:
        pytest.skip(NO_BROWSER)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator["Browser"]:
    """A headless Chromium; `browser.new_context().new_page()` gives a fresh visitor. Use it with `live_server`."""
    from playwright.sync_api import expect, sync_playwright

    # Playwright runs an event loop in this thread, and Django then suspects every query of being made inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=flags.split(), timeout=PATIENCE_MS)
        new_context = started.new_context

        def patient_context(**options: Any) -> Any:
            context = new_context(**options)
            context.set_default_timeout(PATIENCE_MS)
            return context

        started.new_context = patient_context  # type: ignore[method-assign]
        yield started
        started.close()


@pytest.fixture(autouse=True)
def closed_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """A window left open goes on asking, and takes its time from the tests after it."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.write_sep("!", f"{len(skipped)} BROWSER TESTS DID NOT RUN: no Chromium installed", red=True)
