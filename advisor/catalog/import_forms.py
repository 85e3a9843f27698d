"""The forms of the import page, one for each source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from advisor.catalog.imports.files import FORMATS, format_of
from advisor.catalog.imports.report import Unreadable
from advisor.catalog.imports.running import Source
from advisor.catalog.models import AIModel, ApiPrice, Entry, ImportRun, License

# The page answers when the preview is done: about 15,000 rows in a quarter of a minute, three models in a few seconds.
# For more there is the command.
UPLOAD_BYTES = 5_000_000
REPOSITORIES = 3


class SourceForm(forms.Form):
    """What each form gives: the table, where the rows come from, and how to find them."""

    kind: ImportRun.Kind
    title: Any
    explanation: Any

    @property
    def collection(self) -> str:
        raise NotImplementedError

    @property
    def origin(self) -> str:
        raise NotImplementedError

    def finder(self) -> Callable[[], Source]:
        raise NotImplementedError


class TableForm(SourceForm):
    kind = ImportRun.Kind.TABLE
    title = _("A table")
    explanation = _(
        "CSV, XLSX or JSON with the columns of the table; an exported sheet shows them. Rows are recognized by their "
        "short name, and columns that are left out stay as they are. The column “seen” of an exported sheet tells "
        "whether somebody edited a row since."
    )

    table = forms.ChoiceField(label=_("Table"), widget=UnfoldAdminSelectWidget)
    file = forms.FileField(label=_("File"), widget=UnfoldAdminFileFieldWidget, max_length=200)

    def __init__(self, *args: Any, tables: list[type[Entry]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["table"]
        choice.choices = [(table.collection, str(table._meta.verbose_name_plural).capitalize()) for table in tables]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_BYTES:
            raise forms.ValidationError(
                _("Larger than %(limit)s MB: use manage.py catalog import table."),
                params={"limit": UPLOAD_BYTES // 1_000_000},
            )
        try:
            format_of(file.name)
        except Unreadable as error:
            raise forms.ValidationError(
                _("This is none of: %(formats)s."), params={"formats": ", ".join(FORMATS)}
            ) from error
        return file

    @property
    def collection(self) -> str:
        return str(self.cleaned_data["table"])

    @property
    def origin(self) -> str:
        return str(self.cleaned_data["file"].name)

    def finder(self) -> Callable[[], Source]:
        file = self.cleaned_data["file"]
        return lambda: Source(self.kind, self.collection, self.origin, format_of(self.origin), file.file)


class HubForm(SourceForm):
    kind = ImportRun.Kind.HUB
    title = _("Models from a hub")
    explanation = _(
        "Fills in what a draft does not know: layers, heads, experts, context, parameters, file sizes. What the draft "
        "says otherwise is listed and stays. The license tag of a hub is a hint: read the terms and confirm."
    )

    repositories = forms.CharField(
        label=_("Repositories, one a line"),
        max_length=400,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3, "placeholder": "Qwen/Qwen3-8B"}),
    )
    license = forms.ModelChoiceField(
        License.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("License of new models, as you read it"),
        widget=UnfoldAdminSelectWidget,
    )

    def clean_repositories(self) -> list[str]:
        names = str(self.cleaned_data["repositories"]).split()
        if len(names) > REPOSITORIES:
            raise forms.ValidationError(
                _("At most %(limit)s at once; for more use manage.py catalog import hub."),
                params={"limit": REPOSITORIES},
            )
        return names

    @property
    def collection(self) -> str:
        return AIModel.collection

    @property
    def origin(self) -> str:
        from advisor.catalog.imports.hub_rows import origin_of

        return origin_of(self.cleaned_data["repositories"])

    def finder(self) -> Callable[[], Source]:
        from advisor.catalog.imports.hub_rows import hub_source  # the hub's library is large: loaded when it is used

        license = self.cleaned_data["license"]
        return lambda: hub_source(self.cleaned_data["repositories"], license.slug if license else None)


class PricesForm(SourceForm):
    kind = ImportRun.Kind.PRICES
    title = _("Token prices")
    explanation = _(
        "From the package genai-prices, for the service prices whose provider and model it names exactly as we do. "
        "All others are listed."
    )

    providers = forms.CharField(
        label=_("Only these providers (empty: all)"), required=False, max_length=200, widget=UnfoldAdminTextInputWidget
    )

    @property
    def collection(self) -> str:
        return ApiPrice.collection

    @property
    def origin(self) -> str:
        from advisor.catalog.imports.prices import origin_of

        return origin_of()

    def finder(self) -> Callable[[], Source]:
        from advisor.catalog.imports.prices import prices_source  # as for the hub

        return lambda: prices_source(str(self.cleaned_data["providers"]).replace(",", " ").split())
