"""Where a model runs: memory and speed on machines of the catalog, as bars and sentences."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisor.catalog.public import wording
from advisor.catalog.public.index import ModelRow
from advisor.catalog.public.presentation.models import gb_up
from advisor.catalog.public.sizes import CONTEXT_TOKENS, Fit
from advisor.web.formats import Formats


@dataclass(frozen=True)
class Bar:
    """Percent of the drawn width: what the machine holds, how much of it is taken, and what lies beyond it."""

    holds: float
    taken: float
    beyond: float


@dataclass(frozen=True)
class FitLine:
    kind: str
    device: str
    fits: bool | None
    verdict: str  # "Fits: needs 17 GB of 24 GB"
    bar: Bar | None
    speed: str  # empty where it does not fit or cannot be computed
    measured: str  # when it was measured; empty where the speed is calculated alone
    format: str
    grade: str
    parts: list[str]  # GB of weights, text, state, program and all of them; empty where it is one figure of the maker


def fit_line(fit: Fit, formats: Formats) -> FitLine:
    return FitLine(
        kind=wording.label(wording.DEVICE_KINDS, fit.device.kind),
        device=fit.device.name,
        fits=fit.fits,
        verdict=_verdict(fit, formats),
        bar=_bar(fit),
        speed=_speed(fit, formats) if fit.fits else "",
        measured=_("Measured on this very machine type on %(day)s") % {"day": formats.day(fit.measured_on)}
        if fit.fits and fit.rate and fit.measured_on
        else "",
        format=fit.format or "",
        grade=wording.label(wording.GRADES, fit.grade),
        parts=[formats.number(gb, 2) for gb in (*fit.parts_gb, sum(fit.parts_gb))] if fit.parts_gb else [],
    )


def conditions(model: ModelRow, formats: Formats) -> str:
    if not model.sized_by_tokens:
        return _(
            "One piece of work after another. Speeds are wide ranges scaled from a few published runs, not promises."
        )
    return _(
        "For one person at a time and %(tokens)s tokens of text, in the finest number format that fits. "
        "Speeds are ranges from the calculation, not promises."
    ) % {"tokens": formats.number(CONTEXT_TOKENS)}


def _verdict(fit: Fit, formats: Formats) -> str:
    """What is needed is rounded up and what there is down, so that no figure looks better than it is."""
    if not fit.program:
        return _("No program is known that runs it there")
    if fit.needed_gb is None or fit.usable_gb is None:
        return _("Not known: a figure of the model or the machine is missing")
    needed, usable = formats.number(gb_up(fit.needed_gb)), formats.number(_gb_down(fit.usable_gb))
    if fit.fits:
        return _("Fits: takes %(needed)s GB of %(usable)s GB") % {"needed": needed, "usable": usable}
    return _("Does not fit: needs %(needed)s GB, has %(usable)s GB") % {"needed": needed, "usable": usable}


def _gb_down(gb: float) -> float:
    step = 1.0 if gb >= 10 else 0.5
    return gb // step * step


def _bar(fit: Fit) -> Bar | None:
    """On a scale that ends with the larger of what is needed and what there is."""
    if fit.needed_gb is None or not fit.usable_gb or not fit.program:
        return None
    end = max(fit.needed_gb, fit.usable_gb)
    holds, needed = 100 * fit.usable_gb / end, 100 * fit.needed_gb / end
    return Bar(round(holds, 1), round(min(holds, needed), 1), round(max(0.0, needed - holds), 1))


def _speed(fit: Fit, formats: Formats) -> str:
    if fit.rate is None:
        return ""
    low, high = fit.rate[0], fit.rate[2]
    match fit.unit:
        case "token":
            return _("%(range)s tokens a second") % {"range": _range(low, high, formats)}
        case "passage":
            return _("%(range)s passages a second") % {"range": _range(1 / high, 1 / low, formats)}
        case unit:
            return str(wording.RATES[unit]) % {"time": _duration(low, high, formats)}


def _duration(low: float, high: float, formats: Formats) -> str:
    """Seconds, minutes or hours, by the longer end."""
    if high < 180:
        words = ngettext("%(range)s second", "%(range)s seconds", formats.plural(high))
        return words % {"range": _range(low, high, formats)}
    if high < 3 * 3600:
        words = ngettext("%(range)s minute", "%(range)s minutes", formats.plural(high / 60))
        return words % {"range": _range(low / 60, high / 60, formats)}
    words = ngettext("%(range)s hour", "%(range)s hours", formats.plural(high / 3600))
    return words % {"range": _range(low / 3600, high / 3600, formats)}


def _range(low: float, high: float, formats: Formats) -> str:
    """Two digits that mean something: the bands are wide."""
    return formats.number_range(*(float(f"{value:.2g}") for value in (low, high)))
