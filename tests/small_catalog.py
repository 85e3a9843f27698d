"""A small catalog: two shipped rows of each kind are enough to show how loading, editing and publishing behave."""

from __future__ import annotations

from pathlib import Path

import yaml

from advisor.catalog.models import TABLES
from advisor.catalog.shipped import shipped_rows

# The rows that tests name; of the other kinds the first two are taken.
NAMED = {
    "licenses": {"apache-2-0", "mit"},
    "models": {"qwen3-8-27b", "glm-ocr"},
    "devices": {"l4", "l40s"},
    "cloud_offers": {"ovhcloud-l4-on-demand", "ovhcloud-l40s-on-demand"},
    "api_prices": {"google-gemini-2-5-pro", "deepinfra-qwen3-8-27b"},
    "job_profiles": {"write_reply", "translate"},
    "law_cards": {"any-card", "eu-gdpr-core"},
}


def write_small_catalog(folder: Path) -> Path:
    """Data files with two rows each."""
    for collection, rows in shipped_rows([table.collection for table in TABLES]).items():
        kept = [row for row in rows if row["slug"] in NAMED.get(collection, {first["slug"] for first in rows[:2]})]
        (folder / f"{collection}.yaml").write_text(yaml.safe_dump(kept, sort_keys=False))
    return folder
