"""Cost lines of people's hours: setting up, looking after, training, instructions, documents, leaving again.

Labor is counted at what an hour costs the business, whoever does it, and is never free.
"""

from __future__ import annotations

import numpy as np

from advisor.engine.answers import ItSupport, Job
from advisor.engine.assumptions import TRAINING_SHARE
from advisor.engine.business import Business
from advisor.engine.setup import Case
from advisor.engine.types import Grade, Route
from advisor.engine.working import Line, Working

# Jobs that must talk to the business's other programs; each program named in question 14 costs integration hours.
INTEGRATED_JOBS = frozenset({Job.ANSWER_CUSTOMERS, Job.READ_DOCUMENTS, Job.AUTOMATION, Job.FIND_IN_DOCUMENTS})


def setup_labor(case: Case, work: Working) -> Line | None:
    setup = case.setup
    names = [f"setup_{effort_name(route)}" for route in setup.routes]
    hours = sum((work.use(name) for name in names), np.zeros_like(case.factors["users"]))
    expression = " + ".join(names)
    integrated = INTEGRATED_JOBS & {candidate.job for candidate in setup.candidates}
    programs = len(case.business.programs) if integrated else 0
    if programs and Route.HOSTED_SEATS not in setup.routes:
        work.note("programs", programs, "programs", Grade.INDEPENDENT, question="Q14")
        hours = hours + programs * work.use("integration_per_program")
        expression += " + programs * integration_per_program"
    once = hours * work.use("it_hourly")
    return work.line("setup_labor", f"({expression}) * it_hourly", once=once, own_labor=own_labor(case.business))


def running_labor(case: Case, work: Working) -> Line | None:
    names = [f"running_{effort_name(route)}_month" for route in case.setup.routes]
    hours = sum((work.use(name) for name in names), np.zeros_like(case.factors["users"]))
    month = hours * work.use("it_hourly")
    work.horizon()
    expression = f"({' + '.join(names)}) * it_hourly * horizon"
    return work.line("running_labor", expression, month=month, own_labor=own_labor(case.business))


def effort_name(route: Route) -> str:
    """A closed service takes the same effort as an open one behind the same kind of interface."""
    return "hosted_api" if route is Route.CLOSED_API else route.value


def own_labor(business: Business) -> bool:
    return business.it_support in (ItSupport.COLLEAGUE, ItSupport.OWN_STAFF)


def training(case: Case, work: Working) -> Line | None:
    share = TRAINING_SHARE[case.business.readiness]
    if not share:
        return None
    work.note("training_share", share, "share still to learn", Grade.ASSUMED, question="Q26")
    once = work.use("users") * share * work.use("training_per_user") * work.use("staff_hourly")
    expression = "users * training_share * training_per_user * staff_hourly"
    return work.line("training", expression, once=once, own_labor=True)


def prompting(case: Case, work: Working) -> Line | None:
    """Instructions with examples for each job: the first step of fitting a model to the work."""
    jobs = len(case.setup.candidates)
    work.note("jobs", jobs, "jobs", Grade.INDEPENDENT, question="Q4")
    once = jobs * work.use("prompting_per_job") * work.use("staff_hourly")
    return work.line("prompting", "jobs * prompting_per_job * staff_hourly", once=once, own_labor=True)


def data_preparation(case: Case, work: Working) -> Line | None:
    if not searching(case):
        return None
    once = work.use("documents") / 1000 * work.use("data_preparation_per_1000_documents") * work.use("staff_hourly")
    expression = "documents / 1000 * data_preparation_per_1000_documents * staff_hourly"
    return work.line("data_preparation", expression, once=once, own_labor=True)


def searching(case: Case) -> bool:
    """Whether the set-up does a job that looks things up in documents."""
    return any(candidate.job in case.business.searched for candidate in case.setup.candidates)


def leaving(case: Case, work: Working) -> Line | None:
    end = work.use("exit") * work.use("it_hourly")
    return work.line("exit", "exit * it_hourly", end=end, own_labor=own_labor(case.business))
