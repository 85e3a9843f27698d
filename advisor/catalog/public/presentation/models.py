"""A model in one line or card: what lists, comparisons and neighbors say about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from advisor.catalog.public import wording
from advisor.catalog.public.index import ModelRow
from advisor.web.formats import Formats


@dataclass(frozen=True)
class Card:
    """Empty text means not known; the page says so."""

    slug: str
    name: str
    maker: str
    released: str
    size: str
    memory: str
    tasks: list[str]
    short_tasks: str
    license: str
    light: str
    light_text: str
    left_out: str
    hosted: str
    openness: str
    chosen: bool = False


def card(model: ModelRow, formats: Formats, *, chosen: bool = False) -> Card:
    return Card(
        slug=model.slug,
        name=model.name,
        maker=maker(model, formats),
        released=formats.day(model.released),
        size=size(model, formats),
        memory=memory(model, formats),
        tasks=[wording.label(wording.TASKS, task) for task in model.tasks],
        short_tasks=" · ".join(wording.label(wording.TASKS_SHORT, task) for task in model.tasks),
        license=model.license.name,
        light=model.license.light,
        light_text=wording.label(wording.LICENSE_LIGHTS, model.license.light),
        left_out=left_out(model, formats),
        hosted=hosted(model, formats),
        openness=wording.label(wording.OPENNESS, model.openness) if model.openness else "",
        chosen=chosen,
    )


def maker(model: ModelRow, formats: Formats) -> str:
    if model.publisher_country is None:
        return model.publisher
    return _("%(maker)s, %(country)s") % {
        "maker": model.publisher,
        "country": formats.country(model.publisher_country),
    }


def size(model: ModelRow, formats: Formats) -> str:
    if model.params_b is None:
        return ""
    total = formats.number_in_words(model.params_b * 1e9)
    if model.active_b is None or model.active_b >= model.params_b:
        return _("%(size)s parameters") % {"size": total}
    return _("%(size)s parameters, %(active)s at work at a time") % {
        "size": total,
        "active": formats.number_in_words(model.active_b * 1e9),
    }


def memory(model: ModelRow, formats: Formats) -> str:
    """The least it takes. Rounded up: a machine with less does not do."""
    if model.need is None:
        return ""
    return _("%(gb)s GB") % {"gb": formats.number(gb_up(model.need.gb))}


def gb_up(gb: float) -> float:
    """Whole gigabytes from ten, halves below: never less than what is needed."""
    step = 1.0 if gb >= 10 else 0.5
    return -(-gb // step) * step


def left_out(model: ModelRow, formats: Formats) -> str:
    """Countries the license does not cover."""
    return formats.list_of([formats.country(code) for code in sorted(model.left_out)]) if model.left_out else ""


def hosted(model: ModelRow, formats: Formats) -> str:
    """The least list price, for a million tokens read and a million written together."""
    return formats.money(model.hosted_usd, cents=True, currency="USD") if model.hosted_usd is not None else ""


def languages(model: ModelRow, formats: Formats) -> str:
    if model.languages:
        return formats.list_of(sorted((formats.language_name(code) for code in model.languages), key=formats.order))
    if model.language_count is not None:
        return _("%(count)s, not named") % {"count": formats.number(model.language_count)}
    return ""
