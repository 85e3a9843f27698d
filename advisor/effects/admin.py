"""Effect previews in the admin: asked for and watched beside the difference of the publish page, kept for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisor.catalog.shipped import BrokenData
from advisor.catalog.versions_admin import ReadOnlyAdmin
from advisor.effects.models import EffectPreview
from advisor.effects.presentation import panel_context
from advisor.effects.services import NothingToCompare, cancel_preview, request_preview

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

PUBLISH = "admin:catalog_catalogversion_publish"


@admin.register(EffectPreview)
class EffectPreviewAdmin(ReadOnlyAdmin):
    """For publishers only. A stored assessment is a number here, except for those who may see results."""

    list_display = ("requested_at", "requested_by", "base", "short_hash", "as_of", "state", "finished_at")
    list_filter = ("state",)
    search_fields = ("draft_hash", "requested_by__username")
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("catalog.publish_version")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the version and the person, and without the documents, which are over a megabyte."""
        found = super().get_queryset(request).select_related("base", "requested_by")
        return found.defer("document", "base__document")

    @admin.display(description=_("drafts"), ordering="draft_hash")
    def short_hash(self, preview: EffectPreview) -> str:
        return preview.draft_hash[:12]

    def get_urls(self) -> list[URLPattern]:
        own = (
            ("ask", "ask/", self.ask_view),
            ("cancel", "<int:object_id>/cancel/", self.cancel_view),
            ("panel", "<int:object_id>/panel/", self.panel_view),
        )
        guard = self.admin_site.admin_view
        return [
            *(path(route, guard(view), name=f"effects_effectpreview_{name}") for name, route, view in own),
            *super().get_urls(),
        ]

    def ask_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a preview of the drafts as they are; its progress stands on the publish page."""
        if refused := self._refused(request, "POST"):
            return refused
        try:
            request_preview(by=request.user if request.user.is_authenticated else None)
        except NothingToCompare:
            messages.error(request, gettext("No version is published yet, so there is nothing to compare with."))
        except BrokenData as error:
            for problem in error.problems:
                messages.error(request, problem)
        return HttpResponseRedirect(reverse(PUBLISH))

    def cancel_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if refused := self._refused(request, "POST"):
            return refused
        if not cancel_preview(preview=self.found(request, object_id)):
            messages.info(request, gettext("The preview had ended already."))
        return HttpResponseRedirect(reverse(PUBLISH))

    def panel_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The part of the publish page that is asked for again until the preview has ended."""
        if refused := self._refused(request, "GET"):
            return refused
        preview = self.found(request, object_id)
        return render(request, "effects/panel.html", panel_context(request, preview, request.GET.get("drafts")))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything one preview found."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        preview = self.found(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            **panel_context(request, preview, None, everything=True),
            "opts": self.model._meta,
            "title": gettext("What publishing the drafts of %(day)s would change") % {"day": preview},
        }
        return render(request, "effects/preview.html", context)

    def _refused(self, request: HttpRequest, method: str) -> HttpResponse | None:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return None if request.method == method else HttpResponseNotAllowed([method])
