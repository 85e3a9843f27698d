"""The money panel's controls: worked out on the server, kept in the address, nothing stored."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from advisor.assessments.models import Assessment, Result
from advisor.assessments.services import compute_result, try_changes
from advisor.engine.answers import WhatIf
from tests.browsing import sample
from tests.questionnaire import begin, published_version
from tests.samples import AS_OF

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def stored(client: Client) -> Result:
    published_version()
    assessment = begin(client)
    assessment.answers = sample("software_studio")
    assessment.save()
    return compute_result(assessment=assessment, as_of=AS_OF)


def address(result: Result) -> str:
    return reverse("assessments:result", args=[result.assessment.public_id])


def line(document: dict, key: str) -> float:
    return next(row["total"]["central"] for row in document["plans"][0]["lines"] if row["key"] == key)


def test_twice_the_hourly_cost_doubles_the_running_labor(stored: Result) -> None:
    # 1.5 hours a month x 75 x 36 = 4,050 as answered; at 150 an hour 8,100.
    assert line(stored.recommendation, "running_labor") == 4_050.0
    assert line(try_changes(result=stored, what_if=WhatIf(hourly_cost=150.0)), "running_labor") == 8_100.0


def test_half_the_volume_halves_the_bill_of_the_same_models(stored: Result) -> None:
    before, after = stored.recommendation, try_changes(result=stored, what_if=WhatIf(volume=0.5))
    assert [use["slug"] for use in before["plans"][0]["models"]] == [use["slug"] for use in after["plans"][0]["models"]]
    assert line(after, "usage") == pytest.approx(line(before, "usage") / 2, abs=0.01)


def test_higher_prices_raise_the_bill_in_step(stored: Result) -> None:
    before, after = stored.recommendation, try_changes(result=stored, what_if=WhatIf(price=2.0))
    same = [use["slug"] for use in before["plans"][0]["models"]] == [use["slug"] for use in after["plans"][0]["models"]]
    assert line(after, "usage") > line(before, "usage")
    assert not same or line(after, "usage") == pytest.approx(2 * line(before, "usage"), abs=0.02)


def test_nothing_changed_gives_the_stored_document(stored: Result) -> None:
    assert json.loads(json.dumps(try_changes(result=stored, what_if=WhatIf()))) == stored.recommendation


def test_the_panel_follows_the_address_and_the_answer_stays(client: Client, stored: Result) -> None:
    page = client.get(address(stored), {"hourly_cost": "150"})
    body = page.content.decode()
    assert page.status_code == 200
    assert page.context["tried"]["money"]["cash"]["cost"] != page.context["shown"]["money"]["cash"]["cost"]
    assert page.context["tried"]["money"]["cash"]["cost"]["range"] in body
    assert page.context["shown"]["answer"]["sentences"][0] in body
    assert 'value="150"' in body


def section(html: str, name: str) -> str:
    """The element with this id, white space apart."""
    found = re.search(rf'<(div|section)[^>]* id="{name}".*', html, re.DOTALL)
    assert found
    depth = 0
    for tag in re.finditer(rf"<(/?){found[1]}\b", found[0]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return re.sub(r"\s+", " ", found[0][: tag.start()])
    raise AssertionError(name)


def test_htmx_gets_the_figures_and_the_sentences_that_a_fresh_page_holds(client: Client, stored: Result) -> None:
    fresh = client.get(address(stored), {"volume": "50"}).content.decode()
    part = client.get(address(stored), {"volume": "50"}, headers=HTMX)
    swapped = part.content.decode()
    assert {"HX-Request", "HX-Target"} <= set(part["Vary"].replace(",", " ").split())
    assert section(swapped, "figures") == section(fresh, "figures")
    assert "<form" not in swapped
    said = 'id="tried" hx-swap-oob="innerHTML">'
    assert section(fresh, "tried").partition('role="status">')[2] == section(swapped, "tried").partition(said)[2]


def test_a_figure_that_cannot_be_used_brings_the_controls_with_the_message(client: Client, stored: Result) -> None:
    part = client.get(address(stored), {"volume": "a lot"}, headers=HTMX)
    assert part.status_code == 422
    assert (part["HX-Retarget"], part["HX-Reswap"]) == ("#money", "outerHTML")
    assert 'hx-target="#money"' in part.content.decode()
    assert part.content.decode().count('id="tried"') == 1
    mended = client.get(address(stored), {"volume": "50"}, headers=HTMX | {"HX-Target": "money"})
    assert 'hx-target="#figures"' in mended.content.decode()
    assert "error-summary" not in mended.content.decode()


def test_emptied_controls_bring_back_the_figures_as_answered(client: Client, stored: Result) -> None:
    fresh = client.get(address(stored)).content.decode()
    part = client.get(address(stored), {"volume": ""}, headers=HTMX).content.decode()
    assert section(part, "figures") == section(fresh, "figures")
    assert "With these changes" not in part


def test_the_lines_of_the_cost_follow_what_is_tried(client: Client, stored: Result) -> None:
    page = client.get(address(stored), {"hourly_cost": "150"}).content.decode()
    link = f"{address(stored)}costs/?hourly_cost=150"
    assert link in page
    lines = client.get(link)
    assert lines.context["tried"]
    assert lines.context["tables"] != client.get(f"{address(stored)}costs/").context["tables"]
    assert f"{address(stored)}?hourly_cost=150#money" in lines.content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("users", "-1"), ("users", "2.5"), ("volume", "a lot"), ("price", "1e12"), ("hourly_cost", "<b>9</b>")],
)
def test_an_impossible_figure_is_told_and_stays_in_its_field(
    client: Client, stored: Result, name: str, typed: str
) -> None:
    page = client.get(address(stored), {name: typed})
    assert page.status_code == 422
    assert page.context["controls"].errors[name]
    assert page.context["tried"] is None
    assert "<b>9</b>" not in page.content.decode()


def test_trying_changes_stores_nothing(client: Client, stored: Result) -> None:
    client.get(address(stored), {"users": "40"})
    assert Result.objects.count() == 1
    assert Assessment.objects.get().answers == stored.answers


def test_trying_is_limited(client: Client, stored: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.assessments.result_views.CHANGES_A_MINUTE", 1)
    assert client.get(address(stored), {"users": "40"}).status_code == 200
    assert client.get(address(stored), {"users": "41"}).status_code == 429
    assert client.get(f"{address(stored)}costs/", {"users": "41"}).status_code == 429
    assert client.get(address(stored)).status_code == 200


def test_growing_work_raises_the_bill_by_its_mean(stored: Result) -> None:
    # Nothing against 24 % a year: 1 + 0.24 x 35/24 = 1.35 times on the mean of 36 months.
    flat, growing = (try_changes(result=stored, what_if=WhatIf(growth=growth)) for growth in (0.0, 0.24))
    same = [use["slug"] for use in flat["plans"][0]["models"]] == [use["slug"] for use in growing["plans"][0]["models"]]
    assert not same or line(growing, "usage") == pytest.approx(1.35 * line(flat, "usage"), abs=0.05)
    assert "growth" not in {row["key"] for row in growing["assumptions"]}


def test_growth_is_typed_as_a_percentage_and_may_be_less_than_nothing(client: Client, stored: Result) -> None:
    page = client.get(address(stored), {"growth": "-10"})
    assert page.status_code == 200
    assert page.context["controls"].what_if().growth == -0.1
    assert client.get(address(stored), {"growth": "-21"}).status_code == 422
    assert client.get(address(stored), {"growth": "301"}).status_code == 422


def test_the_next_step_of_fitting_can_be_tried(client: Client, stored: Result) -> None:
    page = client.get(address(stored), {"adaptation": "search"})
    assert page.status_code == 200
    assert "Getting documents ready" in str(page.context["tried"]["money"]["included"])
    assert "Getting documents ready" not in str(page.context["shown"]["money"]["included"])
    assert client.get(address(stored), {"adaptation": "magic"}).status_code == 422


def test_the_name_of_an_offer_says_that_it_is_quoted(client: Client, stored: Result) -> None:
    page = client.get(address(stored), headers={"accept-language": "de"}).content.decode()
    options = re.findall(r'<option value="([^"]*)"([^>]*)>', page.split('name="support"')[1].split("</select>")[0])

    assert [marks for code, marks in options if code] == [' lang="en"'] * (len(options) - 1)
    assert options[0] == ("", " selected")


def test_paid_support_can_be_switched_on_where_an_offer_fits(client: Client, stored: Result) -> None:
    offered = [option["slug"] for plan in stored.recommendation["plans"] for option in plan["support"]]
    choices = [slug for slug, _ in client.get(address(stored)).context["controls"].fields["support"].choices]
    assert choices == ["", *dict.fromkeys(offered)]
    assert client.get(address(stored), {"support": "moon"}).status_code == 422


def test_every_planning_value_of_the_plans_can_be_replaced(client: Client, stored: Result) -> None:
    controls = client.get(address(stored)).context["controls"]
    offered = {value.name for value in controls.planned_values}
    used = {
        item["name"]
        for trace in stored.recommendation["traces"]
        for item in trace["inputs"]
        if item["editable"] and not trace["key"].startswith("closed.")
    }
    assert {"setup_hosted_api", "running_hosted_api_month", "prompting_per_job", "contingency", "exit"} <= offered
    assert offered == used


def test_hours_really_spent_take_the_place_of_the_planned_ones(client: Client, stored: Result) -> None:
    # 3 hours a month x 75 x 36 = 8,100 instead of 1.5 x 75 x 36 = 4,050.
    page = client.get(address(stored), {"plan_running_hosted_api_month": "3", "plan_contingency": "0"})
    assert page.status_code == 200
    what_if = page.context["controls"].what_if()
    assert dict(what_if.planned) == {"running_hosted_api_month": 3.0, "contingency": 0.0}
    tried = try_changes(result=stored, what_if=what_if)
    assert line(tried, "running_labor") == 8_100.0
    assert line(tried, "contingency") == 0.0


def test_a_share_is_typed_as_a_percentage(client: Client, stored: Result) -> None:
    page = client.get(address(stored), {"plan_contingency": "25"})
    assert dict(page.context["controls"].what_if().planned) == {"contingency": 0.25}
    assert client.get(address(stored), {"plan_contingency": "101"}).status_code == 422
    assert client.get(address(stored), {"plan_moon": "3"}).context["tried"] is None
