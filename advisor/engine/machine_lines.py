"""Cost lines of machines that a business rents or owns: rent, purchase, resale, electricity, paid support."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from advisor.engine.demand import Load, working_hours_month
from advisor.engine.places import Place
from advisor.engine.sample import Array
from advisor.engine.setup import Case, spread
from advisor.engine.types import Grade, Route
from advisor.engine.units import HOURS_PER_MONTH
from advisor.engine.working import Line, Spread, Working

SELF_CONTAINED_KINDS = frozenset({"unified_memory_computer", "cpu_desktop", "cpu_server"})
# A machine rented by the hour is switched on before work begins and off after it ends: a quarter more than the hours
# in which requests come. Assumed; no supplier's smallest billing period is in the catalog.
ON_BEYOND_WORK = 1.25


def rent(case: Case, work: Working) -> Line | None:
    """Machines of each month x monthly price, and the supplier's set-up fee for each machine once."""
    place = case.setup.machine
    if place is None or place.offer is None:
        return None
    offer = place.offer
    each, expression = rent_month(place, case.loads, work)
    rate, exchanged = work.abroad(offer.currency)
    drift = work.use("price")
    used, there = case.machines, case.owned
    fee = (offer.setup_fee or 0.0) * rate
    work.note("machine_months", used.total, "machines x months", Grade.DERIVED)
    work.note("machines", there.last, "machines", Grade.DERIVED)
    work.note("setup_fee", offer.setup_fee or 0.0, _each(offer.currency), offer.grade, offer.source, offer.as_of)
    return work.line(
        "rent", f"(machine_months * {expression} * price + machines * setup_fee){exchanged}",
        once=there.first * fee, later=(there.last - there.first) * fee, month=used.mean * (each * rate * drift),
        spread=lambda: replace(spread(used.mean, used.early, used.central), later=there.added()),
    )  # fmt: skip


def rent_month(place: Place, loads: tuple[Load, ...], work: Working) -> tuple[float, str]:
    """Price of a machine for a month: the monthly price, or by the hour, always on or in working hours only."""
    assert place.offer is not None
    offer = place.offer
    always = any(load.profile.around_the_clock for load in loads) or offer.tier == "dedicated"
    hours = HOURS_PER_MONTH if always else working_hours_month(work.business.catalog) * ON_BEYOND_WORK
    by_hour = offer.price_hour * hours if offer.price_hour is not None else np.inf
    if offer.price_month is not None and offer.price_month <= by_hour:
        unit = f"{offer.currency}/month"
        work.note("rent_month", offer.price_month, unit, offer.grade, offer.source, offer.as_of)
        return offer.price_month, "rent_month"
    assert offer.price_hour is not None
    work.note("rent_hour", offer.price_hour, f"{offer.currency}/hour", offer.grade, offer.source, offer.as_of)
    work.note("rent_hours", hours, "hours/month", Grade.DERIVED if always else Grade.ASSUMED)
    return by_hour, "rent_hour * rent_hours"


def purchase(case: Case, work: Working) -> Line | None:
    """Machines when they are needed: those of the first month at once, further ones in the month that asks for them."""
    place = case.setup.machine
    if place is None or place.route is not Route.OWN_SERVER or place.device is None:
        return None
    price = place.device.price
    assert price.amount is not None
    rate, exchanged = work.abroad(price.currency)
    there = case.owned
    work.note("machines", there.last, "machines", Grade.DERIVED)
    work.note("cards", place.cards, "cards per machine", Grade.INDEPENDENT)
    work.note("device_price", price.amount, _each(price.currency), price.grade, price.source, price.as_of)
    each: Array | float = place.cards * price.amount * rate
    expression = f"cards * device_price{exchanged}"
    if place.device.kind not in SELF_CONTAINED_KINDS:
        host_rate, host_exchanged = work.abroad("USD")
        each = each + work.use("host_price_usd") * host_rate
        expression += f" + host_price_usd{host_exchanged}"
    each = each * work.use("hardware")
    return work.line(
        "purchase", f"machines * ({expression}) * hardware",
        once=there.first * each, later=(there.last - there.first) * each, spread=lambda: Spread(later=there.added()),
    )  # fmt: skip


def _each(currency: str) -> str:
    return f"{currency}/machine"


def resale(bought: Line, work: Working) -> Line:
    """What the machines bring at the end, whenever they were bought."""
    paid = bought.once + bought.later
    work.note("purchase", paid, work.business.currency, Grade.DERIVED)
    return work.line("resale", "0 - purchase * residual", end=-paid * work.use("residual"))


def electricity(case: Case, work: Working) -> Line | None:
    place = case.setup.machine
    if place is None or place.offer is not None:
        return None
    work.note("kwh_month", case.energy, "kWh/month", Grade.ASSUMED)
    price = work.use("electricity")
    work.horizon()
    return work.line(
        "electricity", "kwh_month * electricity * horizon",
        month=case.energy * price, spread=case.energy_spread,
    )  # fmt: skip
