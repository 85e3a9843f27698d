"""Total cost of ownership of one set-up: lines over the horizon, each with its range and its working.

Labor is counted at what an hour costs the business. Machines are whole. Taxes are left out. Each line carries
an expression over named inputs which, evaluated, gives its central total: the trace that page, PDF and
spreadsheet print.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from advisor.engine.answers import ItSupport, Job
from advisor.engine.assumptions import TRAINING_SHARE
from advisor.engine.business import Business
from advisor.engine.demand import Load, working_hours_month
from advisor.engine.places import Place
from advisor.engine.prices import usage_terms
from advisor.engine.sample import Array, Factors
from advisor.engine.setup import Setup, energy_kwh_month, machine_count
from advisor.engine.types import Grade, Note, Route
from advisor.engine.units import HOURS_PER_MONTH
from advisor.engine.working import Line, Working

# Jobs that must talk to the business's other programs; each program named in question 14 costs integration hours.
INTEGRATED_JOBS = frozenset({Job.ANSWER_CUSTOMERS, Job.READ_DOCUMENTS, Job.AUTOMATION, Job.FIND_IN_DOCUMENTS})
SELF_CONTAINED_KINDS = frozenset({"unified_memory_computer", "cpu_desktop", "cpu_server"})


def cost_lines(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> tuple[Line, ...]:
    """Every cost line of a set-up; lines that do not apply are left out, contingency comes last."""
    found = [line for make in LINES if (line := make(setup, business, loads, factors)) is not None]
    found.append(_contingency(found, business, factors))
    return tuple(found)


def _usage(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    work = Working(business, factors)
    if setup.seat_price_month is not None:
        users = work.use("users")
        source, as_of = setup.seat_source
        work.note("seat_price", setup.seat_price_month, "per person and month", Grade.PUBLISHED, source, as_of)
        price = work.use("price") * work.use("fx")
        work.note("horizon", business.horizon, "months", Grade.INDEPENDENT)
        month = users * setup.seat_price_month * price
        return work.line("usage", "users * seat_price * price * fx * horizon", month=month)
    terms = usage_terms(setup.candidates, loads, work)
    if terms is None:
        return None
    work.note("horizon", business.horizon, "months", Grade.INDEPENDENT)
    drift = work.use("price") * work.use("fx")
    return work.line(
        "usage", f"({terms.expression}) * price * fx * horizon", month=terms.month * drift, profile=terms.profile
    )


def _rent(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    place = setup.machine
    if place is None or place.offer is None:
        return None
    offer, work = place.offer, Working(business, factors)
    count = machine_count(setup, business, loads)
    work.note("machines", count, "machines", Grade.DERIVED)
    month = _rent_month(place, business, loads)
    work.note("rent_month", month, "per machine and month", offer.grade, offer.source, offer.as_of)
    fee = business.convert(offer.setup_fee or 0.0, offer.currency)
    work.note("setup_fee", fee, "once per machine", offer.grade, offer.source, offer.as_of)
    drift = work.use("price") * work.use("fx")
    work.note("horizon", business.horizon, "months", Grade.INDEPENDENT)
    return work.line(
        "rent", "machines * (rent_month * horizon * price + setup_fee) * fx",
        once=count * fee * factors["fx"], month=count * month * drift,
    )  # fmt: skip


def _rent_month(place: Place, business: Business, loads: tuple[Load, ...]) -> float:
    """Monthly price where there is one, else by the hour: always on, or switched off outside working hours."""
    assert place.offer is not None
    offer = place.offer
    always = any(load.profile.around_the_clock for load in loads)
    hours = HOURS_PER_MONTH if always or offer.tier == "dedicated" else working_hours_month(business.catalog) * 1.25
    choices = [offer.price_month] if offer.price_month is not None else []
    if offer.price_hour is not None:
        choices.append(offer.price_hour * hours)
    return business.convert(min(choices), offer.currency)


def _purchase(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    place = setup.machine
    if place is None or place.route is not Route.OWN_SERVER or place.device is None:
        return None
    work, price = Working(business, factors), place.device.price
    assert price.amount is not None
    count = machine_count(setup, business, loads)
    work.note("machines", count, "machines", Grade.DERIVED)
    work.note("cards", place.cards, "cards per machine", Grade.INDEPENDENT)
    each = business.convert(price.amount, price.currency)
    work.note("device_price", each, "each", Grade.PUBLISHED, price.source, price.as_of)
    host: Array | float = 0.0
    if place.device.kind not in SELF_CONTAINED_KINDS:
        host = work.use("host_price_usd", "host_price_usd") * business.convert(1.0, "USD")
    work.note("host_price", host, "computer around the card, per machine", Grade.ASSUMED)
    drift = work.use("hardware") * work.use("fx")
    once = count * (place.cards * each + host) * drift
    return work.line("purchase", "machines * (cards * device_price + host_price) * hardware * fx", once=once)


def _resale(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    bought = _purchase(setup, business, loads, factors)
    if bought is None:
        return None
    work = Working(business, factors)
    work.note("purchase", bought.once, "once", Grade.DERIVED)
    return work.line("resale", "0 - purchase * residual", end=-bought.once * work.use("residual"))


def _electricity(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    place = setup.machine
    if place is None or place.offer is not None:
        return None
    work = Working(business, factors)
    energy = energy_kwh_month(setup, business, loads, factors)
    work.note("kwh_month", energy, "kWh/month", Grade.ASSUMED)
    work.note("horizon", business.horizon, "months", Grade.INDEPENDENT)
    return work.line("electricity", "kwh_month * electricity * horizon", month=energy * work.use("electricity"))


def _setup_labor(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    work = Working(business, factors)
    hours = sum((work.use(f"setup_{effort_name(route)}") for route in setup.routes), np.zeros_like(factors["users"]))
    expression = " + ".join(f"setup_{effort_name(route)}" for route in setup.routes)
    integrated = INTEGRATED_JOBS & {candidate.job for candidate in setup.candidates}
    programs = len(business.programs) if integrated else 0
    if programs and Route.HOSTED_SEATS not in setup.routes:
        work.note("programs", programs, "programs", Grade.INDEPENDENT, question="Q14")
        hours = hours + programs * work.use("integration_per_program")
        expression += " + programs * integration_per_program"
    once = hours * work.use("it_hourly")
    return work.line("setup_labor", f"({expression}) * it_hourly", once=once, own_labor=_own_labor(business))


def _running_labor(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    work = Working(business, factors)
    names = [f"running_{effort_name(route)}_month" for route in setup.routes]
    hours = sum((work.use(name) for name in names), np.zeros_like(factors["users"]))
    work.note("horizon", business.horizon, "months", Grade.INDEPENDENT)
    expression = f"({' + '.join(names)}) * it_hourly * horizon"
    month = hours * work.use("it_hourly")
    return work.line("running_labor", expression, month=month, own_labor=_own_labor(business))


def effort_name(route: Route) -> str:
    """A closed service takes the same effort as an open one behind the same kind of interface."""
    return "hosted_api" if route is Route.CLOSED_API else route.value


def _own_labor(business: Business) -> bool:
    return business.it_support in (ItSupport.COLLEAGUE, ItSupport.OWN_STAFF)


def _training(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    share = TRAINING_SHARE[business.readiness]
    if not share:
        return None
    work = Working(business, factors)
    work.note("training_share", share, "share still to learn", Grade.ASSUMED, question="Q26")
    once = work.use("users") * share * work.use("training_per_user") * work.use("staff_hourly")
    expression = "users * training_share * training_per_user * staff_hourly"
    return work.line("training", expression, once=once, own_labor=True)


def _data_preparation(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    if not any(candidate.job is Job.FIND_IN_DOCUMENTS for candidate in setup.candidates):
        return None
    work = Working(business, factors)
    once = work.use("documents") / 1000 * work.use("data_preparation_per_1000_documents") * work.use("staff_hourly")
    expression = "documents / 1000 * data_preparation_per_1000_documents * staff_hourly"
    return work.line("data_preparation", expression, once=once, own_labor=True)


def _exit(setup: Setup, business: Business, loads: tuple[Load, ...], factors: Factors) -> Line | None:
    work = Working(business, factors)
    end = work.use("exit") * work.use("it_hourly")
    return work.line("exit", "exit * it_hourly", end=end, own_labor=_own_labor(business))


def _contingency(lines: list[Line], business: Business, factors: Factors) -> Line:
    work = Working(business, factors)
    share = work.use("contingency")
    once = sum((line.once for line in lines), np.zeros_like(share))
    month = sum((line.month for line in lines), np.zeros_like(share))
    end = sum((line.end for line in lines if line.key != "resale"), np.zeros_like(share))
    names = [line.key for line in lines if line.key != "resale"]
    for line in lines:
        if line.key != "resale":
            work.note(line.key, line.total(business.horizon), business.currency, Grade.DERIVED)
    expression = f"contingency * ({' + '.join(names)})"
    return work.line("contingency", expression, once=once * share, month=month * share, end=end * share)


Maker = Callable[[Setup, Business, tuple[Load, ...], Factors], Line | None]
LINES: tuple[Maker, ...] = (
    _usage,
    _rent,
    _purchase,
    _resale,
    _electricity,
    _setup_labor,
    _running_labor,
    _training,
    _data_preparation,
    _exit,
)


def totals(lines: tuple[Line, ...], horizon: int) -> Array:
    """Cost over the whole horizon, over the sample."""
    total: Array = np.sum([line.total(horizon) for line in lines], axis=0)
    return total


def by_month(lines: tuple[Line, ...], horizon: int) -> Array:
    """Central cost of each month: one-off costs in the first, resale and exit in the last."""
    months = np.zeros(horizon)
    for line in lines:
        months += line.month[0] * (line.profile if line.profile is not None else 1.0)
        months[0] += line.once[0]
        months[-1] += line.end[0]
    return months


def over_budget(lines: tuple[Line, ...], business: Business) -> tuple[Note, ...]:
    """Gaps in money against questions 19 and 20, central case; empty when within budget."""
    answers, notes = business.answers, []
    once = sum(float(line.once[0]) for line in lines)
    month = sum(float(line.month[0]) for line in lines)
    if answers.budget_once is not None and once > answers.budget_once:
        notes.append(Note("over_budget", {"gap": round(once - answers.budget_once, 2), "per": "once"}, "Q19"))
    ceiling = answers.budget_month
    if answers.budget_month_as_now:
        ceiling = sum(tool.price_month for tool in answers.current_tools or ())
    if ceiling is not None and month > ceiling:
        notes.append(Note("over_budget", {"gap": round(month - ceiling, 2), "per": "month"}, "Q20"))
    return tuple(notes)
