"""What the style guide shows of components: the same templates, forms and charts as the pages, with made-up words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings

from advisor.assessments import charts
from advisor.assessments.forms.base import field_problems
from advisor.assessments.forms.fields import (
    DayField,
    ListField,
    OneField,
    Option,
    PlainTextField,
    SomeField,
    unsure,
)
from advisor.assessments.forms.figures import FigureField
from advisor.assessments.presentation.figures import Figure, draw

SPRITE = Path(settings.BASE_DIR) / "templates" / "components" / "_icons.html"
LINES = (("Paid today", "What stops being paid"), ("Contract", "Until March"))
FILLED = {
    "one": "yes", "some": ["mail", "calls"], "rare": ["sign"], "figure": 120, "name": "Lindenhof Seeds",
    "listed": "at", "day": "2027-03-31",
}  # fmt: skip
WRONG = {"some": ["mail", "none"], "figure": "plenty", "rare": ["smoke"], "listed": "xx"}


class Specimens(forms.Form):
    """One field of each kind."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "one": OneField(
                [Option("yes", "Yes", "What it means"), Option("no", "No"), unsure("no")], label="One answer"
            ),
            "some": SomeField(
                [Option("mail", "E-mail"), Option("calls", "Calls"), Option("none", "None of these", alone=True)],
                label="Any number of answers", layout="choices-columns",
            ),
            "rare": SomeField(
                [Option("sign", "Sign language"), Option("post", "Letters")], label="A long list, folded", folded=True,
                layout="choices-wide", required=False,
            ),
            "figure": FigureField(
                at_least=0, at_most=1000, label="A figure", help_text="Help stands under the label.",
                options=(unsure(),), after="a week",
            ),
            "name": PlainTextField(label="A name"),
            "listed": ListField([("", "Choose"), ("at", "Austria"), ("de", "Germany")], label="One of a long list"),
            "day": DayField(label="A day", required=False),
        }  # fmt: skip


def fields() -> list[tuple[str, Specimens]]:
    """State -> form in it."""
    wrong = Specimens(WRONG, prefix="wrong")
    wrong.is_bound, wrong.data = True, {f"wrong-{name}": value for name, value in WRONG.items()}
    return [
        ("Empty", Specimens(prefix="empty")),
        ("Filled", Specimens(prefix="filled", initial=FILLED)),
        ("With problems", wrong),
    ]


def problems(form: Specimens) -> list[tuple[str, str]]:
    """What the summary of errors says about it."""
    return field_problems(form)


def icons() -> list[str]:
    """Names of all icons of the sprite."""
    return re.findall(r'<symbol id="icon-([\w-]+)"', SPRITE.read_text(encoding="utf-8"))


def drawings() -> list[Figure]:
    """One figure of each kind of chart."""
    return [_range_bars(), _cumulative(), _tornado(), _memory_fit(), _dots()]


def _amount(value: float) -> str:
    return f"€{value:,.0f}"


def _figure(key: str, title: str, drawing: Any, rows: list[list[str]], **words: Any) -> Figure:
    description = "; ".join(" ".join(row) for row in rows)
    return draw(
        lambda name, width: drawing(key=name, width=width, title=title, description=description, **words),
        key=key, title=title, description=description, columns=["What", "Figure"], rows=rows,
        source="Source: made up for this page.",
    )  # fmt: skip


def _range_bars() -> Figure:
    rows = [
        charts.RangeRow("Hosted, pay per use", 4000, 6200, 9800, "€4,000 to €9,800", chosen=True),
        charts.RangeRow("Own server", 9000, 11500, 15000, "€9,000 to €15,000"),
    ]
    today = [charts.LineAcross(8000, "You pay today: €8,000", dashed=False)]
    return _figure(
        "range_bars", "The hosted option probably costs less than today",
        lambda **words: charts.range_bars(rows, today, axis="Cost over 36 months, EUR", form=_amount, **words),
        [[row.name, row.words] for row in rows],
    )  # fmt: skip


def _cumulative() -> Figure:
    values = tuple(-2400.0 + 170 * month for month in range(37))
    curve = charts.Curve(values, 1500, 5200, "€1,500 to €5,200", "Months", 15, "pays back in month 15")
    return _figure(
        "cumulative", "It pays back in month 15",
        lambda **words: charts.cumulative(curve, form=_amount, **words), [["Month 36", "€1,500 to €5,200"]],
    )  # fmt: skip


def _tornado() -> Figure:
    rows = [
        charts.SwingRow("Volume, half to double", 4100, 9900, "€4,100 to €9,900"),
        charts.SwingRow("Hourly cost, 25 % either way", 5600, 6800, "€5,600 to €6,800"),
    ]
    center = charts.LineAcross(6200, "As answered: €6,200")
    return _figure(
        "tornado", "The volume moves the cost most",
        lambda **words: charts.tornado(rows, center, axis="Cost over 36 months, EUR", form=_amount, **words),
        [[row.name, row.words] for row in rows],
    )  # fmt: skip


def _memory_fit() -> Figure:
    parts = [charts.PartRow("Model", 26, "26 GB"), charts.PartRow("People at once", 5, "5 GB")]
    parts.append(charts.PartRow("Stays free", 17, "17 GB", free=True))
    room = charts.LineAcross(48, "The card has 48 GB", dashed=False)
    return _figure(
        "memory_fit", "The model fits with room to spare",
        lambda **words: charts.memory_fit(parts, room, axis="Memory, GB", form=_gigabytes, **words),
        [[part.name, part.words] for part in parts],
    )  # fmt: skip


def _dots() -> Figure:
    mark = charts.LineAcross(90, "The claim: 90 %")
    values = [-40.0, -10, 5, 12, 15, 15, 22, 30, 41, 58, 72, 91]
    return _figure(
        "dots", "One case in twelve reaches the claim",
        lambda **words: charts.dots(values, mark, axis="Saved, %", form=_percent, most=100, **words),
        [["Cases that reach it", "1 of 12"]],
    )  # fmt: skip


def _gigabytes(value: float) -> str:
    return f"{value:g}"


def _percent(value: float) -> str:
    return f"{value:g} %"
