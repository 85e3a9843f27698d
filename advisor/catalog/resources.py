"""Sheets out of the admin. What comes back in goes through ``imports``, which checks more and reads row by row."""

from __future__ import annotations

from functools import partial
from typing import Any

from import_export.fields import Field
from import_export.formats.base_formats import CSV, JSON, XLSX
from import_export.resources import ModelResource, modelresource_factory
from import_export.widgets import ForeignKeyWidget

from advisor.catalog.imports.applying import SEEN
from advisor.catalog.models import Entry
from advisor.catalog.models.base import NOT_PUBLISHED
from advisor.catalog.services import row_hash

FORMATS = [CSV, XLSX, JSON]


class EntryResource(ModelResource):  # type: ignore[misc]
    """The columns of a draft, other entries by their short name, and what the draft was when the sheet was written."""

    seen = Field(column_name=SEEN, dehydrate_method=row_hash)

    class Meta:
        exclude = tuple(NOT_PUBLISHED)

    @classmethod
    def get_fk_widget(cls, field: Any) -> partial[Any]:
        return partial(ForeignKeyWidget, model=field.remote_field.model, field="slug")


def resource_for(table: type[Entry]) -> type[ModelResource]:
    resource: type[ModelResource] = modelresource_factory(table, resource_class=EntryResource)
    return resource
