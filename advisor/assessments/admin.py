"""Assessments and results in the admin: to look at and to delete, never to edit."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from advisor.assessments import services
from advisor.assessments.models import Assessment, Result


class _ReadOnly(ModelAdmin):  # type: ignore[misc]  # Unfold ships no types
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Assessment)
class AssessmentAdmin(_ReadOnly):
    list_display = ("public_id", "owner", "revision", "created_at", "updated_at")
    list_select_related = ("owner",)
    search_fields = ("public_id",)
    date_hierarchy = "created_at"
    exclude = ("resume_token_hash",)

    def delete_model(self, request: HttpRequest, obj: Assessment) -> None:
        """As its owner would: with the files of its reports."""
        services.delete_assessment(assessment=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Assessment]) -> None:
        for assessment in queryset:
            services.delete_assessment(assessment=assessment)


@admin.register(Result)
class ResultAdmin(_ReadOnly):
    list_display = ("public_id", "assessment", "catalog_version", "engine_version", "as_of", "created_at")
    search_fields = ("public_id", "assessment__public_id")
    date_hierarchy = "created_at"
    exclude = ("document",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Result]:
        """Without the documents: that of the catalog version is over a megabyte, for each row of the list."""
        found: QuerySet[Result] = super().get_queryset(request)
        return found.select_related("assessment", "catalog_version").defer("document", "catalog_version__document")
