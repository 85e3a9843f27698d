"""What was ruled out and by which answer, how sure the answers make us, and which facts may have changed."""

from __future__ import annotations

from advisor.engine import old_facts
from advisor.engine.business import Business
from advisor.engine.candidates import Removed
from advisor.engine.filters import QUESTION
from advisor.engine.options import Options
from advisor.engine.portfolio import Priced, name_of
from advisor.engine.setup import Setup
from advisor.engine.tally import RuleTally, tally
from advisor.engine.types import Confidence, Note, OldFact, Rule, RuledOutOption, RuleSummary

EXAMPLES = 4
HIGH, MEDIUM = 0.8, 0.5  # questionnaire, ground rules
# Questions that decide most when they are missing, in this order; own choice, after what drives cost and rules.
NARROWING = ("Q5", "Q15", "Q17", "Q12", "Q3", "Q11", "Q8", "Q7", "Q20", "Q16", "Q2", "Q13", "Q14", "Q6")


def summarize(offered: Options, priced: tuple[Priced, ...], business: Business) -> tuple[RuleSummary, ...]:
    """One row per rule that removed something first, in rule order; over-budget set-ups come as the budget rule."""
    rows = [_summary(row) for row in tally(offered, EXAMPLES)]
    over = [item for item in priced if item.over]
    if over:
        rows.append(_budget(over))
    return tuple(rows)


def _summary(row: RuleTally) -> RuleSummary:
    return RuleSummary(
        rule=row.rule,
        count=row.count,
        models=row.models,
        question=QUESTION[row.rule],
        lift=row.nearest.failure[1],
        examples=tuple(_example(item) for item in row.examples),
    )


def _example(item: Removed) -> RuledOutOption:
    rule, note = item.failure
    return RuledOutOption(
        model=item.model.slug, name=item.model.name, route=item.place.route, where=item.place.name,
        job=str(item.job), rule=rule, note=note,
    )  # fmt: skip


def _budget(over: list[Priced]) -> RuleSummary:
    ordered = sorted(over, key=lambda item: (float(item.over[0].values["gap"]), name_of(item.setup)))
    examples = tuple(_over_example(item.setup, item.over[0]) for item in ordered[:EXAMPLES])
    models = {option.name for item in over for option in item.setup.candidates}
    least = ordered[0].over[0]
    assert least.question is not None
    lift = Note(f"lift_{Rule.BUDGET}", least.values, least.question)
    return RuleSummary(Rule.BUDGET, len(over), len(models), least.question, lift, examples)


def _over_example(setup: Setup, note: Note) -> RuledOutOption:
    main = setup.candidates[0]
    place = setup.machine or main.place
    slug = main.model.slug if main.model else main.name
    return RuledOutOption(slug, main.name, setup.route, place.name, str(main.job), Rule.BUDGET, note)


def confidence(business: Business) -> Confidence:
    """Share of the relevant questions answered with a real figure or choice."""
    relevant, answered = business.answers.relevant, business.answers.answered
    count = len(relevant & answered)
    share = count / len(relevant) if relevant else 0.0
    level = "high" if share >= HIGH else "medium" if share >= MEDIUM else "low"
    missing = relevant - answered
    improve = [question for question in NARROWING if question in missing]
    improve += sorted(missing - set(improve), key=lambda question: int(question[1:]))
    return Confidence(level, round(share, 3), count, len(relevant), tuple(improve[:3]))


def warnings(business: Business, setups: list[Setup], old: tuple[OldFact, ...]) -> tuple[Note, ...]:
    """Old facts, moving prices of machines and announced price changes among the facts the plans use."""
    found = old_facts.notes(old)
    for setup in setups:
        for option in setup.candidates:
            if option.price is not None and option.price.scheduled_changes:
                change = option.price.scheduled_changes[0]
                values = {"when": change.from_date, "model": option.name}
                found.append(Note("price_change_announced", values))
    if any(collection == "devices" for setup in setups for collection, *_ in old_facts.prices_of(setup)):
        found.append(Note("volatile_hardware"))
    rate = next((row for row in business.catalog.fx if row.currency == business.currency), None)
    if rate is not None and rate.as_of and business.currency != "USD":
        found.append(Note("fx_old", {"as_of": rate.as_of}))
    return tuple({(note.code, str(note.values)): note for note in found}.values())
