import socket
import time

import pytest
from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError


def bell(address: str) -> Celery:
    """Our Celery settings with another broker."""
    app = Celery("bell", broker=address, set_as_current=False)
    app.conf.update(
        broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        broker_connection_timeout=settings.CELERY_BROKER_CONNECTION_TIMEOUT,
        task_publish_retry=settings.CELERY_TASK_PUBLISH_RETRY,
    )
    return app


def test_a_refused_broker_fails_at_once() -> None:
    began = time.monotonic()

    with pytest.raises(OperationalError):
        bell("redis://127.0.0.1:1/0").send_task("any")

    assert time.monotonic() - began < 3


def test_a_silent_broker_delays_the_request_by_seconds_and_not_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:  # the kernel accepts, nobody answers
        began = time.monotonic()

        with pytest.raises(OperationalError):
            bell(f"redis://127.0.0.1:{listener.getsockname()[1]}/0").send_task("any")

    assert time.monotonic() - began < 12
