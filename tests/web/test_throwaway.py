"""A command on services of its own: the database is migrated, and nothing stays behind."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.web.throwaway import main


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Short, because a socket's path may not be long."""
    made = Path(tempfile.mkdtemp(prefix="t"))
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    yield made
    shutil.rmtree(made)


@pytest.mark.system
@pytest.mark.parametrize(("command", "status"), [(["migrate", "--check"], 0), (["no_such_command"], 1)])
def test_a_command_finds_a_migrated_database_that_is_gone_afterwards(
    folder: Path, command: list[str], status: int
) -> None:
    assert main(command) == status
    assert list(folder.iterdir()) == []
