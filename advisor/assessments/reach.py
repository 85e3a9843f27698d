"""Which facts recent results rest on: asked by the catalog's first page (settings.FACTS_USED_IN)."""

from __future__ import annotations

from collections import defaultdict

from django.core.cache import cache
from django.db import connection

from advisor.assessments.models import Result

# Enough to tell what matters, few enough to read in well under a second; own choice.
RECENT_RESULTS = 200
KEPT_SECONDS = 24 * 3600
# Each stored document lists its sources once; PostgreSQL takes them out, so that documents do not travel here.
SOURCES = """
    SELECT DISTINCT recent.id, used->>'source', used->>'as_of'
    FROM (SELECT id, document::jsonb -> 'sources' AS sources FROM assessments_result
          ORDER BY created_at DESC, id DESC LIMIT %s) AS recent,
         jsonb_array_elements(recent.sources) AS used
"""

Fact = tuple[str, str | None]


def facts_used_in() -> tuple[dict[Fact, frozenset[int]], int]:
    """The recent results that used each fact, a fact being its source and date; and how many results were read.

    Worked out again only when there is a new result.
    """
    newest = Result.objects.order_by("-created_at", "-pk").values_list("pk", flat=True).first()
    if newest is None:
        return {}, 0
    rows: list[tuple[int, str, str | None]] | None = cache.get(f"facts-used-{newest}")
    if rows is None:
        with connection.cursor() as cursor:
            cursor.execute(SOURCES, [RECENT_RESULTS])
            rows = cursor.fetchall()
        cache.set(f"facts-used-{newest}", rows, KEPT_SECONDS)
    used: dict[Fact, set[int]] = defaultdict(set)
    for result, source, as_of in rows:
        used[source, as_of].add(result)
    count = min(Result.objects.count(), RECENT_RESULTS)
    return {fact: frozenset(results) for fact, results in used.items()}, count
