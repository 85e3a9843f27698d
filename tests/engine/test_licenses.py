"""What a license asks of one business: unknown revenue and unknown readers are told, never passed in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from advisor.assessments.wording.notes import SENTENCES
from advisor.engine.answers import Audience, Job, JobAnswer
from advisor.engine.catalog import License, LicenseLimit
from advisor.engine.companions import Companions
from advisor.engine.contradictions import TERMS
from advisor.engine.demand import loads
from advisor.engine.explain import model_uses
from advisor.engine.filters import model_failures
from advisor.engine.licenses import BARS, card
from advisor.engine.model_rules import Subject
from advisor.engine.places import Place
from advisor.engine.quality import NONE
from advisor.engine.recommend import recommend
from advisor.engine.setup import Setup
from advisor.engine.types import Route, Rule
from tests.engine.hand_made import firm, hosted_candidate, model
from tests.samples import AS_OF, answers, catalog

PLAIN = License(slug="hand", name="Hand License", url="https://hand", osi_approved=False, commercial_use="conditional")
NOT_EU = replace(PLAIN, territory_exclusions=("EU",))
OPEN = model("gemma-4-26b-a4b")


def license_of(slug: str) -> License:
    return next(row for row in catalog().licenses if row.slug == slug)


def broken(license_: License, **more: Any) -> Rule | None:
    business = firm(**more)
    found = model_failures(Subject(OPEN, license_, NONE, loads(business, business.middle)[0]), business)
    return found[0][0] if found else None


def codes(notes: Any) -> set[str]:
    return {note.code for note in notes}


@pytest.mark.parametrize(
    ("license_", "more", "rule"),
    [
        (PLAIN, {}, None),
        (replace(PLAIN, commercial_use="no"), {}, Rule.LICENSE),
        (NOT_EU, {}, Rule.TERRITORY),
        (NOT_EU, {"country": "US"}, None),
        (replace(PLAIN, territory_exclusions=("KR",)), {"customer_countries": ("US", "KR")}, Rule.TERRITORY),
        (NOT_EU, {"country": "US", "customer_countries": ("DE",)}, Rule.TERRITORY),
        (replace(PLAIN, territory_exclusions=("EU",), territory_modalities=("speech-to-text",)), {}, None),
        (replace(PLAIN, territory_exclusions=("EU",), territory_modalities=("text-llm",)), {}, Rule.TERRITORY),
    ],
)  # fmt: skip
def test_a_license_rules_a_model_out_where_it_does_not_speak(
    license_: License, more: dict[str, Any], rule: Rule | None
) -> None:
    assert broken(license_, **more) is rule


def test_more_users_than_a_license_allows_rule_it_out_and_as_many_do_not() -> None:
    capped = replace(PLAIN, limits=(LicenseLimit(measure="users_month", effect="ask", above=20),))
    assert broken(capped, staff_count=30, ai_users=20) is None
    assert broken(capped, staff_count=30, ai_users=21) is Rule.USER_CAP
    # A limit that only asks for the name to be shown, or speaks only to hosts, bars nobody.
    shown = replace(PLAIN, limits=(LicenseLimit(measure="users_month", effect="show", above=20),))
    hosts = replace(
        PLAIN, limits=(LicenseLimit(measure="users_month", effect="ask", above=20, business="hosting"),)
    )  # fmt: skip
    assert broken(shown, staff_count=30, ai_users=21) is broken(hosts, staff_count=30, ai_users=21) is None


def test_known_users_settle_a_limit_and_unknown_readers_do_not() -> None:
    llama = license_of("llama3-3")
    assert codes(card(llama, firm()).checks) == set()
    assert codes(card(llama, firm(audience=(Audience.PROGRAM,))).checks) == set()
    assert codes(card(llama, firm(audience=(Audience.STAFF, Audience.CUSTOMERS))).checks) == {
        "check_any_users_month_ask"
    }
    shown = replace(PLAIN, limits=(LicenseLimit(measure="users_month", effect="show", above=20),))
    assert codes(card(shown, firm(staff_count=30, ai_users=21)).checks) == {"check_any_users_month_show"}


def test_revenue_that_nobody_was_asked_for_is_something_to_check() -> None:
    (check,) = card(license_of("stability-community"), firm()).checks
    assert (check.code, check.values) == ("check_any_revenue_year_ask", {"above": 1_000_000.0})


def test_a_limit_on_those_who_host_is_told_only_where_others_are_served() -> None:
    qwen = license_of("qwen-community-1-0")
    assert "check_hosting_any_ask" not in codes(card(qwen, firm()).checks)
    assert "check_hosting_any_ask" in codes(card(qwen, firm(audience=(Audience.PUBLISHED,))).checks)


def test_a_badge_is_a_duty_with_its_words() -> None:
    shown = [note.values["text"] for note in card(license_of("llama3-1"), firm()).duties if note.code == "duty_show"]
    assert shown == ["Built with Llama"]


def test_marking_is_a_duty_where_somebody_outside_sees_it() -> None:
    hunyuan = license_of("tencent-hunyuan3d-2-1")
    assert "duty_mark_generated" not in codes(card(hunyuan, firm()).duties)
    assert "duty_mark_generated" in codes(card(hunyuan, firm(audience=(Audience.CUSTOMERS,))).duties)


def test_limits_on_outputs_are_bars() -> None:
    assert codes(card(license_of("tencent-hunyuan3d-2-1"), firm()).bars) == {
        "bar_no_training", "bar_outputs_in_territory"
    }  # fmt: skip


def test_a_row_without_terms_speaks_in_its_own_words() -> None:
    told = card(replace(PLAIN, attribution="Name us.", cap="Few users.", acceptable_use="Be good."), firm())
    assert (told.must, told.must_not, told.light) == (("Name us.", "Few users."), ("Be good.",), "amber")
    assert card(replace(PLAIN, territory_exclusions=("EU", "GB")), firm()).must_not == ("EU, GB",)
    assert card(license_of("mit"), firm()).must == ()


def test_every_sentence_of_a_shipped_license_that_asks_something_stands_there_in_codes_too() -> None:
    for row in catalog().licenses:
        said = (row.attribution, row.cap, row.acceptable_use, row.output_restrictions, row.other_conditions)
        assert bool(row.terms or row.limits) or not any(said), row.slug
        assert bool(row.limits) == bool(row.cap), row.slug


def test_every_term_limit_and_rule_has_words() -> None:
    terms = {f"{'bar' if kind in BARS else 'duty'}_{kind}" for kind in TERMS}
    limits = {
        f"check_{limit.business or 'any'}_{limit.measure}_{limit.effect}"
        for row in catalog().licenses
        for limit in row.limits
    }
    assert terms | limits | {f"lift_{rule}" for rule in Rule} | set(Rule) <= set(SENTENCES)


def test_a_companions_license_is_judged_and_its_duties_are_listed() -> None:
    # Searching documents pulls in an embedding model. The only one there is bears a research license: nothing to
    # search with. Under another license it may be used, and what that license asks is listed with the plan's models.
    search = replace(model("qwen3-embedding-0-6b"), license="cc-by-nc-4-0")
    barred = firm(Job.FIND_IN_DOCUMENTS, facts=replace(catalog(), models=(search, OPEN)))
    load = loads(barred, barred.middle)[0]
    here = Place(key="own", route=Route.OWN_SERVER, name="Own", device=catalog().devices[0])
    helpers, missing = Companions(barred).of(load, here)
    assert helpers == ()
    assert missing is not None
    assert (missing[0], missing[1].values["companion"]) == (Rule.LICENSE, "embedding")
    assert Companions(barred, frozenset({Rule.LICENSE})).of(load, here)[1] is None

    named = firm(Job.FIND_IN_DOCUMENTS, facts=replace(catalog(), models=(replace(search, license="cc-by-4-0"), OPEN)))
    helpers, missing = Companions(named).of(load, here)
    assert missing is None
    uses = model_uses(Setup((hosted_candidate(Job.FIND_IN_DOCUMENTS, helpers=helpers),)), named)
    companion = next(use for use in uses if use.role == "embedding")
    assert codes(companion.license.duties) == {"duty_credit"}


def test_no_companion_at_all_is_a_missing_ability() -> None:
    business = firm(Job.FIND_IN_DOCUMENTS, facts=replace(catalog(), models=(OPEN,)))
    here = Place(key="own", route=Route.OWN_SERVER, name="Own", device=catalog().devices[0])
    missing = Companions(business).of(loads(business, business.middle)[0], here)[1]
    assert missing is not None
    assert (missing[0], missing[1].values) == (Rule.ABILITY, {"task": "embedding"})


def test_duties_reach_the_recommendation() -> None:
    korean = replace(answers("design_firm"), country="US", currency="USD", jobs=(JobAnswer(Job.PICTURES, 40, 20),))
    made = recommend(korean, catalog(), as_of=AS_OF)
    asked = [use.license for plan in made.plans for use in plan.models if use.license.slug != "service-terms"]
    assert asked
    assert all(one.duties or one.bars or one.checks for one in asked)
