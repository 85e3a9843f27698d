"""The three steps of fitting a model to the main job, each with what it would cost here and what it asks for.

The cheapest step comes first. A step that is not switched on is priced as it would be if it were.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from advisor.engine.adaptation import NO_TEXT, with_search
from advisor.engine.answers import Adaptation, DocumentCount
from advisor.engine.assumptions import DOCUMENTS
from advisor.engine.business import BusinessJob
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import Number
from advisor.engine.companions import Companions
from advisor.engine.demand import loads
from advisor.engine.fine_tuning import main_candidate, training_line
from advisor.engine.labor_lines import data_preparation, prompting
from advisor.engine.prices import usage_terms
from advisor.engine.sample import estimate
from advisor.engine.search_index import index
from advisor.engine.setup import Case, Setup
from advisor.engine.types import Grade, Note, Rung
from advisor.engine.working import Line, Working

TYPICAL_DOCUMENTS = DOCUMENTS[DocumentCount.TO_10000][1]  # where the number was not asked for


def rungs(case: Case) -> tuple[Rung, ...]:
    """Instructions, looking things up, training: for the model that does the main job; none where it does not."""
    candidate = main_candidate(case)
    if candidate is None:
        return ()
    alone = replace(case, setup=Setup((candidate,)))
    return _prompt(alone), _search(candidate, alone), _training(candidate, alone)


def _prompt(case: Case) -> Rung:
    line = prompting(case, _quiet(case))
    needs = Note("needs_instructions", {"hours": _middle(case, "prompting_per_job")})
    return _rung(Adaptation.PROMPT, [line], case, (needs,))


def _search(candidate: Candidate, case: Case) -> Rung:
    if candidate.job in NO_TEXT:
        return _impossible(Adaptation.SEARCH, case, "step_not_for_job")
    if case.setup.seat is not None or candidate.model is None:
        return _impossible(Adaptation.SEARCH, case, "step_in_service")
    searching = case if candidate.job in case.business.searched else _with_search(candidate, case)
    if searching is None:
        return _impossible(Adaptation.SEARCH, case, "search_no_model")
    found = [data_preparation(searching, _quiet(searching)), index(searching, _quiet(searching))]
    if searching is not case:
        found.append(_reading(searching, case))
    needs = Note("needs_documents", {"documents": _middle(searching, "documents")})
    return _rung(Adaptation.SEARCH, found, searching, (needs,), chosen=candidate.job in case.business.searched)


def _with_search(candidate: Candidate, case: Case) -> Case | None:
    """The same job at the same place, looking things up before it answers; None where no search model can be had."""
    business, main = case.business, case.business.jobs[0]
    documents = Number(
        low=TYPICAL_DOCUMENTS, central=TYPICAL_DOCUMENTS, high=TYPICAL_DOCUMENTS, unit="documents", grade=Grade.ASSUMED
    )
    searched = replace(
        business,
        adaptation=Adaptation.SEARCH,
        jobs=(BusinessJob(main.job, with_search(main.profile, business.catalog)),),
        numbers={**business.numbers, "documents": documents},
    )
    read = {**case.factors, "documents": np.full_like(case.factors["users"], TYPICAL_DOCUMENTS)}
    extra = searched.jobs[0].profile.input_tokens.central / main.profile.input_tokens.central
    read |= {f"input:{main.job}": case.factors[f"input:{main.job}"] * extra}
    read |= {f"cached:{main.job}": case.factors[f"cached:{main.job}"] / extra}
    load = loads(searched, read)
    helpers, missing = Companions(searched).of(load[0], candidate.place)
    if missing is not None:
        return None
    return Case(Setup((replace(candidate, helpers=helpers),)), searched, load, read)


def _reading(searching: Case, case: Case) -> Line | None:
    """The passages that a hosted model reads on top; a machine of one's own reads them in hours it has."""
    before = usage_terms(case.setup.candidates, case.loads, _quiet(case))
    after = usage_terms(searching.setup.candidates, searching.loads, _quiet(searching))
    if after is None:
        return None
    more = after.month - (before.month if before is not None else 0.0)
    return _quiet(case).line("usage", "", month=more * case.factors["price"])


def _training(candidate: Candidate, case: Case) -> Rung:
    if candidate.job in NO_TEXT:
        return _impossible(Adaptation.FINE_TUNING, case, "step_not_for_job")
    if candidate.place.device is None:
        return _impossible(Adaptation.FINE_TUNING, case, "tuning_hosted")
    line = training_line(case, _quiet(case))
    if line is None:
        return _impossible(Adaptation.FINE_TUNING, case, "tuning_no_machine")
    number = case.business.numbers["fine_tuning_examples"]
    needs = Note("needs_examples", {"low": number.low, "central": number.central, "high": number.high})
    return _rung(Adaptation.FINE_TUNING, [line], case, (needs,))


def _rung(
    step: Adaptation, lines: list[Line | None], case: Case, needs: tuple[Note, ...], *, chosen: bool | None = None
) -> Rung:
    found = [line for line in lines if line is not None]
    nothing, currency = np.zeros_like(case.factors["users"]), case.business.currency
    return Rung(
        step=step,
        chosen=_is_chosen(step, case) if chosen is None else chosen,
        once=estimate(sum((line.once for line in found), nothing), currency, Grade.ASSUMED),
        month=estimate(sum((line.month for line in found), nothing), currency, Grade.ASSUMED),
        total=estimate(sum((line.total for line in found), nothing), currency, Grade.ASSUMED),
        needs=needs,
    )


def _is_chosen(step: Adaptation, case: Case) -> bool:
    """Instructions are always written; training only where it is asked for."""
    return step is Adaptation.PROMPT or case.business.adaptation is step


def _impossible(step: Adaptation, case: Case, code: str) -> Rung:
    return Rung(step, False, None, None, None, (), Note(code))


def _quiet(case: Case) -> Working:
    return Working(case.business, case.factors, quiet=True)


def _middle(case: Case, name: str) -> float:
    return case.business.numbers[name].central
