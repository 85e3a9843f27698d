"""What stands on a page that was left without Continue: kept, shown again, and never in the way of an answer."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Assessment
from tests.questionnaire import PAGES, address, answer, begin, set_answers, somebody_elses

pytestmark = pytest.mark.django_db
KEPT, ELSEWHERE, BACK = b"Kept as a draft", b"open in another window too", b"What you had typed is back"


def draft_address(assessment: Assessment, key: str) -> str:
    return reverse("assessments:draft", args=[assessment.public_id, key])


def keep(client: Client, assessment: Assessment, key: str, sent: dict[str, Any]) -> Any:
    return client.post(draft_address(assessment, key), sent, headers={"HX-Request": "true"})


def shown_on(client: Client, assessment: Assessment, key: str) -> str:
    return str(client.get(address(assessment, key)).context["form"].fingerprint)


def next_draft(response: HttpResponse) -> str:
    return response.content.decode().split('name="draft" value="')[1].split('"')[0]


def test_what_was_typed_is_back_when_the_page_is_opened_again(client: Client) -> None:
    assessment = begin(client)

    kept = keep(client, assessment, "Q3", {"staff_count": "12", "shown": shown_on(client, assessment, "Q3")})
    page = client.get(address(assessment, "Q3"))

    assert KEPT in kept.content
    assert BACK in page.content
    assert b'value="12"' in page.content
    assessment.refresh_from_db()
    assert "staff_count" not in assessment.answers


@pytest.mark.parametrize("key", [key for key in PAGES if PAGES[key][0]])
def test_every_page_keeps_a_draft_and_shows_it(client: Client, key: str) -> None:
    order = list(PAGES)
    assessment = set_answers(begin(client), *order[: order.index(key)]) if key != "Q1" else begin(client)

    kept = keep(client, assessment, key, PAGES[key][0] | {"shown": shown_on(client, assessment, key)})
    form = client.get(address(assessment, key)).context["form"]

    if kept.status_code == 204:  # nothing new: the page shows just this without a draft
        assert key == "Q4-main"
        return
    assert BACK not in kept.content
    assert form.initial != form.stored


def test_an_answer_ends_the_draft(client: Client) -> None:
    assessment = begin(client)
    keep(client, assessment, "Q3", {"staff_count": "12", "shown": shown_on(client, assessment, "Q3")})

    answer(client, assessment, "Q3", PAGES["Q3"][0])

    assessment.refresh_from_db()
    assert assessment.drafts == {}
    assert BACK not in client.get(address(assessment, "Q3")).content


def test_a_draft_over_answers_that_changed_since_is_not_shown(client: Client) -> None:
    assessment = set_answers(begin(client))
    keep(client, assessment, "Q21", {"answer": "looking", "shown": shown_on(client, assessment, "Q21")})
    Assessment.objects.update(answers=assessment.answers | {"timing": "this_year"})

    page = client.get(address(assessment, "Q21"))

    assert BACK not in page.content
    assert page.context["form"].initial["answer"] == "this_year"


def test_a_second_window_does_not_overwrite_the_draft_of_the_first(client: Client) -> None:
    assessment = begin(client)
    shown = shown_on(client, assessment, "Q3")
    keep(client, assessment, "Q3", {"staff_count": "12", "shown": shown, "draft": ""})

    second = keep(client, assessment, "Q3", {"staff_count": "99", "shown": shown, "draft": ""})

    assert ELSEWHERE in second.content
    assert b'value="12"' in client.get(address(assessment, "Q3")).content


def test_one_window_goes_on_with_its_own_draft(client: Client) -> None:
    assessment = begin(client)
    shown = shown_on(client, assessment, "Q3")
    first = keep(client, assessment, "Q3", {"staff_count": "1", "shown": shown, "draft": ""})

    second = keep(client, assessment, "Q3", {"staff_count": "12", "shown": shown, "draft": next_draft(first)})

    assert KEPT in second.content
    assert b'value="12"' in client.get(address(assessment, "Q3")).content


def test_a_draft_that_comes_after_its_answer_is_dropped(client: Client) -> None:
    assessment = begin(client)
    shown = shown_on(client, assessment, "Q3")
    answer(client, assessment, "Q3", PAGES["Q3"][0] | {"shown": shown})

    late = keep(client, assessment, "Q3", PAGES["Q3"][0] | {"shown": shown})

    assert late.status_code == 204
    assessment.refresh_from_db()
    assert assessment.drafts == {}


def test_what_cannot_be_used_is_left_out(client: Client) -> None:
    assessment = begin(client)
    sent = {"staff_count": "lots", "ai_users": "3", "shown": shown_on(client, assessment, "Q3")}

    keep(client, assessment, "Q3", sent)

    assessment.refresh_from_db()
    assert assessment.drafts["Q3"]["sent"] == {"ai_users": ["3"]}


@pytest.mark.parametrize("text", ["a\u0000b", "a\u202eb", "x" * 30_000])
def test_text_that_cannot_be_stored_is_not_kept(client: Client, text: str) -> None:
    assessment = set_answers(begin(client), "Q1")

    response = keep(client, assessment, "Q15", {"answer": "pays", "lines": "1", "line0-product": text, "other": text})

    assert response.status_code in {200, 204}
    assessment.refresh_from_db()
    assert text not in str(assessment.drafts)


def test_a_draft_says_how_a_figure_would_be_read(client: Client) -> None:
    assessment = set_answers(begin(client), "Q1", "Q2", "Q3", "Q4")
    sent = {"write_reply": "about 40 a day", "shown": shown_on(client, assessment, "Q5")}

    response = keep(client, assessment, "Q5", sent)

    assert "“about 40 a day” is read as 200 a week. A working week counts 5 days." in response.content.decode()


def test_too_many_drafts_are_not_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.assessments.views.draft.DRAFTS_AN_HOUR", 1)
    assessment = begin(client)

    codes = [keep(client, assessment, "Q3", {"staff_count": str(count)}).status_code for count in (1, 2)]

    assert codes == [200, 204]


def test_a_stranger_keeps_no_draft(client: Client) -> None:
    assessment = somebody_elses()

    assert keep(client, assessment, "Q3", {"staff_count": "12"}).status_code == 404
    assessment.refresh_from_db()
    assert assessment.drafts == {}


@pytest.mark.parametrize("key", ["Q0", "Q10-stop"])
def test_a_page_without_inputs_has_no_draft(client: Client, key: str) -> None:
    assert keep(client, begin(client), key, {}).status_code == 404


def test_a_draft_is_kept_by_post_only(client: Client) -> None:
    assert client.get(draft_address(begin(client), "Q3")).status_code == 405
