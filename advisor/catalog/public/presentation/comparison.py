"""Up to four models side by side, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from advisor.catalog.public import wording
from advisor.catalog.public.index import Index, ModelRow
from advisor.catalog.public.presentation.fits import fit_line
from advisor.catalog.public.presentation.models import Card, card, languages
from advisor.catalog.public.presentation.page import fits_of
from advisor.web.formats import Formats
from advisor.web.typography import labeled

Row = tuple[str, list[list[str]]]  # what it is about, and for each model its lines of text


@dataclass(frozen=True)
class Line:
    """A cell for each model: its name, which a phone shows beside the cell, and lines of text; none is not known."""

    label: str
    cells: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[Line]


def comparison(index: Index, models: Sequence[ModelRow], formats: Formats) -> list[Part]:
    cards = [card(model, formats) for model in models]
    parts: dict[str, list[Row]] = {
        _("The model"): [*_about(cards), _languages(models, formats), _context(models, formats)],
        _("License"): _license(cards),
        _("Where it runs"): _fits(index, models, formats),
        _("What it costs hosted"): _hosted(cards),
        _("Measured quality"): _scores(index, models, formats),
    }
    names = [model.name for model in models]
    return [
        Part(title, [Line(label, list(zip(names, cells, strict=True))) for label, cells in rows])
        for title, rows in parts.items()
    ]


def _lines(cards: Sequence[Card], parts: Mapping[str, Callable[[Card], str | list[str]]]) -> list[Row]:
    return [(label, [_cell(write(each)) for each in cards]) for label, write in parts.items()]


def _cell(written: str | list[str]) -> list[str]:
    return [text for text in ([written] if isinstance(written, str) else written) if text]


def _about(cards: Sequence[Card]) -> list[Row]:
    return _lines(
        cards,
        {
            _("Maker"): lambda each: each.maker,
            _("Released"): lambda each: each.released,
            _("Size"): lambda each: each.size,
            _("Memory at least"): lambda each: each.memory,
            _("What it can do"): lambda each: each.short_tasks,
            _("Openness"): lambda each: each.openness,
        },
    )


def _languages(models: Sequence[ModelRow], formats: Formats) -> Row:
    return (_("Languages"), [_cell(languages(model, formats)) for model in models])


def _context(models: Sequence[ModelRow], formats: Formats) -> Row:
    known = [formats.number(each.context_tokens) if each.context_tokens else "" for each in models]
    return (_("Longest text at once, tokens"), [_cell(text) for text in known])


def _license(cards: Sequence[Card]) -> list[Row]:
    return _lines(
        cards,
        {
            _("Name, and use in business"): lambda each: [each.license, each.light_text],
            _("Countries left out"): lambda each: each.left_out or pgettext("countries", "none"),
        },
    )


def _hosted(cards: Sequence[Card]) -> list[Row]:
    return _lines(cards, {_("A million tokens read and a million written, from"): lambda each: each.hosted})


def _fits(index: Index, models: Sequence[ModelRow], formats: Formats) -> list[Row]:
    """The same machines for every model, so the rows can be read across."""
    columns = [[fit_line(fit, formats) for fit in fits_of(index.facts.content_hash, model.slug)[0]] for model in models]
    return [
        (
            labeled(row[0].kind, row[0].device),
            [_cell([each.verdict, each.speed]) for each in row],
        )
        for row in zip(*columns, strict=True)
    ]


def _scores(index: Index, models: Sequence[ModelRow], formats: Formats) -> list[Row]:
    """Measures that at least two of the models have; with who measured, because that decides what they say."""
    stored = index.facts.by_slug("models")
    found: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for model in models:
        for score in stored[model.slug].get("quality") or ():
            found.setdefault(score["benchmark"], {}).setdefault(model.slug, []).append(score)
    shared = [benchmark for benchmark, by_model in sorted(found.items()) if len(by_model) > 1]
    return [
        (
            benchmark,
            [[_scored(score, formats) for score in found[benchmark].get(model.slug, [])] for model in models],
        )
        for benchmark in shared
    ]


def _scored(score: Mapping[str, Any], formats: Formats) -> str:
    return _("%(score)s (%(who)s)") % {
        "score": formats.number(score["score"]),
        "who": wording.label(wording.MEASURERS, score["measured_by"]),
    }
