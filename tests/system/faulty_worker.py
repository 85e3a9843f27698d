"""The real worker, except that reports with certain numbers meet an accident. Started by test_reports.py."""

from __future__ import annotations

import os
import signal
import time

import django

from advisor.celery import app

django.setup()

from advisor.reports import production  # noqa: E402  (models need Django to be ready)
from advisor.reports.models import Report  # noqa: E402

__all__ = ["app"]

_render = production.render


def render(report: Report) -> bytes:
    if report.number.startswith("R-SLOW") and report.attempt == 1:
        time.sleep(60)
    if report.number.startswith("R-KILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    if report.number.startswith("R-POISON"):
        raise ValueError("this one always fails")
    return _render(report)


production.render = render
