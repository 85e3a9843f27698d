"""Small typed readers for the environment: the one place where settings come from outside.

A missing or odd value raises ImproperlyConfigured with a sentence that names the variable and what it should look like.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable itself, or the contents of the file that NAME_FILE points to (how containers hand over secrets)."""
    if value := os.environ.get(name, "").strip():
        return value
    if file_name := os.environ.get(f"{name}_FILE", "").strip():
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE points to {file_name}, which cannot be read: {error.strerror}."
            ) from None
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. Set {name}, or {name}_FILE to a file that holds it.")
    return default


def flag(name: str, default: bool = False) -> bool:
    """A yes-or-no variable: 1 or 0."""
    value = text(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value == "1"


def whole_number(name: str, default: int, *, lowest: int = 0) -> int:
    """A whole number not below `lowest`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < lowest:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {lowest}, not {value!r}.")
    return int(value)


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name, ",".join(default)).split(",") if part.strip()]


def database(name: str, default: str | None) -> dict[str, Any]:
    """A PostgreSQL address as Django's database settings: postgresql://user:password@host:5432/database."""
    address = text(name, default)
    example = "Write it like postgresql://user:password@host:5432/database."
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a database address. {example}") from None
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL database. {example}")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    database_name = unquote(parts.path.removeprefix("/"))
    if not host or not database_name:
        raise ImproperlyConfigured(f"{name} must name a host and a database. {example}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": host,
        "PORT": port or "",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "OPTIONS": options,
    }


def redis_address(name: str, default: str | None) -> str:
    """A Redis or Valkey address: redis://host:6379/0, rediss:// for TLS, or unix:///path/to/socket."""
    address = text(name, default)
    if urlsplit(address).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured(f"{name} must look like redis://host:6379/0 or unix:///path/to/socket.")
    return address


def web_address(name: str, default: str) -> str:
    """The address of a server, without a slash at the end: https://hub.example. An empty default: there may be none."""
    address = text(name, default).rstrip("/")
    if not address and not default:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query:
        raise ImproperlyConfigured(f"{name} must look like https://hub.example, without a password in it.")
    return address


def s3_storage(prefix: str) -> dict[str, Any] | None:
    """The storage of a bucket on any server that speaks S3, as an entry of Django's STORAGES; None without a bucket.

    Reads PREFIX_BUCKET, PREFIX_ENDPOINT (without one: Amazon's), PREFIX_REGION, PREFIX_ACCESS_KEY and
    PREFIX_SECRET_KEY.
    """
    bucket = text(f"{prefix}_BUCKET", "")
    if not bucket:
        return None
    from botocore.config import Config  # takes a fifth of a second, and few need it

    limits = Config(
        connect_timeout=3,
        read_timeout=10,
        retries={"total_max_attempts": 2},  # in all below the task's soft limit: a silent server holds a worker briefly
        s3={"addressing_style": "path" if text(f"{prefix}_ENDPOINT", "") else "auto"},
        signature_version="s3v4",
        # Checksums in trailers are newer than most servers that speak S3.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    options = {
        "bucket_name": bucket,
        "endpoint_url": web_address(f"{prefix}_ENDPOINT", "") or None,
        "region_name": text(f"{prefix}_REGION", "us-east-1"),
        "access_key": text(f"{prefix}_ACCESS_KEY"),
        "secret_key": text(f"{prefix}_SECRET_KEY"),
        "client_config": limits,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def header_key(name: str) -> str:
    """A secret that travels in a header of a request; empty when there is none."""
    key = text(name, "")
    if not key.isascii() or not key.isprintable():
        raise ImproperlyConfigured(f"{name} holds characters that no key has.")
    return key


def contact(name: str) -> str:
    """Where people who want to talk to somebody go: https://... or mailto:...; empty when there is nobody."""
    address = text(name, "")
    if address and not address.startswith(("https://", "mailto:")):
        raise ImproperlyConfigured(
            f"{name} must look like https://advisor.example/contact or mailto:help@advisor.example."
        )
    return address


def secret_key(name: str, *, keep_in: Path | None) -> str:
    """The signing key. With a folder to keep it in, one is made once, in a file only this account can read."""
    if keep_in is not None and not os.environ.get(name) and not os.environ.get(f"{name}_FILE"):
        return _kept_key(keep_in / "secret_key")
    key = text(name)
    if len(key) < 50:
        raise ImproperlyConfigured(f"{name} is too short: use at least 50 random characters.")
    return key


def _kept_key(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # O_EXCL: two processes starting together must end up with the same key.
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(f"Cannot write {path}: {error.strerror}.") from None
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"{path} holds no complete key. Delete it and start again.")
    return key
