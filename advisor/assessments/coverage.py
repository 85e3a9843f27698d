"""Which questions apply to a business and which of them it has answered, read from the stored answers.

One place for both, so that the pages, the confidence label and the engine never disagree. The answers are the
plain JSON object: a key that is absent was not answered yet, ``None`` means "not sure".
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from advisor.engine.answers import Computers, Job

QUESTIONS: tuple[str, ...] = tuple(f"Q{number}" for number in range(1, 27))

# Questions with one plain key; the others have a rule of their own below.
_KEYS = {
    "Q1": "country",
    "Q2": "sector",
    "Q4": "jobs",
    "Q7": "languages",
    "Q8": "error_harm",
    "Q9": "audience",
    "Q10": "people_decisions",
    "Q11": "information",
    "Q12": "processing_location",
    "Q13": "document_count",
    "Q14": "programs",
    "Q15": "current_tools",
    "Q16": "computers",
    "Q17": "it_support",
    "Q18": "connectivity",
    "Q19": "budget_once",
    "Q21": "timing",
    "Q22": "payment_preference",
    "Q23": "priorities",
    "Q24": "rules",
    "Q25": "special_knowledge",
    "Q26": "readiness",
}
# Every other key a question writes, beside the one above.
_MORE_KEYS = {
    "Q1": ("currency", "customer_countries"),
    "Q3": ("staff_count", "ai_users"),
    "Q13": ("document_shapes",),
    "Q16": ("own_computers", "hardware_countries"),
    "Q17": ("hourly_cost",),
    "Q20": ("budget_month", "budget_month_as_now"),
}
# Confidence rests on the questions that change what is advised or what it costs; the rest shape the plan only.
DECIDING = frozenset(QUESTIONS) - {"Q6", "Q14", "Q19", "Q21", "Q22", "Q23", "Q25", "Q26"}
_DOCUMENT_JOBS = {Job.FIND_IN_DOCUMENTS, Job.READ_DOCUMENTS}
_OWN_MACHINES = {Computers.GRAPHICS_CARD, Computers.APPLE, Computers.SERVER}


class State(StrEnum):
    """How far one question is."""

    OPEN = "open"
    NOT_SURE = "not_sure"
    ANSWERED = "answered"


def question_keys(question: str) -> tuple[str, ...]:
    """The top-level keys a question writes; questions 5 and 6 write into the jobs of question 4."""
    first = (_KEYS[question],) if question in _KEYS else ()
    return (*first, *_MORE_KEYS.get(question, ()))


def handles_documents(answers: Mapping[str, Any]) -> bool:
    """Whether a chosen job reads or searches documents (opens question 13)."""
    return any(row.get("job") in _DOCUMENT_JOBS for row in answers.get("jobs") or ())


def has_own_machine(answers: Mapping[str, Any]) -> bool:
    """Whether question 16 named a machine worth describing."""
    return answers.get("computers") in _OWN_MACHINES


def applies(question: str, answers: Mapping[str, Any]) -> bool:
    """Whether the question is about this business at all. Length of the questionnaire plays no part."""
    return question != "Q13" or handles_documents(answers)


def state(question: str, answers: Mapping[str, Any]) -> State:
    """Whether the question is open, answered with "not sure", or answered with a figure or a choice."""
    match question:
        case "Q3":
            return _state_of(answers, "staff_count", "ai_users")
        case "Q5":
            return _state_of_jobs(answers, "units_per_week")
        case "Q6":
            return _state_of_jobs(answers, "minutes_each")
        case "Q20" if answers.get("budget_month_as_now"):
            return State.ANSWERED
        case "Q20":
            return _state_of(answers, "budget_month")
        case "Q23" if answers.get("priorities") == []:
            return State.NOT_SURE
        case _:
            return _state_of(answers, _KEYS[question])


def relevant(answers: Mapping[str, Any]) -> frozenset[str]:
    """Keys of the deciding questions that apply to this business."""
    return frozenset(question for question in DECIDING if applies(question, answers))


def answered(answers: Mapping[str, Any]) -> frozenset[str]:
    """Those of the relevant questions that were answered with a real figure or choice."""
    return frozenset(question for question in relevant(answers) if state(question, answers) is State.ANSWERED)


def counted(answers: Mapping[str, Any]) -> tuple[int, int]:
    """How many of the relevant questions are answered, and how many there are."""
    return len(answered(answers)), len(relevant(answers))


def _state_of(answers: Mapping[str, Any], *keys: str) -> State:
    if any(key not in answers for key in keys):
        return State.OPEN
    return State.NOT_SURE if any(answers[key] is None for key in keys) else State.ANSWERED


def _state_of_jobs(answers: Mapping[str, Any], key: str) -> State:
    rows = answers.get("jobs") or [{}]
    states = {_state_of(row, key) for row in rows}
    return next(state for state in State if state in states)
