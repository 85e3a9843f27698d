"""The published facts as files: the document itself, one sheet per kind of fact, and a description of the columns."""

from __future__ import annotations

import base64
import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise

from advisor.catalog.drafts import MEASUREMENTS
from advisor.catalog.models import TABLES, CatalogVersion, License, Measurement

CHUNK = 64 * 1024  # bytes handed to the web server at a time
# A spreadsheet program takes a text that starts so for a formula; an apostrophe before it keeps it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheet programs read Chinese names as something else
TYPES: dict[type[models.Field[Any, Any]], str] = {
    models.BooleanField: "boolean",
    models.DateField: "date",
    models.DecimalField: "number",
    models.FloatField: "number",
    models.IntegerField: "integer",
    models.JSONField: "any",
}


Fields = Mapping[str, "models.Field[Any, Any]"]


@dataclass(frozen=True)
class Sheet:
    """One kind of fact: what it is called, and its columns by their published names."""

    title: str | Promise
    fields: Fields


def _measured() -> Fields:
    """Measurements are published beside the drafts; their evidence columns mean what they mean everywhere."""
    own = {field.name: field for field in Measurement._meta.concrete_fields}
    names = ("slug", "model", "runtime", "device", "device_count", "prompt_tokens", "output_tokens", "speeds")
    measured = {name: own[name] for name in (*names, "weights_gb", "memory_gb", "notes")} | {"format": own["weights"]}
    evidence = ("source", "via", "as_of", "seen_on", "grade", "confidence")
    return measured | {name: License.published_fields()[name] for name in evidence}


SHEETS: dict[str, Sheet] = {
    table.collection: Sheet(table._meta.verbose_name_plural or "", table.published_fields()) for table in TABLES
} | {MEASUREMENTS: Sheet(Measurement._meta.verbose_name_plural or "", _measured())}


def chunks(text: str) -> Iterator[bytes]:
    """The text as UTF-8, piece by piece: the very bytes whose SHA-256 is the version's content hash."""
    data = text.encode()
    for start in range(0, len(data), CHUNK):
        yield data[start : start + CHUNK]


def digest(version: CatalogVersion) -> str:
    """The content hash as the Repr-Digest header writes it (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(version.content_hash)).decode()}:"


def sheet(kind: Sheet, rows: list[Mapping[str, Any]]) -> Iterator[str]:
    """One line at a time; lists and objects stand in their cell as JSON, unknown is empty."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(kind.fields)
    for row in rows:
        yield writer.writerow([cell(row.get(column)) for column in kind.fields])


def cell(value: Any) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case str():
            return f"'{value}" if value.startswith(FORMULA_STARTS) else value
        case _:
            return json.dumps(value, ensure_ascii=False, sort_keys=True)


class _Line:
    """What ``csv`` writes into: each line goes straight through."""

    def write(self, line: str) -> str:
        return line


def description(version: CatalogVersion, counts: Mapping[str, int]) -> dict[str, Any]:
    """All sheets and their columns as a Data Package (https://datapackage.org/standard/data-package/)."""
    return {
        "name": "ai-adoption-catalog",
        "version": str(version.number),
        "created": version.published_at.isoformat(),
        "hash": f"sha256:{version.content_hash}",
        "resources": [
            {
                "name": code,
                "title": str(kind.title),
                "path": f"{code}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "rows": counts.get(code, 0),
                "schema": {"fields": columns(kind), "primaryKey": ["slug"]},
            }
            for code, kind in SHEETS.items()
        ],
    }


def columns(kind: Sheet) -> list[dict[str, Any]]:
    """Name, kind, meaning and, where the values are a closed list, that list."""
    return [_column(name, field) for name, field in kind.fields.items()]


def _column(name: str, field: models.Field[Any, Any]) -> dict[str, Any]:
    kind = next((name for base, name in TYPES.items() if isinstance(field, base)), "string")
    found: dict[str, Any] = {"name": name, "type": kind, "title": str(field.verbose_name)}
    if field.choices:
        found["constraints"] = {"enum": [str(code) for code, _label in field.flatchoices]}
    return found
