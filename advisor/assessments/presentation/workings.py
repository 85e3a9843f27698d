"""How figures were computed, in words: the formula with named inputs, then each input with its source."""

from __future__ import annotations

import ast
from collections.abc import Container
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.wording.words import is_question, source_in_words, source_language
from advisor.web.formats import MINUS
from advisor.web.typography import series

SIGNS: dict[type[ast.operator], str] = {
    ast.Add: " + ",
    ast.Sub: " \N{MINUS SIGN} ",
    ast.Mult: " \N{MULTIPLICATION SIGN} ",
    ast.Div: " \N{DIVISION SIGN} ",
}
COMPARES = frozenset({"savings_total", "chance", "payback", "share", "promise"})
METHODS_OF_THEIR_OWN = frozenset({"chance", "payback"})  # not the value of their formula
# What an input is called where the answer behind it is called otherwise.
ANSWERS = {"users": "ai_users", "it_hourly": "hourly_cost", "staff_hourly": "staff_hourly_cost"}
SURE = 0.005  # a sample never proves that something always or never happens
STRENGTH: dict[type[ast.operator], int] = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}


def workings(sheet: Sheet, owners: Container[str] | None = None) -> dict[str, dict[str, Any]]:
    """Every working by the key of its figure; those of comparisons with today only where one may be stated.

    ``owners``: only of these, by the keys of plans or "keep".
    """
    return {
        trace["key"]: _once(sheet, trace)
        for trace in sheet.document["traces"]
        if (owners is None or trace["key"].partition(".")[0] in owners) and _may_be_stated(sheet, trace)
    }


def _may_be_stated(sheet: Sheet, trace: Data) -> bool:
    """Comparisons with today need spending to compare with, and enough answers for one figure; what is paid today has
    to be known."""
    owner, _dot, figure = trace["key"].partition(".")
    if owner == "keep" and not sheet.document["keep"]["known"]:
        return False
    return figure not in COMPARES or (sheet.has_baseline and sheet.single_figures)


def working(sheet: Sheet, owner: str, figure: str) -> dict[str, Any] | None:
    """The working of one figure of a plan, or of "keep"; None when the document holds none."""
    trace = sheet.traces.get(f"{owner}.{figure}")
    return _once(sheet, trace) if trace is not None else None


def _once(sheet: Sheet, trace: Data) -> dict[str, Any]:
    """Cards, tables and the list of all workings show the same ones."""
    found = sheet.written.get(trace["key"])
    if found is None:
        found = sheet.written[trace["key"]] = _working(sheet, trace)
    return found


def _working(sheet: Sheet, trace: Data) -> dict[str, Any]:
    owner, _dot, figure = trace["key"].partition(".")
    jobs = sheet.jobs_of(owner)
    inputs = [_input(sheet, item, jobs) for item in trace["inputs"]]
    names = {item["name"]: item["label"] for item in inputs}
    amounts = {item["name"]: sheet.words.amount(item["value"], item["unit"]) for item in trace["inputs"]}
    return {
        "key": trace["key"],
        "owner": sheet.words.plan_names.get(owner, ""),
        "title": sheet.words.figure(figure),
        "formula": in_words(trace["expression"], names, sheet),
        "with_figures": in_words(trace["expression"], amounts, sheet) if trace["method"] == "formula" else "",
        "result": _result(sheet, trace),
        "range": _range(sheet, trace),
        "span": _span(sheet, trace),
        "points": sheet.formats.number(trace["points"]),
        "value": trace["value"],
        "inputs": inputs,
    }


def _result(sheet: Sheet, trace: Data) -> str:
    if trace["method"] == "payback":
        if not trace["value"]:
            return _("not within %(months)s months") % {"months": sheet.formats.number(sheet.horizon)}
        return _("month %(month)s") % {"month": sheet.formats.number(trace["value"])}
    if trace["method"] == "chance":
        return sheet.formats.percent(min(max(trace["value"], SURE), 1 - SURE))
    if trace["unit"] == "share":
        return sheet.formats.percent(trace["value"])
    return sheet.words.quantity(trace["value"], trace["unit"])


