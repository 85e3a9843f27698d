"""``manage.py cases``: the sample businesses on one catalog, a line each."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advisor.assessments.advice import advise, sample_businesses
from advisor.catalog.services import SHIPPED, named_catalog
from advisor.engine.types import Estimate, Plan, Recommendation
from advisor.web.formats import Formats

WIDTHS = (16, 14, 44, 24, 26)
HEADINGS = (
    "business",
    "advice",
    "best set-up found",
    "cost, whole horizon",
    "saving (+) or loss (-)",
    "ruled out most",
)
RULES_SHOWN = 3


class Command(BaseCommand):
    help = (
        "Runs the sample businesses and prints what each is advised, what it costs and saves, and what was ruled out."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--catalog", default=SHIPPED, help="a published version's number, or shipped (the default)")
        parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="day of the advice, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            catalog = named_catalog(options["catalog"])
        except LookupError as error:
            raise CommandError(f"--catalog: {error}") from None
        as_of = options["as_of"] or timezone.localdate()
        self.stdout.write(_row(HEADINGS))
        for name, text in sample_businesses():
            self.stdout.write(_row(_cells(name, advise(text, catalog, as_of=as_of).recommendation)))


def _cells(name: str, made: Recommendation) -> tuple[str, ...]:
    formats = Formats("en", made.currency)
    best = made.plans[0] if made.plans else None
    return (
        name,
        made.verdict,
        _set_up(best) if best else "none",
        _range(formats, best.cost_total) if best else "-",
        _range(formats, best.savings.total) if best and made.keep.has_baseline else "nothing paid now",
        _rules(made),
    )


def _set_up(plan: Plan) -> str:
    where = plan.machines[0].name if plan.machines else (plan.provider or "")
    models = ", ".join(use.name for use in plan.models if use.role == "main")
    return f"{plan.route}: {models} on {where}"


def _range(formats: Formats, figure: Estimate) -> str:
    return f"{formats.money(figure.central)} ({formats.money_range(figure.low, figure.high)})"


def _rules(made: Recommendation) -> str:
    most = sorted(made.ruled_out, key=lambda row: (-row.models, row.rule))[:RULES_SHOWN]
    return ", ".join(f"{row.rule} ({row.models} models)" for row in most)


def _row(cells: tuple[str, ...]) -> str:
    return "  ".join([*(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)), cells[-1]])
