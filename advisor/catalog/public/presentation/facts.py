"""Every published fact about a model, each with how it is known; and its measured quality."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from advisor.catalog.public import wording
from advisor.catalog.public.presentation.sources import Evidence, Sources
from advisor.engine.types import Grade
from advisor.web.formats import Formats
from advisor.web.typography import series

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """Empty ``value`` means not known. ``quoted`` values keep the language of their source."""

    label: str
    value: str
    quoted: bool
    evidence: Evidence | None


@dataclass(frozen=True)
class Score:
    benchmark: str
    score: str
    scale: str
    measured_by: str
    source: int | None


def facts(row: Row, sources: Sources) -> list[Fact]:
    """The facts a buyer asks for always stand here, known or not; details of the architecture only where published."""
    found = []
    for name, (label, write, always) in _columns(sources.formats).items():
        value = row.get(name)
        if value in (None, "", [], {}):
            if always:
                found.append(Fact(label, "", False, None))
            continue
        grade = Grade.DERIVED.value if name in (row.get("derived_fields") or ()) else None
        quoted = write is _as_is
        found.append(Fact(label, write(value), quoted, sources.evidence("models", row, grade)))
    return found


def scores(row: Row, sources: Sources) -> list[Score]:
    """Measured quality; who measured it decides how much it says."""
    scales = {
        "percent": _("of 100"),
        "0-1": _("of 1"),
        "elo": _("Elo points"),
        "wer_percent": _("% of words wrong"),
        "index": _("index"),
    }
    return [
        Score(
            benchmark=score["benchmark"],
            score=sources.formats.number(score["score"]),
            scale=scales.get(score.get("scale") or "", (score.get("scale") or "").replace("_", " ")),
            measured_by=wording.label(wording.MEASURERS, score["measured_by"]),
            source=sources.number("models", score),
        )
        for score in row.get("quality") or ()
    ]


Writer = Callable[[Any], str]


def _as_is(value: Any) -> str:
    return str(value)


def _columns(formats: Formats) -> dict[str, tuple[str, Writer, bool]]:
    """Column -> its name, how its value is written, and whether it is asked for even where unknown."""
    number: Writer = formats.number
    return {
        "publisher": (_("Maker"), _as_is, True),
        "publisher_country": (_("Maker's country"), formats.country, True),
        "family": (_("Family"), _as_is, True),
        "hub_repo": (_("Where the weights are"), _as_is, True),
        "release_date": (_("Released"), formats.day, True),
        "tasks": (_("What it can do"), _listed(wording.TASKS, formats), True),
        "params_total_b": (_("Parameters, billions"), number, True),
        "params_active_b": (_("At work at a time, billions"), number, False),
        "params_effective_b": (_("Effective parameters, billions"), number, False),
        "params_note": (_("About the parameters"), _as_is, False),
        "context_tokens": (_("Longest text at once, tokens"), number, True),
        "languages": (_("Languages"), lambda codes: formats.list_of([formats.language_name(c) for c in codes]), False),
        "language_count": (_("Number of languages"), number, True),
        "languages_text": (_("Languages in the maker's words"), _as_is, False),
        "native_precision": (_("Number format it was made in"), _as_is, True),
        "weights_gb": (_("Size of the files, GB"), _sizes(formats), False),
        "vram_min_gb": (_("Memory the maker asks for, GB"), _sizes(formats), False),
        "n_layers": (_("Layers"), number, True),
        "n_kv_heads": (_("Key-value heads"), number, False),
        "head_dim": (_("Head size"), number, False),
        "mla_kv_lora_rank": (_("Latent attention rank"), number, False),
        "full_attention_layers": (_("Layers that keep the whole text"), number, False),
        "sliding_window_layers": (_("Layers with a window"), number, False),
        "sliding_window_tokens": (_("Window, tokens"), number, False),
        "linear_attention_layers": (_("Layers with a constant state"), number, False),
        "attention_note": (_("About the attention"), _as_is, False),
        "training_stage": (_("Training stage"), _as_is, False),
        "downloads_30d": (_("Downloads in 30 days"), number, True),
        "notes": (_("Notes"), _as_is, False),
    }


def _listed(labels: wording.Labels, formats: Formats) -> Writer:
    return lambda codes: formats.list_of([wording.label(labels, code) for code in codes])


def _sizes(formats: Formats) -> Writer:
    return lambda sizes: series(f"{name} {formats.number(gb)}" for name, gb in sizes.items())
