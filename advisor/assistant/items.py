"""What a description may answer: for each item the question page it fills and how a value becomes what is typed there.

A value of the model is turned into the fields of the ordinary question form and nothing else, so that the form judges
it as if somebody had typed it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from advisor.assessments.choice_labels import JOB_UNITS, LABELS
from advisor.assessments.context import QuestionContext
from advisor.assessments.document import MAX_JOBS, MAX_LANGUAGES, MAX_TEXT, MAX_TOOLS
from advisor.assessments.forms.priorities import TOP
from advisor.assessments.forms.today import PAYS, PAYS_NOTHING
from advisor.assessments.places import COMMON_CUSTOMER_PLACES, COUNTRIES, LANGUAGES
from advisor.engine import answers as engine

Sent = dict[str, str | list[str]]
Stored = Mapping[str, Any]
Schema = dict[str, Any]


class NotAnAnswer(ValueError):
    """The value has another shape than was asked for."""


@dataclass(frozen=True)
class Item:
    """One thing to read out of a description. ``hint`` explains the value to the model, beside the schema."""

    name: str
    page: str
    value: Callable[[QuestionContext], Schema]
    typed: Callable[[Any, Stored], Sent]
    hint: Callable[[QuestionContext], str] = lambda context: ""
    # A page of independent figures: those the text says nothing about stay open.
    partial: bool = False


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > MAX_TEXT:
        raise NotAnAnswer
    return value


def _figure(value: Any) -> str:
    """A number as a person types it: two decimals can never be taken for thousands."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise NotAnAnswer
    return f"{value:.2f}"


def _texts(value: Any) -> list[str]:
    return [_text(each) for each in _list(value)]


def _rows(value: Any, *keys: str) -> list[dict[str, Any]]:
    rows = _list(value)
    if not all(isinstance(row, dict) and all(key in row for key in keys) for row in rows):
        raise NotAnAnswer
    return rows


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not 0 < len(value) <= MAX_TOOLS:
        raise NotAnAnswer
    return value


def _number() -> Schema:
    return {"type": "number"}


def _enum(codes: Any) -> Schema:
    return {"type": "string", "enum": [str(code) for code in codes]}


def _several(items: Schema, most: int) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "maxItems": most}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _labels(vocabulary: type[StrEnum]) -> str:
    return "; ".join(
        f"{code} = {label.text}" + (f" ({label.hint})" if label.hint else "")
        for code, label in LABELS[vocabulary].items()
    )


def _one(name: str, page: str, vocabulary: type[StrEnum]) -> Item:
    return Item(
        name, page, lambda _: _enum(vocabulary), lambda value, _: {"answer": _text(value)},
        lambda _: _labels(vocabulary),
    )  # fmt: skip


def _some(name: str, page: str, vocabulary: type[StrEnum]) -> Item:
    return Item(
        name, page, lambda _: _several(_enum(vocabulary), len(vocabulary)),
        lambda value, _: {"answers": _texts(value)}, lambda _: _labels(vocabulary),
    )  # fmt: skip


def _people(name: str, hint: str) -> Item:
    return Item(
        name, "Q3", lambda _: _number(), lambda value, _: {name: _figure(value)}, lambda _: hint, partial=True,
    )  # fmt: skip


def _for_each_job(name: str, page: str, unit: str) -> Item:
    rows = _object(job=_enum(engine.Job), figure=_number())
    return Item(
        name, page, lambda _: _several(rows, MAX_JOBS),
        lambda value, _: {_text(row["job"]): _figure(row["figure"]) for row in _rows(value, "job", "figure")},
        lambda _: "; ".join(f"{job}: {getattr(JOB_UNITS[job], unit)}" for job in engine.Job), partial=True,
    )  # fmt: skip


def _amount(name: str, page: str) -> Item:
    return Item(name, page, lambda _: _number(), lambda value, _: {"amount": _figure(value)})


def _country(value: Any, stored: Stored) -> Sent:
    """Another country; currency and customers stay as they were answered."""
    country, customers = _text(value), list(stored["customers"])
    return {
        "country": country,
        "currency": stored["currency"] if stored["country"] == country else "",
        "customers": [code for code in customers if code in COMMON_CUSTOMER_PLACES],
        "more_customers": [code for code in customers if code not in COMMON_CUSTOMER_PLACES],
    }


def _lines(rows: list[dict[str, str]]) -> Sent:
    fields = {f"line{number}-{name}": text for number, row in enumerate(rows) for name, text in row.items()}
    return {"lines": str(len(rows)), **fields}


def _languages(value: Any, stored: Stored) -> Sent:
    rows = _rows(value, "language", "use")
    return _lines([{"language": _text(row["language"]), "use": _text(row["use"])} for row in rows])


