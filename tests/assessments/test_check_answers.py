"""The check page: every answer in words, changes, gaps, and the way to the result."""

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Assessment
from tests.questionnaire import PAGES, address, answer, begin, page_of, published_version, set_answers, somebody_elses

pytestmark = pytest.mark.django_db


def check(assessment: Assessment) -> str:
    return reverse("assessments:check", args=[assessment.public_id])


def test_every_answer_is_shown_in_words(client: Client) -> None:
    body = client.get(check(set_answers(begin(client)))).content.decode()

    for words in (
        "Germany, amounts in EUR",
        "Customers also in: United Kingdom and Switzerland",
        "Law office",
        "Work there: 12",
        "Find answers in our own documents (the main one)",
        "Questions looked up a week: 1,250",
        "Pages of about 300 words a week: Not sure",
        "One page: 45 minutes",
        "German (mostly)",
        "Hiring or rating staff",
        "Only on equipment we control",
        "1,000 to 10,000",
        "ChatGPT Business: €1,126 a month; would stop: partly",
        "2 × 24 GB of memory",
        "€60 an hour",
        "At most €3,000",
        "No more than we pay now",
        "1. Privacy and control",
        "Avoid countries: China",
        "Only standard open-source licenses",
        "Some try it on their own",
    ):
        assert words in body, words
    assert "Still to answer" not in body


def test_every_question_has_a_link_to_change_it(client: Client) -> None:
    assessment = set_answers(begin(client))

    body = client.get(check(assessment)).content.decode()

    for key in PAGES:
        if "-" not in key:
            assert f'href="{address(assessment, key)}?change=check"' in body, key


def test_a_change_leads_back_to_its_row_of_the_check(client: Client) -> None:
    assessment = set_answers(begin(client))

    response = client.post(f"{address(assessment, 'Q21')}?change=check", {"answer": "looking"})

    assert response["Location"] == f"{check(assessment)}#Q21"


def test_a_change_that_opens_a_question_goes_through_it_and_then_back(client: Client) -> None:
    assessment = set_answers(begin(client))

    opened = client.post(f"{address(assessment, 'Q4')}?change=check", {"jobs": ["translate", "software"]})
    main = client.post(opened["Location"], {"answer": "software"})
    volumes = client.post(main["Location"], {"translate": "5", "software": "4"})
    minutes = client.post(volumes["Location"], {"translate": "5", "software": "4"})

    ways = [page_of(step["Location"]) for step in (opened, main, volumes)]
    assert ways == ["Q4-main", "Q5", "Q6"]
    assert minutes["Location"] == f"{check(assessment)}#Q6"


def test_a_change_from_the_side_panel_leads_back_to_the_question_one_was_at(client: Client) -> None:
    assessment = set_answers(begin(client), *list(PAGES)[:9])

    response = client.post(f"{address(assessment, 'Q3')}?change=Q9", {"staff_count": "9", "ai_users": "3"})

    assert page_of(response["Location"]) == "Q9"


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "<b>", "", "Q99"])
def test_the_way_back_never_leaves_the_site(client: Client, back: str) -> None:
    assessment = set_answers(begin(client))

    response = client.post(f"{address(assessment, 'Q21')}?change={back}", {"answer": "looking"})

    assert response["Location"] == f"{check(assessment)}#Q21"


def test_missing_answers_are_listed_with_a_link(client: Client) -> None:
    assessment = set_answers(begin(client))
    del assessment.answers["timing"]
    assessment.save()

    response = client.get(check(assessment))

    assert [page.key for page, _title in response.context["missing"]] == ["Q21"]
    assert b"Still to answer" in response.content
    assert b"See my result" in response.content


def test_every_default_that_was_filled_in_is_shown(client: Client) -> None:
    assessment = set_answers(begin(client))
    assessment.answers |= {"error_harm": None, "timing": None, "hourly_cost": None}
    assessment.save()

    defaults = client.get(check(assessment)).context["defaults"]

    filled = {default.key for default in defaults if default.can_be_answered}
    assert {"Q5", "Q6", "Q8", "Q17", "Q21"} == filled
    assert all(default.value for default in defaults)


def test_without_the_three_needed_answers_there_is_no_way_to_a_result(client: Client) -> None:
    published_version()
    assessment = set_answers(begin(client), "Q1", "Q2")

    page = client.get(check(assessment))
    asked = client.post(check(assessment))

    assert b"See my result" not in page.content
    assert asked.status_code == 422
    assert b"cannot be used yet" in asked.content
    assert not assessment.results.exists()


def test_asking_for_the_result_leads_to_it(client: Client) -> None:
    published_version()
    assessment = set_answers(begin(client))

    response = client.post(check(assessment))

    assert response["Location"] == reverse("assessments:result", args=[assessment.public_id])
    assert assessment.results.count() == 1


def test_without_published_facts_the_page_says_so(client: Client) -> None:
    assessment = set_answers(begin(client))

    response = client.post(check(assessment))

    assert response.status_code == 200
    assert b"not loaded yet" in response.content


def test_a_quick_look_can_be_made_full(client: Client) -> None:
    assessment = set_answers(begin(client, "quick"), *list(PAGES)[:6])

    response = client.post(reverse("assessments:lengthen", args=[assessment.public_id]))

    assert page_of(response["Location"]) == "Q6"


def test_a_stranger_finds_nothing_to_check(client: Client) -> None:
    assessment = set_answers(somebody_elses())

    assert client.get(check(assessment)).status_code == 404
    assert client.post(check(assessment)).status_code == 404
    assert client.post(reverse("assessments:lengthen", args=[assessment.public_id])).status_code == 404
    assert not assessment.results.exists()


def test_an_answer_the_catalog_no_longer_knows_is_named_and_breaks_no_page(client: Client) -> None:
    published_version()
    assessment = set_answers(begin(client))
    assessment.answers["sector"] = "withdrawn_sector"
    assessment.save()

    page, asked = client.get(check(assessment)), client.post(check(assessment))

    assert page.status_code == 200
    assert asked.status_code == 422
    assert client.get(address(assessment, "Q5")).status_code == 200
    assert answer(client, assessment, "Q2", {"answer": "legal"}).status_code == 302
