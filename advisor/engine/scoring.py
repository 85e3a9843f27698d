"""How well a set-up suits this business: eight parts of 0-100, weighted by the priorities of question 23.

Where nothing is measured (speed and energy of a host) the part takes a labeled middle value, never the best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from advisor.engine.answers import Job, PaymentPreference, Priority
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import Catalog, JobProfile, Model
from advisor.engine.once import once_per_catalog
from advisor.engine.place_rules import ON_SITE, same_region
from advisor.engine.places import Place
from advisor.engine.setup import Setup
from advisor.engine.shapes import Quantity
from advisor.engine.types import Route, Scores

PARTS = ("quality", "cost", "privacy", "ease", "speed", "energy", "ecosystem", "switching")
BASE_WEIGHT = 1.0
TOP_THREE = (4.0, 2.5, 1.5)  # added to the first, second and third choice; own choice, editable later on the page
PRIORITY_PART = {
    Priority.LOW_COST: "cost",
    Priority.QUALITY: "quality",
    Priority.PRIVACY: "privacy",
    Priority.EASE: "ease",
    Priority.SPEED: "speed",
    Priority.ENERGY: "energy",
    Priority.SWITCHING: "switching",
    Priority.LOCAL_SUPPLIER: "ecosystem",
}
PRIVACY = {"own_equipment": 100.0, "country": 75.0, "region": 70.0, "abroad": 35.0, "unknown": 15.0}
EASE = {1: 100.0, 2: 80.0, 3: 55.0, 4: 30.0, 5: 10.0}
OPENNESS = {
    "fully_open_data": 100.0,
    "open_weights_permissive": 80.0,
    "open_weights_conditional": 50.0,
    "light_open_beside_closed_flagship": 50.0,
}
TOTAL_DIGITS = 1  # of a score's total: closer ones are equal
FREE = 1e-9  # money: what costs nothing is as cheap as it gets
UNKNOWN_PART = 50.0  # nothing measured: the middle, assumed
FAST_ENOUGH = 80.0  # nobody waits and the peak is carried; own choice
MAIN_JOB_WEIGHT = 2.0
PAYMENT_BONUS = 3.0
LOCAL_BONUS = 20.0
EASE_PER_SUPPLIER = 8.0  # points off for each further supplier to deal with; own choice
# How easily one can leave: an open model paid by use best, bought machines and closed services least.
SWITCHING = {
    Route.HOSTED_API: 90.0,
    Route.STAFF_COMPUTERS: 85.0,
    Route.RENTED_SERVER: 75.0,
    Route.HOSTED_SEATS: 55.0,
    Route.OWN_SERVER: 50.0,
    Route.CLOSED_API: 40.0,
}
PAYS_LIKE = {
    PaymentPreference.PER_USE: {Route.HOSTED_API},
    PaymentPreference.MONTHLY: {Route.RENTED_SERVER, Route.HOSTED_SEATS},
    PaymentPreference.BUY_ONCE: {Route.OWN_SERVER, Route.STAFF_COMPUTERS},
}


def data_location(place: Place, business: Business) -> str:
    """Where data goes: own_equipment, country, region, abroad or unknown."""
    return "own_equipment" if place.route in ON_SITE else supplier_location(place.regions, business)


def supplier_location(regions: tuple[str, ...], business: Business) -> str:
    """Where data goes with a supplier that names these regions."""
    if business.answers.country in regions:
        return "country"
    if same_region(business, regions):
        return "region"
    return "abroad" if regions else "unknown"


def worst_location(setup: Setup, business: Business) -> str:
    return min((data_location(item.place, business) for item in setup.candidates), key=lambda name: PRIVACY[name])


def score(setup: Setup, business: Business, cost: float, cheapest: float) -> Scores:
    """All parts and their weighted total. ``cost`` and ``cheapest`` are central costs over the horizon."""
    shares = [job_weight(item.job, business) for item in setup.candidates]
    whole = sum(shares)

    def mean(value: Callable[[Candidate], float]) -> float:
        return sum(value(item) * share for item, share in zip(setup.candidates, shares, strict=True)) / whole

    parts = {
        "quality": mean(lambda item: item.points),
        "cost": float(cost_points(cost, cheapest)),
        "privacy": PRIVACY[worst_location(setup, business)],
        "ease": _ease(setup),
        "speed": mean(lambda item: _speed(item, business)),
        "energy": energy_points(setup.machine),
        "ecosystem": mean(lambda item: _ecosystem(item, business)),
        "switching": mean(lambda item: SWITCHING[item.place.route]),
    }
    points = sum(parts[part] * weight for part, weight in weights(business).items())
    total = float(in_all(points, business, setup.route, len(setup.candidates), len(setup.uncovered)))
    return Scores(**{part: round(value, 1) for part, value in parts.items()}, total=round(total, TOTAL_DIGITS))


def cost_points(cost: Quantity, cheapest: float) -> Quantity:
    """100 for the cheapest set-up there is, half for one that costs twice as much."""
    return 100.0 * (cheapest + FREE) / (np.maximum(cost, cheapest) + FREE)


def weights(business: Business) -> Mapping[str, float]:
    """Weight of each part, summing to 1."""
    return _weights(business.answers.priorities)


@cache
def _weights(priorities: tuple[Priority, ...]) -> Mapping[str, float]:
    found = dict.fromkeys(PARTS, BASE_WEIGHT)
    for priority, weight in zip(priorities, TOP_THREE, strict=False):
        found[PRIORITY_PART[priority]] += weight
    whole = sum(found.values())
    return {part: weight / whole for part, weight in found.items()}


def in_all(points: Quantity, business: Business, route: Route, covered: Quantity, uncovered: Quantity) -> Quantity:
    """The total from the weighted parts: a little more for the payment asked for, less for jobs not done."""
    preference = business.answers.payment_preference
    if preference in PAYS_LIKE and route in PAYS_LIKE[preference]:
        points = np.minimum(100.0, points + PAYMENT_BONUS)
    return points * (covered / (covered + uncovered))


def job_weight(job: Job, business: Business) -> float:
    """The main job counts twice in parts that are a mean over the jobs."""
    return MAIN_JOB_WEIGHT if job == business.jobs[0].job else 1.0


def _ease(setup: Setup) -> float:
    hardest = max(candidate.place.difficulty for candidate in setup.candidates)
    return float(ease_points(EASE[hardest], len({candidate.place.key for candidate in setup.candidates})))


def ease_points(hardest: Quantity, suppliers: Quantity | NDArray[np.intp]) -> Quantity:
    """``hardest`` is the ease of the hardest place alone."""
    return np.maximum(0.0, hardest - EASE_PER_SUPPLIER * (suppliers - 1))


def _speed(candidate: Candidate, business: Business) -> float:
    running = candidate.running
    if running is None:
        return UNKNOWN_PART
    profile = next(work.profile for work in business.jobs if work.job == candidate.job)
    central = running.tokens_per_s[1] if running.tokens_per_s is not None else float("nan")
    return float(speed_points(profile, central, running.seconds_each))


def speed_points(profile: JobProfile, tokens_per_s: Quantity, seconds_each: Quantity) -> Quantity:
    """100 at twice the reading speed asked for, or at the seconds a picture may take.

    Where nobody waits and the peak is carried, good enough is enough. ``tokens_per_s`` is NaN for other models.
    """
    other: Quantity = FAST_ENOUGH
    if profile.seconds_per_image is not None:
        other = np.minimum(100.0, profile.seconds_per_image.central / seconds_each * 100.0)
    if profile.tokens_per_s_per_user is None:
        return other
    wanted = profile.tokens_per_s_per_user.central
    return np.where(np.isnan(tokens_per_s), other, np.minimum(100.0, tokens_per_s / wanted * 50.0))


def energy_points(machine: Place | None) -> float:
    if machine is None or machine.device is None or machine.device.power_watts is None:
        return UNKNOWN_PART
    return max(0.0, 100.0 - machine.device.power_watts * machine.cards / 8.0)  # 800 W scores zero; own choice


def _ecosystem(candidate: Candidate, business: Business) -> float:
    if candidate.model is None:
        return UNKNOWN_PART
    return ecosystem_points([candidate.model], [same_region(business, candidate.place.regions)], business)[0]


def ecosystem_points(models: Sequence[Model], at_home: Sequence[bool], business: Business) -> list[float]:
    """How open each maker is; more for a supplier of the country where that is asked for: the host or the maker."""
    known, country = openness_by_family(business.catalog), business.answers.country
    points = [OPENNESS.get(known.get(model.family, ""), UNKNOWN_PART) for model in models]
    if not wants_local(business):
        return points
    local = [near or model.publisher_country == country for model, near in zip(models, at_home, strict=True)]
    return [min(100.0, each + LOCAL_BONUS) if near else each for each, near in zip(points, local, strict=True)]


def wants_local(business: Business) -> bool:
    """Whether a supplier of the business's own country is asked for."""
    return Priority.LOCAL_SUPPLIER in business.answers.priorities


@once_per_catalog
def openness_by_family(catalog: Catalog) -> dict[str, str]:
    return {row.family: row.openness_class for row in reversed(catalog.ecosystem)}