def _range(sheet: Sheet, trace: Data) -> str:
    """How a range, a chance or a month of payback follows from the formula."""
    points = sheet.formats.number(trace["points"])
    match trace["method"]:
        case "chance":
            return _("The share of %(points)s cases, spread over all ranges, in which this comes out above zero.") % {
                "points": points
            }
        case "payback":
            return _("The first month from which the running total of these months stays above zero.")
        case _ if span := _span(sheet, trace):
            return _(
                "Range %(range)s: the same formula for %(points)s cases, spread over the ranges of all inputs. "
                "One case in ten lies below it and one in ten above."
            ) % {"range": span, "points": points}
    return ""


def _span(sheet: Sheet, trace: Data) -> str:
    """The range of a figure that has one: "€28 to €58"."""
    if trace["method"] in METHODS_OF_THEIR_OWN or trace["low"] is None or trace["low"] >= trace["high"]:
        return ""
    return sheet.words.quantity_range(trace["low"], trace["high"], trace["unit"])


def _input(sheet: Sheet, item: Data, jobs: list[str]) -> dict[str, Any]:
    question = item["question"] or (item["source"] if is_question(item["source"]) else None)
    source = None if question else item["source"]
    return {
        "name": item["name"],
        "label": sheet.words.input_name(item["name"], item["unit"], jobs, sheet.tools),
        "value": sheet.words.quantity(item["value"], item["unit"]),
        "range": sheet.words.quantity_range(item["low"], item["high"], item["unit"]) if item["low"] is not None else "",
        "raw": item["value"],
        "grade": grade(sheet, item, question),
        "question": sheet.question(question),
        "source": source_in_words(source),
        "source_language": source_language(source),
        "link": link(source),
        "as_of": sheet.formats.day(item["as_of"]),
    }


def grade(sheet: Sheet, item: Data, question: str | None) -> str:
    """How well an input is known; ``question`` is the answer it comes from."""
    if question and not is_assumed(sheet, item):
        return _("your answer")
    if question:
        return sheet.words.label("grade", "assumed")
    if not item["source"] and item["grade"] == "independent":
        return _("a plain count")  # a plain count, such as the months compared, needs no source
    return sheet.words.label("grade", item["grade"])


def is_assumed(sheet: Sheet, item: Data) -> bool:
    """Whether an input that a question decides was put in by us, because the answer was "not sure"."""
    name = ANSWERS.get(item["name"], item["name"])
    return item["grade"] == "assumed" or name in {each["key"] for each in sheet.document["assumptions"]}


def link(source: str | None) -> str | None:
    """The address inside a source that is one; other sources are shown as text."""
    return source if source and source.startswith(("https://", "http://")) and " " not in source else None


def in_words(expression: str, names: Data, sheet: Sheet) -> str:
    """The expression with names in place of variables; the expression itself if it cannot be read."""
    try:
        return _write(_parsed(expression), names, sheet)
    except (SyntaxError, KeyError, TypeError):
        return expression


@lru_cache(maxsize=1024)  # the engine has some dozens, of which each result uses many
def _parsed(expression: str) -> ast.expr:
    return ast.parse(expression, mode="eval").body


def _write(node: ast.expr, names: Data, sheet: Sheet) -> str:
    match node:
        case ast.Name(id=name):
            text = str(names[name])
            return f"({text})" if text.startswith(MINUS) else text
        case ast.Constant(value=int() | float() as value):
            return sheet.formats.number(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return MINUS + _write(operand, names, sheet)
        case ast.BinOp(left=left, op=sign, right=right):
            written, strength = SIGNS[type(sign)], STRENGTH[type(sign)]
            strict = isinstance(sign, ast.Sub | ast.Div)
            return _side(left, strength, names, sheet) + written + _side(right, strength + strict, names, sheet)
        case ast.Call(func=ast.Name(id="ceil"), args=[inner]):
            return _("%(figure)s, rounded up") % {"figure": f"({_write(inner, names, sheet)})"}
        case ast.Call(func=ast.Name(id="min"), args=inner):
            return _("the smallest of (%(figures)s)") % {"figures": _each(inner, names, sheet)}
        case ast.Call(func=ast.Name(id="max"), args=inner):
            return _("the largest of (%(figures)s)") % {"figures": _each(inner, names, sheet)}
        case _:
            raise TypeError(type(node).__name__)


def _side(node: ast.expr, strength: int, names: Data, sheet: Sheet) -> str:
    text = _write(node, names, sheet)
    weaker = isinstance(node, ast.BinOp) and STRENGTH[type(node.op)] < strength
    return f"({text})" if weaker else text


def _each(nodes: list[ast.expr], names: Data, sheet: Sheet) -> str:
    return series(_write(node, names, sheet) for node in nodes)
