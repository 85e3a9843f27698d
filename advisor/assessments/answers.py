"""Reading answers: the one door for forms, files, stored questionnaires and the command line.

``parse`` accepts a complete document or says, field by field, what is wrong and how to put it right.
``check_unfinished`` does the same for a questionnaire still being filled in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import ValidationError

from advisor.assessments import coverage
from advisor.assessments.document import AnswersDocument, RulesRow
from advisor.assessments.problems import Problem, cross_problems, problem_from
from advisor.catalog.suppliers import supplier
from advisor.engine import answers as engine
from advisor.engine.catalog import Catalog
from advisor.engine.once import once_per_catalog

MAX_DOCUMENT_CHARS = 200_000
# Answers the engine takes just as they stand in the document, and those it takes as tuples.
_AS_THEY_ARE = (
    *("country", "currency", "sector", "staff_count", "ai_users", "error_harm", "processing_location", "computers"),
    *("it_support", "hourly_cost", "connectivity", "budget_once", "budget_month", "budget_month_as_now", "timing"),
    *("payment_preference", "readiness", "horizon_months"),
)
_LISTS = (
    *("customer_countries", "audience", "people_decisions", "information", "programs", "hardware_countries"),
    "special_knowledge",
)


class AnswersError(ValueError):
    """The answers cannot be used. ``problems`` says which fields, why, and how to put each right."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem['field']}: {problem['message']}" for problem in problems))
        self.problems = problems


def parse(raw: object) -> AnswersDocument:
    """Read a complete answers document.

    Raises:
        AnswersError: a field is missing, unknown, of the wrong kind, out of bounds, or contradicts another.
    """
    text = _as_json(raw)
    try:
        document = AnswersDocument.model_validate_json(text)
    except ValidationError as error:
        raise AnswersError([problem_from(item) for item in error.errors(include_url=False)]) from None
    _refuse(cross_problems(json.loads(text)))
    return document


def check_unfinished(raw: object) -> None:
    """Check the answers given so far; only whole answers that are still missing are forgiven.

    Raises:
        AnswersError: as in ``parse``.
    """
    text = _as_json(raw)
    try:
        AnswersDocument.model_validate_json(text)
    except ValidationError as error:
        wrong = [item for item in error.errors(include_url=False) if item["type"] != "missing" or len(item["loc"]) > 1]
        _refuse([problem_from(item) for item in wrong])
    _refuse(cross_problems(json.loads(text)))


def to_engine(document: AnswersDocument, catalog: Catalog | None = None) -> engine.Answers:
    """Turn a document into the engine's input, leaving out answers whose question does not apply.

    With a catalog, the names the answers take from it (sector, devices, suppliers) must be in it.

    Raises:
        AnswersError: a name is not in the catalog.
    """
    if catalog is not None:
        _refuse(list(_unknown_names(document, catalog)))
    given = json.loads(document.model_dump_json(exclude_unset=True))
    documents = coverage.handles_documents(given)
    as_they_are: dict[str, Any] = {name: getattr(document, name) for name in _AS_THEY_ARE}
    lists: dict[str, Any] = {name: _tuple(getattr(document, name)) for name in _LISTS}
    return engine.Answers(
        **as_they_are,
        **lists,
        jobs=tuple(engine.JobAnswer(row.job, row.units_per_week, row.minutes_each) for row in document.jobs),
        languages=_languages(document),
        document_count=document.document_count if documents else None,
        document_shapes=tuple(document.document_shapes or ()) if documents else (),
        current_tools=_tools(document),
        own_computers=_computers(document) if coverage.has_own_machine(given) else (),
        priorities=tuple(document.priorities or ()),
        rules=_rules(document.rules or RulesRow()),
        answered=coverage.answered(given),
        relevant=coverage.relevant(given),
    )


@once_per_catalog
def supplier_names(catalog: Catalog) -> tuple[str, ...]:
    """Names a "use only" or "avoid" rule may hold: makers of models, and hosts of models or servers."""
    names = {model.publisher for model in catalog.models} | {offer.provider for offer in catalog.cloud_offers}
    names |= {price.provider for price in catalog.api_prices if price.model is not None}
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))


@once_per_catalog
def suppliers_as_written(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Each supplier as it writes its own name -> the names the catalog has for it, as maker and as host."""
    found: dict[str, tuple[str, list[str]]] = {}
    for name in supplier_names(catalog):
        written = supplier(name)
        found.setdefault(written.casefold(), (written, []))[1].append(name)
    return {written: tuple(names) for _key, (written, names) in sorted(found.items())}


def _unknown_names(document: AnswersDocument, catalog: Catalog) -> Iterable[Problem]:
    named = [("sector", document.sector, [sector.slug for sector in catalog.sectors])]
    devices = [device.slug for device in catalog.devices]
    for index, computer in enumerate(document.own_computers or ()):
        named.append((f"own_computers.{index}.device", computer.device, devices))
    suppliers = list(supplier_names(catalog))
    for key in ("avoid_suppliers", "only_suppliers"):
        for index, name in enumerate(getattr(document.rules, key, ())):
            named.append((f"rules.{key}.{index}", name, suppliers))
    for field, value, known in named:
        if value is not None and value not in known:
            fix = _("Use one of: %(names)s.") % {"names": ", ".join(known)}
            yield Problem(field=field, message=_("The catalog has no such name."), fix=fix)


def _languages(document: AnswersDocument) -> tuple[engine.LanguageAnswer, ...] | None:
    if document.languages is None:
        return None
    return tuple(engine.LanguageAnswer(row.language, row.use) for row in document.languages)


def _tools(document: AnswersDocument) -> tuple[engine.CurrentTool, ...] | None:
    if document.current_tools is None:
        return None
    return tuple(
        engine.CurrentTool(row.product, row.people, row.price_month, row.contract_end, row.would_stop)
        for row in document.current_tools
    )


def _computers(document: AnswersDocument) -> tuple[engine.OwnComputer, ...]:
    return tuple(engine.OwnComputer(row.device, row.memory_gb, row.count) for row in document.own_computers or ())


def _rules(rules: RulesRow) -> engine.Rules:
    return engine.Rules(
        avoid_countries=tuple(rules.avoid_countries),
        avoid_suppliers=tuple(rules.avoid_suppliers),
        only_suppliers=tuple(rules.only_suppliers),
        only_countries=tuple(rules.only_countries),
        standard_licenses_only=rules.standard_licenses_only,
        disclosed_data_only=rules.disclosed_data_only,
    )


def _as_json(raw: object) -> str:
    """JSON text of the raw value, so that one strict reader judges forms, files and stored answers alike."""
    if not isinstance(raw, Mapping):
        raise _unreadable(
            _("The answers are not a JSON object."), _('Send one object, {"question_set": "2026-11", ...}.')
        )
    try:
        text = json.dumps(raw)
    except (TypeError, ValueError, RecursionError):
        raise _unreadable(
            _("The answers hold something that is not JSON."), _("Send plain JSON values only.")
        ) from None
    if len(text) > MAX_DOCUMENT_CHARS:
        fix = _("Keep them under %(count)s characters.") % {"count": f"{MAX_DOCUMENT_CHARS:,}"}
        raise _unreadable(_("The answers are too long."), fix)
    return text


def _unreadable(message: str, fix: str) -> AnswersError:
    return AnswersError([Problem(field="", message=message, fix=fix)])


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise AnswersError(problems)


Item = TypeVar("Item")


def _tuple(values: list[Item] | None) -> tuple[Item, ...] | None:
    return None if values is None else tuple(values)
