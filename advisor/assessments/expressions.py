"""A working's expression worked out, with whatever stands for its names: figures, or cells of a workbook."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Value = TypeVar("Value")
OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
CALLS: dict[str, Callable[..., float]] = {"max": max, "min": min, "ceil": math.ceil}


def worked_out(expression: str, values: Mapping[str, float]) -> float:
    """What a working's expression gives with these inputs.

    Raises:
        LookupError: as ``folded``.
    """
    return folded(expression, values, constant=float, call=lambda name, *given: float(CALLS[name](*given)))


def folded(
    expression: str,
    names: Mapping[str, Value],
    *,
    constant: Callable[[float], Value],
    call: Callable[..., Value],
) -> Value:
    """What the expression comes to. ``call`` is given max, min or ceil and what it is applied to.

    Raises:
        LookupError: a name is missing, or the expression holds what no working does.
    """

    def walk(node: ast.expr) -> Value:
        match node:
            case ast.Name(id=name):
                return names[name]
            case ast.Constant(value=int() | float() as value):
                return constant(value)
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATIONS:
                found: Value = OPERATIONS[type(sign)](walk(left), walk(right))
                return found
            case ast.Call(func=ast.Name(id="max" | "min" | "ceil" as name), args=inner):
                return call(name, *map(walk, inner))
            case _:
                raise LookupError(f"no part of a working: {ast.dump(node)}")

    return walk(ast.parse(expression, mode="eval").body)
