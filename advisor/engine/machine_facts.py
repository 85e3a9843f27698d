"""What bounds need to know of many machines at once: arrays over places, worked out once with a catalog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.engine.business import Business
from advisor.engine.catalog import Catalog, Device
from advisor.engine.demand import Load, working_hours_month
from advisor.engine.grid import Flags
from advisor.engine.machine_lines import ON_BEYOND_WORK, SELF_CONTAINED_KINDS
from advisor.engine.once import once_per_catalog
from advisor.engine.options import Options
from advisor.engine.place_rules import ON_SITE, same_region
from advisor.engine.places import Place, machines_for_all
from advisor.engine.sample import Array
from advisor.engine.scoring import EASE, PRIVACY, energy_points, supplier_location
from advisor.engine.setup import IDLE_POWER_SHARE
from advisor.engine.types import Route
from advisor.engine.units import HOURS_PER_MONTH
from advisor.engine.working import Working

# One row a place. Prices are in ``currency``: 0 where there is nothing to buy, infinite where nothing is let.
COLUMNS = np.dtype(
    [
        ("route", "U16"),
        ("regions", np.intp),  # position in ``regions_of``
        ("currency", "U3"),
        ("bought", np.float64),  # device price of all cards
        ("in_host", np.bool_),  # bought with a host computer around it
        ("rent_hour", np.float64),
        ("rent_month", np.float64),
        ("always_on", np.bool_),
        ("setup_fee", np.float64),
        ("watts", np.float64),  # under load, without its host
        ("draws_host", np.bool_),  # its host's power counts
        ("rests", np.bool_),  # pays for energy while it waits
        ("ease", np.float64),
        ("energy", np.float64),
    ]
)
MachineFacts = NDArray[np.void]


def facts_of(options: Options) -> MachineFacts:
    """Facts of the machines that no rule forbids, in their order."""
    known = _known(options.catalog)
    own = _facts(options.machines[len(known) :], {})
    allowed = np.array([broken is None for broken in options.barred], dtype=bool)
    found: MachineFacts = np.concatenate([known, own])[allowed]
    return found


@once_per_catalog
def _known(catalog: Catalog) -> MachineFacts:
    """Facts of every machine that anybody could rent or buy, in the order of ``machines_for_all``."""
    numbers = {regions: number for number, regions in enumerate(regions_of(catalog)) if number}
    return _facts(machines_for_all(catalog), numbers)


def _facts(places: Iterable[Place], numbers: Mapping[tuple[str, ...], int]) -> MachineFacts:
    """``numbers`` has the number of each supplier's regions; machines of the business's own need none."""
    return np.array([_row(place, place.device, numbers) for place in places if place.device is not None], COLUMNS)


@once_per_catalog
def regions_of(catalog: Catalog) -> tuple[tuple[str, ...], ...]:
    """Regions that suppliers of machines name, each once; the first stands for the business's own rooms."""
    named = {place.regions: None for place in machines_for_all(catalog) if place.route not in ON_SITE}
    return ((), *named)


def _row(place: Place, device: Device, numbers: Mapping[tuple[str, ...], int]) -> tuple[str | float | bool, ...]:
    offer, price = place.offer, device.price
    bought = place.route is Route.OWN_SERVER and price.amount is not None
    return (
        place.route.value,
        0 if place.route in ON_SITE else numbers[place.regions],
        offer.currency if offer is not None else price.currency,
        place.cards * (price.amount or 0.0) if bought else 0.0,
        bought and device.kind not in SELF_CONTAINED_KINDS,
        np.inf if offer is None or offer.price_hour is None else offer.price_hour,
        np.inf if offer is None or offer.price_month is None else offer.price_month,
        offer is not None and offer.tier == "dedicated",
        0.0 if offer is None else offer.setup_fee or 0.0,
        (device.power_watts or 0.0) * place.cards,
        place.is_card,
        offer is None and place.route is not Route.STAFF_COMPUTERS,
        EASE[place.difficulty],
        energy_points(place),
    )


@dataclass(frozen=True)
class MachinePrices:
    """Central prices of one machine each for one business, in its currency: bought, set up, a month's rent and rest."""

    bought: Array
    fee: Array
    rent: Array
    resting: Array


def prices_of(facts: MachineFacts, business: Business, loads: tuple[Load, ...]) -> MachinePrices:
    """As the cost lines of ``machine_lines.py`` reckon, for one machine that rests all the time."""
    middle, work = business.middle, Working(business, business.middle, quiet=True)
    codes = facts["currency"].tolist()
    rates = {code: float(np.ravel(work.abroad(code)[0])[0]) for code in {*codes, "USD"}}
    rate = np.array([rates[code] for code in codes])
    always_on = facts["always_on"] | any(load.profile.around_the_clock for load in loads)
    hours = np.where(always_on, HOURS_PER_MONTH, working_hours_month(business.catalog) * ON_BEYOND_WORK)
    rent = np.minimum(facts["rent_month"], facts["rent_hour"] * hours)
    bought = facts["bought"] * rate + facts["in_host"] * middle["host_price_usd"][0] * rates["USD"]
    watts = (facts["watts"] + facts["draws_host"] * middle["host_power_watts"][0]) * IDLE_POWER_SHARE
    return MachinePrices(
        bought=bought * middle["hardware"][0],
        fee=facts["setup_fee"] * rate,
        rent=np.where(np.isfinite(rent), rent, 0.0) * rate * middle["price"][0],
        resting=facts["rests"] * watts * middle["pue"][0] * HOURS_PER_MONTH / 1000 * middle["electricity"][0],
    )


@dataclass(frozen=True)
class Nearness:
    """How near machines keep data, in points of the score, and whether their supplier is of the business's region."""

    privacy: Array
    at_home: Flags


def nearness_of(facts: MachineFacts, business: Business) -> Nearness:
    suppliers = regions_of(business.catalog)[1:]
    privacy = [PRIVACY["own_equipment"], *(PRIVACY[supplier_location(each, business)] for each in suppliers)]
    at_home = [False, *(same_region(business, each) for each in suppliers)]
    return Nearness(np.array(privacy)[facts["regions"]], np.array(at_home)[facts["regions"]])
