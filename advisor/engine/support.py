"""Paid support on a free core: what could be paid for beside a set-up, and the line of the one that is switched on.

Off by default. Offers come from the catalog with their prices; those without a public price are not shown.
"""

from __future__ import annotations

import numpy as np

from advisor.engine import facts
from advisor.engine.catalog import Catalog, Number, SupportOffer
from advisor.engine.once import once_per_catalog
from advisor.engine.sample import Array
from advisor.engine.setup import Case
from advisor.engine.types import Estimate, Grade, Route, SupportOption
from advisor.engine.working import Line, Working

MACHINE_ROUTES = frozenset({Route.RENTED_SERVER, Route.OWN_SERVER})
HOSTED_ROUTES = frozenset({Route.HOSTED_API, Route.HOSTED_SEATS})
OPEN_ROUTES = frozenset(Route) - {Route.CLOSED_API}
# Which routes an offer of each kind is bought for, read from what the offers of the catalog include; own choice.
ROUTES_OF_SUPPORT: dict[str, frozenset[Route]] = {
    "hosted_open_model_plan": HOSTED_ROUTES,
    "platform_plan": MACHINE_ROUTES | {Route.HOSTED_API},
    "managed_hosting": frozenset({Route.HOSTED_API, Route.RENTED_SERVER}),
    "application_plan": OPEN_ROUTES,
    "application_support": MACHINE_ROUTES,
    "os_support": MACHINE_ROUTES,
    "runtime_support": MACHINE_ROUTES,
    "model_support": HOSTED_ROUTES | MACHINE_ROUTES,
    "appliance": frozenset({Route.OWN_SERVER}),
    "post_training_service": OPEN_ROUTES,
    "integrator_fixed_price": OPEN_ROUTES,
    "integrator_rate": OPEN_ROUTES,
    "integrator_retainer": OPEN_ROUTES,
    "staff": OPEN_ROUTES,
    "none": MACHINE_ROUTES,  # says that a program has no paid edition
}
PER_MACHINE, PER_PERSON = ("machine_year", "node_year"), ("seat_month",)


def support(case: Case, work: Working) -> Line | None:
    """The offer that is switched on, where it fits the set-up."""
    offer = case.business.support
    if offer is None or not fits(offer, case):
        return None
    amount, expression = _counted(offer, case, work)
    price = work.use("support_price")
    assert offer.currency is not None
    rate, exchanged = work.abroad(offer.currency)
    horizon = work.horizon()
    months = facts.SUPPORT_MONTHS[offer.unit or ""]
    drift = work.use("price")
    month = amount / months * price * drift * rate
    return work.line(
        "support", f"{expression} / {months} * support_price * price{exchanged}", month=month / horizon
    )  # fmt: skip


def _counted(offer: SupportOffer, case: Case, work: Working) -> tuple[Array | float, str]:
    """What is paid for, times the months of the plan."""
    horizon = work.horizon()
    if offer.unit in PER_MACHINE:
        counted = case.owned if case.setup.route is Route.OWN_SERVER else case.machines
        work.note("machine_months", counted.total, "machines x months", Grade.DERIVED)
        return counted.total, "machine_months"
    if offer.unit in PER_PERSON:
        return work.use("users") * horizon, "users * horizon"
    return float(horizon), "horizon"


def fits(offer: SupportOffer, case: Case) -> bool:
    """Whether an offer looks after something this set-up has, and is sold where the business is."""
    if case.setup.route not in ROUTES_OF_SUPPORT.get(offer.kind, ()):
        return False
    match offer.kind:
        case "os_support":
            return True
        case "application_support":
            jobs = {str(candidate.job) for candidate in case.setup.candidates}
            return bool(jobs & set(offer.jobs))
        case "integrator_retainer":
            return offer.vendor_country == case.business.answers.country
        case _:
            return False


def options(case: Case) -> tuple[SupportOption, ...]:
    """Every offer that fits with what it would cost, cheapest first."""
    found = []
    for offer, price in _priced(case.business.catalog):
        if offer.currency not in case.business.untold and fits(offer, case):
            month = _central_month(offer, case)
            low, central, high = (round(month * end, 2) for end in (price.low, price.central, price.high))
            found.append(
                SupportOption(
                    offer.slug, offer.vendor, offer.offer, offer.included,
                    Estimate(low, central, high, case.business.currency, price.grade), case.business.support == offer,
                    offer.source, offer.as_of,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda option: (option.month.central, option.slug)))


@once_per_catalog
def _priced(catalog: Catalog) -> tuple[tuple[SupportOffer, Number], ...]:
    """Offers with a public price."""
    prices = ((offer, facts.support_price(offer)) for offer in catalog.support_offers)
    return tuple((offer, price) for offer, price in prices if price is not None)


def _central_month(offer: SupportOffer, case: Case) -> float:
    """Mean months' worth of the offer's price, in the business's currency at today's rate."""
    amount, _ = _counted(offer, case, Working(case.business, case.factors, quiet=True))
    counted = float(np.ravel(amount)[0]) / facts.SUPPORT_MONTHS[offer.unit or ""] / case.business.horizon
    return case.business.convert(counted, offer.currency or "")
