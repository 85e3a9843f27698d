"""Up to four models side by side, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from advisor.catalog.public import wording
from advisor.catalog.public.index import Index, ModelRow
from advisor.catalog.public.presentation.fits import fit_line
from advisor.catalog.public.presentation.models import Card, card, languages
from advisor.catalog.public.presentation.page import fits_of
from advisor.web.formats import Formats


@dataclass(frozen=True)
class Line:
    """A cell for each model, each with its lines of text; an empty cell is not known."""

    label: str
    cells: list[list[str]]


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[Line]


def comparison(index: Index, models: Sequence[ModelRow], formats: Formats) -> list[Part]:
    cards = [card(model, formats) for model in models]
    return [
        Part(_("The model"), [*_about(cards), _languages(models, formats), _context(models, formats)]),
        Part(_("License"), _license(cards)),
        Part(_("Where it runs"), _fits(index, models, formats)),
        Part(_("What it costs hosted"), _hosted(cards)),
        Part(_("Measured quality"), _scores(index, models, formats)),
    ]


def _lines(cards: Sequence[Card], parts: Mapping[str, Callable[[Card], str | list[str]]]) -> list[Line]:
    return [Line(label, [_cell(write(each)) for each in cards]) for label, write in parts.items()]


def _cell(written: str | list[str]) -> list[str]:
    return [text for text in ([written] if isinstance(written, str) else written) if text]


def _about(cards: Sequence[Card]) -> list[Line]:
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


def _languages(models: Sequence[ModelRow], formats: Formats) -> Line:
    return Line(_("Languages"), [_cell(languages(model, formats)) for model in models])


def _context(models: Sequence[ModelRow], formats: Formats) -> Line:
    known = [formats.number(each.context_tokens) if each.context_tokens else "" for each in models]
    return Line(_("Longest text at once, tokens"), [_cell(text) for text in known])


def _license(cards: Sequence[Card]) -> list[Line]:
    return _lines(
        cards,
        {
            _("License"): lambda each: [each.license, each.light_text],
            _("Countries left out"): lambda each: each.left_out or _("none"),
        },
    )


def _hosted(cards: Sequence[Card]) -> list[Line]:
    return _lines(cards, {_("A million tokens read and a million written, from"): lambda each: each.hosted})


def _fits(index: Index, models: Sequence[ModelRow], formats: Formats) -> list[Line]:
    """The same machines for every model, so the rows can be read across."""
    columns = [[fit_line(fit, formats) for fit in fits_of(index.facts.content_hash, model.slug)[0]] for model in models]
    return [
        Line(
            _("%(kind)s: %(name)s") % {"kind": row[0].kind, "name": row[0].device},
            [_cell([each.verdict, each.speed]) for each in row],
        )
        for row in zip(*columns, strict=True)
    ]


def _scores(index: Index, models: Sequence[ModelRow], formats: Formats) -> list[Line]:
    """Measures that at least two of the models have; with who measured, because that decides what they say."""
    stored = index.facts.by_slug("models")
    found: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for model in models:
        for score in stored[model.slug].get("quality") or ():
            found.setdefault(score["benchmark"], {}).setdefault(model.slug, []).append(score)
    shared = [benchmark for benchmark, by_model in sorted(found.items()) if len(by_model) > 1]
    return [
        Line(
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
