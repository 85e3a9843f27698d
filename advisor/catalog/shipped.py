"""The data files that come with the code, read from disk: one YAML list per kind, no database."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"

# libyaml is about ten times faster and part of every PyYAML wheel; a plain build still works without it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shipped_hash() -> str:
    """One fingerprint of all data files, quick enough for every start."""
    digest = hashlib.sha256()
    for path in sorted(DATA.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def shipped_rows() -> dict[str, list[dict[str, Any]]]:
    """Rows by kind, as they stand in the files. Left-out fields are unknown."""
    return {path.stem: yaml.load(path.read_text(), Loader=Loader) for path in sorted(DATA.glob("*.yaml"))}  # noqa: S506
