"""``manage.py publish_times``: says how long publishing and a preview take, and leaves nothing behind."""

from __future__ import annotations

import re
from io import StringIO

from django.core.management import call_command

from advisor.assessments.models import Assessment
from advisor.catalog.models import ApiPrice, CatalogVersion
from advisor.effects.models import EffectPreview


def test_it_times_each_step_and_leaves_nothing_behind(db: None) -> None:
    out = StringIO()

    call_command("publish_times", "--assessments", "1", stdout=out)

    lines = out.getvalue().splitlines()
    assert [re.sub(r"\d+\.\d s", "N s", line) for line in lines[:4]] == [
        "publishing the catalog: N s, of it this process's own work N s",
        "comparing the drafts with it (the publish page): N s, of it this process's own work N s",
        "asking for the preview: N s, of it this process's own work N s",
        "previewing 10 businesses: N s, of it this process's own work N s",
    ]
    assert "other money" in lines[4] or "other advice" in lines[4]
    assert not any(table.objects.exists() for table in (ApiPrice, CatalogVersion, Assessment, EffectPreview))
