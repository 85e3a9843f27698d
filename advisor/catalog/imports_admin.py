"""Imports in the admin: the log, the page that starts one, and the report with its confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from advisor.catalog.import_forms import HubForm, PricesForm, SourceForm, TableForm
from advisor.catalog.imports.running import apply_preview, run_import
from advisor.catalog.models import BY_COLLECTION, TABLES, AIModel, ApiPrice, Entry, ImportRun
from advisor.catalog.versions_admin import ReadOnlyAdmin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CHANGES_A_PAGE = 100


class ImportRunAdmin(ReadOnlyAdmin):
    list_display = (
        "started", "kind", "table", "short_origin", "started_by", "dry_run", "added", "changed", "refused",
        "outcome",
    )  # fmt: skip
    list_filter = ("outcome", "kind", "dry_run", "collection")
    list_select_related = ("started_by",)
    search_fields = ("origin", "reason")
    show_full_result_count = False
    actions_list = ("start",)

    def has_start_permission(self, request: HttpRequest) -> bool:
        return bool(_tables_of(request))

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, run: ImportRun) -> str:
        return f"{run.started_at:%Y-%m-%d %H:%M}"

    @admin.display(description=_("table"), ordering="collection")
    def table(self, run: ImportRun) -> Any:
        return _title(run.collection)

    @admin.display(description=_("from"), ordering="origin")
    def short_origin(self, run: ImportRun) -> str:
        return f"{run.origin[:60]}…" if len(run.origin) > 60 else run.origin

    @action(description=_("Import"), url_path="start", permissions=["start"])  # type: ignore[untyped-decorator]
    def start(self, request: HttpRequest) -> HttpResponse:
        """Choose a source; on POST, make a preview and show it."""
        tables = _tables_of(request)
        forms = _forms(tables, request.GET.get("table"))
        if request.method == "POST":
            form = _sent_form(request, forms, tables)
            if form.is_valid():
                run = run_import(
                    form.finder(), kind=form.kind, collection=form.collection, origin=form.origin,
                    by=_person(request), dry_run=True,
                )  # fmt: skip
                return HttpResponseRedirect(reverse("admin:catalog_importrun_change", args=[run.pk]))
            forms[form.kind] = form
        context = {"title": gettext("Import"), "forms": list(forms.values())}
        return self._page(
            request, "catalog/import_start.html", context, status=422 if request.method == "POST" else 200
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The report. On POST, apply the preview it shows."""
        run = self.get_object(request, object_id)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if run is None:
            raise Http404
        may_apply = BY_COLLECTION.get(run.collection) in _tables_of(request)
        if request.method == "POST":
            if not may_apply:
                raise PermissionDenied
            return self._apply(request, run)
        changes = Paginator(run.changes.all(), CHANGES_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "title": gettext("Import %(number)s") % {"number": run.pk},
            "run": run,
            "table": _title(run.collection),
            "changes": changes,
            "may_apply": may_apply and run.can_be_applied,
        }
        return self._page(request, "catalog/import_run.html", context)

    def _apply(self, request: HttpRequest, preview: ImportRun) -> HttpResponse:
        try:
            run = apply_preview(preview, by=_person(request))
        except ValueError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:catalog_importrun_change", args=[preview.pk]))
        if run.outcome == ImportRun.Outcome.APPLIED:
            messages.success(request, gettext("The drafts were changed. Publish them to make them count."))
        else:
            messages.warning(request, gettext("Nothing was changed: the drafts were edited meanwhile. Look again."))
        return HttpResponseRedirect(reverse("admin:catalog_importrun_change", args=[run.pk]))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.model._meta}
        return render(request, template, shared | context, status=status)


def _tables_of(request: HttpRequest) -> list[type[Entry]]:
    """The tables this person may add to and change."""
    return [
        table
        for table in TABLES
        if all(request.user.has_perm(f"catalog.{right}_{table._meta.model_name}") for right in ("add", "change"))
    ]


def _forms(tables: list[type[Entry]], chosen: str | None) -> dict[ImportRun.Kind, SourceForm]:
    """Empty forms of the sources that fill tables this person may change."""
    forms: dict[ImportRun.Kind, SourceForm] = {}
    if tables:
        forms[TableForm.kind] = TableForm(tables=tables, prefix=TableForm.kind, initial={"table": chosen})
    if AIModel in tables:
        forms[HubForm.kind] = HubForm(prefix=HubForm.kind)
    if ApiPrice in tables:
        forms[PricesForm.kind] = PricesForm(prefix=PricesForm.kind)
    return forms


def _sent_form(request: HttpRequest, forms: dict[ImportRun.Kind, SourceForm], tables: list[type[Entry]]) -> SourceForm:
    kind = request.POST.get("kind", "")
    if kind not in ImportRun.Kind or kind not in forms:
        raise PermissionDenied
    if kind == TableForm.kind:
        return TableForm(request.POST, request.FILES, tables=tables, prefix=kind)
    return type(forms[ImportRun.Kind(kind)])(request.POST, prefix=kind)


def _person(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _title(collection: str) -> Any:
    table = BY_COLLECTION.get(collection)
    return str(table._meta.verbose_name_plural).capitalize() if table else collection
