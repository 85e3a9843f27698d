"""``manage.py catalog_versions``: the published versions, newest first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from advisor.catalog.models import CatalogVersion


class Command(BaseCommand):
    help = "Lists the published catalog versions, newest first."

    def handle(self, *args: Any, **options: Any) -> None:
        versions = CatalogVersion.objects.select_related("published_by")
        if not versions:
            self.stdout.write("No catalog version is published yet. Run: manage.py load_catalog")
        for version in versions:
            who = version.published_by or "the system"
            self.stdout.write(
                f"{version.number:>4}  {version.content_hash[:12]}  {version.published_at:%Y-%m-%d %H:%M}  {who}  "
                f"{version.note}"
            )
