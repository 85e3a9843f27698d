"""What the engine says of each measured point: the same formulas as ``manage.py size``, on arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from advisor.calibration.points import SpeedTable
from advisor.engine import speed
from advisor.engine.efficiency import Efficiency, MachineShape
from advisor.engine.shapes import Quantity

Array = NDArray[np.float64]
Rows = Mapping[tuple[str, str], Efficiency]


def reached(table: SpeedTable, rows: Rows) -> MachineShape:
    """The points' machines with other fitted constants."""
    each = [rows[point.row] for point in table.points]
    columns = {
        field.name: np.array([getattr(one, field.name) for one in each], dtype=np.float64)
        for field in fields(Efficiency)
    }
    return replace(table.machine, reached=Efficiency(**columns))


def tokens_per_s(table: SpeedTable, machine: MachineShape) -> Array:
    """Central estimate of each point in the unit it was measured in."""
    kinds = np.array([point.measure for point in table.points])
    prompt, output, held = np.maximum(table.prompt_tokens, 1), table.output_tokens, table.context_tokens
    each = 1 / np.asarray(speed.step_seconds(table.model, machine, held, table.users))
    steps = output * speed.step_seconds(table.model, machine, prompt + output / 2, 1)
    seconds = speed.prompt_seconds(table.model, machine, prompt) + steps
    found: Array = np.select(
        [kinds == "decode", kinds == "batched", kinds == "prefill", kinds == "answer"],
        [each, each * table.users, _prefill(table, machine, prompt), output / seconds],
        (prompt + output) / seconds,
    )
    return found


def _prefill(table: SpeedTable, machine: MachineShape, prompt: Array) -> Quantity:
    """Prompts of several users fill one pass together; a prompt after others is the difference of two."""
    held = table.context_tokens
    together = np.maximum(prompt, np.minimum(prompt * table.users, machine.at_once))
    before = np.where(held > 0, speed.prompt_seconds(table.model, machine, np.maximum(held, 1)), 0.0)
    return together / (speed.prompt_seconds(table.model, machine, together + held) - before)
