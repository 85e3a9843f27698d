"""Valid answers documents drawn at random over the whole vocabulary; number N is always the same business."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from advisor.assessments.answers import supplier_names
from advisor.assessments.places import COUNTRIES, CURRENCIES, LANGUAGES, REGIONS
from advisor.engine import answers as engine
from tests.samples import catalog

T = TypeVar("T")
PLACES = (*COUNTRIES, *REGIONS)


def random_document(number: int) -> dict[str, Any]:
    """One business: any answer may be "not sure", every amount may be tiny or huge."""
    draw = Draw(number)
    staff = draw.maybe(lambda: draw.whole(1, 2_000))
    jobs = draw.some(list(engine.Job), 1, 4)
    document: dict[str, Any] = {
        "question_set": "2026-11",
        "length": draw.one(["quick", "full"]),
        "country": draw.one(tuple(COUNTRIES)),
        "currency": draw.one(tuple(sorted(CURRENCIES))),
        "customer_countries": draw.rarely(lambda: draw.some(PLACES, 1, 5), []),
        "sector": draw.maybe(lambda: draw.one([row.slug for row in catalog().sectors])),
        "staff_count": staff,
        "ai_users": draw.maybe(lambda: draw.whole(1, staff or 300)),
        "jobs": [draw.job(job) for job in jobs],
        "languages": draw.maybe(draw.languages),
        "error_harm": draw.maybe(lambda: draw.one(list(engine.ErrorHarm))),
        "audience": draw.maybe(lambda: draw.some(list(engine.Audience), 1, 4)),
        "people_decisions": draw.maybe(lambda: draw.alone(engine.PeopleDecision)),
        "information": draw.some(list(engine.Information), 1, 4),
        "processing_location": draw.maybe(lambda: draw.one(list(engine.ProcessingLocation))),
        "document_count": draw.maybe(lambda: draw.one(list(engine.DocumentCount))),
        "document_shapes": draw.maybe(lambda: draw.some(list(engine.DocumentShape), 1, 5)),
        "programs": draw.maybe(lambda: draw.alone(engine.Program)),
        "current_tools": draw.maybe(lambda: [draw.tool() for _ in range(draw.whole(0, 4))]),
        **draw.computers(),
        "hardware_countries": draw.rarely(lambda: draw.some(PLACES, 1, 3), []),
        "it_support": draw.maybe(lambda: draw.one(list(engine.ItSupport))),
        "hourly_cost": draw.maybe(lambda: draw.amount(1, 500)),
        "connectivity": draw.maybe(lambda: draw.one(list(engine.Connectivity))),
        "budget_once": draw.maybe(lambda: draw.amount(0.01, 1e6)),
        "timing": draw.maybe(lambda: draw.one(list(engine.Timing))),
        "payment_preference": draw.maybe(lambda: draw.one(list(engine.PaymentPreference))),
        "priorities": draw.maybe(lambda: draw.some(list(engine.Priority), 0, 3)),
        "rules": draw.rarely(draw.rules, {}),
        "special_knowledge": draw.maybe(lambda: draw.alone(engine.SpecialKnowledge)),
        "readiness": draw.maybe(lambda: draw.one(list(engine.Readiness))),
        "horizon_months": draw.one([12, 13, 24, 36, 36, 47, 60]),
    }
    as_now = draw.chance(0.2)
    document["budget_month_as_now"] = as_now
    document["budget_month"] = None if as_now else draw.maybe(lambda: draw.amount(0.01, 1e6))
    return {key: value for key, value in document.items() if not (draw.chance(0.05) and value is None)}


def random_what_if(number: int) -> engine.WhatIf:
    draw = Draw(-number - 1)
    return engine.WhatIf(
        users=draw.maybe(lambda: draw.whole(1, 500)),
        hourly_cost=draw.maybe(lambda: draw.amount(1, 500)),
        volume=draw.amount(0.05, 20),
        price=draw.amount(0.1, 10),
    )


class Draw(random.Random):
    """Draws of answers; the number of the business is the seed."""

    def chance(self, share: float) -> bool:
        return self.random() < share

    def one(self, items: Sequence[T]) -> T:
        found = self.choice(items)
        return str(found) if isinstance(found, StrEnum) else found  # type: ignore[return-value]

    def some(self, items: Sequence[Any], least: int, most: int) -> list[Any]:
        count = self.randint(least, min(most, len(items)))
        return [str(item) for item in self.sample(list(items), count)]

    def alone(self, kind: type[StrEnum]) -> list[str]:
        """Some of the answers, or "none" by itself."""
        rest = [item for item in kind if item != "none"]
        return ["none"] if self.chance(0.4) else self.some(rest, 1, 3)

    def whole(self, least: int, most: int) -> int:
        """Whole numbers with as many small ones as large ones."""
        return round(self.amount(max(least, 0.5), most)) if least <= 0 else max(least, round(self.amount(least, most)))

    def amount(self, least: float, most: float) -> float:
        """An amount from a range, every order of magnitude alike."""
        return float(f"{least * (most / least) ** self.random():.4g}")

    def maybe(self, make: Callable[[], T]) -> T | None:
        """ "Not sure" one time in five."""
        return None if self.chance(0.2) else make()

    def rarely(self, make: Callable[[], T], otherwise: T) -> T:
        return make() if self.chance(0.25) else otherwise

    def job(self, job: str) -> dict[str, Any]:
        return {
            "job": job,
            "units_per_week": self.maybe(lambda: self.amount(0.1, 1e6)),
            "minutes_each": self.maybe(lambda: self.amount(0.1, 1_000)),
        }

    def languages(self) -> list[dict[str, str]]:
        return [
            {"language": code, "use": self.one(["mostly", "sometimes"])} for code in self.some(list(LANGUAGES), 1, 4)
        ]

    def tool(self) -> dict[str, Any]:
        products = [row.product for row in catalog().seats]
        return {
            "product": self.one([*products, "Something of our own"]),
            "people": self.maybe(lambda: self.whole(1, 2_000)),
            "price_month": self.one([0.0, self.amount(0.01, 1e5)]),
            "contract_end": self.maybe(
                lambda: f"20{self.whole(20, 40)}-{self.randint(1, 12):02}-{self.randint(1, 28):02}"
            ),
            "would_stop": self.one(list(engine.WouldStop)),
        }

    def computers(self) -> dict[str, Any]:
        kind = self.maybe(lambda: self.one(list(engine.Computers)))
        if kind in (None, "none", "office_pcs"):
            return {"computers": kind, "own_computers": []}
        devices = [row.slug for row in catalog().devices]
        rows = []
        for _ in range(self.whole(0, 3)):
            device = self.maybe(lambda: self.one(devices))
            memory = self.amount(1, 1_000) if device is None else self.maybe(lambda: self.amount(1, 1_000))
            rows.append({"device": device, "memory_gb": memory, "count": self.whole(1, 20)})
        return {"computers": kind, "own_computers": rows}

    def rules(self) -> dict[str, Any]:
        suppliers = supplier_names(catalog())
        return {
            "avoid_countries": self.rarely(lambda: self.some(PLACES, 1, 6), []),
            "only_countries": self.rarely(lambda: self.some(PLACES, 1, 6), []),
            "avoid_suppliers": self.rarely(lambda: self.some(suppliers, 1, 6), []),
            "only_suppliers": self.rarely(lambda: self.some(suppliers, 1, 6), []),
            "standard_licenses_only": self.chance(0.3),
            "disclosed_data_only": self.chance(0.2),
        }
