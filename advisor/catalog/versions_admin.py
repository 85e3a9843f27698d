"""Published versions in the admin: read only, and the page that publishes the drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import F
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from advisor.catalog import services
from advisor.catalog.bringing_back import Going, NotAsSeen, bring_back, look
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

    def found(self, request: HttpRequest, object_id: Any) -> Any:
        """The row an address names; whatever else stands there is not found."""
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        return row


class VersionAdmin(ReadOnlyAdmin):
    list_display = ("number", "short_hash", "published_at", "published_by", "note", "brings_back")
    list_select_related = ("published_by",)
    list_filter = ("published_by",)
    search_fields = ("note", "content_hash")
    fields = (
        "number", "whole_hash", "public_id", "published_at", "published_by", "note", "restores", "load_hash",
    )  # fmt: skip
    readonly_fields = ("whole_hash", "load_hash")
    actions_list = ("publish",)
    actions_row = ("bring_back",)
    actions_detail = ("bring_back",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(restores_number=F("restores__number"))

    def has_publish_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Named through a method: Unfold looks a dotted permission up in the database during system checks."""
        return request.user.has_perm("catalog.publish_version")

    @admin.display(description=_("content hash"), ordering="content_hash")
    def short_hash(self, version: CatalogVersion) -> str:
        return version.content_hash[:12]

    @admin.display(description=_("content hash"))
    def whole_hash(self, version: CatalogVersion) -> str:
        return _breakable(version.content_hash)

    @admin.display(description=_("shipped data loaded before"))
    def load_hash(self, version: CatalogVersion) -> str:
        return _breakable(version.shipped_hash)

    @admin.display(description=_("brings back version"), ordering="restores__number")
    def brings_back(self, version: Any) -> str:
        return str(version.restores_number or "")

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

    @action(description=_("Bring this version back"), url_path="bring-back", permissions=["publish"])  # type: ignore[untyped-decorator]
    def bring_back(self, request: HttpRequest, object_id: Any) -> HttpResponse:
        """Show what visitors would get instead and what becomes of the drafts; on POST, do exactly that."""
        version = self.found(request, object_id)
        form = PublishForm(request.POST if request.method == "POST" else None)
        try:
            if form.is_valid():
                by = request.user if request.user.is_authenticated else None
                done = bring_back(version=version, by=by, **form.cleaned_data)
                messages.success(request, gettext("Published version %s.") % done.number)
                return HttpResponseRedirect(reverse("admin:catalog_catalogversion_changelist"))
            return self._ask(request, version, look(version), form)
        except NotAsSeen:
            messages.warning(request, gettext("The drafts were edited meanwhile. Look at the changes again."))
            return self._ask(request, version, look(version), form, status=409)
        except BrokenData as error:
            return self._ask(request, version, None, form, problems=error.problems)

    def _ask(
        self, request: HttpRequest, version: CatalogVersion, going: Going | None, form: PublishForm, *,
        status: int = 200, problems: list[str] | None = None,
    ) -> HttpResponse:  # fmt: skip
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": gettext("Bring version %(number)s back") % {"number": version.number},
            "version": version,
            "current": services.current_version(),
            "going": going,
            "changes": [(_title(item.collection), item) for item in going.changes] if going else [],
            "problems": problems,
            "form": form,
            "seen": going.seen if going else "",
        }
        refused = form.is_bound and not form.is_valid()
        return render(request, "catalog/bring_back.html", context, status=422 if refused else status)

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


def _breakable(text: str) -> str:
    """A long word that a narrow screen may break."""
    return format_html('<span class="breaks">{}</span>', text)


def _title(collection: str) -> Any:
    """What the menu calls it; a kind that no longer has a table keeps its own name."""
    table = BY_COLLECTION.get(collection)
    return table._meta.verbose_name_plural if table else collection


class ShippedLoadAdmin(ReadOnlyAdmin):
    list_display = ("loaded_at", "added", "changed", "removed", "shipped_hash")
    fields = ("loaded_at", "shipped_hash", "added", "changed", "removed", "kept")
