"""When nothing fits: the fewest rules whose removal brings back a way to do the main job.

Every model at every place breaks some set of rules; what it breaks together with the companions it needs is what
would have to be lifted for it. The smallest such sets are tried out on all options, because memory, speed and
context bind whatever is lifted. Where one rule is enough, the one that brings back most options is named. Where no
answer helps, it is said whether a price would: one that nobody published, or that is too old.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, product

from advisor.engine.business import Business
from advisor.engine.companions import Companions
from advisor.engine.demand import Load
from advisor.engine.filters import QUESTION, RULE_ORDER, model_failures, place_failures
from advisor.engine.first_failures import floors_of
from advisor.engine.model_rules import Subject
from advisor.engine.options import options
from advisor.engine.place_rules import old_price
from advisor.engine.places import hosted, machines
from advisor.engine.quality import judge, yardsticks
from advisor.engine.types import Note, Rule

Rules = frozenset[Rule]
# Rules that a changed answer lifts; the others follow from the work, the model or what is published.
LIFTABLE = frozenset(Rule) - {Rule.MEMORY, Rule.SPEED, Rule.ABILITY, Rule.LICENSE, Rule.NO_PRICE, Rule.BUDGET}


def way_out(business: Business, load: Load) -> Note:
    """What stands in the way of the main job: one rule, or the fewest that only together would give a plan."""
    ordered = sorted(broken_together(business, load), key=lambda rules: (len(rules), _positions(rules)))
    for _, group in groupby(ordered, key=len):
        gains = {rules: options(business, (load,), ignoring=rules).eligible for rules in group}
        best = max(gains, key=lambda rules: gains[rules])  # of equal ones the first in order
        if gains[best]:
            return _note(sorted(best, key=RULE_ORDER.__getitem__), gains[best])
    unpriced = options(business, (load,), ignoring=frozenset({Rule.NO_PRICE})).eligible
    return Note("nothing_left_priced", {"options": unpriced}) if unpriced else Note("nothing_left")


def _note(rules: list[Rule], gained: int) -> Note:
    if len(rules) == 1:
        return Note("nothing_left", {"rule": str(rules[0]), "options": gained}, QUESTION[rules[0]])
    named = {"rules": [str(rule) for rule in rules], "options": gained}
    return Note("nothing_left_together", named, QUESTION[rules[0]])


def broken_together(business: Business, load: Load) -> set[Rules]:
    """The sets of rules that options break, each with the companions it needs; those that answers can lift."""
    of_model = _of_models(business, load)
    pairs = {of_model[row.model] | _of(place_failures(place, business))
             for place, rows in hosted(business.catalog) for row in rows
             if row.model in of_model and old_price("api_prices", row, row.model_name, business) is None}  # fmt: skip
    for rules in {_of(place_failures(place, business)) for place in machines(business)}:
        pairs |= {rules | of_model[model.slug] for model in business.catalog.models}
    with_companions = {rules | more for rules, more in product(pairs, _of_companions(business, load))}
    return {rules for rules in with_companions if rules and rules <= LIFTABLE}


def _of_models(business: Business, load: Load) -> dict[str | None, Rules]:
    catalog = business.catalog
    licenses = {row.slug: row for row in catalog.licenses}
    sticks, floors = yardsticks(catalog), floors_of(load, business)
    return {
        model.slug: _of(
            model_failures(
                Subject(model, licenses[model.license], judge(model, floors, business.error_harm, sticks), load),
                business,
            )
        )
        for model in catalog.models
    }


def _of_companions(business: Business, load: Load) -> set[Rules]:
    """What the companions of a job break, for each way of choosing them."""
    found: set[Rules] = {frozenset()}
    for subjects in Companions(business).subjects(load):
        found = {rules | _of(model_failures(subject, business)) for rules in found for subject in subjects}
    return found


def _of(failures: Iterable[tuple[Rule, Note]]) -> Rules:
    return frozenset(rule for rule, _ in failures)


def _positions(rules: Rules) -> list[int]:
    return sorted(RULE_ORDER[rule] for rule in rules)
