"""The rules that rule options out, in one fixed order; the first that fails is the one recorded.

Rules about a model and rules about a place are evaluated once each; an option fails with the earliest of both.
Rules that need both (memory, speed) are in ``sizing_rules`` of ``candidates.py``. Every failure carries the
question behind it and the smallest change that would lift it.
"""

from __future__ import annotations

from collections.abc import Callable

from advisor.engine import facts
from advisor.engine.answers import ErrorHarm, Information, ItSupport, LanguageUse, ProcessingLocation
from advisor.engine.business import Business
from advisor.engine.catalog import License, Model
from advisor.engine.dates import day_range
from advisor.engine.demand import MAIN_TASKS, Load
from advisor.engine.facts import EU
from advisor.engine.places import PRIVATE_HOST_TIERS, Place
from advisor.engine.quality import Quality
from advisor.engine.types import Note, Route, Rule

Failure = tuple[Rule, Note]

ON_SITE = frozenset({Route.OWN_SERVER, Route.STAFF_COMPUTERS})
RULE_ORDER = {rule: position for position, rule in enumerate(Rule)}
QUESTION: dict[Rule, str | None] = {
    Rule.DATA_CLASS: "Q11",
    Rule.LOCATION: "Q12",
    Rule.LICENSE: None,
    Rule.TERRITORY: "Q1",
    Rule.AVOID_COUNTRY: "Q24",
    Rule.AVOID_SUPPLIER: "Q24",
    Rule.STANDARD_LICENSE: "Q24",
    Rule.DISCLOSED_DATA: "Q24",
    Rule.HARDWARE_COUNTRY: "Q16",
    Rule.ABILITY: "Q4",
    Rule.LANGUAGE: "Q7",
    Rule.QUALITY: "Q8",
    Rule.MEMORY: "Q16",
    Rule.SPEED: "Q5",
    Rule.OFFLINE: "Q18",
    Rule.EASE: "Q17",
    Rule.BUDGET: "Q20",
    Rule.NO_PRICE: None,
}
# Hardest route that each kind of support can look after, on the 1-5 scale of places.DIFFICULTY; own choice.
EASE_LIMIT = {ItSupport.NOBODY: 2, ItSupport.COLLEAGUE: 3, ItSupport.OWN_STAFF: 5, ItSupport.OUTSIDE_FIRM: 4}
# A device price older than this is not used: prices moved 10-100 % within months of 2026; own choice.
PRICE_MONTHS = 18
PROTECTED = frozenset(
    {Information.PERSONAL, Information.SENSITIVE, Information.PAYMENT, Information.SECRETS, Information.CONTROLLED}
)


def failure(rule: Rule, **values: object) -> Failure:
    return rule, Note(code=f"lift_{rule}", values=dict(values), question=QUESTION[rule])


def first(*failures: Failure | None, ignoring: Rule | None = None) -> Failure | None:
    """The earliest failure in the fixed order; ``ignoring`` leaves one rule out."""
    found = [item for item in failures if item is not None and item[0] is not ignoring]
    return min(found, key=lambda item: RULE_ORDER[item[0]]) if found else None


def same_region(business: Business, regions: tuple[str, ...]) -> bool:
    """Whether a provider's regions include the business's country, or the EU for a country in it."""
    country = business.answers.country
    if country in regions:
        return True
    return country in EU and ("EU" in regions or bool(EU & set(regions)))


def place_failure(place: Place, business: Business, ignoring: Rule | None = None) -> Failure | None:
    """First rule that a place breaks whatever runs there."""
    return first(*(rule(place, business) for rule in PLACE_RULES), ignoring=ignoring)


def model_failure(
    model: Model,
    load: Load,
    business: Business,
    license_: License,
    judged: Quality,
    ignoring: Rule | None = None,
) -> Failure | None:
    """First rule that a model breaks for this job wherever it runs."""
    return first(
        _license(license_),
        _territory(license_, business),
        _maker(model, business),
        _standard(license_, business),
        _disclosed(model, business),
        _ability(model, load),
        _language(model, business),
        _quality(judged, business),
        ignoring=ignoring,
    )


def companion_failure(
    model: Model, business: Business, judged: Quality, ignoring: Rule | None = None
) -> Failure | None:
    """First rule that a companion model (search, speech, page reader) breaks.

    It is judged like the main model, but that its job's harm asks for evidence is said of the main model alone.
    """
    license_ = next(row for row in business.catalog.licenses if row.slug == model.license)
    return first(
        _license(license_),
        _territory(license_, business),
        _maker(model, business),
        _standard(license_, business),
        _disclosed(model, business),
        _language(model, business),
        None if judged.passes else failure(Rule.QUALITY, **judged.deciding),
        ignoring=ignoring,
    )


def _data_class(place: Place, business: Business) -> Failure | None:
    if place.route in ON_SITE:
        return None
    if Information.CONTROLLED in business.information:
        return failure(Rule.DATA_CLASS, information=Information.CONTROLLED)
    private_host = place.offer is not None and place.offer.tier in PRIVATE_HOST_TIERS
    if private_host and business.information & PROTECTED:
        return failure(Rule.DATA_CLASS, information=min(business.information & PROTECTED))
    if not place.regions and business.information & {Information.SENSITIVE, Information.SECRETS}:
        return failure(Rule.DATA_CLASS, information=min(business.information & PROTECTED))
    return None


