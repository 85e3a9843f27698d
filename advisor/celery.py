"""The Celery application. Loaded by advisor.web when Django is ready, so that importing the engine loads neither."""

import gc
import os
import signal
from typing import Any

from celery import Celery
from celery.signals import task_postrun, task_prerun, worker_process_init, worker_ready
from django.db import close_old_connections

from advisor.web import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")

app = Celery("advisor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def report_for_work(**_: Any) -> None:
    """Ring the regular tasks once at start: the health page and rows left over from before need not wait for beat."""
    for entry in app.conf.beat_schedule.values():
        app.send_task(entry["task"], expires=60)


@task_prerun.connect
@task_postrun.connect
def let_go_of_connections(**_: Any) -> None:
    """Those that are old, broken or were cut meanwhile, as Django does around each request."""
    close_old_connections()


@worker_process_init.connect
def follow_the_worker(**_: Any) -> None:
    """A pool process whose worker was killed would otherwise stay behind, busy or waiting for ever."""
    embedded.dies_with_parent(signal.SIGKILL, parent=os.getppid())()


@worker_process_init.connect
def leave_the_program_alone(**_: Any) -> None:
    """What is loaded by now stays for good: nobody need look through it for garbage in the middle of a report."""
    gc.freeze()
