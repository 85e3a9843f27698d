"""The addresses that sources name in the admin: which are dead, and which facts hang on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from advisor.catalog import drafts, services
from advisor.catalog.links import facts_by_address
from advisor.catalog.models import BY_COLLECTION, LinkCheck
from advisor.catalog.versions_admin import ReadOnlyAdmin

if TYPE_CHECKING:
    from django.http import HttpRequest

COLORS = {"dead": "danger", "failed": "warning", "fine": "success", "closed": "info", "refused": "info", "unknown": ""}


class StateFilter(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("dead", _("dead")),
            ("failing", _("failing, not yet called dead")),
            ("moved", _("moved")),
            ("closed", LinkCheck.Answer.CLOSED.label),
            ("unseen", _("never looked at")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LinkCheck]) -> QuerySet[LinkCheck]:
        dead = LinkCheck.objects.dead().values("pk")
        match self.value():
            case "dead":
                return queryset.filter(pk__in=dead)
            case "failing":
                return queryset.filter(failed_days__gt=0).exclude(pk__in=dead)
            case "moved":
                return queryset.filter(detail__contains=", moved to ")
            case "closed":
                return queryset.filter(answer=LinkCheck.Answer.CLOSED)
            case "unseen":
                return queryset.filter(checked_at__isnull=True)
        return queryset


class LinkCheckAdmin(ReadOnlyAdmin):
    list_display = ("short_address", "shown_state", "facts", "failed_days", "failed_since", "answered_on", "detail")
    list_filter = (StateFilter, "answer")
    search_fields = ("address", "detail")
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ("link", "named_by")
    fields = (
        "link", "facts", "named_by", "answer", "detail", "checked_at", "answered_on", "failed_since", "last_failed_on",
        "failed_days",
    )  # fmt: skip

    @admin.display(description=_("address"), ordering="address")
    def short_address(self, row: LinkCheck) -> str:
        text = row.address.partition("://")[2]
        return f"{text[:60]}…" if len(text) > 60 else text

    @display(description=_("state"), ordering="failed_days", label=COLORS)  # type: ignore[untyped-decorator]
    def shown_state(self, row: LinkCheck) -> tuple[str, str]:
        return ("dead", gettext("dead")) if row.is_dead else (row.answer, row.get_answer_display())

    @admin.display(description=_("address"))
    def link(self, row: LinkCheck) -> SafeString:
        """The addresses found in sources begin with http, so nothing else can be opened here."""
        return format_html(
            '<a class="underline breaks" rel="noreferrer" target="_blank" href="{}">{}</a>', row.address, row.address
        )

    @admin.display(description=_("named by"))
    def named_by(self, row: LinkCheck) -> SafeString:
        named = facts_by_address(drafts.document_of(services.current_drafts())).get(row.address, [])
        lines = [
            (reverse(f"admin:catalog_{BY_COLLECTION[collection]._meta.model_name}_changelist"), slug, collection, slug)
            for collection, slug in named
        ]
        return format_html_join("", '<div><a class="underline" href="{}?slug={}">{}: {}</a></div>', lines)
