"""The rules that rule options out: one table in one fixed order; the first that fails is the one recorded.

Each row names the question behind a rule and what checks it: a place, a model for a job, or both, each by itself. A
check gives the values of the smallest change that would lift its failure (the wording is ``lift_<rule>``), or None
where nothing is broken. An option fails with the earliest rule that its place or its model breaks. Memory, speed and
budget need a sized option or a priced set-up, and a price is each place's own: they stand in the table for their
place in the order and are checked there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from advisor.engine import model_rules, place_rules
from advisor.engine.business import Business
from advisor.engine.model_rules import Fit, Subject, Values
from advisor.engine.places import Place
from advisor.engine.types import Note, Rule

Failure = tuple[Rule, Note]
NO_RULES: frozenset[Rule] = frozenset()


@dataclass(frozen=True)
class Spec:
    """One rule: the question whose answer lifts it (None: no answer does), and its checks.

    ``fit`` checks a model for a job, the same for whoever asks.
    """

    rule: Rule
    question: str | None
    place: Callable[[Place, Business], Values | None] | None = None
    model: Callable[[Subject, Business], Values | None] | None = None
    fit: Callable[[Fit], Values | None] | None = None


RULES = (
    Spec(Rule.DATA_CLASS, "Q11", place=place_rules.data_class),
    Spec(Rule.LOCATION, "Q12", place=place_rules.location),
    Spec(Rule.LICENSE, None, model=model_rules.use_barred),
    Spec(Rule.TERRITORY, "Q1", model=model_rules.territory),
    Spec(Rule.USER_CAP, "Q3", model=model_rules.user_cap),
    Spec(Rule.AVOID_COUNTRY, "Q24", place=place_rules.place_country, model=model_rules.maker_country),
    Spec(Rule.AVOID_SUPPLIER, "Q24", place=place_rules.place_supplier, model=model_rules.maker),
    Spec(Rule.STANDARD_LICENSE, "Q24", model=model_rules.standard),
    Spec(Rule.DISCLOSED_DATA, "Q24", model=model_rules.disclosed),
    Spec(Rule.HARDWARE_COUNTRY, "Q16", place=place_rules.hardware_country),
    Spec(Rule.ABILITY, "Q4", fit=model_rules.ability),
    Spec(Rule.LANGUAGE, "Q7", model=model_rules.language),
    Spec(Rule.QUALITY, "Q8", fit=model_rules.quality),
    Spec(Rule.MEMORY, "Q16"),
    Spec(Rule.SPEED, "Q5"),
    Spec(Rule.OFFLINE, "Q18", place=place_rules.offline),
    Spec(Rule.EASE, "Q17", place=place_rules.ease),
    Spec(Rule.BUDGET, "Q20"),
    Spec(Rule.NO_PRICE, None),
)
PLACE_CHECKS = tuple((spec.rule, spec.place) for spec in RULES if spec.place is not None)
MODEL_CHECKS = tuple((spec.rule, spec.model) for spec in RULES if spec.model is not None)
FIT_CHECKS = tuple((spec.rule, spec.fit) for spec in RULES if spec.fit is not None)
QUESTION: dict[Rule, str | None] = {spec.rule: spec.question for spec in RULES}
RULE_ORDER = {spec.rule: position for position, spec in enumerate(RULES)}
NO_RULE = len(RULE_ORDER)


def failure(rule: Rule, **values: object) -> Failure:
    """The values may call for other words: a price that is there, but too old, is lifted by checking it again."""
    lift = "old_price" if rule is Rule.NO_PRICE and values.get("as_of") else rule
    return rule, Note(code=f"lift_{lift}", values=values, question=QUESTION[rule])


def first(*failures: Failure | None) -> Failure | None:
    """The earliest failure in the fixed order."""
    found = [item for item in failures if item is not None]
    return min(found, key=lambda item: RULE_ORDER[item[0]]) if found else None


def order_of(found: Failure | None) -> int:
    """The place of a failure in the fixed order, ``NO_RULE`` where there is none."""
    return NO_RULE if found is None else RULE_ORDER[found[0]]


def place_failures(place: Place, business: Business) -> Iterator[Failure]:
    """Every rule that a place breaks whatever runs there, in order."""
    yield from general_place_failures(place, business)
    yield from price_failures(place, business)


def general_place_failures(place: Place, business: Business) -> Iterator[Failure]:
    """The same but for prices: alike for places that are alike in all but name and price."""
    for rule, check in PLACE_CHECKS:
        values = check(place, business)
        if values is not None:
            yield failure(rule, **values)


def price_failures(place: Place, business: Business) -> Iterator[Failure]:
    """The last rule: a price there is, and of a day on which it counts."""
    values = place_rules.price(place, business)
    if values is not None:
        yield failure(Rule.NO_PRICE, **values)


def model_failures(subject: Subject, business: Business) -> list[Failure]:
    """Every rule that a model breaks wherever it runs, in order."""
    found = [*general_failures(subject, business), *fit_failures(subject.fit(business.error_harm))]
    return sorted(found, key=lambda item: RULE_ORDER[item[0]])


def general_failures(subject: Subject, business: Business) -> Iterator[Failure]:
    """Every rule that a model breaks whatever the job, in order."""
    for rule, check in MODEL_CHECKS:
        values = check(subject, business)
        if values is not None:
            yield failure(rule, **values)


def fit_failures(fit: Fit) -> Iterator[Failure]:
    """Every rule that a model breaks for a job, whoever asks, in order."""
    for rule, check in FIT_CHECKS:
        values = check(fit)
        if values is not None:
            yield failure(rule, **values)


def place_failure(place: Place, business: Business, ignoring: frozenset[Rule] = NO_RULES) -> Failure | None:
    """First rule that a place breaks whatever runs there; ``ignoring`` leaves rules out."""
    return next((found for found in place_failures(place, business) if found[0] not in ignoring), None)


def companion_failure(subject: Subject, business: Business, ignoring: frozenset[Rule] = NO_RULES) -> Failure | None:
    """First rule that a companion (search, speech, page reader) breaks: the same rules, without a job's ability."""
    return next((found for found in model_failures(subject, business) if found[0] not in ignoring), None)
