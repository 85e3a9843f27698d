"""The web server: `python -m advisor.web.serve`.

Django is loaded before Granian forks its workers, so that they share that memory and start at once. One thread per
worker: the pages are short, and status is asked for by polling, so nothing holds a worker for long. Only the assistant
does, where there is one; settings.WEB_THREADS then has threads for those who wait for it.
"""

import argparse

from django.conf import settings
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

import advisor.wsgi  # noqa: F401  # loads Django


def main() -> None:
    """Serve until told to stop."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, default=8000)
    arguments.add_argument("--workers", type=int, default=2)
    chosen = arguments.parse_args()
    len(get_resolver(None).url_patterns)  # loads the views, which Django would otherwise do on the first request
    Server(
        "advisor.wsgi:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=settings.WEB_THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
