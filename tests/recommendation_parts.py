"""Building blocks for made-up recommendations: every maker, product, model and price here is fictional.

Figures follow from each other (a total is the sum of its lines, a saving is stopped spending minus cost), so
a page that shows them can be checked by adding up.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from advisor.engine.types import (
    CostLine,
    Driver,
    Estimate,
    Evidence,
    LicenseCard,
    Machine,
    MachineLoad,
    ModelUse,
    Note,
    Plan,
    ProgramNote,
    Promise,
    Rung,
    Savings,
    Scores,
    SupportOption,
    Trace,
    TraceInput,
)

HORIZON = 36
CURRENCY = "EUR"
PRICE_PAGE = "https://prices.example.com/open-models"
Range = tuple[float, float, float]

PERMISSIVE = LicenseCard(
    slug="open-meadow-2",
    name="Open Meadow License 2.0",
    url="https://licenses.example.org/open-meadow-2.0",
    light="green",
    summary="Free for business use, changing and passing on.",
    may=("use_commercially", "adapt", "redistribute"),
    must=("Keep the license text with copies you pass on.",),
    must_not=("Do not use the maker's name to advertise your product.",),
    source="https://licenses.example.org/open-meadow-2.0",
    as_of="2026-11-02",
)
CONDITIONAL = LicenseCard(
    slug="heron-community-1",
    name="Heron Community License 1.1",
    url="https://licenses.example.org/heron-1.1",
    light="amber",
    summary="Business use is allowed under conditions.",
    may=("use_under_conditions",),
    must=(),
    must_not=("Not for reselling.",),
    source="https://licenses.example.org/heron-1.1",
    as_of="2026-10-15",
    duties=(Note("duty_show", {"text": "Built with Heron"}),),
    bars=(Note("bar_no_training", {"text": None}),),
    checks=(Note("check_any_users_month_ask", {"above": 50_000_000.0}),),
)


EVIDENCE = Evidence(
    "MarshBench", 62.1, 45.0, "Reed Measurements", "independent", points=71.0,
    source="https://bench.example.org/marsh",
)  # fmt: skip


def estimate(low: float, central: float, high: float, unit: str = CURRENCY, grade: str = "derived") -> Estimate:
    return Estimate(round(low, 2), round(central, 2), round(high, 2), unit, grade)


def money(values: Range, grade: str = "derived") -> Estimate:
    return estimate(*values, unit=CURRENCY, grade=grade)


def model(**changes: Any) -> ModelUse:
    values: dict[str, Any] = {
        "slug": "heron-3-30b",
        "name": "Heron 3 30B",
        "publisher": "Wetland Labs",
        "publisher_country": "NL",
        "family": "heron",
        "role": "main",
        "jobs": ("find_in_documents", "write_reply"),
        "params_total_b": 30.5,
        "release_date": "2026-08-19",
        "format": None,
        "license": PERMISSIVE,
        "openness_class": "open_weights_permissive",
        "quality": 71.0,
        "quality_grade": "independent",
        "evidence": (EVIDENCE,),
    }
    return ModelUse(**{**values, **changes})


def machine(**changes: Any) -> Machine:
    values: dict[str, Any] = {
        "device": "alder-pro-48",
        "name": "Alder Pro 48 GB",
        "vendor": "Alder Works",
        "count": 1,
        "needed_gb": 31.4,
        "usable_gb": 46.0,
        "headroom_gb": 14.6,
        "decode_tps_per_user": estimate(24, 31, 38, "tokens/s", "derived"),
        "busy_share": 0.06,
        "price_each": 5200.0,
        "offer": None,
        "provider": None,
        "count_at_end": 1,
        "headroom_share": 0.91,
        "headroom_share_at_end": 0.87,
        "loads": (
            MachineLoad("find_in_documents", 7.3, 81.0, 0.02, 2, 9.8, 2.0),
            MachineLoad("write_reply", 4.1, 190.0, 0.01, 2, 6.2, None),
        ),
        "weights_gb": 24.2,
        "working_gb": 6.4,
        "overhead_gb": 0.8,
    }
    return Machine(**{**values, **changes})


@dataclass(frozen=True)
class Spending:
    """One cost line before it is spread over the horizon: once in ``month`` (0 = first), and every month."""

    key: str
    once: Range = (0.0, 0.0, 0.0)
    month: Range = (0.0, 0.0, 0.0)
    own_labor: bool = False
    grade: str = "derived"

    def line(self) -> CostLine:
        total = tuple(once + HORIZON * monthly for once, monthly in zip(self.once, self.month, strict=True))
        low, central, high = total
        return CostLine(
            self.key,
            money(self.once, self.grade),
            money(self.month, self.grade),
            money((low, central, high), self.grade),
            self.own_labor,
            by_month((self,)),
        )


def added(ranges: list[Range]) -> Range:
    low, central, high = (sum(part) for part in zip(*ranges, strict=True))
    return low, central, high


def by_month(spending: tuple[Spending, ...]) -> tuple[float, ...]:
    """Central cost of each month; what is paid once falls in the first, exit and resale in the last."""
    months = [sum(item.month[1] for item in spending)] * HORIZON
    for item in spending:
        months[-1 if item.key in ("exit", "resale") else 0] += item.once[1]
    return tuple(round(month, 2) for month in months)


def savings(cost: Estimate, months: tuple[float, ...], stopped: tuple[float, ...], chance: float) -> Savings:
    stopped_total = sum(stopped)
    cumulative = (0.0, *accumulate(round(gone - paid, 2) for gone, paid in zip(stopped, months, strict=True)))
    paid_back = [month for month, value in enumerate(cumulative) if month and value >= 0]
    pays = cumulative[-1] >= 0 and bool(paid_back)
    current = max(stopped) * HORIZON
    last_loss = max((month for month, value in enumerate(cumulative) if value < 0), default=0)
    central = round(stopped_total - cost.central, 2)
    return Savings(
        total=money((stopped_total - cost.high, central, stopped_total - cost.low)),
        stopped_total=money((stopped_total, stopped_total, stopped_total), "published"),
        share_of_current=round(central / current, 4) if current else None,
        chance=chance,
        payback_month=last_loss + 1 if pays else None,
        cumulative=tuple(round(value, 2) for value in cumulative),
        from_paying_per_use=round(central * 0.8, 2) if stopped_total else None,
        stopped_by_month=stopped,
        from_openness=round(central - round(central * 0.8, 2), 2) if stopped_total else None,
        promise=promise(cost, stopped_total, current) if current else None,
    )


def promise(cost: Estimate, stopped_total: float, paid: float) -> Promise:
    """Cases spread evenly from the lowest saving to the highest; none reaches 90 %."""
    low, central, high = ((stopped_total - amount) / paid for amount in (cost.high, cost.central, cost.low))
    return Promise(
        promised=0.9,
        share=Estimate(round(low, 4), round(central, 4), round(high, 4), "share", "derived"),
        chance=0.0,
        spread=tuple(round(low + (high - low) * (case + 0.5) / 20, 4) for case in range(20)),
        most=round(stopped_total / paid, 4),
        from_paying_per_use=round(central * 0.8, 4),
        from_openness=round(central - central * 0.8, 4),
        from_idle_seats=0.0,
        with_idle_seats=round(central, 4),
    )


def drivers(total: float) -> tuple[Driver, ...]:
    spread = {"labor": 1450.0, "volume": 420.0, "price": 410.0, "users": 220.0, "exchange_rate": 110.0}
    return tuple(Driver(key, round(total - width, 2), round(total + width, 2)) for key, width in spread.items())


def plan(key: str, spending: tuple[Spending, ...], stopped: tuple[float, ...], **changes: Any) -> Plan:
    lines = tuple(item.line() for item in spending)
    once = added([item.once for item in spending])
    month = added([item.month for item in spending])
    low, central, high = added([(item.total.low, item.total.central, item.total.high) for item in lines])
    total = money((low, central, high))
    months = by_month(spending)
    first_year = sum(months[:12])
    chance = changes.pop("chance", 0.86)
    saved = savings(total, months, stopped, chance)
    values: dict[str, Any] = {
        "key": key,
        "labels": ("best_fit",),
        "route": "hosted_api",
        "routed": False,
        "provider": "Northfjord Hosting",
        "regions": ("EU",),
        "models": (model(),),
        "machines": (),
        "programs": (CHAT,),
        "data_location": "region",
        "cost_total": total,
        "cost_month": money(tuple(value / HORIZON for value in (low, central, high))),  # type: ignore[arg-type]
        "cost_once": money(once),
        "cost_first_year": estimate(once[0] + 12 * month[0], first_year, once[2] + 12 * month[2]),
        "cost_by_year": tuple(round(sum(months[start : start + 12]), 2) for start in range(0, HORIZON, 12)),
        "cost_by_month": months,
        "lines": lines,
        "savings": saved,
        "scores": Scores(71.0, 84.0, 66.0, 78.0, 80.0, 74.0, 69.0, 82.0, 76.4),
        "drivers": drivers(saved.total.central),
        "energy_kwh_month": None,
        "pluses": (Note("pay_per_use"), Note("data_in_region"), Note("no_machine")),
        "minuses": (
            Note("one_supplier"),
            Note("own_labor_needed", {"hours": 2.5}, "Q17"),
            Note("price_may_rise", {"when": "2027-01-01"}),
        ),
        "uncovered_jobs": (),
        "over_budget": (),
        "support": (),
        "adaptation": rungs(hosted="machines" not in changes),
    }
    return Plan(**{**values, **changes})


CHAT = ProgramNote(
    "paperboat-chat", "Paperboat Chat", "Open Meadow License 2.0", None, 2, "yes", "Keep it behind a login.",
    "https://paperboat.example.org", "2026-10",
)  # fmt: skip
SERVER = ProgramNote(
    "millrace-server",
    "Millrace Server",
    "Millrace License",
    "Not to be sold on.",
    4,
    "none by default",
    None,
    None,
    None,
)
SUPPORT = SupportOption(
    "marsh-care", "Marsh Care", "Server support", "fixes and a telephone", money((90, 100, 120), "published"), False,
    "https://care.example.org", "2026-10",
)  # fmt: skip


def rungs(*, hosted: bool) -> tuple[Rung, ...]:
    """The steps of fitting the model: training only where the business runs it."""
    nothing = money((0, 0, 0), "assumed")
    once = money((41.3, 165.2, 495.6), "assumed")
    searching = money((248, 744, 2480), "assumed")
    examples = Note("needs_examples", {"low": 200, "central": 1000, "high": 5000})
    training = money((2100, 4600, 14000), "assumed")
    return (
        Rung("prompt", True, once, nothing, once, (Note("needs_instructions", {"hours": 4}),)),
        Rung("search", True, searching, nothing, searching, (Note("needs_documents", {"documents": 3000}),)),
        Rung("fine_tuning", False, None, None, None, (), Note("tuning_hosted"))
        if hosted
        else Rung("fine_tuning", False, training, nothing, training, (examples,)),
    )


def traces(made: Plan) -> tuple[Trace, ...]:
    """Workings that evaluate to the plan's own central figures."""
    parts = " + ".join(line.key for line in made.lines)
    inputs = tuple(TraceInput(line.key, line.total.central, CURRENCY, line.total.grade) for line in made.lines)
    stopped = made.savings.stopped_total.central
    saved, cost = made.savings, made.cost_total
    ends = (
        TraceInput("stopped_total", stopped, CURRENCY, "published", question="Q15"),
        TraceInput("cost_total", cost.central, CURRENCY, "derived"),
    )
    difference = "stopped_total - cost_total"
    months = (
        TraceInput("stopped_by_month", stopped, CURRENCY, "published", question="Q15", months=saved.stopped_by_month),
        TraceInput("cost_by_month", cost.central, CURRENCY, "derived", months=made.cost_by_month),
    )
    found = (
        Trace(f"{made.key}.cost_total", parts, inputs, cost.central, CURRENCY, "formula", cost.low, cost.high, 1024),
        Trace(
            f"{made.key}.savings_total", difference, ends, saved.total.central, CURRENCY, "formula", saved.total.low,
            saved.total.high, 1024,
        ),
        Trace(f"{made.key}.chance", difference, ends, saved.chance, "share", "chance", points=1024),
        Trace(
            f"{made.key}.payback", "stopped_by_month - cost_by_month", months, saved.payback_month or 0, "months",
            "payback",
        ),
        *_machine_traces(made),
    )  # fmt: skip
    return (*found, *(_usage_trace(made.key, line) for line in made.lines if line.key == "usage"))


