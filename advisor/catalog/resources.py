"""Spreadsheets in and out of the admin.

An import writes drafts only, all rows or none, and checks each row as a form would.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext
from import_export.formats.base_formats import CSV, JSON
from import_export.resources import ModelResource, modelresource_factory
from import_export.widgets import ForeignKeyWidget

from advisor.catalog.models import Entry

FORMATS = [CSV, JSON]


class ReferenceWidget(ForeignKeyWidget):  # type: ignore[misc]
    """Another entry, by its short name in the sheet as in the database, not by a number of this database."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        if not value:
            return None
        found = self.model.objects.filter(slug=value).values_list("slug", flat=True).first()
        if found is None:
            raise ValueError(gettext("There is no entry %(slug)s.") % {"slug": value})
        return str(found)


class EntryResource(ModelResource):  # type: ignore[misc]
    """Rows are recognized by their short name."""

    class Meta:
        import_id_fields = ("slug",)
        exclude = ("id", "shipped_hash", "checked_by")
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True

    @classmethod
    def get_fk_widget(cls, field: Any) -> partial[Any]:
        return partial(ReferenceWidget, model=field.remote_field.model)


def resource_for(table: type[Entry]) -> type[ModelResource]:
    resource: type[ModelResource] = modelresource_factory(table, resource_class=EntryResource)
    return resource
