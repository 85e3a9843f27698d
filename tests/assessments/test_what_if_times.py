"""``manage.py what_if_times``."""

from __future__ import annotations

import re
from io import StringIO

from django.core.management import call_command

from advisor.assessments.models import Assessment
from advisor.catalog.models import CatalogVersion


def test_the_times_of_the_money_panel_are_measured_and_leave_nothing_behind(db: None) -> None:
    said = StringIO()

    call_command("what_if_times", rounds=1, stdout=said)

    assert re.match(
        r"54 replies of the money panel, bar p95 100 ms: p50 [\d.]+ ms, p95 [\d.]+ ms, slowest [\d.]+ ms \(\w+\); "
        r"of it this process's own work: p50 [\d.]+ ms, p95 [\d.]+ ms",
        said.getvalue(),
    )
    assert not CatalogVersion.objects.exists()
    assert not Assessment.objects.exists()
