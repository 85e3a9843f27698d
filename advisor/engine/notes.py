"""Three pluses and three minuses of a set-up, as codes with the figures behind them; strongest first."""

from __future__ import annotations

from advisor.engine.answers import ItSupport
from advisor.engine.business import Business
from advisor.engine.catalog import Model
from advisor.engine.demand import Load, working_hours_month
from advisor.engine.labor_lines import effort_name
from advisor.engine.scoring import worst_location
from advisor.engine.search_index import index_hours
from advisor.engine.setup import Case, Setup, busy_hours_month, machine_count
from advisor.engine.types import Note, Route

SHOWN = 3
IDLE_WORTH_SAYING = 0.7  # share of working hours a machine stands idle before it is named; own choice
LONG_INDEX_HOURS = 72.0  # a weekend; a first index that takes longer is named; own choice
STRONG_POINTS = 65.0  # quality points called strong; own choice


def pluses(setup: Setup, business: Business, loads: tuple[Load, ...]) -> tuple[Note, ...]:
    found: list[Note] = []
    where = worst_location(setup, business)
    if where == "own_equipment":
        found.append(Note("data_stays", question="Q12"))
    elif where in ("country", "region"):
        found.append(Note("data_in_region", {"regions": list(setup.candidates[0].place.regions)}, "Q12"))
    strong = [item for item in setup.candidates if (item.quality.points or 0) >= STRONG_POINTS]
    if strong:
        found.append(Note("strong_quality", strong[0].quality.deciding, "Q8"))
    if setup.route is Route.HOSTED_API:
        found.append(Note("pay_per_use", question="Q22"))
        found.append(Note("no_machine"))
    if setup.route is Route.HOSTED_SEATS:
        found += [Note("fixed_monthly", question="Q22"), Note("no_machine")]
    if setup.route is Route.RENTED_SERVER:
        found.append(Note("fixed_monthly", question="Q22"))
    if all(_license_is_free(model, business) for model in _models(setup)) and _models(setup):
        found.append(Note("permissive_license"))
    if setup.route in (Route.HOSTED_API, Route.STAFF_COMPUTERS):
        found.append(Note("easy_to_switch"))
    return tuple(found[:SHOWN])


def minuses(setup: Setup, business: Business, loads: tuple[Load, ...]) -> tuple[Note, ...]:
    found: list[Note] = []
    if setup.uncovered:
        found.append(Note("jobs_uncovered", {"jobs": [str(job) for job in setup.uncovered]}, "Q4"))
    where = worst_location(setup, business)
    if where == "abroad":
        found.append(Note("data_abroad", {"regions": list(setup.candidates[0].place.regions)}, "Q12"))
    if where == "unknown":
        found.append(Note("data_location_unknown", question="Q12"))
    unproven = [
        str(item.job)
        for item in setup.candidates
        if item.quality.points is None or not all(helper.proven for helper in item.helpers if helper.role == "stt")
    ]
    if unproven:
        found.append(Note("no_evidence", {"jobs": unproven}, "Q8"))
    found += _machine_minuses(setup, business, loads)
    hours = float(index_hours(Case(setup, business, loads, business.factors))[0])
    if hours >= LONG_INDEX_HOURS:
        found.append(Note("index_takes_long", {"hours": round(hours)}, "Q13"))
    for model in _models(setup):
        if not _license_is_free(model, business):
            license_ = next(row for row in business.catalog.licenses if row.slug == model.license)
            found.append(Note("conditional_license", {"name": license_.name}))
            break
    hours = sum(float(business.factors[f"running_{effort_name(route)}_month"][0]) for route in setup.routes)
    if business.it_support in (ItSupport.COLLEAGUE, ItSupport.OWN_STAFF):
        found.append(Note("own_labor_needed", {"hours": round(hours, 1)}, "Q17"))
    elif business.it_support is ItSupport.NOBODY:
        found.append(Note("needs_it_person", {"hours": round(hours, 1)}, "Q17"))
    if len({item.place.provider for item in setup.candidates if item.place.provider}) == 1 and not setup.machine:
        found.append(Note("one_supplier"))
    return tuple(found[:SHOWN])


def _machine_minuses(setup: Setup, business: Business, loads: tuple[Load, ...]) -> list[Note]:
    place = setup.machine
    if place is None:
        return []
    count = int(machine_count(setup, business, loads)[0])
    hours = working_hours_month(business.catalog) * count
    idle = 1 - float(busy_hours_month(setup, loads)[0]) / hours
    found = []
    if place.route is Route.OWN_SERVER:
        found.append(Note("machine_needed", {"count": count, "name": place.name}, "Q19"))
    if idle >= IDLE_WORTH_SAYING and not place.owned:
        found.append(Note("idle_machine", {"share": round(idle, 2)}, "Q5"))
    return found


def _models(setup: Setup) -> list[Model]:
    return [item.model for item in setup.candidates if item.model is not None]


def _license_is_free(model: Model, business: Business) -> bool:
    license_ = next(row for row in business.catalog.licenses if row.slug == model.license)
    return license_.osi_approved and license_.commercial_use == "yes"
