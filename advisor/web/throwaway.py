"""Services of one's own that are gone afterwards: ``make bench`` runs a command of ``manage.py`` on them.

    python -m advisor.web.throwaway browse_times

The database is migrated and empty. Nothing that runs elsewhere is touched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advisor.web import embedded


@contextmanager
def services() -> Iterator[dict[str, str]]:
    """The environment of programs that use an empty database and queue; both end with the block."""
    with tempfile.TemporaryDirectory(prefix="advisor-throwaway-") as name:
        folder = Path(name)
        started = [
            embedded.start_postgres(folder / "postgres", folder / "run", folder / "postgres.log", durable=False),
            embedded.start_valkey(folder / "valkey", folder / "run", folder / "valkey.log", durable=False),
        ]
        addresses = {"DATABASE_URL": started[0].address, "REDIS_URL": started[1].address}
        try:
            yield os.environ | addresses | {"ADVISOR_LOCAL": "1", "ADVISOR_VAR": name}
        finally:
            for service in started:
                service.stop()


def main(command: list[str]) -> int:
    """The exit status of the command, or of the migration where that fails."""
    with services() as environment:
        for arguments in (["migrate", "--verbosity", "0"], command):
            status = subprocess.run([sys.executable, "manage.py", *arguments], env=environment, check=False).returncode
            if status:
                break
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
