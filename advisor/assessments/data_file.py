"""The stored result as data for other programs: answers, recommendation with workings, and the versions behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from advisor.assessments.document import AnswersDocument
from advisor.assessments.models import Result
from advisor.engine.types import Recommendation

FORMAT = 1
HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


@dataclass(frozen=True)
class _Shape:
    """What ``data`` returns, for its schema."""

    format: int
    answers: AnswersDocument
    recommendation: Recommendation
    catalog_version: int
    catalog_hash: str
    content_hash: str


def data(result: Result) -> dict[str, Any]:
    """The data file of a result. ``content_hash`` is the SHA-256 of the recommendation as canonical JSON: keys in
    order, no spaces, UTF-8."""
    return {
        "format": FORMAT,
        "answers": result.answers,
        "recommendation": result.recommendation,
        "catalog_version": result.catalog_version.number,
        "catalog_hash": result.catalog_version.content_hash,
        "content_hash": result.content_hash,
    }


def data_schema() -> dict[str, Any]:
    """The published JSON Schema of the data file: every field is there, and no other."""
    schema = TypeAdapter(_Shape).json_schema()
    answers = _answers_alone(schema["$defs"])
    for name, part in schema["$defs"].items():
        if name not in answers:
            _closed(part)
    _closed(schema)
    schema |= {"title": "DataFile", "description": "A stored result as data."}
    schema["properties"] |= {"format": {"const": FORMAT}, "catalog_hash": HASH, "content_hash": HASH}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "result.schema.json", **schema}


def _answers_alone(parts: dict[str, Any]) -> set[str]:
    """Parts of the answers document, which leaves out what was not answered."""
    return {"AnswersDocument", *AnswersDocument.model_json_schema()["$defs"]} & set(parts)


def _closed(part: dict[str, Any]) -> None:
    if "properties" in part:
        part |= {"additionalProperties": False, "required": list(part["properties"])}
