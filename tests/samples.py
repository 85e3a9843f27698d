"""The sample businesses worked out once per test run, and a reader of workings."""

from __future__ import annotations

import ast
import json
import math
import operator
from datetime import date
from functools import cache
from typing import Any

from advisor.assessments.advice import advise, sample_businesses
from advisor.assessments.answers import parse, to_engine
from advisor.catalog.services import shipped_catalog
from advisor.engine.answers import Answers
from advisor.engine.catalog import Catalog
from advisor.engine.types import Recommendation, Trace

AS_OF = date(2026, 11, 21)
NAMES = tuple(name for name, _ in sample_businesses())


@cache
def recommendation(name: str) -> Recommendation:
    return advise(dict(sample_businesses())[name], catalog(), as_of=AS_OF).recommendation


def document(name: str) -> dict[str, Any]:
    """The recommendation as it is stored: plain data."""
    made: dict[str, Any] = json.loads(json.dumps(recommendation(name).to_document()))
    return made


@cache
def answers(name: str) -> Answers:
    return to_engine(parse(json.loads(dict(sample_businesses())[name])), catalog())


def catalog() -> Catalog:
    return shipped_catalog()


OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def evaluate(trace: Trace) -> float:
    """The working's value from its own expression and inputs alone."""
    values = {item.name: item.value for item in trace.inputs}

    def walk(node: ast.expr) -> float:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return float(OPERATORS[type(op)](walk(left), walk(right)))
            case ast.Name(id=name):
                return values[name]
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Call(func=ast.Name(id="ceil"), args=[inner]):
                return float(math.ceil(walk(inner)))
            case ast.Call(func=ast.Name(id="max" | "min" as name), args=inner):
                return float({"max": max, "min": min}[name](walk(each) for each in inner))
        raise AssertionError(f"not an allowed part of a working: {ast.dump(node)}")

    return walk(ast.parse(trace.expression, mode="eval").body)
