"""Make the virtual environment from the hashed lock file: `make setup`. Standard library only; safe to run again."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-from"


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  # the whole point here is to meet an older one
        sys.exit("Python 3.11 or newer is needed. Name one with: make setup PYTHON=python3.11")
    wanted = f"{sys.version_info.major}.{sys.version_info.minor} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}\n"
    if STAMP.exists() and STAMP.read_text() == wanted and works():
        return
    print("Installing the packages named in requirements.lock into .venv; this takes a minute the first time.")
    STAMP.unlink(missing_ok=True)
    if not works():
        shutil.rmtree(VENV, ignore_errors=True)
    pip = make_pip()
    install = [*pip, "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(LOCK)]
    if subprocess.run(install, check=False).returncode != 0:
        sys.exit("Installing failed; the lines above say why. Check the network and the free disk space, then repeat.")
    STAMP.write_text(wanted)


def works() -> bool:
    """Is there an environment whose Python still starts and has the version of the one running this?"""
    code = "import sys; print(sys.version_info[:2])"
    if not PYTHON.exists():
        return False
    answer = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == str(sys.version_info[:2])


def make_pip() -> list[str]:
    """The command that installs into .venv, whichever way this Python can get one."""
    if succeeds(PYTHON, "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    if succeeds(sys.executable, "-m", "venv", str(VENV)):
        return [str(PYTHON), "-m", "pip"]
    # Debian splits the pip inside venv off into python3-venv; a pip beside this Python does as well.
    bare = succeeds(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV))
    if bare and succeeds(sys.executable, "-m", "pip", "--version"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    sys.exit("This Python cannot make a virtual environment. On Debian: apt install python3-venv")


def succeeds(*command: object) -> bool:
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    try:
        main()
    except OSError as problem:
        sys.exit(f"Cannot set up .venv: {problem.filename or ROOT}: {problem.strerror}.")
