"""Each family the source articles speak of is in the catalog and is recommended where it fits."""

import pytest

from advisor.engine.answers import Answers, ErrorHarm, ItSupport, Job, JobAnswer, Priority, ProcessingLocation, Rules
from advisor.engine.recommend import recommend
from advisor.engine.types import Recommendation
from tests.samples import AS_OF, catalog

ANYWHERE, OWN = ProcessingLocation.ANYWHERE, ProcessingLocation.OWN_EQUIPMENT


def advice(job: Job, country: str, location: ProcessingLocation, **more: object) -> Recommendation:
    firm = Answers(
        country=country,
        currency={"CN": "CNY", "DE": "EUR"}[country],
        jobs=(JobAnswer(job, 200, 10),),
        error_harm=ErrorHarm.CHECKED,
        staff_count=30,
        ai_users=10,
        processing_location=location,
        it_support=ItSupport.OWN_STAFF,
        hourly_cost=60,
        current_tools=(),
        priorities=(Priority.QUALITY, Priority.LOW_COST, Priority.PRIVACY),
        **more,
    )
    return recommend(firm, catalog(), as_of=AS_OF)


def families(made: Recommendation) -> set[str]:
    return {use.family for plan in made.plans for use in plan.models}


@pytest.mark.parametrize(
    ("family", "job", "country", "location"),
    [
        ("Qwen", Job.SOFTWARE, "DE", OWN),
        ("Gemma", Job.FIND_IN_DOCUMENTS, "DE", ANYWHERE),
        ("Hunyuan", Job.TRANSLATE, "CN", OWN),
        ("Hunyuan", Job.THREE_D, "CN", OWN),
        ("PaddleOCR", Job.READ_DOCUMENTS, "CN", OWN),
        ("ERNIE", Job.PICTURES, "DE", OWN),
    ],
)
def test_the_family_is_recommended_where_it_fits(
    family: str, job: Job, country: str, location: ProcessingLocation
) -> None:
    assert family in families(advice(job, country, location))


@pytest.mark.parametrize(("family", "supplier"), [("Hunyuan", "Tencent"), ("ERNIE", "Baidu"), ("Qwen", "Alibaba")])
def test_a_firm_that_wants_one_maker_gets_that_makers_text_model(family: str, supplier: str) -> None:
    made = advice(Job.WRITE_REPLY, "CN", ANYWHERE, rules=Rules(only_suppliers=(supplier,)))
    assert family in families(made)


def test_domestic_accelerators_carry_a_plan() -> None:
    made = advice(Job.FIND_IN_DOCUMENTS, "CN", OWN, hardware_countries=("CN",))
    assert {machine.vendor for plan in made.plans for machine in plan.machines} == {"Huawei"}


def test_the_closed_flagship_stands_beside_as_a_reference() -> None:
    made = advice(Job.WRITE_REPLY, "DE", ANYWHERE)
    references = [row for row in made.compared if row.reference]
    assert any("gemini-2.5-pro" in row.models for row in references)
    assert not any(row.plan for row in references)
