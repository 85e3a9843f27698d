"""Settings as production reads them: in a fresh process, with nothing set but what the test sets."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "DATABASE_URL": "postgresql://advisor:p%40ss@db.example:5433/advisor?sslmode=require",
    "REDIS_URL": "rediss://queue.example:6379/0",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "advisor.example, www.advisor.example",
}


def manage(*arguments: str, tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run manage.py with exactly this environment."""
    measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    clean = {"PATH": os.environ["PATH"], "ADVISOR_VAR": str(tmp_path / "var")} | measured | environment
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=clean, capture_output=True, text=True, check=False
    )


def production_setting(expression: str, tmp_path: Path, **environment: str) -> Any:
    program = f"import json; from django.conf import settings; print('\\n' + json.dumps({expression}, default=str))"
    done = manage("shell", "--verbosity=0", "-c", program, tmp_path=tmp_path, **(PRODUCTION | environment))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])
