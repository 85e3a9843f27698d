"""What production would do with the settings: read in a fresh process, with nothing set but what the test sets."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.production import PRODUCTION, manage, production_setting


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **PRODUCTION)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_production_is_the_default(tmp_path: Path) -> None:
    names = ["DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"]
    found = production_setting(f"[getattr(settings, name) for name in {names}]", tmp_path)

    assert found == [False, True, True, True, 31_536_000]


def test_the_database_address_is_read_in_full(tmp_path: Path) -> None:
    found = production_setting("settings.DATABASES['default']", tmp_path)

    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "advisor")
    assert (found["USER"], found["PASSWORD"]) == ("advisor", "p@ss")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("f" * 60 + "\n")

    assert production_setting("settings.SECRET_KEY", tmp_path, SECRET_KEY="", SECRET_KEY_FILE=str(file)) == "f" * 60


def test_running_on_ones_own_machine_relaxes_only_https(tmp_path: Path) -> None:
    names = ["DEBUG", "SESSION_COOKIE_HTTPONLY", "X_FRAME_OPTIONS", "CONTENT_SECURITY_POLICY", "MIDDLEWARE"]
    expression = f"[getattr(settings, name) for name in {names}]"

    assert production_setting(expression, tmp_path) == production_setting(expression, tmp_path, ADVISOR_LOCAL="1")


def test_the_own_machine_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = production_setting("settings.SECRET_KEY", tmp_path, ADVISOR_LOCAL="1", SECRET_KEY="")
    second = production_setting("settings.SECRET_KEY", tmp_path, ADVISOR_LOCAL="1", SECRET_KEY="")

    assert first == second
    assert len(first) >= 64
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_files_go_to_a_bucket_where_one_is_named(tmp_path: Path) -> None:
    bucket = {
        "S3_BUCKET": "reports",
        "S3_ENDPOINT": "https://store.example",
        "S3_ACCESS_KEY": "us",
        "S3_SECRET_KEY_FILE": str(tmp_path / "key"),
    }
    (tmp_path / "key").write_text("hush\n")

    without = production_setting("settings.STORAGES['default']", tmp_path)
    found = production_setting("settings.STORAGES['default']", tmp_path, **bucket)

    assert without["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    assert found["BACKEND"] == "storages.backends.s3.S3Storage"
    assert (found["OPTIONS"]["endpoint_url"], found["OPTIONS"]["secret_key"]) == ("https://store.example", "hush")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "", "SECRET_KEY_FILE": "/no/such/file"}, "cannot be read: No such file"),
        ({"DATABASE_URL": "mysql://db/advisor"}, "DATABASE_URL must name a PostgreSQL database"),
        ({"DATABASE_URL": "postgresql://db:port/advisor"}, "DATABASE_URL is not a database address"),
        ({"DATABASE_URL": "postgresql://db"}, "DATABASE_URL must name a host and a database"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL must look like redis://"),
        ({"ADVISOR_CONTACT": "javascript:alert(1)"}, "ADVISOR_CONTACT must look like https://"),
        ({"ADVISOR_LOCAL": "yes"}, "ADVISOR_LOCAL must be 1 or 0, not 'yes'"),
        ({"S3_BUCKET": "reports"}, "S3_ACCESS_KEY is not set"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES must be a whole number"),
    ],
)
def test_an_odd_value_ends_in_one_sentence(tmp_path: Path, wrong: dict[str, str], sentence: str) -> None:
    done = manage("check", tmp_path=tmp_path, **(PRODUCTION | wrong))

    assert done.returncode == 1
    assert done.stderr.startswith("Settings: ")
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_time_limits_stay_in_order() -> None:
    soft, hard = settings.CELERY_TASK_SOFT_TIME_LIMIT, settings.CELERY_TASK_TIME_LIMIT
    lease = settings.REPORT_LEASE_SECONDS
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]

    assert soft < hard < lease < visibility
    assert hard < settings.WORKER_SILENCE_SECONDS


def test_the_queue_is_set_up_as_a_bell() -> None:
    from advisor.celery import app

    assert app.conf.task_acks_late is False
    assert app.conf.task_ignore_result is True
    assert app.conf.result_backend is None
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.worker_disable_prefetch is True
    assert app.conf.broker_transport_options["socket_connect_timeout"] == 2
    assert app.conf.broker_transport_options["socket_timeout"] == 5


@pytest.mark.django_db
def test_every_model_change_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_static_files_can_be_collected_under_hashed_names(tmp_path: Path) -> None:
    static = tmp_path / "static"

    done = manage("collectstatic", "--noinput", tmp_path=tmp_path, STATIC_ROOT=str(static), **PRODUCTION)

    assert done.returncode == 0, done.stderr
    names = json.loads((static / "staticfiles.json").read_text())["paths"]
    assert names["css/site.css"] != "css/site.css"
