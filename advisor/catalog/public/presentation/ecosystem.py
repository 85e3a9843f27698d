"""How alive and how open a family of models is: downloads, releases, programs that run it, who decides about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from advisor.catalog.public import wording
from advisor.catalog.public.presentation.sources import Evidence, Sources
from advisor.web.formats import Formats

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Download:
    figure: str
    period: str
    quoted: bool  # the period is in the catalog's own words
    as_of: str
    source: int | None


@dataclass(frozen=True)
class Runtime:
    name: str
    state: str
    code: str


@dataclass(frozen=True)
class Text:
    """Quoted from the catalog, in the language it was written in; empty text is not known."""

    label: str
    text: str


@dataclass(frozen=True)
class Health:
    family: str
    openness: str
    openness_note: str
    cadence: str
    cadence_basis: str
    last_release: str
    open_models: str
    derivatives: str
    downloads: list[Download]
    runtimes: list[Runtime]
    domestic: list[str]
    texts: list[Text]
    risks: list[str]
    evidence: Evidence


def health(row: Row, sources: Sources) -> Health:
    formats = sources.formats
    return Health(
        family=row["family"],
        openness=wording.label(wording.OPENNESS, row["openness_class"]),
        openness_note=row.get("openness_note") or "",
        cadence=_cadence(row, formats),
        cadence_basis=row.get("cadence_basis") or "",
        last_release=_last_release(row.get("last_release") or {}, formats),
        open_models=_count(row.get("open_models"), formats),
        derivatives=_count(row.get("derivatives"), formats),
        downloads=[_download(entry | {"seen_on": row.get("seen_on")}, sources) for entry in row.get("downloads") or ()],
        runtimes=_runtimes(row.get("runtimes") or {}),
        domestic=list(row.get("domestic_accelerators") or ()),
        texts=_texts(row),
        risks=list(row.get("risks") or ()),
        evidence=sources.evidence("ecosystem", row),
    )


def _cadence(row: Row, formats: Formats) -> str:
    months = row.get("release_cadence_months")
    if months is None:
        return ""
    if months == 1:
        return _("about every month")
    return _("about every %(months)s months") % {"months": formats.number(months)}


def _last_release(release: Row, formats: Formats) -> str:
    name, day = release.get("name"), formats.day(release.get("date"))
    if name and day:
        return _("%(name)s, %(day)s") % {"name": name, "day": day}
    return name or day


def _count(entry: Any, formats: Formats) -> str:
    count = (entry or {}).get("count")
    return "" if count is None else formats.number(count)


def _download(entry: Row, sources: Sources) -> Download:
    figure, period = entry.get("figure"), entry.get("period") or ""
    known = wording.DOWNLOAD_PERIODS.get(period)
    return Download(
        figure="" if figure is None else sources.formats.number(figure),
        period=period if known is None else str(known),
        quoted=known is None,
        as_of=sources.formats.day(entry.get("as_of")),
        source=sources.number("ecosystem", entry),
    )


def _runtimes(states: Row) -> list[Runtime]:
    """Programs that run it first; of the others it is said whether they do not or are not known to."""
    order = list(wording.RUNTIME_STATES)
    known = [(name, states[name]) for name in wording.RUNTIMES if states.get(name)]
    known.sort(key=lambda item: order.index(item[1]) if item[1] in order else len(order))
    return [
        Runtime(wording.label(wording.RUNTIMES, name), wording.label(wording.RUNTIME_STATES, state), state)
        for name, state in known
    ]


def _texts(row: Row) -> list[Text]:
    labels = {
        "governance": _("Who decides"),
        "data_disclosure": _("Training data"),
        "first_party_api": _("The maker's own service"),
        "paid_support": _("Paid support"),
        "deprecations": _("Withdrawals"),
    }
    return [Text(label, row.get(name) or "") for name, label in labels.items()]
