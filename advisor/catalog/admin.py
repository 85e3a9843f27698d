"""The catalog in the admin: drafts to edit, with their history and spreadsheets in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import DecimalField, Model
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin
from unfold.contrib.import_export.forms import ExportForm
from unfold.decorators import action
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from advisor.catalog import models
from advisor.catalog.bulk_admin import bulk_actions
from advisor.catalog.comments import CommentsMixin
from advisor.catalog.conflicts import DraftForm, locked
from advisor.catalog.freshness import review_of
from advisor.catalog.freshness_admin import FreshnessFilter, review_text
from advisor.catalog.imports_admin import ImportRunAdmin
from advisor.catalog.links import shown
from advisor.catalog.links_admin import LinkCheckAdmin
from advisor.catalog.measurements_admin import MeasurementAdmin
from advisor.catalog.price_fields import PriceField, price_column
from advisor.catalog.resources import FORMATS, resource_for
from advisor.catalog.versions_admin import ShippedLoadAdmin, VersionAdmin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

EVIDENCE = ("source", "via", "as_of", "seen_on", "checked_by", "review", "grade", "confidence", "notes")
SHOWN_FIRST = ("slug", "review")  # a wide table leaves the screen on its right
SHOWN_LAST = ("where_from", "as_of", "grade")

admin.site.register(models.CatalogVersion, VersionAdmin)
admin.site.register(models.ShippedLoad, ShippedLoadAdmin)
admin.site.register(models.ImportRun, ImportRunAdmin)
admin.site.register(models.Measurement, MeasurementAdmin)
admin.site.register(models.LinkCheck, LinkCheckAdmin)


class EntryAdmin(CommentsMixin, SimpleHistoryAdmin, ExportMixin, ModelAdmin):  # type: ignore[misc]
    """What the drafts of every kind share."""

    list_per_page = 50
    list_display: tuple[str, ...] = ()
    list_filter: tuple[str, ...] = ("grade", "confidence")
    search_fields: tuple[str, ...] = ("slug", "source", "notes")
    readonly_fields = ("checked_by", "review")
    ordering = ("slug",)
    form = DraftForm
    actions_list = ("import_rows",)
    export_form_class = ExportForm
    formats = FORMATS
    show_full_result_count = False
    formfield_overrides = {DecimalField: {"form_class": PriceField, "widget": UnfoldAdminDecimalFieldWidget}}

    def __init__(self, model: type[models.Entry], admin_site: admin.AdminSite) -> None:
        self.resource_classes = [resource_for(model)]
        self.actions = bulk_actions(model)
        super().__init__(model, admin_site)

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*SHOWN_FIRST, *map(self._column, self.list_display), *SHOWN_LAST)

    def _column(self, name: str) -> Any:
        field = self.model._meta.get_field(name)
        return price_column(field) if isinstance(field, DecimalField) else name

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list[tuple[Any, dict[str, Any]]]:
        """The fact first, its evidence below."""
        names = self.get_fields(request, obj)
        fact = [name for name in names if name not in EVIDENCE]
        return [(None, {"fields": fact}), (_("Evidence"), {"fields": EVIDENCE})]

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        return (FreshnessFilter, *self.list_filter)

    def save_model(self, request: HttpRequest, obj: models.Entry, form: Any, change: bool) -> None:
        """Whoever writes a new date of checking is the one who checked."""
        if "seen_on" in form.changed_data:
            obj.checked_by = request.user.get_username()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("check again by"))
    def review(self, entry: models.Entry) -> str:
        return review_text(review_of(entry.collection, entry.to_row(), timezone.localdate()))

    @admin.display(description=_("source"), ordering="source")
    def where_from(self, entry: models.Entry) -> str:
        text, address = shown(entry.source or entry.via)
        return format_html('<a href="{}" rel="noreferrer">{}</a>', address, text) if address else text

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        return locked(found) if request.method == "POST" else found

    @action(description=_("Import"), url_path="import", permissions=["import"])  # type: ignore[untyped-decorator]
    def import_rows(self, request: HttpRequest) -> HttpResponse:
        """All imports start on one page; there this table is chosen already."""
        return HttpResponseRedirect(f"{reverse('admin:catalog_importrun_start')}?table={self.model.collection}")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))


@admin.register(models.License)
class LicenseAdmin(EntryAdmin):
    list_display = ("name", "commercial_use", "osi_approved")
    list_filter = ("commercial_use", "osi_approved", "grade")
    search_fields = ("slug", "name", "summary")


@admin.register(models.AIModel)
class AIModelAdmin(EntryAdmin):
    list_display = ("name", "family", "publisher_country", "params_total_b", "license")
    list_select_related = ("license",)
    list_filter = ("publisher_country", "family", "license", "grade")
    search_fields = ("slug", "name", "family", "publisher", "hub_repo")
    autocomplete_fields = ("license",)


@admin.register(models.Ecosystem)
class EcosystemAdmin(EntryAdmin):
    list_display = ("family", "publisher", "publisher_country", "openness_class")
    list_filter = ("openness_class", "publisher_country", "grade")
    search_fields = ("slug", "family", "publisher")


@admin.register(models.Device)
class DeviceAdmin(EntryAdmin):
    list_display = ("name", "kind", "vendor_country", "memory_gb", "bandwidth_gbs")
    list_filter = ("kind", "vendor", "vendor_country", "grade")
    search_fields = ("slug", "name", "vendor")


@admin.register(models.Software)
class SoftwareAdmin(EntryAdmin):
    list_display = ("name", "category", "license", "difficulty")
    list_filter = ("category", "difficulty", "osi_approved", "grade")
    search_fields = ("slug", "name", "license")


@admin.register(models.CloudOffer)
class CloudOfferAdmin(EntryAdmin):
    list_display = ("provider", "gpu", "gpu_count", "device", "price_hour", "price_month", "currency")
    list_select_related = ("device",)
    list_filter = ("provider", "tier", "currency", "grade")
    search_fields = ("slug", "provider", "gpu", "instance_name")
    autocomplete_fields = ("device",)


@admin.register(models.ApiPrice)
class ApiPriceAdmin(EntryAdmin):
    list_display = ("provider", "model_name", "model", "input", "output", "price", "unit")
    list_select_related = ("model",)
    list_filter = ("category", "provider", "open_weights", "deprecated", "grade")
    search_fields = ("slug", "provider", "model_name")
    autocomplete_fields = ("model",)


@admin.register(models.Seat)
class SeatAdmin(EntryAdmin):
    list_display = ("product", "vendor", "price", "price_annual_billing", "currency", "unit")
    list_filter = ("pricing_model", "currency", "grade", "confidence")
    search_fields = ("slug", "product", "vendor")


@admin.register(models.Electricity)
class ElectricityAdmin(EntryAdmin):
    list_display = ("country", "price_kwh", "currency", "suits_sme")
    list_filter = ("suits_sme", "grade")
    search_fields = ("slug", "country", "name")


@admin.register(models.Rate)
class RateAdmin(EntryAdmin):
    list_display = ("kind", "key", "country", "low", "value", "high", "unit")
    list_filter = ("kind", "country", "grade")
    search_fields = ("slug", "kind", "key")


@admin.register(models.Fx)
class FxAdmin(EntryAdmin):
    list_display = ("currency", "units_per_usd", "units_per_usd_low_12m", "units_per_usd_high_12m")
    search_fields = ("slug", "currency", "name")


@admin.register(models.SupportOffer)
class SupportOfferAdmin(EntryAdmin):
    list_display = ("vendor", "offer", "kind", "price", "currency", "unit")
    list_filter = ("kind", "vendor_country", "grade")
    search_fields = ("slug", "vendor", "offer")


@admin.register(models.Usage)
class UsageAdmin(EntryAdmin):
    list_display = ("kind", "key", "country", "low", "central", "high", "unit")
    list_filter = ("kind", "grade", "confidence")
    search_fields = ("slug", "kind", "key")


@admin.register(models.TokenFact)
class TokenFactAdmin(EntryAdmin):
    list_display = ("key", "language", "text", "low", "central", "high", "unit")
    list_filter = ("key", "language", "grade")
    search_fields = ("slug", "key", "text")


@admin.register(models.JobProfile)
class JobProfileAdmin(EntryAdmin):
    list_display = ("label", "unit", "response_mode")
    list_filter = ("response_mode", "grade")
    search_fields = ("slug", "label")


@admin.register(models.Study)
class StudyAdmin(EntryAdmin):
    list_display = ("design", "effect", "time_share_saved")
    search_fields = ("slug", "design", "setting", "source")


@admin.register(models.Sector)
class SectorAdmin(EntryAdmin):
    list_display = ("name", "plain", "nace")
    search_fields = ("slug", "name", "plain")


@admin.register(models.LawCard)
class LawCardAdmin(EntryAdmin):
    list_display = ("jurisdiction", "instrument", "status", "since", "review_by")
    list_filter = ("jurisdiction", "status", "topic", "grade")
    search_fields = ("slug", "instrument", "duty")


@admin.register(models.Claim)
class ClaimAdmin(EntryAdmin):
    list_display = ("claim", "figure_text", "unit", "status")
    list_filter = ("status", "grade")
    search_fields = ("slug", "claim", "author")


@admin.register(models.CaseStudy)
class CaseStudyAdmin(EntryAdmin):
    list_display = ("title", "sector", "result", "sme", "evidence_strength")
    list_filter = ("evidence_strength", "result", "sme", "grade")
    search_fields = ("slug", "title", "company")
