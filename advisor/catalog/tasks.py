"""Background work of the catalog."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from advisor.catalog import link_checking, links


@shared_task(name="advisor.catalog.tasks.check_links")
def check_links() -> None:
    """Look at some of the addresses that sources name, where this installation may (CHECK_LINKS)."""
    if settings.CHECK_LINKS:
        links.look_through()
        link_checking.check_due()
