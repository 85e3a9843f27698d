"""An effect preview as the admin shows it: how far it is, what would change, for whom, and by how much money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from advisor.assessments.wording.labels import LABELS
from advisor.catalog.services import current_version
from advisor.effects.models import EffectLine, EffectPreview, FailureReason, Outcome
from advisor.web.formats import Formats

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN_BESIDE_THE_DIFFERENCE = 10  # stored assessments; the preview's own page shows all
TOLD = (Outcome.FAILED, Outcome.CHANGED, Outcome.MONEY)
ORDER = (*TOLD, Outcome.SAME)
DASH = "–"
SEES_RESULTS = "assessments.view_result"  # others see a number instead of who it is


@dataclass(frozen=True)
class Amount:
    """One figure on both versions, in words; ``change`` is empty where it is the same."""

    before: str
    after: str
    change: str


@dataclass(frozen=True)
class Row:
    """One business. ``address`` leads to its result for those who may see results, and is empty for others."""

    who: str
    address: str
    outcome: Outcome
    label: str
    problem: str
    before: str
    after: str
    cost: Amount | None
    saving: Amount | None


@dataclass(frozen=True)
class Total:
    """The stored assessments in one currency, those worked out on both versions. ``savers`` pay for something today."""

    currency: str
    businesses: int
    cost: Amount
    savers: int
    saving: Amount


@dataclass(frozen=True)
class Panel:
    """``samples`` are the sample businesses that something changes for, ``unchanged`` the names of the others; ``rows``
    the stored assessments with the largest effect first, of which ``more`` were left out."""

    preview: EffectPreview
    is_stale: bool
    done: int
    total: int
    stored: int
    counts: tuple[tuple[str, int], ...]
    totals: tuple[Total, ...]
    sampled: int
    samples: tuple[Row, ...]
    unchanged: tuple[str, ...]
    rows: tuple[Row, ...]
    more: int

    @property
    def percent(self) -> int:
        """Of the businesses; at least one, so that there is a bar to see."""
        return max(1, round(100 * self.done / self.total)) if self.total else 100


def panel_context(
    request: HttpRequest, preview: EffectPreview | None, draft_hash: str | None, *, everything: bool = False
) -> dict[str, Any]:
    """What ``effects/panel.html`` needs; ``draft_hash`` is that of the drafts beside which it stands."""
    if preview is None:
        return {"panel": None, "drafts": draft_hash}
    sees = request.user.has_perm(SEES_RESULTS)
    return {
        "panel": panel(preview, draft_hash=draft_hash, sees_results=sees, everything=everything),
        "drafts": draft_hash,
        "reason": FailureReason(preview.failure_reason).label if preview.failure_reason else "",
        "everything": everything,
    }


def panel(preview: EffectPreview, *, draft_hash: str | None, sees_results: bool, everything: bool = False) -> Panel:
    """``draft_hash`` is that of the drafts beside which it is shown; None where it stands alone."""
    lines = list(preview.lines.all())
    samples, stored = [line for line in lines if line.sample], [line for line in lines if not line.sample]
    counted = Counter(line.outcome for line in lines)
    told = sorted((line for line in stored if line.outcome in TOLD), key=_most_first)
    shown = told if everything else told[:SHOWN_BESIDE_THE_DIFFERENCE]
    return Panel(
        preview=preview,
        is_stale=draft_hash is not None and _is_stale(preview, draft_hash),
        done=len(lines) - counted[Outcome.WAITING],
        total=len(lines),
        stored=len(stored),
        counts=tuple((str(Outcome(state).label), counted[state]) for state in ORDER),
        totals=_totals(stored),
        sampled=len(samples),
        samples=tuple(_row(line, _sample_name(line.sample)) for line in samples if line.outcome in TOLD),
        unchanged=tuple(_sample_name(line.sample) for line in samples if line.outcome == Outcome.SAME),
        rows=tuple(_row(line, _number(line, len(samples)), sees_results=sees_results) for line in shown),
        more=len(told) - len(shown),
    )


def _is_stale(preview: EffectPreview, draft_hash: str) -> bool:
    """Other drafts, or another version published since."""
    current = current_version()
    return draft_hash != preview.draft_hash or current is None or current.pk != preview.base_id


def _most_first(line: EffectLine) -> tuple[int, float, int]:
    """Failed, then other advice, then other money; within them by the share of the cost that changes, because the
    businesses reckon in different currencies."""
    before, after = ((line.before or {}).get("cost") or 0.0, (line.after or {}).get("cost") or 0.0)
    share = abs(after - before) / max(abs(before), abs(after), 1.0)
    return ORDER.index(Outcome(line.outcome)), -share, line.position


def _row(line: EffectLine, who: str, *, sees_results: bool = False) -> Row:
    return Row(
        who=who,
        address=reverse("admin:assessments_result_change", args=[line.result_id]) if sees_results else "",
        outcome=Outcome(line.outcome),
        label=line.get_outcome_display(),
        problem=line.problem,
        before=_advice(line.before),
        after=_advice(line.after),
        cost=_amount(line.before, line.after, "cost"),
        saving=_amount(line.before, line.after, "saving"),
    )


def _sample_name(name: str) -> str:
    return str(capfirst(name.replace("_", " ")))


def _number(line: EffectLine, samples: int) -> str:
    """Its place among the stored assessments, the most recent first; it stays when another one is deleted."""
    return gettext("Assessment %(number)s") % {"number": line.position - samples}


def _advice(side: Mapping[str, Any] | None) -> str:
    if side is None:
        return DASH
    verdict = str(LABELS["verdict"][side["verdict"]])
    return f"{verdict}: {side['name']}" if side["name"] else verdict


def _amount(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, name: str) -> Amount | None:
    if before is None or after is None:
        return None
    old, new = before[name], after[name]
    return None if old is None and new is None else _told(Formats("en", before["currency"]), old, new)


def _told(formats: Formats, old: float | None, new: float | None) -> Amount:
    shown = [DASH if value is None else formats.money(round(value)) for value in (old, new)]
    change = 0 if old is None or new is None else round(new) - round(old)
    return Amount(shown[0], shown[1], f"{'+' if change > 0 else ''}{formats.money(change)}" if change else "")


def _totals(stored: list[EffectLine]) -> tuple[Total, ...]:
    both = [line for line in stored if line.before and line.after]
    found = []
    for currency in sorted({line.before["currency"] for line in both}):
        pairs = [(line.before, line.after) for line in both if line.before["currency"] == currency]
        costs = [(old["cost"], new["cost"]) for old, new in pairs if None not in (old["cost"], new["cost"])]
        savings = [(old["saving"], new["saving"]) for old, new in pairs if None not in (old["saving"], new["saving"])]
        found.append(Total(currency, len(costs), _sum(currency, costs), len(savings), _sum(currency, savings)))
    return tuple(found)


def _sum(currency: str, pairs: list[tuple[float, float]]) -> Amount:
    if not pairs:
        return Amount(DASH, DASH, "")
    return _told(Formats("en", currency), sum(old for old, _ in pairs), sum(new for _, new in pairs))
