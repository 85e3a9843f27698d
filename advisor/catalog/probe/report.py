"""The probe's findings as a table for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from advisor.catalog.probe.comparison import Compared, Comparison, Setup, memory_lines
from advisor.catalog.probe.measuring import Measured, Spread
from advisor.catalog.probe.telling import Told

GUESSED = "counted by pieces, one token each: the server sent no usage, so this is a guess"


@dataclass(frozen=True)
class Probe:
    """One finished probe."""

    setup: Setup
    measured: Measured
    told: Told
    comparison: Comparison

    def to_document(self) -> dict[str, Any]:
        """Plain JSON."""
        rows = [asdict(row) | {"band": list(row.band), "inside": row.inside} for row in self.comparison.compared]
        return {
            "setup": asdict(self.setup),
            "measured": asdict(self.measured) | {"levels": [asdict(level) for level in self.measured.levels]},
            "told": asdict(self.told),
            "comparison": asdict(self.comparison) | {"compared": rows},
        }

    def lines(self) -> list[str]:
        """The table."""
        setup, measured = self.setup, self.measured
        count = f"{setup.device_count} x " if setup.device_count > 1 else ""
        return [
            f"{setup.model}, {setup.weights}, {setup.runtime}, on {count}{setup.device}",
            f"served as {measured.served_name}; {measured.runs} runs each; "
            f"prompts of {measured.prompt_tokens or '?'} tokens, answers of {measured.output_tokens}",
            *([] if measured.counted_by == "usage" else [f"tokens {GUESSED}"]),
            "",
            f"{'users':>5}  {'tokens/s for each':>24}  {'tokens/s together':>24}  {'first token, s':>24}",
            *(
                f"{level.users:5}  {_shown(level.per_user_tps):>24}  {_shown(level.total_tps):>24}  "
                f"{_shown(level.first_token_s):>24}"
                for level in measured.levels
            ),
            "median (lowest - highest)",
            "",
            *(self._against(row) for row in self.comparison.compared),
            *([f"not compared: {self.comparison.reason}"] if self.comparison.reason else []),
            *memory_lines(self.told, self.comparison),
        ]

    def _against(self, row: Compared) -> str:
        name = "tokens/s for each" if row.figure == "per_user_tps" else "first token, s"
        low, central, high = map(short_number, row.band)
        verdict = "inside" if row.inside else f"{abs(row.off):.0%} {'above' if row.off > 0 else 'below'}"
        users = f"{row.users} user{'s' if row.users > 1 else ''}"
        return (
            f"{name}, {users}: {short_number(row.measured)} is {verdict} the engine's band {low} - {central} - {high}"
        )


def _shown(spread: Spread) -> str:
    return f"{short_number(spread.median)} ({short_number(spread.low)} - {short_number(spread.high)})"


def short_number(value: float) -> str:
    """Three digits: finer than two runs of one server agree."""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"
