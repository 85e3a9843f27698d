"""How the admin shows and finds facts that should be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import SimpleListFilter
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisor.catalog.freshness import Review, review_of
from advisor.engine.freshness import Freshness

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from advisor.catalog.models import Entry

STATES = {
    Freshness.CURRENT: _("current"),
    Freshness.REVIEW_DUE: _("to be checked again"),
    Freshness.EXPIRED: _("too old to recommend by"),
}


def review_text(review: Review) -> str:
    """One line: the day, and what it means today."""
    if review.state is Freshness.EXPIRED and review.expires_on is not None:
        return gettext("too old since %(day)s") % {"day": formats.date_format(review.expires_on, "Y-m-d")}
    if review.review_by is None:
        return gettext("no need")
    day = formats.date_format(review.review_by, "Y-m-d")
    return day if review.state is Freshness.CURRENT else gettext("due since %(day)s") % {"day": day}


class FreshnessFilter(SimpleListFilter):
    """The rules are computed, not stored, so the rows are judged here: one more query, whatever their number."""

    title = _("freshness")
    parameter_name = "freshness"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, text) for state, text in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        wanted = self.value()
        if wanted not in set(Freshness):
            return queryset
        today = timezone.localdate()
        table = queryset.model
        return queryset.filter(
            pk__in=[
                entry.pk
                for entry in table._default_manager.all()
                if review_of(table.collection, entry.to_row(), today).state == wanted
            ]
        )
