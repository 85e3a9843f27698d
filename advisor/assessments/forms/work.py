"""Step 2: the work, how much of it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advisor.assessments.choice_labels import JOB_UNITS, label
from advisor.assessments.document import MAX_JOBS, MAX_MINUTES, MAX_UNITS_PER_WEEK
from advisor.assessments.forms.base import OneAnswerForm, QuestionForm, SomeAnswersForm, known, options, shown
from advisor.assessments.forms.fields import OneField, Option, SomeField
from advisor.assessments.forms.figures import FigureField
from advisor.assessments.quantity_words import A_WEEK, IN_MINUTES
from advisor.engine import answers as engine

IDEAS = "ideas"
IDEAS_PAGE = "Q4-ideas"
IDEAS_COUNT = 6


class JobsForm(QuestionForm):
    """Which jobs. The order of the stored jobs is kept, so that the main one stays the main one."""

    question = "Q4"

    def build(self, data: QueryDict | None) -> None:
        ideas = Option(IDEAS, _("I don't know, show me ideas for my kind of business"))
        self.fields["jobs"] = SomeField([*self.offered(), ideas], required=True)

    def offered(self) -> list[Option]:
        return options(engine.Job)

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"jobs": [row["job"] for row in answers.get("jobs", ())]}

    def clean_jobs(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["jobs"]
        jobs = [job for job in chosen if job != IDEAS]
        if len(jobs) > MAX_JOBS:
            text = _("Choose %(count)s at most. Untick the ones that eat the fewest hours.") % {"count": MAX_JOBS}
            self.add_error("jobs", text)
        return chosen

    @property
    def goes_to(self) -> str | None:
        return IDEAS_PAGE if IDEAS in self.cleaned_data["jobs"] else None

    def changes(self) -> dict[str, Any]:
        chosen = [job for job in self.cleaned_data["jobs"] if job != IDEAS]
        if not chosen:
            return {}
        return {"jobs": with_jobs(self.context.answers.get("jobs", ()), chosen)}


class IdeasForm(JobsForm):
    """Six jobs that businesses of the sector most often start with."""

    def build(self, data: QueryDict | None) -> None:
        self.fields["jobs"] = SomeField(self.offered(), at_most=MAX_JOBS)

    def offered(self) -> list[Option]:
        sector = self.context.sector
        plain = {profile.slug: _(profile.plain) for profile in self.context.catalog.job_profiles}
        typical = [*(sector.typical_jobs if sector else ()), *engine.Job]
        first = list(dict.fromkeys(typical))[:IDEAS_COUNT]
        chosen = [job for job in self.stored["jobs"] if job not in first]
        return [Option(job, label(engine.Job(job)).text, plain.get(job, "")) for job in [*first, *chosen]]

    @property
    def goes_to(self) -> str | None:
        return None


class MainJobForm(QuestionForm):
    """Which of several jobs is the main one; it moves to the front."""

    question = "Q4"

    def build(self, data: QueryDict | None) -> None:
        self.fields["answer"] = OneField(options([engine.Job(job) for job in self.context.jobs]))

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": next((row["job"] for row in answers.get("jobs", ())), "")}

    def changes(self) -> dict[str, Any]:
        main = self.cleaned_data["answer"]
        rows = self.context.answers.get("jobs", ())
        return {"jobs": sorted(rows, key=lambda row: row["job"] != main)}


class _PerJobForm(QuestionForm):
    """One figure for each chosen job."""

    key: str
    at_most: int
    units: Mapping[str, float]

    def build(self, data: QueryDict | None) -> None:
        for job in self.context.jobs:
            self.fields[job] = FigureField(
                at_least=0,
                above=True,
                at_most=self.at_most,
                units=self.units,
                options=(self.unsure(self.key, job),),
                label=self.label(job),
                help_text=self.hint(job),
                after=self.after(),
            )

    def label(self, job: str) -> str:
        raise NotImplementedError

    def hint(self, job: str) -> str:
        raise NotImplementedError

    def after(self) -> str:
        raise NotImplementedError

    def read(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {row["job"]: shown(row, self.key) for row in answers.get("jobs", ())}

    def changes(self) -> dict[str, Any]:
        rows = self.context.answers.get("jobs", ())
        said = {job: {self.key: known(value)} for job, value in self.cleaned_data.items()}
        return {"jobs": [{**row, **said.get(row["job"], {})} for row in rows]}


class VolumesForm(_PerJobForm):
    question = "Q5"
    key = "units_per_week"
    at_most = MAX_UNITS_PER_WEEK
    units = A_WEEK

    def label(self, job: str) -> str:
        return _("About how many %(units)s a week?") % {"units": JOB_UNITS[job].many}

    def hint(self, job: str) -> str:
        return str(label(engine.Job(job)).text)

    def after(self) -> str:
        return _("a week")


class MinutesForm(_PerJobForm):
    question = "Q6"
    key = "minutes_each"
    at_most = MAX_MINUTES
    units = IN_MINUTES

    def label(self, job: str) -> str:
        return capfirst(str(JOB_UNITS[job].one))

    def hint(self, job: str) -> str:
        return str(label(engine.Job(job)).text)

    def after(self) -> str:
        return _("minutes")


class ErrorHarmForm(OneAnswerForm):
    question = "Q8"
    key = "error_harm"
    answers = engine.ErrorHarm


class AudienceForm(SomeAnswersForm):
    question = "Q9"
    key = "audience"
    answers = engine.Audience


class PeopleDecisionsForm(SomeAnswersForm):
    question = "Q10"
    key = "people_decisions"
    answers = engine.PeopleDecision


def with_jobs(rows: Any, chosen: list[str]) -> list[dict[str, Any]]:
    """The chosen jobs in their stored order, new ones at the end; figures of kept jobs stay."""
    kept = [row for row in rows if row["job"] in chosen]
    names = {row["job"] for row in kept}
    return [*kept, *({"job": job} for job in chosen if job not in names)]