def _location(place: Place, business: Business) -> Failure | None:
    if place.route in ON_SITE:
        return None
    match business.location:
        case ProcessingLocation.OWN_EQUIPMENT:
            return failure(Rule.LOCATION, wanted=business.location)
        case ProcessingLocation.REGION if not same_region(business, place.regions):
            return failure(Rule.LOCATION, wanted=business.location)
        case _:
            return None


def _avoided_place(place: Place, business: Business) -> Failure | None:
    rules = business.answers.rules
    if place.regions and all(facts.within(region, rules.avoid_countries) for region in place.regions):
        return failure(Rule.AVOID_COUNTRY, country=place.regions[0])
    supplier = (place.provider or (place.device.vendor if place.device else "")).lower()
    if any(avoided.lower() in supplier for avoided in rules.avoid_suppliers):
        return failure(Rule.AVOID_SUPPLIER, supplier=place.provider or place.name)
    return None


def _hardware_country(place: Place, business: Business) -> Failure | None:
    allowed = business.answers.hardware_countries
    if not allowed or place.device is None:
        return None
    if not facts.within(place.device.vendor_country, allowed):
        return failure(Rule.HARDWARE_COUNTRY, countries=", ".join(allowed))
    return None


def _offline(place: Place, business: Business) -> Failure | None:
    return failure(Rule.OFFLINE) if business.offline and place.route not in ON_SITE else None


def _ease(place: Place, business: Business) -> Failure | None:
    if place.difficulty > EASE_LIMIT[business.it_support]:
        return failure(Rule.EASE, support=business.it_support)
    return None


def _price(place: Place, business: Business) -> Failure | None:
    """A machine to buy needs a price that is not older than the market it was asked in."""
    if place.route is not Route.OWN_SERVER or place.device is None:
        return None
    price = place.device.price
    asked = day_range(price.as_of) if price.as_of else None
    if price.amount is None or asked is None:
        return failure(Rule.NO_PRICE, device=place.name)
    age = (business.as_of.year - asked[1].year) * 12 + business.as_of.month - asked[1].month
    return failure(Rule.NO_PRICE, device=place.name) if age > PRICE_MONTHS else None


PLACE_RULES: tuple[Callable[[Place, Business], Failure | None], ...] = (
    _data_class,
    _location,
    _avoided_place,
    _hardware_country,
    _offline,
    _ease,
    _price,
)


def _license(license_: License) -> Failure | None:
    return failure(Rule.LICENSE, license=license_.name) if license_.commercial_use == "no" else None


def _territory(license_: License, business: Business) -> Failure | None:
    places = {business.answers.country, *business.answers.customer_countries}
    if places & EU:
        places.add("EU")
    excluded = sorted(places & set(license_.territory_exclusions))
    return failure(Rule.TERRITORY, license=license_.name, territory=", ".join(excluded)) if excluded else None


def _maker(model: Model, business: Business) -> Failure | None:
    rules = business.answers.rules
    if facts.within(model.publisher_country, rules.avoid_countries):
        return failure(Rule.AVOID_COUNTRY, country=model.publisher_country)
    if rules.only_countries and not facts.within(model.publisher_country, rules.only_countries):
        return failure(Rule.AVOID_COUNTRY, country=model.publisher_country or "?")
    names = f"{model.publisher} {model.family}".lower()
    if any(avoided.lower() in names for avoided in rules.avoid_suppliers):
        return failure(Rule.AVOID_SUPPLIER, supplier=model.publisher)
    if rules.only_suppliers and not any(wanted.lower() in names for wanted in rules.only_suppliers):
        return failure(Rule.AVOID_SUPPLIER, supplier=model.publisher)
    return None


def _standard(license_: License, business: Business) -> Failure | None:
    wanted = business.answers.rules.standard_licenses_only
    return failure(Rule.STANDARD_LICENSE, license=license_.name) if wanted and not license_.osi_approved else None


def _disclosed(model: Model, business: Business) -> Failure | None:
    if not business.answers.rules.disclosed_data_only:
        return None
    openness = {row.family: row.openness_class for row in business.catalog.ecosystem}
    if openness.get(model.family) != "fully_open_data":
        return failure(Rule.DISCLOSED_DATA, family=model.family)
    return None


def _ability(model: Model, load: Load) -> Failure | None:
    missing = [task for task in MAIN_TASKS[load.job] if task not in model.tasks]
    if missing:
        return failure(Rule.ABILITY, task=missing[0])
    if model.context_tokens is not None and model.context_tokens < load.context_tokens:
        return failure(Rule.ABILITY, task="long_texts")
    return None


def _language(model: Model, business: Business) -> Failure | None:
    """Declared languages only: a maker that names none is kept, and the missing evidence is shown."""
    if model.languages is None:
        return None
    needed = [entry.language for entry in business.answers.languages or () if entry.use is LanguageUse.MOSTLY]
    missing = [language for language in needed if language not in model.languages]
    return failure(Rule.LANGUAGE, language=missing[0]) if missing else None


def _quality(judged: Quality, business: Business) -> Failure | None:
    if not judged.passes:
        return failure(Rule.QUALITY, **judged.deciding)
    if judged.points is None and business.error_harm is ErrorHarm.HARM:
        return failure(Rule.QUALITY, **judged.deciding)
    return None
