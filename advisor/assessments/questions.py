"""The questionnaire as data: every page in order, when it applies, and in which length it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.assessments import coverage
from advisor.assessments.coverage import State
from advisor.assessments.document import Length
from advisor.assessments.forms import business, information, money, priorities, today, work
from advisor.assessments.forms.base import QuestionForm

Answers = Mapping[str, Any]


@dataclass(frozen=True, eq=False)  # one object each: pages are told apart many times a page view
class Page:
    """One page. ``form`` is None for a page that only says something; ``part_of`` names the question it belongs to.

    ``minutes`` follows from the words on it and what has to be clicked and typed; a test works it out.
    """

    key: str
    step: int
    form: type[QuestionForm] | None
    minutes: float
    in_quick: bool = False
    applies: Callable[[Answers], bool] = lambda answers: True
    part_of: str | None = None
    needs: str | None = None  # a question that must be answered before this page makes sense
    on_request: bool = False  # met only when another page leads here

    @property
    def question(self) -> str:
        return self.part_of or self.key

    def asked(self, answers: Answers) -> bool:
        """Whether this business meets the page in the length it chose."""
        in_length = self.in_quick or answers.get("length") != Length.QUICK
        return in_length and not self.on_request and self.applies(answers)

    def is_open(self, answers: Answers) -> bool:
        """Whether the page still waits for an answer."""
        if self.part_of is None:
            return coverage.state(self.key, answers) is State.OPEN
        return self.key == "Q16-computers" and "own_computers" not in answers


def _has_several_jobs(answers: Answers) -> bool:
    return len(answers.get("jobs") or ()) > 1


def _decides_about_people(answers: Answers) -> bool:
    return bool(set(answers.get("people_decisions") or ()) - {"none"})


PAGES: tuple[Page, ...] = (
    Page("Q1", 1, business.CountryForm, 0.28, in_quick=True),
    Page("Q2", 1, business.SectorForm, 0.37, in_quick=True),
    Page("Q3", 1, business.PeopleForm, 0.37, in_quick=True),
    Page("Q4", 2, work.JobsForm, 0.37, in_quick=True),
    Page("Q4-ideas", 2, work.IdeasForm, 0.42, in_quick=True, part_of="Q4", on_request=True),
    Page("Q4-main", 2, work.MainJobForm, 0.23, in_quick=True, applies=_has_several_jobs, part_of="Q4"),
    Page("Q5", 2, work.VolumesForm, 0.45, in_quick=True, needs="Q4"),
    Page("Q6", 2, work.MinutesForm, 0.38, needs="Q4"),
    Page("Q7", 2, information.LanguagesForm, 0.37),
    Page("Q8", 2, work.ErrorHarmForm, 0.3),
    Page("Q9", 2, work.AudienceForm, 0.25, in_quick=True),
    Page("Q10", 2, work.PeopleDecisionsForm, 0.23, in_quick=True),
    Page("Q10-stop", 2, None, 0.5, in_quick=True, applies=_decides_about_people, part_of="Q10"),
    Page("Q11", 3, information.InformationForm, 0.3, in_quick=True),
    Page("Q12", 3, information.LocationForm, 0.27, in_quick=True),
    Page("Q13", 3, information.DocumentsForm, 0.45, applies=coverage.handles_documents),
    Page("Q14", 3, information.ProgramsForm, 0.28),
    Page("Q15", 4, today.ToolsForm, 0.68, in_quick=True),
    Page("Q16", 4, today.ComputersForm, 0.47),
    Page("Q16-computers", 4, today.OwnComputersForm, 0.38, applies=coverage.has_own_machine, part_of="Q16"),
    Page("Q17", 4, today.ItSupportForm, 0.42),
    Page("Q18", 4, today.ConnectivityForm, 0.2),
    Page("Q19", 5, money.BudgetOnceForm, 0.27),
    Page("Q20", 5, money.BudgetMonthForm, 0.23, in_quick=True),
    Page("Q21", 5, money.TimingForm, 0.23),
    Page("Q22", 5, money.PaymentForm, 0.22),
    Page("Q23", 6, priorities.PrioritiesForm, 0.37),
    Page("Q24", 6, priorities.RulesForm, 0.28, in_quick=True),
    Page("Q25", 6, priorities.SpecialKnowledgeForm, 0.3),
    Page("Q26", 6, priorities.ReadinessForm, 0.25),
)
BY_KEY: dict[str, Page] = {page.key: page for page in PAGES}
LAST_STEP = 7  # checking the answers
