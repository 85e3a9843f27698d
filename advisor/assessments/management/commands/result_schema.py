"""Write ``docs/result.schema.json`` from the shape of the data file."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from advisor.assessments.data_file import data_schema


def schema_text() -> str:
    """The schema file's exact content."""
    return json.dumps(data_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


class Command(BaseCommand):
    help = "Writes the JSON Schema of a result's data file to docs/result.schema.json."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "result.schema.json"
        path.write_text(schema_text(), encoding="utf-8")
        self.stdout.write(f"Wrote {path}")
