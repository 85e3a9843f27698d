"""Complete, valid, made-up recommendations for every state the result page and the report must show.

``make_recommendation(verdict=..., **overrides)`` gives the usual case of a verdict with any field replaced;
``STATES`` names the states to design for. The business is a fictional twelve-person seed merchant.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from advisor.engine.recommend import ENGINE_VERSION
from advisor.engine.types import (
    Assumption,
    CaseNote,
    CaseOutcome,
    ClaimNote,
    Compared,
    Confidence,
    Flip,
    JobDemand,
    Keep,
    LawNote,
    Note,
    OldFact,
    Plan,
    Recommendation,
    RuledOutOption,
    RuleSummary,
    SourceUse,
    ToolLine,
    Trace,
    TraceInput,
    Verdict,
)
from tests.recommendation_parts import (
    CHAT,
    CONDITIONAL,
    CURRENCY,
    HORIZON,
    PRICE_PAGE,
    SERVER,
    SUPPORT,
    Spending,
    estimate,
    machine,
    model,
    plan,
    traces,
)

NO_SPENDING = (0.0,) * HORIZON
STOPPED = (0.0,) * 3 + (396.0,) * (HORIZON - 3)  # the contract ends after month 3

HOSTED = (
    Spending("usage", month=(28, 46, 81), grade="published"),
    Spending("setup_labor", once=(700, 1120, 1750), own_labor=True, grade="assumed"),
    Spending("running_labor", month=(55, 87.5, 140), own_labor=True, grade="assumed"),
    Spending("training", once=(320, 480, 720), own_labor=True, grade="assumed"),
    Spending("exit", once=(80, 160, 280), own_labor=True, grade="assumed"),
    Spending("contingency", once=(150, 320, 560), grade="assumed"),
)
CHEAPEST = (
    Spending("usage", month=(9, 17, 33), grade="published"),
    *HOSTED[1:2],
    Spending("running_labor", month=(60, 105, 160), own_labor=True, grade="assumed"),
    *HOSTED[3:],
)
OWN_MACHINE = (
    Spending("purchase", once=(4700, 5200, 6400), grade="published"),
    Spending("resale", once=(-1500, -900, -400), grade="assumed"),
    Spending("electricity", month=(9, 14, 22)),
    Spending("setup_labor", once=(1400, 2240, 3500), own_labor=True, grade="assumed"),
    Spending("running_labor", month=(105, 175, 280), own_labor=True, grade="assumed"),
    Spending("training", once=(320, 480, 720), own_labor=True, grade="assumed"),
    Spending("contingency", once=(420, 760, 1300), grade="assumed"),
)
CLOSED = (
    Spending("usage", month=(70, 118, 205), grade="published"),
    Spending("setup_labor", once=(500, 800, 1250), own_labor=True, grade="assumed"),
    Spending("running_labor", month=(40, 70, 110), own_labor=True, grade="assumed"),
)


def hosted_plan(stopped: tuple[float, ...] = STOPPED, **changes: Any) -> Plan:
    return plan("plan-1", HOSTED, stopped, **changes)


def cheapest_plan(stopped: tuple[float, ...] = STOPPED, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "labels": ("lowest_cost",),
        "provider": "Delta Compute",
        "models": (model(slug="finch-9b", name="Finch 9B", params_total_b=9.1, quality=58.0, license=CONDITIONAL),),
        "regions": (),
        "data_location": "unknown",
        "pluses": (Note("pay_per_use"), Note("no_machine"), Note("easy_to_switch")),
        "minuses": (
            Note("data_location_unknown"),
            Note("conditional_license", {"name": CONDITIONAL.name}),
            Note("weak_evidence", {"jobs": ["write_reply"]}),
        ),
    }
    return plan("plan-2", CHEAPEST, stopped, **{**values, **changes})


def private_plan(stopped: tuple[float, ...] = STOPPED, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "labels": ("most_private",),
        "route": "own_server",
        "provider": None,
        "regions": ("DE",),
        "models": (
            model(format="Q4_K_M", jobs=("find_in_documents", "write_reply")),
            model(slug="reedling-embed", name="Reedling Embed", role="embedding", jobs=("find_in_documents",)),
        ),
        "machines": (machine(),),
        "programs": (CHAT, SERVER),
        "data_location": "own_equipment",
        "energy_kwh_month": estimate(31, 48, 76, "kWh"),
        "support": (SUPPORT,),
        "chance": 0.08,
        "pluses": (Note("data_stays"), Note("permissive_license"), Note("easy_to_switch")),
        "minuses": (
            Note("machine_needed", {"count": 1, "name": "Alder Pro 48 GB"}),
            Note("idle_machine", {"share": 0.94}),
            Note("needs_it_person", {}, "Q17"),
        ),
    }
    return plan("plan-3", OWN_MACHINE, stopped, **{**values, **changes})


def closed_plan(stopped: tuple[float, ...] = STOPPED, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "labels": ("closed_reference",),
        "route": "closed_api",
        "provider": "Bigcloud Example",
        "regions": ("US",),
        "models": (model(slug="closed-one", name="Closed One", publisher="Bigcloud Example", publisher_country="US"),),
        "data_location": "abroad",
        "pluses": (Note("pay_per_use"),),
        "minuses": (Note("data_abroad"), Note("one_supplier")),
    }
    return plan("closed", CLOSED, stopped, **{**values, **changes})


def demand(job: str, unit: str, week: float, hours_freed: float) -> JobDemand:
    month = week * 52 / 12

    def of(share: float, name: str) -> Any:
        return estimate(month * share * 0.6, month * share, month * share * 1.7, name)

    return JobDemand(
        job=job,
        unit=unit,
        units_week=estimate(week, week, week, unit, "published"),
        requests_month=of(3, "requests/month"),
        input_tokens_month=of(7000, "tokens/month"),
        cached_tokens_month=of(1400, "tokens/month"),
        output_tokens_month=of(1020, "tokens/month"),
        audio_hours_month=of(0, "h/month"),
        pages_month=of(0, "pages/month"),
        images_month=of(0, "images/month"),
        assets_month=of(0, "assets/month"),
        context_tokens=16000,
        mode="interactive",
        peak_requests_hour=of(0.03, "requests/h"),
        hours_freed_month=estimate(hours_freed * 0.3, hours_freed, hours_freed * 1.6, "h/month", "assumed"),
        hours_checking_month=estimate(2, 4, 8, "h/month", "assumed"),
    )


def keep(month: float = 396.0) -> Keep:
    """Twelve seats in use and two that nobody uses; the contract ends after month 3."""
    idle, left = 66.0, HORIZON - 3
    tool = ToolLine(
        "Sample Writer Team", 14, month + idle, 1.0, 3, sum(STOPPED), idle, seats_stop=12.0, idle_seats=2,
        idle_from_month=3, idle_total=idle * left,
    )  # fmt: skip
    return Keep(True, True, month + idle, (month + idle) * HORIZON, (tool,), None, None, idle * left)


NO_BASELINE = Keep(False, True, 0.0, 0.0, (), "Sample Writer Team", 300.0)

RULED_OUT = (
    RuleSummary(
        "location",
        41,
        23,
        "Q12",
        Note("lift_location", {"wider": "anywhere"}, "Q12"),
        (
            RuledOutOption(
                "plover-200b",
                "Plover 200B",
                "hosted_api",
                "Gullwing Cloud",
                "write_reply",
                "location",
                Note("location", {}, "Q12"),
            ),
        ),
    ),
    RuleSummary(
        "memory",
        17,
        9,
        "Q16",
        Note("lift_memory", {"needed": 71.5, "usable": 46.0}, "Q16"),
        (
            RuledOutOption(
                "egret-120b", "Egret 120B", "staff_computers", None, "find_in_documents", "memory", Note("memory")
            ),
        ),
    ),
    RuleSummary("license", 4, 2, None, Note("lift_license", {"license": "Plover License"}), ()),
    RuleSummary(
        "quality", 12, 8, "Q8", Note("lift_quality", {"benchmark": None, "score": None, "floor": None}, "Q8"), ()
    ),
)
CASES = (
    CaseNote(
        "bookshop", "Bookshop answers from its manuals", "retail", "sector", "DE", ("find_in_documents",),
        "Heron 3 30B", "own_server (one card)", (CaseOutcome("time for an answer", 12, "seconds", None),), "positive",
        "B", "named firm", "https://cases.example.org/bookshop", "2026-03",
    ),
    CaseNote(
        "mill", "Mill goes back to paper", "milling", "failure", None, ("write_reply",), None, None,
        (CaseOutcome("result", None, "nobody used it", "after a month"),), "negative", "D", None, "a trade paper", None,
    ),
)  # fmt: skip
LAWS = (
    LawNote(
        "fictia-disclosure",
        "Fictia",
        "Sample Act on automated systems",
        "transparency",
        "Tell people when they talk to a computer, unless it is obvious.",
        "deployer",
        "in_force",
        "2026-08-02",
        "Up to €15 million in this made-up act",
        "https://laws.example.org/sample-act",
        "2026-11-21",
        "2027-02-28",
        False,
    ),
    LawNote(
        "fictia-data",
        "Fictia",
        "Sample Data Protection Code",
        "data_protection",
        "Have a written contract with whoever processes personal details for you.",
        "both",
        "adopted",
        "2027-01-01",
        None,
        None,
        "2025-09-01",
        "2026-05-31",
        True,
    ),
)
CLAIMS = (
    ClaimNote(
        "up-to-90",
        "Open source cuts procurement cost by up to 90%",
        90.0,
        "percent",
        "unverified",
        "a sample advertisement",
        None,
        "2026-10",
    ),
    ClaimNote(
        "token-price",
        "Open models cost about 87% less to run",
        87.0,
        "percent",
        "verified_secondary",
        "A. Sample, B. Sample",
        "https://papers.example.org/open-models",
        "2025-11",
    ),
)
ASSUMPTIONS = (
    Assumption(
        "hourly_cost", "Q17", None, 28, 41.4, 58, "EUR/hour", "published", "https://stats.example.org/labor", "2024"
    ),
    Assumption("minutes_each", "Q6", "write_reply", 4, 8, 20, "minutes", "assumed", None, None),
    Assumption("processing_location", "Q12", None, None, "region", None, "", "assumed", None, None),
)


def _compared(plans: tuple[Plan, ...], closed: Plan) -> tuple[Compared, ...]:
    rows = [_compared_row(made, made.provider or "Alder Pro 48 GB", made.scores.total, made.key) for made in plans]
    return (*rows, _compared_row(closed, "Bigcloud Example", None, None))


def _compared_row(made: Plan, name: str, score: float | None, key: str | None) -> Compared:
    return Compared(
        route=made.route,
        routed=made.routed,
        name=name,
        models=tuple(use.name for use in made.models),
        cost_total=made.cost_total,
        saving_central=made.savings.total.central,
        score=score,
        plan=key,
        over_budget=False,
        reference=score is None,
    )


def _keep_traces(kept: Keep) -> tuple[Trace, ...]:
    inputs = (
        TraceInput("month", kept.month, CURRENCY, "published", question="Q15"),
        TraceInput("horizon_months", HORIZON, "months", "published"),
    )
    found = [Trace("keep.total", "month * horizon_months", inputs, kept.total, CURRENCY)]
    for number, tool in enumerate(kept.tools, start=1):
        idle = (
            TraceInput(f"tool{number}_idle", tool.idle_seats_month, "EUR/month", "derived", question="Q15"),
            TraceInput(f"tool{number}_idle_months", HORIZON - tool.idle_from_month, "months", "derived"),
        )
        words = f"tool{number}_idle * tool{number}_idle_months"
        found.append(Trace("keep.idle_total", words, idle, tool.idle_total, CURRENCY))
    return tuple(found)


def _base(plans: tuple[Plan, ...], kept: Keep) -> Recommendation:
    closed = closed_plan(STOPPED if kept.has_baseline else NO_SPENDING)
    return Recommendation(
        engine_version=ENGINE_VERSION,
        catalog_hash="0" * 64,
        as_of="2026-11-21",
        currency=CURRENCY,
        country="DE",
        horizon_months=HORIZON,
        verdict="recommend",
        reasons=(),
        recommended="plan-1",
        confidence=Confidence("high", 0.85, 17, 20, ("Q6",)),
        demand=(
            demand("find_in_documents", "one question answered", 90, 14.0),
            demand("write_reply", "one finished text", 120, 9.5),
        ),
        plans=plans,
        closed_reference=closed,
        compared=_compared(plans, closed),
        keep=kept,
        ruled_out=RULED_OUT,
        options_considered=214,
        options_eligible=140,
        flips=(
            Flip("volume", 0.22, 46.2, "units/week", "keep"),
            Flip("hourly_cost", 2.6, 107.64, "EUR/hour", "keep"),
            Flip("price", 4.1, None, "", "keep"),
        ),
        assumptions=ASSUMPTIONS,
        laws=LAWS,
        law_country_known=True,
        claims=CLAIMS,
        human_check=True,
        pass_mark_percent=80,
        warnings=(),
        prices_checked_on="2026-11-20",
        traces=(*_keep_traces(kept), *(trace for each in plans for trace in traces(each))),
        sources=(
            SourceUse(PRICE_PAGE, "2026-11-20", "job1_read_price", "published"),
            SourceUse("https://stats.example.org/labor", "2024", "it_hourly", "published"),
        ),
        cases=CASES,
        requirements=(Flip("current_spend", 3.4, 1346.4, "EUR/month", "promise"),) if kept.has_baseline else (),
    )


def saves() -> Recommendation:
    """Recommended, and cheaper than today in the central case."""
    made = _base((hosted_plan(), cheapest_plan(), private_plan()), keep())
    saved = made.plans[0].savings.total.central
    reasons = (Note("saves", {"amount": saved, "horizon": HORIZON}), Note("privacy_fit", {}, "Q12"), Note("budget_ok"))
    return dataclasses.replace(made, reasons=reasons)


def no_baseline() -> Recommendation:
    """Recommended, while nothing is paid today: a cost, never a saving."""
    plans = (hosted_plan(NO_SPENDING, chance=0.0), cheapest_plan(NO_SPENDING, chance=0.0))
    reasons = (
        Note("no_baseline", {}, "Q15"),
        Note("time_worth", {"hours": 23.5}),
        Note("best_score", {"score": 76.4}),
        Note("tie", {"other": "own_server"}, "Q23"),
    )
    return dataclasses.replace(_base(plans, NO_BASELINE), reasons=reasons)


def keeps() -> Recommendation:
    """Every plan costs more than what is paid today."""
    cheap = tuple(value / 4 for value in STOPPED)
    plans = (hosted_plan(cheap, chance=0.04), private_plan(cheap, chance=0.0))
    kept = keep(99.0)
    kept = dataclasses.replace(kept, tools=(dataclasses.replace(kept.tools[0], stopped_total=sum(cheap)),))
    gap = -plans[0].savings.total.central
    reasons = (Note("keep_beats_all", {"gap": gap}), Note("low_volume", {}, "Q5"))
    flips = (Flip("volume", 3.4, 714.0, "units/week", "plan"), Flip("current_spend", 2.3, 227.7, "EUR/month", "plan"))
    made = _base(plans, kept)
    return dataclasses.replace(made, verdict="keep", recommended=None, reasons=reasons, flips=flips)


def not_yet() -> Recommendation:
    """A plan exists but is harder to run than the business can manage today."""
    made = _base((private_plan(chance=0.08),), keep())
    extra = -made.plans[0].savings.total.central
    reasons = (Note("too_hard", {"route": "own_server"}, "Q17"), Note("costs_more", {"amount": extra}))
    return dataclasses.replace(made, verdict="not_yet", recommended=None, reasons=reasons, flips=())


def legal_stop() -> Recommendation:
    """Decisions about people: advice first, figures only for information."""
    reasons = (Note("legal_people_decisions", {"kinds": ["hiring", "health"]}, "Q10"),)
    return dataclasses.replace(saves(), verdict="legal_stop", recommended=None, reasons=reasons)


def nothing_fits() -> Recommendation:
    """No option passes the rules; one rule is named."""
    made = _base((), keep())
    reasons = (Note("nothing_left"),)
    return dataclasses.replace(
        made,
        verdict="nothing_fits",
        recommended=None,
        reasons=reasons,
        options_eligible=0,
        flips=(),
        closed_reference=None,
    )


def low_confidence() -> Recommendation:
    """Most answers were "not sure": only a range may be shown."""
    return dataclasses.replace(
        saves(),
        confidence=Confidence("low", 0.31, 5, 16, ("Q5", "Q15", "Q17")),
    )


def over_budget() -> Recommendation:
    """The best fit costs more than the business said it could spend."""
    gap = Note("over_budget", {"gap": 53.5, "per": "month"}, "Q20")
    best = hosted_plan(over_budget=(gap,), minuses=(gap, Note("one_supplier")))
    made = dataclasses.replace(saves(), plans=(best, cheapest_plan()))
    return dataclasses.replace(made, reasons=(*made.reasons[:2], gap))


OLD_FACTS = (
    OldFact("seats", "Reply Helper", "2025-10", "2026-11-20", "2025-11-30", True, "https://prices.example.org/seats"),
    OldFact(
        "api_prices", "Heron 3 30B (Northfjord Hosting)", "2026-09-08", "2026-11-20", "2026-10-08", False, PRICE_PAGE
    ),
)


def merged() -> Recommendation:
    """One plan carries two labels; two plans in all, and old prices."""
    best = hosted_plan(labels=("best_fit", "lowest_cost"))
    warnings = (
        Note("expired_facts", {"count": 1, "as_of": "2025-10"}),
        Note("old_facts", {"count": 1, "as_of": "2026-09-08"}),
        Note("volatile_hardware"),
        Note("price_change_announced", {"when": "2027-01-01", "model": "Heron 3 30B"}),
        Note("fx_old", {"as_of": "2026-08-31"}),
    )
    return dataclasses.replace(saves(), plans=(best, private_plan()), warnings=warnings, old_facts=OLD_FACTS)


def only_hosted() -> Recommendation:
    """Only paid hosting fits, because nothing can be run in the building."""
    made = _base((hosted_plan(labels=("best_fit", "lowest_cost", "most_private")),), keep())
    saved = made.plans[0].savings.total.central
    reasons = (Note("cheapest_way"), Note("saves", {"amount": saved, "horizon": HORIZON}))
    return dataclasses.replace(made, reasons=reasons)


STATES: dict[str, Callable[[], Recommendation]] = {
    "saves": saves,
    "no_baseline": no_baseline,
    "keeps": keeps,
    "not_yet": not_yet,
    "legal_stop": legal_stop,
    "nothing_fits": nothing_fits,
    "low_confidence": low_confidence,
    "over_budget": over_budget,
    "merged": merged,
    "only_hosted": only_hosted,
}
_USUAL = {
    Verdict.RECOMMEND: saves,
    Verdict.KEEP: keeps,
    Verdict.NOT_YET: not_yet,
    Verdict.LEGAL_STOP: legal_stop,
    Verdict.NOTHING_FITS: nothing_fits,
}


def make_recommendation(*, verdict: str = Verdict.RECOMMEND, **overrides: Any) -> Recommendation:
    """The usual recommendation of a verdict, with any fields replaced."""
    return dataclasses.replace(_USUAL[Verdict(verdict)](), **overrides)
