"""Answering one page: what is stored, what is refused, and that bad input is told at its field."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Assessment
from tests.questionnaire import PAGES, address, answer, begin, page_of, set_answers, somebody_elses

pytestmark = pytest.mark.django_db

FIGURES = {
    "Q3": ["staff_count", "ai_users"],
    "Q5": ["find_in_documents", "write_reply", "translate"],
    "Q6": ["find_in_documents", "write_reply", "translate"],
    "Q15": ["line0-people", "line0-price_month"],
    "Q16-computers": ["line0-memory_gb", "line0-count"],
    "Q17": ["hourly_cost"],
    "Q19": ["amount"],
    "Q20": ["amount"],
}
BAD_FIGURES = ["lots", "-5", "1e12", "999999999999", "12.34,56", "9" * 10_000, "<b>5</b>", "5 🙂", "\u202e5", "NaN"]
CHOICES = [
    *(
        "Q2",
        "Q4",
        "Q8",
        "Q9",
        "Q10",
        "Q11",
        "Q12",
        "Q13",
        "Q14",
        "Q16",
        "Q17",
        "Q18",
        "Q21",
        "Q22",
        "Q24",
        "Q25",
        "Q26",
    ),
]
BAD_CHOICES = ["", "nonsense", "x" * 10_000, "<script>alert(1)</script>", "🙂", "\u202e", "None"]


def everything_before(client: Client, key: str) -> Assessment:
    order = list(PAGES)
    assessment = begin(client)
    return set_answers(assessment, *order[: order.index(key)]) if key != order[0] else assessment


@pytest.mark.parametrize("key", list(PAGES))
def test_an_answer_is_stored_and_leads_on(client: Client, key: str) -> None:
    assessment = everything_before(client, key)
    sent, stored = PAGES[key]

    response = answer(client, assessment, key, sent)

    assert response.status_code == 302
    assessment.refresh_from_db()
    assert assessment.answers | stored == assessment.answers


@pytest.mark.parametrize("key", [key for key in PAGES if PAGES[key][0]])
def test_a_stored_answer_is_shown_again_and_keeping_it_changes_nothing(client: Client, key: str) -> None:
    assessment = set_answers(begin(client))
    before = assessment.answers
    form = client.get(address(assessment, key)).context["form"]

    sent = _as_sent(form)
    response = answer(client, assessment, key, sent)

    assert response.status_code == 302, response.context["problems"]
    assessment.refresh_from_db()
    assert assessment.answers == before


@pytest.mark.parametrize(("key", "field"), [(key, field) for key, fields in FIGURES.items() for field in fields])
@pytest.mark.parametrize("text", BAD_FIGURES)
def test_a_bad_figure_is_told_at_its_field_and_stays_as_typed(client: Client, key: str, field: str, text: str) -> None:
    assessment = set_answers(begin(client))
    before = assessment.answers
    sent = {name: value for name, value in PAGES[key][0].items() if name != f"{field}_instead"}

    response = answer(client, assessment, key, sent | {field: text})

    assert response.status_code == 422
    assert [target for target, _sentence in response.context["problems"]] == [f"id_{field}"]
    body = response.content.decode()
    assert f'id="id_{field}_error"' in body
    assert "<b>5</b>" not in body
    assessment.refresh_from_db()
    assert assessment.answers == before


@pytest.mark.parametrize("key", CHOICES)
@pytest.mark.parametrize("value", BAD_CHOICES)
def test_a_choice_that_is_not_on_the_page_is_refused(client: Client, key: str, value: str) -> None:
    assessment = set_answers(begin(client))
    before = assessment.answers
    field = {"Q4": "jobs", "Q13": "count"}.get(key, "answer" if "answer" in PAGES[key][0] else "answers")

    response = answer(client, assessment, key, PAGES[key][0] | {field: value})

    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()
    assessment.refresh_from_db()
    assert assessment.answers == before


@pytest.mark.parametrize("key", [key for key in PAGES if PAGES[key][0]])
def test_an_empty_page_is_refused(client: Client, key: str) -> None:
    assessment = set_answers(begin(client))

    response = answer(client, assessment, key, {})

    assert response.status_code == 422
    assert response.context["problems"]


@pytest.mark.parametrize("text", ["Кафе 咖啡 قهوة", "🙂👩🏽‍💻", "<script>alert(1)</script>", "=1+1", "x" * 120])
def test_any_readable_product_name_is_kept_as_typed_and_shown_as_text(client: Client, text: str) -> None:
    assessment = set_answers(begin(client))

    answer(client, assessment, "Q15", PAGES["Q15"][0] | {"line0-product": text})

    assessment.refresh_from_db()
    assert assessment.answers["current_tools"][0]["product"] == text
    assert "<script>alert" not in client.get(address(assessment, "Q15")).content.decode()


@pytest.mark.parametrize("text", ["", "x" * 10_000, "a\u0000b", "a\u202eb"])
def test_an_unusable_product_name_is_refused(client: Client, text: str) -> None:
    assessment = set_answers(begin(client))

    response = answer(client, assessment, "Q15", PAGES["Q15"][0] | {"line0-product": text})

    assert response.status_code == 422


@pytest.mark.parametrize("text", ["31/03/2027", "2027-02-30", "soon", "0001-01-01", "9" * 10_000])
def test_an_unusable_contract_end_is_refused(client: Client, text: str) -> None:
    assessment = set_answers(begin(client))

    response = answer(client, assessment, "Q15", PAGES["Q15"][0] | {"line0-contract_end": text})

    assert response.status_code == 422
    assert [target for target, _ in response.context["problems"]] == ["id_line0-contract_end"]


UNSURE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Q2": ({"answer": "not_sure"}, {"sector": None}),
    "Q3": (
        {"staff_count_instead": "not_sure", "ai_users_instead": "not_sure"},
        {"staff_count": None, "ai_users": None},
    ),
    "Q7": ({"lines": "1", "unsure": "not_sure"}, {"languages": None}),
    "Q8": ({"answer": "not_sure"}, {"error_harm": None}),
    "Q9": ({"answers": "not_sure"}, {"audience": None}),
    "Q10": ({"answers": "not_sure"}, {"people_decisions": None}),
    "Q12": ({"answer": "not_sure"}, {"processing_location": None}),
    "Q13": ({"count": "not_sure", "shapes": "not_sure"}, {"document_count": None, "document_shapes": None}),
    "Q14": ({"answers": "not_sure"}, {"programs": None}),
    "Q15": ({"answer": "not_sure", "lines": "1"}, {"current_tools": None}),
    "Q16": ({"answer": "not_sure"}, {"computers": None}),
    "Q16-computers": ({"lines": "1", "line0-count": "1", "unsure": "not_sure"}, {"own_computers": None}),
    "Q17": ({"answer": "not_sure"}, {"it_support": None, "hourly_cost": None}),
    "Q18": ({"answer": "not_sure"}, {"connectivity": None}),
    "Q19": ({"amount_instead": "not_sure"}, {"budget_once": None}),
    "Q20": ({"amount_instead": "not_sure"}, {"budget_month": None, "budget_month_as_now": False}),
    "Q21": ({"answer": "not_sure"}, {"timing": None}),
    "Q22": ({"answer": "not_sure"}, {"payment_preference": None}),
    "Q23": ({"unsure": "not_sure"}, {"priorities": None}),
    "Q24": ({"answer": "not_sure"}, {"rules": None}),
    "Q25": ({"answers": "not_sure"}, {"special_knowledge": None}),
    "Q26": ({"answer": "not_sure"}, {"readiness": None}),
}


@pytest.mark.parametrize("key", list(UNSURE))
def test_not_sure_is_offered_with_what_is_assumed_and_stored_as_null(client: Client, key: str) -> None:
    assessment = set_answers(begin(client))
    sent, stored = UNSURE[key]

    page = client.get(address(assessment, key)).content.decode()
    response = answer(client, assessment, key, sent)

    assert "Then we " in page
    assert response.status_code == 302
    assessment.refresh_from_db()
    assert assessment.answers | stored == assessment.answers


@pytest.mark.parametrize("key", ["Q1", "Q4", "Q11"])
def test_three_questions_have_no_not_sure(client: Client, key: str) -> None:
    assessment = set_answers(begin(client))

    assert 'value="not_sure"' not in client.get(address(assessment, key)).content.decode()


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("Q3", {"staff_count": "4", "staff_count_instead": "not_sure", "ai_users": "2"}),
        ("Q3", {"staff_count": "4", "ai_users": "5"}),
        ("Q3", {"staff_count": "4.5", "ai_users": "2"}),
        ("Q4", {"jobs": ["write_reply", "translate", "software", "pictures", "three_d"]}),
        ("Q7", PAGES["Q7"][0] | {"unsure": "not_sure"}),
        ("Q7", PAGES["Q7"][0] | {"line1-language": "de"}),
        ("Q10", {"answers": ["none", "hiring"]}),
        ("Q10", {"answers": ["not_sure", "hiring"]}),
        ("Q15", PAGES["Q15"][0] | {"answer": "nothing"}),
        ("Q15", {"answer": "pays", "lines": "1"}),
        ("Q16-computers", PAGES["Q16-computers"][0] | {"unsure": "not_sure"}),
        ("Q20", {"amount": "50", "amount_instead": "as_now"}),
        ("Q20", {"amount_instead": ["as_now", "not_sure"]}),
        ("Q23", {"order": ["privacy"], "unsure": "not_sure"}),
        ("Q24", {"answer": "rules"}),
        ("Q24", {"answer": "no_rule", "flags": "disclosed_data_only"}),
    ],
)
def test_answers_that_contradict_each_other_are_told(client: Client, key: str, sent: dict[str, Any]) -> None:
    assessment = set_answers(begin(client))
    before = assessment.answers

    response = answer(client, assessment, key, sent)

    assert response.status_code == 422
    assessment.refresh_from_db()
    assert assessment.answers == before


def test_paying_for_nothing_is_an_answer_of_its_own(client: Client) -> None:
    assessment = set_answers(begin(client))

    answer(client, assessment, "Q15", {"answer": "nothing", "lines": "1"})

    assessment.refresh_from_db()
    assert assessment.answers["current_tools"] == []


def test_fields_that_are_not_on_the_page_change_nothing(client: Client) -> None:
    assessment = begin(client)

    answer(client, assessment, "Q1", PAGES["Q1"][0] | {"sector": "legal", "owner": "1", "revision": "99"})

    assessment.refresh_from_db()
    assert "sector" not in assessment.answers
    assert (assessment.owner, assessment.revision) == (None, 1)


def test_no_idea_leads_to_six_ideas_for_the_sector_and_on(client: Client) -> None:
    assessment = set_answers(begin(client), "Q1", "Q2", "Q3")

    ideas = answer(client, assessment, "Q4", {"jobs": "ideas"})
    page = client.get(ideas["Location"])
    response = answer(client, assessment, "Q4-ideas", {"jobs": ["meeting_notes"]})

    assert page_of(ideas["Location"]) == "Q4-ideas"
    assert len(page.context["form"].fields["jobs"].options) == 6
    assert page_of(response["Location"]) == "Q5"
    assessment.refresh_from_db()
    assert assessment.answers["jobs"] == [{"job": "meeting_notes"}]


def test_figures_of_kept_jobs_survive_a_change_of_jobs(client: Client) -> None:
    assessment = set_answers(begin(client))

    answer(client, assessment, "Q4", {"jobs": ["software", "translate"]})

    assessment.refresh_from_db()
    assert assessment.answers["jobs"] == [
        {"job": "translate", "units_per_week": None, "minutes_each": 45.0},
        {"job": "software"},
    ]


def test_a_listed_machine_speaks_for_itself(client: Client) -> None:
    assessment = set_answers(begin(client))

    answer(
        client,
        assessment,
        "Q16-computers",
        {"lines": "1", "line0-device": "rtx-4090", "line0-memory_gb": "8", "line0-count": "1"},
    )

    assessment.refresh_from_db()
    assert assessment.answers["own_computers"] == [{"device": "rtx-4090", "memory_gb": None, "count": 1}]


def test_the_currency_may_differ_from_the_country(client: Client) -> None:
    assessment = begin(client)

    answer(client, assessment, "Q1", {"country": "PL", "currency": "EUR"})

    assessment.refresh_from_db()
    assert (assessment.answers["country"], assessment.answers["currency"]) == ("PL", "EUR")


@pytest.mark.parametrize("country", ["", "XX", "D" * 10_000, "<b>"])
def test_an_unknown_country_is_refused(client: Client, country: str) -> None:
    assessment = begin(client)

    response = answer(client, assessment, "Q1", {"country": country})

    assert response.status_code == 422
    assert [target for target, _ in response.context["problems"]] == ["id_country"]


@pytest.mark.parametrize("key", ["Q0", "Q27", "q1", "Q4-secret", "x" * 1000])
def test_an_unknown_page_is_not_found(client: Client, key: str) -> None:
    assert client.get(address(begin(client), key)).status_code == 404


def test_a_stranger_finds_no_question(client: Client) -> None:
    assessment = somebody_elses()

    assert client.get(address(assessment, "Q1")).status_code == 404
    assert answer(client, assessment, "Q1", PAGES["Q1"][0]).status_code == 404
    assessment.refresh_from_db()
    assert "country" not in assessment.answers


def test_a_question_takes_only_get_and_post(client: Client) -> None:
    assert client.put(address(begin(client), "Q1")).status_code == 405


def test_an_answer_without_its_csrf_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assessment = somebody_elses()

    assert answer(client, assessment, "Q1", PAGES["Q1"][0]).status_code == 403


def test_a_skipped_page_gives_way_to_what_it_needs(client: Client) -> None:
    assessment = begin(client)

    response = client.get(address(assessment, "Q5"))

    assert page_of(response["Location"]) == "Q4"


def test_a_page_may_be_answered_out_of_turn(client: Client) -> None:
    assessment = begin(client)

    response = answer(client, assessment, "Q21", PAGES["Q21"][0])

    assert page_of(response["Location"]) == "Q22"


def test_sending_a_page_twice_stores_it_once(client: Client) -> None:
    assessment = begin(client)

    for _ in range(2):
        assert answer(client, assessment, "Q1", PAGES["Q1"][0]).status_code == 302

    assessment.refresh_from_db()
    assert assessment.revision == 1


def _as_sent(form: Any) -> dict[str, Any]:
    """What a browser would send for a form it was shown: every checked box, every filled input."""
    from html.parser import HTMLParser

    sent: dict[str, Any] = {}

    class Reader(HTMLParser):
        select = ""

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            has = dict(attrs)
            if tag == "input" and has.get("type") in {"checkbox", "radio"} and "checked" not in has:
                return
            if tag == "input" and has.get("name"):
                sent.setdefault(has["name"], []).append(has.get("value") or "")
            if tag == "select":
                self.select = has["name"]
            if tag == "option" and "selected" in has:
                sent.setdefault(self.select, []).append(has.get("value") or "")

    from django.template.loader import render_to_string

    Reader().feed(render_to_string(form.fields_template, {"form": form}))
    return sent


def test_a_supplier_the_catalog_knows_by_two_names_stands_once_and_is_left_out_under_both(client: Client) -> None:
    """Price lists write "mistral", makers of models "Mistral AI"."""
    assessment = set_answers(begin(client))
    page = address(assessment, "Q24")

    offered = [option.text for option in client.get(page).context["form"].fields["avoid_suppliers"].options]
    client.post(page, {"answer": "rules", "avoid_suppliers": ["Mistral AI"]})

    assessment.refresh_from_db()
    assert [name for name in offered if "mistral" in str(name).lower()] == ["Mistral AI"]
    assert sorted(assessment.answers["rules"]["avoid_suppliers"]) == ["Mistral AI", "mistral"]
    shown = client.get(page).context["form"]["avoid_suppliers"].value()
    assert shown == ["Mistral AI"]
    check = client.get(reverse("assessments:check", args=[assessment.public_id])).content.decode()
    assert "Avoid suppliers: Mistral AI<" in check
