"""Building the index that answers from documents are looked up in: every page once, and each year's new ones.

Pages that are pictures are read by the page reader first. Hosted models bill it; on the business's own machines it
takes electricity; on a rented one it takes hours that are paid for already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from advisor.engine import media
from advisor.engine.answers import DocumentShape
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import Device
from advisor.engine.companions import Helper
from advisor.engine.places import OFFICE_PC, Place
from advisor.engine.prices import price_unit
from advisor.engine.sample import Array
from advisor.engine.setup import Case, overhead, power
from advisor.engine.types import Grade
from advisor.engine.units import MONTHS_PER_YEAR
from advisor.engine.working import Line, Working

PICTURES_OF_PAGES = frozenset({DocumentShape.SCANS, DocumentShape.HANDWRITING})
PER_1000_PAGES = "usd_per_1000_pages"


@dataclass(frozen=True)
class Step:
    """One model's part in building the index: cost of all pages, its expression; hours where a machine does it."""

    cost: Array | float
    expression: str
    hours: Array | float = 0.0


def index(case: Case, work: Working) -> Line | None:
    """Cost of the first index, and month by month of the pages that come new."""
    candidate = searcher(case)
    if candidate is None:
        return None
    steps = list(_steps(case, candidate, work))
    expression = " + ".join(step.expression for step in steps if step.expression)
    if not expression:
        return None
    cost = np.zeros_like(case.factors["users"])
    for step in steps:
        cost = cost + step.cost
    yearly = work.use("new_documents_year")
    work.horizon()
    return work.line(
        "index", f"({expression}) * (1 + new_documents_year * horizon / {MONTHS_PER_YEAR})",
        once=cost, month=cost * yearly / MONTHS_PER_YEAR,
    )  # fmt: skip


def index_hours(case: Case) -> Array:
    """Hours a machine works on the first index; none where hosted models build it."""
    candidate, hours = searcher(case), np.zeros_like(case.factors["users"])
    if candidate is None:
        return hours
    work = Working(case.business, case.factors, quiet=True)
    for step in _steps(case, candidate, work):
        hours = hours + step.hours
    return hours


def searcher(case: Case) -> Candidate | None:
    """The first candidate that looks things up, with a search model beside it."""
    for candidate in case.setup.candidates:
        if candidate.job in case.business.searched and any(item.role == "embedding" for item in candidate.helpers):
            return candidate
    return None


def _steps(case: Case, candidate: Candidate, work: Working) -> Iterator[Step]:
    for helper in candidate.helpers:
        if helper.role not in ("embedding", "ocr"):
            continue
        amount, expression = _amount(helper.role, case.business, work)
        if helper.price is not None:
            yield _hosted(helper, amount, expression, work)
        else:
            yield _local(helper, candidate.place, amount, expression, case, work)


def _amount(role: str, business: Business, work: Working) -> tuple[Array, str]:
    """Tokens that the search model reads, or pages that the page reader reads."""
    pages = work.use("documents") * work.use("pages_per_document")
    if role == "embedding":
        return pages * work.use("tokens_per_page"), "documents * pages_per_document * tokens_per_page"
    if set(business.answers.document_shapes) <= PICTURES_OF_PAGES:
        return pages, "documents * pages_per_document"
    return pages * work.use("scanned_documents"), "documents * pages_per_document * scanned_documents"


def _hosted(helper: Helper, amount: Array, expression: str, work: Working) -> Step:
    row = helper.price
    assert row is not None
    per, price = (1000.0, row.price) if row.unit == PER_1000_PAGES else (1e6, row.input)
    name = f"index_{helper.role}_price"
    work.note(name, price or 0.0, price_unit(row), row.grade, row.source, row.as_of)
    rate, exchanged = work.abroad(row.currency)
    cost = amount / per * (price or 0.0) * work.use("price") * rate
    return Step(cost, f"{expression} / {per:.0f} * {name} * price{exchanged}")


def _local(
    helper: Helper, place: Place, amount: Array, expression: str, case: Case, work: Working
) -> Step:  # fmt: skip
    """Hours of the machine, and their electricity where the business pays for it."""
    device = place.device or _office(case.business)
    assert helper.model is not None
    each = media.seconds_per(helper.model, helper.role, device) if device is not None else None
    if each is None or device is None:
        return Step(0.0, "")
    per = media.PASSAGE_TOKENS if helper.role == "embedding" else 1
    name = f"index_{helper.role}_seconds"
    unit = "s/passage" if helper.role == "embedding" else "s/page"
    hours = amount / per * each[1] / 3600
    if place.offer is not None:
        return Step(0.0, "", hours)
    work.note(name, each[1], unit, each[3])
    watts, more = _watts(place, device, case)
    work.note("index_watts", watts, "watts", Grade.ASSUMED)
    work.note("index_pue", more, "ratio", Grade.ASSUMED)
    cost = hours * watts / 1000 * more * work.use("electricity")
    units = f"{expression} / {per}" if per > 1 else expression
    words = f"{units} * {name} / 3600 * index_watts / 1000 * index_pue * electricity"
    return Step(cost, words, hours)


def _watts(place: Place, device: Device, case: Case) -> tuple[Array | float, Array | float]:
    if place.device is None:  # beside a hosted model, an office computer does it
        return device.power_watts or 0.0, 1.0
    return power(place, case.factors).working, overhead(place, case.factors)


def _office(business: Business) -> Device | None:
    return next((device for device in business.catalog.devices if device.slug == OFFICE_PC), None)