def _documents(value: Any, stored: Stored) -> Sent:
    (row,) = _rows([value], "count", "shapes")
    return {"count": _text(row["count"]), "shapes": _texts(row["shapes"])}


def _tools(value: Any, stored: Stored) -> Sent:
    if value == []:
        return {"answer": PAYS_NOTHING}
    rows = [
        {
            "product": _text(row["product"]),
            "price_month": _figure(row["price_month"]),
            "would_stop": _text(row["would_stop"]),
            "people": "" if row.get("people") is None else _figure(row["people"]),
        }
        for row in _rows(value, "product", "price_month", "would_stop")
    ]
    return {"answer": PAYS, **_lines(rows)}


def _tool_rows(context: QuestionContext) -> Schema:
    row = _object(
        product={"type": "string"}, price_month=_number(), would_stop=_enum(engine.WouldStop),
        people={"anyOf": [{"type": "null"}, _number()]},
    )  # fmt: skip
    return {"type": "array", "items": row, "maxItems": MAX_TOOLS}


def _computers(value: Any, stored: Stored) -> Sent:
    return {"answer": _text(value), "countries": list(stored["countries"])}


def _it_support(value: Any, stored: Stored) -> Sent:
    cost = stored["hourly_cost"]
    return {"answer": _text(value), "hourly_cost": "" if cost is None else _figure(cost)}


def _sectors(context: QuestionContext) -> str:
    return "; ".join(f"{sector.slug} = {sector.name}: {sector.plain}" for sector in context.catalog.sectors)


TOOLS_HINT = (
    "price_month = the whole bill of one month for all people, without tax; would_stop = whether they would cancel it: "
    "yes, partly or no; an empty list only if the text says that they pay for nothing"
)
LANGUAGES_HINT = "language = two-letter ISO code; use = mostly or sometimes"
LANGUAGE_ROW = _object(language=_enum(LANGUAGES), use=_enum(engine.LanguageUse))
ITEMS: tuple[Item, ...] = (
    Item("country", "Q1", lambda _: _enum(COUNTRIES), _country, lambda _: "the ISO code of the country"),
    Item(
        "sector", "Q2", lambda context: _enum(sector.slug for sector in context.catalog.sectors),
        lambda value, _: {"answer": _text(value)}, _sectors,
    ),
    _people("staff_count", "people who work there, the owner included"),
    _people("ai_users", "of these, people who would use AI in the first year"),
    Item(
        "jobs", "Q4", lambda _: _several(_enum(engine.Job), MAX_JOBS), lambda value, _: {"jobs": _texts(value)},
        lambda _: f"the main one first; {_labels(engine.Job)}",
    ),
    _for_each_job("units_per_week", "Q5", "many"),
    _for_each_job("minutes_each", "Q6", "one"),
    Item("languages", "Q7", lambda _: _several(LANGUAGE_ROW, MAX_LANGUAGES), _languages, lambda _: LANGUAGES_HINT),
    _one("error_harm", "Q8", engine.ErrorHarm),
    _some("audience", "Q9", engine.Audience),
    _some("people_decisions", "Q10", engine.PeopleDecision),
    _some("information", "Q11", engine.Information),
    _one("processing_location", "Q12", engine.ProcessingLocation),
    Item(
        "documents", "Q13",
        lambda _: _object(
            count=_enum(engine.DocumentCount), shapes=_several(_enum(engine.DocumentShape), len(engine.DocumentShape))
        ),
        _documents, lambda _: f"{_labels(engine.DocumentCount)}; {_labels(engine.DocumentShape)}",
    ),
    _some("programs", "Q14", engine.Program),
    Item("current_tools", "Q15", _tool_rows, _tools, lambda _: TOOLS_HINT),
    Item(
        "computers", "Q16", lambda _: _enum(engine.Computers), _computers, lambda _: _labels(engine.Computers),
    ),
    Item("it_support", "Q17", lambda _: _enum(engine.ItSupport), _it_support, lambda _: _labels(engine.ItSupport)),
    _one("connectivity", "Q18", engine.Connectivity),
    _amount("budget_once", "Q19"),
    _amount("budget_month", "Q20"),
    _one("timing", "Q21", engine.Timing),
    _one("payment_preference", "Q22", engine.PaymentPreference),
    Item(
        "priorities", "Q23", lambda _: _several(_enum(engine.Priority), TOP), lambda value, _: {"order": _texts(value)},
        lambda _: f"the most important first; {_labels(engine.Priority)}",
    ),
    _some("special_knowledge", "Q25", engine.SpecialKnowledge),
    _one("readiness", "Q26", engine.Readiness),
)  # fmt: skip
BY_NAME = {item.name: item for item in ITEMS}
