"""Background work that belongs to no app."""

from celery import shared_task

from advisor.web import health


@shared_task(name="advisor.web.tasks.heartbeat")
def heartbeat() -> None:
    """Prove that beat, broker and worker pass work along (see health.py)."""
    health.note_worker()
