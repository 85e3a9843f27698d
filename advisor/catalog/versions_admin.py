"""Published versions in the admin: read only, and the page that publishes the drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from advisor.catalog import services
from advisor.catalog.forms import PublishForm
from advisor.catalog.models import BY_COLLECTION
from advisor.catalog.shipped import BrokenData

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from advisor.catalog.models import CatalogVersion


class ReadOnlyAdmin(ModelAdmin):  # type: ignore[misc]
    """Rows that the program writes and nobody edits."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VersionAdmin(ReadOnlyAdmin):
    list_display = ("number", "short_hash", "published_at", "published_by", "note")
    list_select_related = ("published_by",)
    search_fields = ("note", "content_hash")
    fields = ("number", "content_hash", "public_id", "published_at", "published_by", "note", "shipped_hash")
    actions_list = ("publish",)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Named through a method: Unfold looks a dotted permission up in the database during system checks."""
        return request.user.has_perm("catalog.publish_version")

    @admin.display(description=_("content hash"), ordering="content_hash")
    def short_hash(self, version: CatalogVersion) -> str:
        return version.content_hash[:12]

    @action(description=_("Publish the drafts"), url_path="publish", permissions=["publish"])  # type: ignore[untyped-decorator]
    def publish(self, request: HttpRequest) -> HttpResponse:
        """Show what would change; on POST, publish exactly what was shown."""
        preview = services.preview()
        if request.method != "POST":
            return self._confirm(request, preview, PublishForm(initial={"seen": preview.content_hash}))
        form = PublishForm(request.POST)
        if not form.is_valid() or preview.problems:
            return self._confirm(request, preview, form, status=422)
        if form.cleaned_data["seen"] != preview.content_hash:
            messages.warning(request, gettext("The drafts were edited meanwhile. Look at the changes again."))
            again = PublishForm(initial={"seen": preview.content_hash, "note": form.cleaned_data["note"]})
            return self._confirm(request, preview, again, status=409)
        return self._publish(request, note=form.cleaned_data["note"])

    def _publish(self, request: HttpRequest, *, note: str) -> HttpResponse:
        before = services.current_version()
        try:
            version = services.publish(by=request.user if request.user.is_authenticated else None, note=note)
        except BrokenData as error:
            for problem in error.problems:
                messages.error(request, problem)
        else:
            text = (
                gettext("Nothing changed since version %s.") if version == before else gettext("Published version %s.")
            )
            messages.success(request, text % version.number)
        return HttpResponseRedirect(reverse("admin:catalog_catalogversion_changelist"))

    def _confirm(
        self, request: HttpRequest, preview: services.Preview, form: PublishForm, status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": gettext("Publish the drafts"),
            "current": services.current_version(),
            "preview": preview,
            "changes": [(_title(item.collection), item) for item in preview.changes],
            "form": form,
        }
        return render(request, "catalog/publish.html", context, status=status)


def _title(collection: str) -> Any:
    """What the menu calls it; a kind that no longer has a table keeps its own name."""
    table = BY_COLLECTION.get(collection)
    return table._meta.verbose_name_plural if table else collection


class ShippedLoadAdmin(ReadOnlyAdmin):
    list_display = ("loaded_at", "added", "changed", "removed", "shipped_hash")
    fields = ("loaded_at", "shipped_hash", "added", "changed", "removed", "kept")
