"""How well a set-up suits this business: eight parts of 0-100, weighted by the priorities of question 23.

Where nothing is measured (speed and energy of a host) the part takes a labeled middle value, never the best.
"""

from __future__ import annotations

from collections.abc import Callable

from advisor.engine.answers import PaymentPreference, Priority
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.place_rules import ON_SITE, same_region
from advisor.engine.places import Place
from advisor.engine.setup import Setup
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
UNKNOWN_PART = 50.0  # nothing measured: the middle, assumed
FAST_ENOUGH = 80.0  # nobody waits and the peak is carried; own choice
MAIN_JOB_WEIGHT = 2.0
PAYMENT_BONUS = 3.0
LOCAL_BONUS = 20.0
PAYS_LIKE = {
    PaymentPreference.PER_USE: {Route.HOSTED_API},
    PaymentPreference.MONTHLY: {Route.RENTED_SERVER, Route.HOSTED_SEATS},
    PaymentPreference.BUY_ONCE: {Route.OWN_SERVER, Route.STAFF_COMPUTERS},
}


def data_location(place: Place, business: Business) -> str:
    """Where data goes: own_equipment, country, region, abroad or unknown."""
    if place.route in ON_SITE:
        return "own_equipment"
    if business.answers.country in place.regions:
        return "country"
    if same_region(business, place.regions):
        return "region"
    return "abroad" if place.regions else "unknown"


def worst_location(setup: Setup, business: Business) -> str:
    return min((data_location(item.place, business) for item in setup.candidates), key=lambda name: PRIVACY[name])


def score(setup: Setup, business: Business, cost: float, cheapest: float) -> Scores:
    """All parts and their weighted total. ``cost`` and ``cheapest`` are central costs over the horizon."""
    parts = {
        "quality": _main_first(setup, business, lambda item: item.points),
        "cost": 100.0 * cheapest / cost if cost > 0 else 100.0,
        "privacy": PRIVACY[worst_location(setup, business)],
        "ease": _ease(setup),
        "speed": _main_first(setup, business, lambda item: _speed(item, business)),
        "energy": _energy(setup),
        "ecosystem": _main_first(setup, business, lambda item: _ecosystem(item, business)),
        "switching": _main_first(setup, business, _switching),
    }
    weights = dict.fromkeys(PARTS, BASE_WEIGHT)
    for priority, weight in zip(business.answers.priorities, TOP_THREE, strict=False):
        weights[PRIORITY_PART[priority]] += weight
    total = sum(parts[part] * weights[part] for part in PARTS) / sum(weights.values())
    preference = business.answers.payment_preference
    if preference in PAYS_LIKE and setup.route in PAYS_LIKE[preference]:
        total = min(100.0, total + PAYMENT_BONUS)
    total *= len(setup.candidates) / (len(setup.candidates) + len(setup.uncovered))
    return Scores(**{part: round(value, 1) for part, value in parts.items()}, total=round(total, 1))


def _main_first(setup: Setup, business: Business, value: Callable[[Candidate], float]) -> float:
    main = business.jobs[0].job
    weights = [MAIN_JOB_WEIGHT if item.job == main else 1.0 for item in setup.candidates]
    figures = [value(item) for item in setup.candidates]
    return sum(figure * weight for figure, weight in zip(figures, weights, strict=True)) / sum(weights)


def _ease(setup: Setup) -> float:
    hardest = max(candidate.place.difficulty for candidate in setup.candidates)
    suppliers = len({candidate.place.key for candidate in setup.candidates})
    return max(0.0, EASE[hardest] - 8.0 * (suppliers - 1))


def _speed(candidate: Candidate, business: Business) -> float:
    """100 at twice the reading speed asked for, or at the seconds a picture may take.

    Where nobody waits and the peak is carried, good enough is enough.
    """
    running = candidate.running
    if running is None:
        return UNKNOWN_PART
    profile = next(work.profile for work in business.jobs if work.job == candidate.job)
    if profile.tokens_per_s_per_user is not None and running.tokens_per_s is not None:
        return min(100.0, running.tokens_per_s[1] / profile.tokens_per_s_per_user.central * 50.0)
    if profile.seconds_per_image is not None:
        return min(100.0, profile.seconds_per_image.central / running.seconds_each * 100.0)
    return FAST_ENOUGH


def _energy(setup: Setup) -> float:
    machine = setup.machine
    if machine is None or machine.device is None or machine.device.power_watts is None:
        return UNKNOWN_PART
    return max(0.0, 100.0 - machine.device.power_watts * machine.cards / 8.0)  # 800 W scores zero; own choice


def _ecosystem(candidate: Candidate, business: Business) -> float:
    model = candidate.model
    if model is None:
        return UNKNOWN_PART
    openness = next((row.openness_class for row in business.catalog.ecosystem if row.family == model.family), None)
    points = OPENNESS.get(openness or "", UNKNOWN_PART)
    if Priority.LOCAL_SUPPLIER in business.answers.priorities:
        local = model.publisher_country == business.answers.country or same_region(business, candidate.place.regions)
        points = min(100.0, points + LOCAL_BONUS) if local else points
    return points


def _switching(candidate: Candidate) -> float:
    """How easily one can leave: an open model paid by use best, bought machines and closed services least."""
    base = {
        Route.HOSTED_API: 90.0,
        Route.STAFF_COMPUTERS: 85.0,
        Route.RENTED_SERVER: 75.0,
        Route.HOSTED_SEATS: 55.0,
        Route.OWN_SERVER: 50.0,
        Route.CLOSED_API: 40.0,
    }
    return base[candidate.place.route]
