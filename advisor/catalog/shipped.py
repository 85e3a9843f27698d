"""The data files that come with the code, read from disk: one YAML list per kind, no database."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"

# libyaml is about ten times faster and part of every PyYAML wheel; a plain build still works without it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BrokenData(Exception):
    """The data files or the drafts break rules. ``problems`` says which, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def shipped_hash(folder: Path = DATA) -> str:
    """One fingerprint of all data files, quick enough for every start."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def shipped_rows(collections: list[str], folder: Path = DATA) -> dict[str, list[dict[str, Any]]]:
    """Rows by collection, as they stand in the files. Left-out fields are unknown.

    Raises:
        BrokenData: a file is missing, is no YAML, or is not a list of rows with short names.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    problems: list[str] = []
    for name in collections:
        try:
            rows[name] = _read(folder / f"{name}.yaml")
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
            problems.append(f"{name}.yaml: {_in_one_line(error)}")
    if problems:
        raise BrokenData(problems)
    return rows


def _read(path: Path) -> list[dict[str, Any]]:
    rows = yaml.load(path.read_text("utf-8"), Loader=Loader)  # noqa: S506  # both loaders are safe ones
    if not isinstance(rows, list):
        raise ValueError("expected a list of rows")
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("slug"), str):
            raise ValueError(f"entry {place} has no slug")
    return rows


def _in_one_line(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "the file is missing"
    return " ".join(str(error).split())
