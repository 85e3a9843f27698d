"""Run one command of ``manage.py`` on services of its own that are gone afterwards: ``make bench`` measures with it.

    python -m advisor.web.throwaway browse_times

The database is migrated and empty. Nothing that runs elsewhere is touched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from advisor.web import embedded


def main(command: list[str]) -> int:
    """The exit status of the command, or of the migration where that fails."""
    with tempfile.TemporaryDirectory(prefix="advisor-throwaway-") as name:
        folder = Path(name)
        services = [
            embedded.start_postgres(folder / "postgres", folder / "run", folder / "postgres.log", durable=False),
            embedded.start_valkey(folder / "valkey", folder / "run", folder / "valkey.log", durable=False),
        ]
        addresses = {"DATABASE_URL": services[0].address, "REDIS_URL": services[1].address}
        environment = os.environ | addresses | {"ADVISOR_LOCAL": "1", "ADVISOR_VAR": name}
        try:
            for arguments in (["migrate", "--verbosity", "0"], command):
                status = subprocess.run(
                    [sys.executable, "manage.py", *arguments], env=environment, check=False
                ).returncode
                if status:
                    break
            return status
        finally:
            for service in services:
                service.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
