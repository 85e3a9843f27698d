"""Rules about a model, wherever it runs. Each gives the values of the change that would lift it, or None.

Rules about the fit for a job are the same for whoever asks; the others look at who asks, never at the job.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from advisor.engine import facts, licenses
from advisor.engine.answers import ErrorHarm, Job, LanguageUse
from advisor.engine.business import Business
from advisor.engine.catalog import License, Model
from advisor.engine.demand import MAIN_TASKS, Load
from advisor.engine.quality import Quality
from advisor.engine.suppliers import is_named, wanted

Values = dict[str, Any]


@dataclass(frozen=True)
class Fit:
    """A model and the job it is to do. ``job`` is None for a companion: no ability of a job is asked of it."""

    model: Model
    judged: Quality
    error_harm: ErrorHarm
    job: Job | None = None
    context_tokens: int = 0


@dataclass(frozen=True)
class Subject:
    """A model as the rules see it; ``load`` is None for a companion."""

    model: Model
    license: License
    judged: Quality
    load: Load | None = None

    def fit(self, error_harm: ErrorHarm) -> Fit:
        if self.load is None:
            return Fit(self.model, self.judged, error_harm)
        return Fit(self.model, self.judged, error_harm, self.load.job, self.load.context_tokens)


def use_barred(subject: Subject, business: Business) -> Values | None:
    return {"license": subject.license.name} if subject.license.commercial_use == "no" else None


def territory(subject: Subject, business: Business) -> Values | None:
    excluded = licenses.excluded_places(subject.license, subject.model, business)
    return {"license": subject.license.name, "territory": ", ".join(excluded)} if excluded else None


def user_cap(subject: Subject, business: Business) -> Values | None:
    most = licenses.users_allowed(subject.license)
    if most is None or business.users <= most:
        return None
    return {"license": subject.license.name, "users": most}


def maker_country(subject: Subject, business: Business) -> Values | None:
    rules, country = business.answers.rules, subject.model.publisher_country
    unwanted = bool(rules.only_countries) and not facts.within(country, rules.only_countries)
    if unwanted or facts.within(country, rules.avoid_countries):
        return {"country": country}
    return None


def maker(subject: Subject, business: Business) -> Values | None:
    rules, model = business.answers.rules, subject.model
    names = f"{model.publisher} {model.family}"
    if is_named(names, rules.avoid_suppliers):
        return {"supplier": model.publisher}
    if not rules.only_suppliers:
        return None
    makers = wanted(business.catalog, rules.only_suppliers).makers
    return {"supplier": model.publisher} if makers and not is_named(names, makers) else None


def standard(subject: Subject, business: Business) -> Values | None:
    asked = business.answers.rules.standard_licenses_only
    return {"license": subject.license.name} if asked and not subject.license.osi_approved else None


def disclosed(subject: Subject, business: Business) -> Values | None:
    if not business.answers.rules.disclosed_data_only:
        return None
    family = subject.model.family
    openness = {row.family: row.openness_class for row in business.catalog.ecosystem}
    return {"family": family} if openness.get(family) != "fully_open_data" else None


def ability(fit: Fit) -> Values | None:
    if fit.job is None:
        return None
    missing = [task for task in MAIN_TASKS[fit.job] if task not in fit.model.tasks]
    if missing:
        return {"task": missing[0]}
    if fit.model.context_tokens is not None and fit.model.context_tokens < fit.context_tokens:
        return {"task": "long_texts"}
    return None


def language(subject: Subject, business: Business) -> Values | None:
    """Declared languages only: a maker that names none is kept, and the missing evidence is shown."""
    if subject.model.languages is None:
        return None
    needed = [entry.language for entry in business.answers.languages or () if entry.use is LanguageUse.MOSTLY]
    missing = [language for language in needed if language not in subject.model.languages]
    return {"language": missing[0]} if missing else None


def quality(fit: Fit) -> Values | None:
    """Below the floor is out; where mistakes do harm, so is a main model that nothing speaks for."""
    unknown = fit.judged.points is None and fit.job is not None and fit.error_harm is ErrorHarm.HARM
    return fit.judged.deciding if unknown or not fit.judged.passes else None
