"""``manage.py cases``: the sample businesses, a line each."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from advisor.assessments.advice import sample_businesses
from tests.samples import AS_OF, NAMES, recommendation

pytestmark = pytest.mark.django_db


def test_every_business_has_its_line_with_advice_cost_and_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    two = ("bakery", "software_studio")
    monkeypatch.setattr(
        "advisor.assessments.management.commands.cases.sample_businesses",
        lambda: tuple(item for item in sample_businesses() if item[0] in two),
    )
    out = StringIO()

    call_command("cases", as_of=AS_OF, stdout=out)

    heading, *lines = out.getvalue().splitlines()
    assert heading.startswith("business")
    assert [line.split()[0] for line in lines] == list(two)
    for name, line in zip(two, lines, strict=True):
        made = recommendation(name)
        assert line.split()[1] == made.verdict
        assert made.plans[0].models[0].name in line
        assert max(made.ruled_out, key=lambda row: row.models).rule in line


def test_there_are_nine_of_them() -> None:
    assert len(NAMES) == 9


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(CommandError, match="--catalog: there is no published version '7'"):
        call_command("cases", catalog="7")
