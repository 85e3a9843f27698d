"""The result page in every state: what it says, what it links to, and who may see it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from advisor.assessments.models import Assessment
from advisor.assessments.presentation import present
from advisor.catalog.models import CatalogVersion
from advisor.catalog.services import canonical_json
from advisor.engine.types import Assumption, Evidence, Flip, Note
from advisor.web.formats import Formats
from tests.assessments.shown_results import ANSWERS, address, granted, page, store, words
from tests.recommendations import STATES, make_recommendation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_page_with_one_answer(state: str) -> None:
    html = page(STATES[state]())

    assert html.count("<h1") == 1
    assert "%(" not in html  # a sentence whose blanks were not filled in


def test_the_answer_stands_in_two_sentences_with_its_range() -> None:
    seen = words(page(make_recommendation()))

    assert "The best fit is Heron 3 30B, an open model, run for you by Northfjord Hosting and paid by use." in seen
    assert "Over 36 months it costs €4,238 to €11,266." in seen
    assert "With what you could then stop paying, you would most likely spend about €6,182 less in all." in seen
    assert "range: €1,802 to €8,830 less" in seen


def test_figures_on_the_page_are_those_of_the_document() -> None:
    made = make_recommendation()
    seen = words(page(made))

    for plan in made.plans:
        for estimate in (plan.cost_total, plan.cost_month, plan.cost_first_year):
            assert f"€{estimate.low:,.0f} to €{estimate.high:,.0f}" in seen
        for line in plan.lines:
            assert f"{line.total.central:,.0f}".removeprefix("-") in seen
    assert f"€{made.keep.total:,.0f}" in seen


def test_a_loss_is_said_as_plainly_as_a_gain() -> None:
    seen = words(page(make_recommendation(verdict="keep")))

    assert "Keep what you have: no open option is better for you today." in seen
    assert "€3,619 more" in seen
    assert "It does not pay back within 36 months." in seen
    assert "€3,619 less" not in seen


def test_without_spending_today_nothing_is_called_a_saving() -> None:
    seen = words(page(STATES["no_baseline"]()))

    assert "all of it new spending" in seen
    assert "There is no saving to claim." in seen
    assert not re.search(r"€[\d,]+ less", seen)


def test_low_confidence_shows_the_range_and_three_questions_but_no_single_saving() -> None:
    made = STATES["low_confidence"]()
    html = page(made)

    assert "€6,182" not in html  # the central saving, in words and drawings alike
    assert "€1,802 to €8,830 less" in html
    for question in ("Q5", "Q15", "Q17"):
        assert f"/question/{question}/?change=1" in html


@pytest.mark.parametrize("state", ["saves", "keeps", "not_yet", "over_budget", "merged"])
def test_low_confidence_hides_the_single_saving_of_every_plan(state: str) -> None:
    made = STATES[state]()
    unsure = dataclasses.replace(made, confidence=STATES["low_confidence"]().confidence)
    html = page(unsure)

    for plan in made.plans:
        assert f"€{abs(plan.savings.total.central):,.0f} " not in words(html)


def test_a_legal_stop_comes_before_any_option() -> None:
    html = page(make_recommendation(verdict="legal_stop"))

    assert "take legal advice first" in html
    assert "for information only" in html
    assert html.index('id="law"') < html.index('id="options"')


def test_when_nothing_fits_the_rule_that_removed_most_is_named() -> None:
    html = page(make_recommendation(verdict="nothing_fits"))

    assert "The rule that removed the most options is “Where information may be processed”" in html
    assert html.index('id="ruled-out"') < html.index('id="options"')


def test_every_ruled_out_row_links_to_the_answer_behind_it() -> None:
    html = page(make_recommendation())

    for rule in make_recommendation().ruled_out:
        if rule.question:
            assert f"/question/{rule.question}/?change=1" in html


def test_a_plan_over_budget_says_by_how_much() -> None:
    seen = words(page(STATES["over_budget"]()))

    assert (
        seen.count("This costs €54 more than you said you could spend each month.") == 2
    )  # once on its card, and among the reasons


def test_old_facts_are_said_on_the_first_screen_and_listed_with_date_and_source() -> None:
    html = page(STATES["merged"]())

    said = "Prices and other facts used here that somebody should check again: 1. The oldest is from September 8, 2026."
    assert html.index(said) < html.index('id="options"')
    assert html.index("Facts too old to recommend anything by") < html.index('id="options"')
    listed = html[html.index('id="old-facts"') :].partition("</details>")[0]
    assert 'href="https://prices.example.com/open-models"' in listed
    assert "Prices of hosted services, figure from September 8, 2026, last read November 20, 2026" in listed
    assert "Prices per person, figure from October 2025, last read November 20, 2026, too old to recommend by" in listed
    assert "A price should be looked at again 30 days after its date" in listed


def test_without_old_facts_none_are_listed() -> None:
    assert 'id="old-facts"' not in page(make_recommendation())


def test_several_models_are_said_to_be_several() -> None:
    made = make_recommendation()
    plan = made.plans[0]
    second = dataclasses.replace(plan.models[0], slug="finch-9b", name="Finch 9B", jobs=("write_reply",))
    two = dataclasses.replace(plan, models=(*plan.models, second))
    seen = words(page(dataclasses.replace(made, plans=(two, *made.plans[1:]))))

    assert "The best fit is Heron 3 30B and Finch 9B: open models run for you by Northfjord Hosting" in seen


def test_spending_one_is_not_sure_of_is_never_called_nothing() -> None:
    made = STATES["no_baseline"]()
    seen = words(page(dataclasses.replace(made, keep=dataclasses.replace(made.keep, known=False))))

    assert "You were not sure what you pay today, so no saving can be stated." in seen
    assert "You pay for nothing comparable" not in seen


def test_jobs_nothing_covers_are_named_beside_the_answer() -> None:
    made = make_recommendation()
    short = dataclasses.replace(made.plans[0], uncovered_jobs=("three_d",))
    html = page(dataclasses.replace(made, plans=(short, *made.plans[1:])))

    assert html.index("3D, drawings and video") < html.index('id="options"')


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("low_volume", "at your amount of work no open option is worth its cost today"),
        ("no_evidence", "nothing shows so far that an open option does this work well enough"),
        ("best_score", "no open option is a sound choice for you today"),
    ],
)
def test_not_yet_says_why_not(code: str, sentence: str) -> None:
    values = {"jobs": ["translate"], "score": 70}
    seen = words(page(make_recommendation(verdict="not_yet", reasons=(Note(code, values),))))

    assert f"Not yet: {sentence}." in seen


def test_what_would_change_the_answer_never_repeats_the_answer() -> None:
    made = make_recommendation(verdict="keep", flips=(Flip("volume", 0.1, None, "times", "keep"),))

    assert "What would change the answer" not in words(page(made))


def test_a_law_entry_past_its_review_says_so() -> None:
    seen = words(page(make_recommendation()))

    assert "This entry was due for review on May 31, 2026." in seen
    assert "General information, not legal advice." in seen


def test_a_law_entry_falls_due_while_a_stored_result_waits(freeze_time: Callable[[datetime], None]) -> None:
    freeze_time(datetime(2027, 2, 28, 12, tzinfo=UTC))
    seen = words(page(make_recommendation()))
    assert "To be checked again by February 28, 2027." in seen
    assert seen.index("February 28, 2027") < seen.index("May 31, 2026")  # those due for a check come last

    freeze_time(datetime(2027, 3, 1, 12, tzinfo=UTC))
    seen = words(page(make_recommendation()))
    assert "This entry was due for review on February 28, 2027." in seen


def test_cases_stand_with_how_they_ended_and_how_far_they_can_be_trusted() -> None:
    seen = words(page(make_recommendation()))

    assert "Bookshop answers from its manuals It worked B: told in detail by a named firm or in a paper" in seen
    assert "time for an answer: 12 seconds Your trade · Heron 3 30B · Own server (one card) · Germany" in seen
    assert "It failed D: anecdote from a blog, the press or a seller result: nobody used it (after a month)" in seen
    assert "Another trade: a failure to learn from" in seen
    assert "1 of them failed." in seen


def test_a_result_stored_before_cases_and_programs_were_told_can_still_be_read() -> None:
    document = make_recommendation().to_document()
    del document["cases"]
    for plan in [*document["plans"], document["closed_reference"]]:
        del plan["programs"]
    shown = present(document, language="en")

    assert shown["cases"]["rows"] == []
    assert shown["cards"][0]["programs"] == []


def test_programs_stand_with_their_license_login_and_security_and_lead_to_all_of_their_route() -> None:
    html = page(make_recommendation())
    seen = words(html)

    assert "Paperboat Chat One person with a guide · License: Open Meadow License 2.0 · login by default: yes" in seen
    assert "Security: Keep it behind a login." in seen
    assert "Not to be sold on." in seen
    assert 'href="/software/?route=own_server#millrace-server"' in html
    assert 'href="/software/?route=hosted_api"' in html
    assert "/software/?route=closed_api" not in html


def test_what_is_quoted_says_its_language_and_our_own_words_do_not() -> None:
    made = make_recommendation()
    first, *rest = made.assumptions
    ours = dataclasses.replace(first, source="own planning value, no measurement found")
    quoted = dataclasses.replace(first, source="A survey of 2026")
    html = page(dataclasses.replace(made, assumptions=(ours, quoted, *rest)), language="de")

    assert '<span lang="en">A survey of 2026</span>' in html
    assert "<span>eigener Planungswert, keine Messung gefunden</span>" in html
    assert "Anmeldung voreingestellt: <span>ja</span>" in html


def test_models_of_the_current_catalog_are_linked_and_no_others() -> None:
    made = make_recommendation()
    slug = made.plans[0].models[0].slug
    assert f"/models/{slug}/" not in page(made)

    row = {"slug": slug, "name": "M", "family": "M", "publisher": "M", "modalities": [], "tasks": [], "license": "x"}
    document = canonical_json({"format": 1, "entries": {"models": [row]}})
    CatalogVersion.objects.create(number=2, content_hash="2" * 64, document=document)
    assert f'href="/models/{slug}/"' in page(made)


def test_up_to_claims_stand_only_beside_what_was_found_about_them() -> None:
    html = page(make_recommendation())

    for found in re.finditer("up to 90%", html):
        row = html[found.start() : html.index("</tr>", found.start())]
        assert "No source found" in row


def test_every_headline_amount_opens_its_working_without_javascript() -> None:
    html = page(make_recommendation())
    headline = html[html.index('class="headline') : html.index("</dl>")]

    assert headline.count("<details") == 3  # the cost, the difference and the chance; confidence is a count
    assert "Use of the service + Work to set it up" in headline
    assert "€13,068 − €6,886" in headline


def test_nothing_on_the_page_is_inline_style_or_script() -> None:
    for state in STATES.values():
        html = page(state())
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", html)


def test_every_drawing_has_a_title_a_description_and_its_own_id() -> None:
    html = page(make_recommendation())
    drawings = re.findall(r'<svg[^>]*role="img".*?</svg>', html, flags=re.DOTALL)

    assert len(drawings) >= 6  # three figures in two widths
    assert all("<title" in drawing and "<desc" in drawing for drawing in drawings)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_text_from_the_catalog_is_never_markup() -> None:
    made = make_recommendation()
    plan = made.plans[0]
    model = dataclasses.replace(plan.models[0], name="<b>Heron</b>")
    html = page(dataclasses.replace(made, plans=(dataclasses.replace(plan, models=(model,)), *made.plans[1:])))

    assert "<b>Heron" not in html


def test_money_is_written_as_the_language_writes_it() -> None:
    yuan = make_recommendation(currency="CNY")

    assert "CN¥4,238" in page(yuan, language="en")
    assert "CN¥" not in (chinese := page(yuan, language="zh-hans"))
    assert "¥4,238" in chinese


def test_a_measured_speed_says_so_with_its_day() -> None:
    said = "Speed measured on this very machine type on November 20, 2026."
    made = STATES["merged"]()
    assert said not in words(page(made))

    measured = {"grade": "measured", "source": "measured here", "as_of": "2026-11-20"}
    traces = tuple(
        dataclasses.replace(trace, inputs=(dataclasses.replace(trace.inputs[0], **measured), *trace.inputs[1:]))
        if trace.key.endswith(".machines")
        else trace
        for trace in made.traces
    )
    assert said in words(page(dataclasses.replace(made, traces=traces)))


def test_changed_answers_are_pointed_out() -> None:
    result = store(make_recommendation())
    Assessment.objects.filter(pk=result.assessment.pk).update(answers={**ANSWERS, "country": "AT"})
    html = granted(result).get(address(result)).content.decode()

    assert "You have changed answers since this result." in html


def test_newer_facts_are_pointed_out() -> None:
    result = store(make_recommendation())
    assert "updated since this result" not in granted(result).get(address(result)).content.decode()
    CatalogVersion.objects.create(number=2, content_hash="1" * 64, document='{"format": 1, "entries": {}}')

    assert "updated since this result" in granted(result).get(address(result)).content.decode()


def test_without_a_result_the_answers_are_checked_first() -> None:
    result = store(make_recommendation())
    client = granted(result)
    result.delete()

    response = client.get(address(result))

    assert response.status_code == 302
    assert response["Location"].endswith("/check/")


def test_a_stranger_finds_no_result() -> None:
    assert Client().get(address(store(make_recommendation()))).status_code == 404


def test_the_page_is_only_read() -> None:
    result = store(make_recommendation())

    assert granted(result).post(address(result)).status_code == 405


def test_every_line_of_every_option_stands_month_by_month_on_its_own_page() -> None:
    made = make_recommendation()
    result = store(made)
    client = granted(result)
    link = f"/assessments/{result.assessment.public_id}/result/costs/"
    assert link in client.get(address(result)).content.decode()
    seen = words(client.get(link).content.decode())
    assert seen.count("Month by month") == len(made.plans) + 1
    for plan in made.plans:
        for month in (0, 35):
            assert Formats("en", "EUR").money(plan.cost_by_month[month]) in seen


def test_seats_nobody_uses_are_said_to_need_no_model() -> None:
    # Two seats at 66 a month, given up after the contract's third month: 33 x 66 = 2,178.
    seen = words(page(make_recommendation()))
    assert "€2,178 over 36 months goes to seats nobody uses (2)." in seen
    assert "nobody uses. Giving them up" not in words(page(STATES["no_baseline"]()))


def test_partial_cancellation_names_the_seats_that_stop() -> None:
    made = make_recommendation()
    half = dataclasses.replace(made.keep.tools[0], stop_share=0.5, seats_stop=6.0)
    made = dataclasses.replace(made, keep=dataclasses.replace(made.keep, tools=(half,)))
    assert "50% of the seats in use would stop, about 6 of them." in words(page(made))


def test_the_steps_of_fitting_stand_with_cost_and_need() -> None:
    seen = words(page(make_recommendation()))
    assert "Three steps for finding answers in your documents, the cheapest first." in seen
    assert "Write instructions" in seen
    assert "A host runs its models as they are." in seen
    assert "not possible here" in seen


def test_support_stands_with_its_price_and_is_not_counted() -> None:
    seen = words(page(make_recommendation(verdict="not_yet")))
    assert "Marsh Care Server support : €90 to €120 a month" in seen
    assert "fixes and a telephone · not in the figures" in seen


def test_machines_say_what_is_in_flight_and_what_stays_free() -> None:
    made = make_recommendation(verdict="not_yet")
    seen = words(page(made))
    assert "one machine takes 2 at once. Nine in ten begin within 2 seconds." in seen
    assert "Free in the busiest hour: 91% of what the machines carry at the start, 87% at the end." in seen
    more = dataclasses.replace(made.plans[0].machines[0], count_at_end=2)
    grown = dataclasses.replace(made, plans=(dataclasses.replace(made.plans[0], machines=(more,)),))
    assert "As the work grows, 2 machines are counted at the end." in words(page(grown))


def test_what_no_question_asks_for_is_changed_at_its_control() -> None:
    growth = Assumption(
        "growth", "Q5", None, 0.0, 0.1, 0.3, "share of today's work, added each year", "assumed", None, None,
        control="growth",
    )  # fmt: skip
    made = make_recommendation()
    html = page(dataclasses.replace(made, assumptions=(*made.assumptions, growth)))
    assert 'href="#id_growth"' in html
    assert 'id="id_growth"' in html
    assert "10% of today's work, each year" in words(html).replace("&#x27;", "'")


def test_a_score_where_less_is_better_and_one_put_on_another_scale_say_so() -> None:
    made = make_recommendation()
    evidence = Evidence("WER", 4.2, 6.0, "other_vendor: Some table", "derived", True, "Reed Measurements", 5)
    use = dataclasses.replace(made.plans[0].models[0], evidence=(evidence,))
    made = dataclasses.replace(made, plans=(dataclasses.replace(made.plans[0], models=(use,)), *made.plans[1:]))
    seen = words(page(made))
    assert "4.2 in the test WER, measured by Some table. Your work allows at most 6." in seen
    assert "Put on the scale of Reed Measurements over 5 models that both measured." in seen


def test_a_payback_that_never_comes_says_so_in_its_working() -> None:
    seen = words(page(make_recommendation(verdict="keep")))
    assert "not within 36 months" in seen


def test_an_assumed_figure_can_be_tried_without_changing_the_answer() -> None:
    assumed = Assumption("hourly_cost", "Q17", None, 28.0, 41.4, 58.0, "per hour", "published", None, None)
    html = page(make_recommendation(assumptions=(assumed,)))
    assert 'href="#id_hourly_cost"' in html
    assert 'id="id_hourly_cost"' in html
    assert 'href="#id_hourly_cost"' not in page(make_recommendation(verdict="nothing_fits", assumptions=(assumed,)))
