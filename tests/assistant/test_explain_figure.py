"""Having a figure put into plain words: what is sent, how the words are marked, and that no figure changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from advisor.assistant import explaining
from tests.everyone import World, browser_of
from tests.openai_server import Behavior
from tests.production import manage, production_setting

FIGURE = "plan-1.cost_total"


def where(world: World, figure: str = FIGURE) -> str:
    return reverse("assistant:explain", args=[world.assessment.public_id, figure])


def result_page(client: Client, world: World) -> str:
    return client.get(reverse("assessments:result", args=[world.assessment.public_id])).content.decode()


@pytest.fixture
def browser_client(world: World) -> Client:
    return browser_of("browser", world)


@pytest.fixture
def explained(browser_client: Client, world: World, model: Behavior) -> Any:
    """`explained(words)` presses the button, and the model answers with these words."""

    def press(words: str, **headers: str) -> Any:
        model.words = words
        return browser_client.post(where(world), headers=headers or None)

    return press


@pytest.mark.django_db
def test_a_working_on_the_result_page_leads_to_its_explanation(
    browser_client: Client, world: World, model: Behavior
) -> None:
    page = result_page(browser_client, world)

    assert f'href="{where(world)}"' in page
    assert model.asked == []


@pytest.mark.django_db
def test_figures_that_are_only_being_tried_are_not_explained(
    browser_client: Client, world: World, model: Behavior, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.assessments.services.try_changes", lambda **_: world.result.recommendation)

    page = browser_client.get(
        reverse("assessments:result", args=[world.assessment.public_id]), {"users": "5"}
    ).content.decode()

    assert "/explain/" not in page


@pytest.mark.django_db
def test_looking_at_the_page_sends_nothing_and_shows_what_would_be_sent(
    browser_client: Client, world: World, model: Behavior
) -> None:
    response = browser_client.get(where(world))

    assert response.status_code == 200
    assert "<strong>127.0.0.1</strong>" in response.content.decode()
    head, formula, *_rest = response.context["sent"].splitlines()
    assert head == "Over 36 months"
    assert formula.startswith("Cost over the whole time = ")
    assert model.asked == []


@pytest.mark.django_db
def test_the_button_sends_the_working_and_nothing_else(explained: Any, model: Behavior) -> None:
    response = explained("Fine.")

    (request,) = model.asked
    system, user = request["messages"]
    assert user["content"] == response.context["sent"]
    assert "in English" in system["content"]
    assert "response_format" not in request


@pytest.mark.django_db
def test_the_words_stand_beside_the_unchanged_figure_and_are_marked(explained: Any, world: World) -> None:
    before = (world.result.document, world.result.content_hash)

    response = explained("Most of it is work.\n\nThe rest is small.")

    page = response.content.decode()
    working = response.context["working"]
    assert "Written by a language model, not checked by us" in page
    assert "<p>Most of it is work.</p>" in page
    assert f"{working['title']}: {working['result']}</h1>" in page
    world.result.refresh_from_db()
    assert (world.result.document, world.result.content_hash) == before
    assert not response.context["explanation"].foreign


@pytest.mark.django_db
def test_every_number_that_was_not_sent_is_pointed_out(explained: Any) -> None:
    response = explained("It saves 47,111 euros, or 93%, in twenty-seven months.")

    page = response.content.decode()
    assert "These numbers are not among our figures: 47,111 · 93% · twenty-seven" in page
    assert "<mark>47,111 (not our figure)</mark>" in page
    assert "<mark>twenty-seven (not our figure)</mark>" in page


@pytest.mark.django_db
def test_the_figures_that_were_sent_are_not_pointed_out(explained: Any, world: World, browser_client: Client) -> None:
    working = browser_client.get(where(world)).context["working"]
    words = " and ".join([working["result"], *(each["value"] for each in working["inputs"])])

    assert explained(words).context["explanation"].foreign == []


@pytest.mark.django_db
def test_markup_and_hidden_characters_of_the_model_do_nothing(explained: Any) -> None:
    page = explained('<img src=x onerror="alert(1)"> [link](javascript:x) \u202eesrever').content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    assert "\u202e" not in page


@pytest.mark.django_db
def test_the_words_are_asked_for_in_the_language_of_the_page(explained: Any, model: Behavior) -> None:
    response = explained("费用是多少？", **{"accept-language": "zh-hans"})

    assert "in Simplified Chinese" in model.asked[0]["messages"][0]["content"]
    assert response.context["working"]["title"] in model.asked[0]["messages"][1]["content"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": 500}, "The model&#x27;s server refused the question."),
        ({"words": ""}, "The model answered with nothing."),
        ({"words": "word " * explaining.MAX_CHARACTERS}, "The model wrote far too much to be an explanation."),
        ({"message": {"refusal": "no"}}, "The model declined to answer."),
    ],
)
def test_a_fault_is_told_above_the_unchanged_working(
    browser_client: Client, world: World, model: Behavior, fields: dict[str, Any], sentence: str
) -> None:
    for name, value in fields.items():
        setattr(model, name, value)

    response = browser_client.post(where(world))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "The figure and its working are unchanged below." in page
    assert response.context["working"]["formula"] in page.replace("&#x27;", "'")


@pytest.mark.django_db
def test_too_many_questions_in_an_hour_are_refused(
    explained: Any, model: Behavior, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.assistant.views.ASKS_AN_HOUR", 1)
    explained("Fine.")

    assert explained("Fine.").status_code == 429
    assert len(model.asked) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("figure", ["plan-1.nothing", "x", "../check", "plan-1.cost_total.x"])
def test_there_is_no_explanation_of_a_figure_that_is_not_there(
    browser_client: Client, world: World, model: Behavior, figure: str
) -> None:
    address = f"/assessments/{world.assessment.public_id}/explain/{figure}/"

    assert browser_client.post(address).status_code == 404
    assert model.asked == []


@pytest.mark.django_db
def test_without_a_result_there_is_nothing_to_explain(browser_client: Client, world: World, model: Behavior) -> None:
    world.report.delete()
    world.assessment.results.all().delete()

    assert browser_client.get(where(world)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["stranger", "other", "staff", "editor", "publisher"])
def test_whoever_may_not_see_the_result_has_nothing_explained(world: World, model: Behavior, role: str) -> None:
    client = browser_of(role, world)

    assert client.get(where(world)).status_code == 404
    assert client.post(where(world)).status_code == 404
    assert model.asked == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["browser", "owner", "admin"])
def test_whoever_may_see_the_result_may_have_it_explained(world: World, model: Behavior, role: str) -> None:
    assert browser_of(role, world).post(where(world)).status_code == 200


@pytest.mark.django_db
def test_without_a_server_there_is_no_link_and_no_page(browser_client: Client, world: World) -> None:
    assert "plain words" not in result_page(browser_client, world)
    assert browser_client.get(where(world)).status_code == 404
    assert browser_client.post(where(world)).status_code == 404


def test_off_is_how_it_is_delivered(tmp_path: Path) -> None:
    assert production_setting("[settings.ASSISTANT_URL, settings.WEB_THREADS]", tmp_path) == ["", 1]


def test_the_environment_switches_it_on(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    names = ("ASSISTANT_URL", "ASSISTANT_MODEL", "ASSISTANT_KEY", "ASSISTANT_SECONDS", "WEB_THREADS")

    found = production_setting(
        f"[{', '.join(f'settings.{name}' for name in names)}]",
        tmp_path,
        ASSISTANT_URL="http://10.0.0.5:11434/v1/",
        ASSISTANT_MODEL="qwen3:8b",
        ASSISTANT_KEY_FILE=str(tmp_path / "key"),
        ASSISTANT_SECONDS="20",
    )

    assert found == ["http://10.0.0.5:11434/v1", "qwen3:8b", "s3cret", 20, 3]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ASSISTANT_URL": "http://localhost:11434"}, "ASSISTANT_MODEL is not set."),
        ({"ASSISTANT_URL": "localhost:11434", "ASSISTANT_MODEL": "m"}, "ASSISTANT_URL must look like"),
        ({"ASSISTANT_KEY": "schlüssel"}, "ASSISTANT_KEY holds characters that no key has."),
        ({"ASSISTANT_SECONDS": "0"}, "ASSISTANT_SECONDS must be a whole number of at least 1"),
    ],
)
def test_an_odd_value_stops_the_start_with_a_sentence(
    tmp_path: Path, environment: dict[str, str], sentence: str
) -> None:
    done = manage("check", tmp_path=tmp_path, ADVISOR_LOCAL="1", **environment)

    assert done.returncode != 0
    assert sentence in done.stderr


@pytest.mark.django_db
def test_an_answer_of_the_model_is_in_no_table(explained: Any, world: World, settings: LazySettings) -> None:
    explained("A sentence nobody else would write.")

    from tests.test_access import state_of_the_database

    assert "nobody else would write" not in str(state_of_the_database())
