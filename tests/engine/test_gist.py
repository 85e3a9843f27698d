"""The gist is ``recommend`` without what is told beside it: the same verdict and the same main plan."""

from dataclasses import replace

import pytest

from advisor.engine.answers import Rules
from advisor.engine.recommend import gist
from tests.samples import AS_OF, NAMES, answers, catalog, recommendation


@pytest.mark.parametrize("name", NAMES)
def test_the_gist_is_the_verdict_and_the_main_plan(name: str) -> None:
    whole = recommendation(name)
    found = gist(answers(name), catalog(), as_of=AS_OF)

    main = next((plan for plan in whole.plans if plan.key == whole.recommended), whole.plans[0])
    assert (found.verdict, found.plan, found.currency) == (whole.verdict, main, whole.currency)
    assert found.has_baseline == whole.keep.has_baseline


def test_where_nothing_fits_there_is_no_plan() -> None:
    impossible = replace(answers("bakery"), rules=Rules(only_suppliers=("Nobody",)))

    found = gist(impossible, catalog(), as_of=AS_OF)

    assert (found.verdict, found.plan) == ("nothing_fits", None)