def _machine_traces(made: Plan) -> tuple[Trace, ...]:
    inputs = (
        TraceInput("job1_peak", 7.3, "per hour of work", "derived"),
        TraceInput("job1_carried", 81.0, "per hour of work", "derived"),
    )
    return tuple(
        Trace(f"{made.key}.machines", "max(1, ceil(job1_peak / job1_carried))", inputs, each.count, "machines")
        for each in made.machines
    )


def _usage_trace(key: str, usage: CostLine) -> Trace:
    share = usage.month.central / 46.0  # 41 x 0.40 + 18.5 x 1.60 = 46
    return Trace(
        f"{key}.usage.total",
        "(job1_read * job1_read_price + job1_written * job1_written_price) * horizon",
        (
            TraceInput("job1_read", 41.0 * share, "million tokens/month", "derived", question="Q5"),
            TraceInput("job1_read_price", 0.4, "EUR/1m_tokens", "published", PRICE_PAGE, "2026-11-20"),
            TraceInput("job1_written", 18.5 * share, "million tokens/month", "derived", question="Q5"),
            TraceInput("job1_written_price", 1.6, "EUR/1m_tokens", "published", PRICE_PAGE, "2026-11-20"),
            TraceInput("horizon", HORIZON, "months", "independent"),
        ),
        usage.total.central,
        CURRENCY,
    )
