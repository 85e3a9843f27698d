"""The effect preview beside the difference: who may ask, what it shows while it works and when it is ready."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.assessments.advice import sample_businesses
from advisor.assessments.models import Assessment, Result
from advisor.catalog import services
from advisor.catalog.models import ApiPrice, CatalogVersion
from advisor.catalog.services import shipped_catalog
from advisor.effects.comparing import NotWorkedOut, advice
from advisor.effects.models import EffectPreview, State
from advisor.effects.production import claim, work
from advisor.effects.services import request_preview
from tests.effects.conftest import PRICE, said
from tests.samples import recommendation

PUBLISH = "/admin/catalog/catalogversion/publish/"
LIST = "/admin/effects/effectpreview/"
Store = Callable[..., Result]
SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("bell")


def text_of(client: Client, address: str = PUBLISH) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_publish_page_offers_it(version: CatalogVersion, sign_in: SignIn) -> None:
    text = text_of(sign_in("publisher"))

    assert "Whose recommendation would change" in text
    assert "Look whom it changes" in text


def test_a_publisher_asks_and_sees_how_far_it_is(version: CatalogVersion, sign_in: SignIn) -> None:
    publisher = sign_in("publisher")

    answer = publisher.post(f"{LIST}ask/", follow=True)

    row = EffectPreview.objects.get()
    text = " ".join(answer.content.decode().split())
    assert answer.redirect_chain == [(PUBLISH, 302)]
    assert row.requested_by is not None
    assert "0 of 9 businesses worked out." in text
    assert f'hx-get="{LIST}{row.pk}/panel/?drafts={row.draft_hash}"' in text
    assert "every 2s" in text


def test_the_panel_stops_asking_when_it_has_ended(
    version: CatalogVersion, sign_in: SignIn, advised: dict[str, Any]
) -> None:
    publisher = sign_in("publisher")
    row = request_preview(by=None)
    before = text_of(publisher, f"{LIST}{row.pk}/panel/?drafts={row.draft_hash}")
    work(row.pk)
    after = text_of(publisher, f"{LIST}{row.pk}/panel/?drafts={row.draft_hash}")

    assert "every 2s" in before
    assert "every 2s" not in after
    assert "Look again at these drafts" in after
    assert "Out of date" not in after


def test_it_shows_who_changes_and_by_how_much_money(store: Store, sign_in: SignIn, advised: dict[str, Any]) -> None:
    """Two firms: the cost of one rises from 900 to 950, the other moves to a set-up for 700 (saving 300, not 100)."""
    advised |= {
        "dearer": said(cost=950.0, saving=50.0),
        "moves": said(name="B on a machine", setup=("own_server", None), cost=700.0, saving=300.0),
    }
    store(name="dearer")
    store(name="moves")
    store(name="same")
    work(request_preview(by=None).pk)

    text = text_of(sign_in("publisher"))

    for part in (
        "<strong>1</strong> other advice",
        "<strong>1</strong> the same advice, other money",
        "<strong>10</strong> the same",
        "<strong>0</strong> could not be worked out",
        "cost +€50",
        "saving −€50",  # the minus sign of the project's figures
        "B on a machine",
        "cost −€200",
        "saving +€200",
        "€2,550 (−€150)",  # 900 + 900 + 900 = 2,700 before; 950 + 700 + 900 after
        "€450 (+€150)",  # 3 x 100 = 300 before; 50 + 300 + 100 after
        "Web shop",
    ):
        assert part in text, part
    assert text.index("Assessment 2<") < text.index("Assessment 3<")  # other advice before other money


def test_what_could_not_be_worked_out_says_why(store: Store, sign_in: SignIn, advised: dict[str, Any]) -> None:
    advised["gone"] = NotWorkedOut("sector: 'x' is not in the catalog")
    store(name="gone")
    work(request_preview(by=None).pk)

    assert "On the drafts: sector: &#x27;x&#x27; is not in the catalog" in text_of(sign_in("publisher"))


def test_a_publisher_learns_nothing_about_who_it_is(store: Store, sign_in: SignIn, advised: dict[str, Any]) -> None:
    advised["Joe"] = said(cost=950.0)
    result = store(name="Joe", client_label="Joe's garage")
    row = request_preview(by=None)
    work(row.pk)
    publisher, admin = sign_in("publisher"), sign_in("admin")

    for address in (PUBLISH, f"{LIST}{row.pk}/change/"):
        text = text_of(publisher, address)
        for secret in ("Joe", str(result.public_id), str(result.assessment.public_id), "assessments/result"):
            assert secret not in text
        assert f"/admin/assessments/result/{result.pk}/change/" in text_of(admin, address)


def test_drafts_edited_afterwards_make_it_stale(
    version: CatalogVersion, sign_in: SignIn, advised: dict[str, Any]
) -> None:
    work(request_preview(by=None).pk)
    ApiPrice.objects.filter(slug=PRICE).update(input="9.75")

    text = text_of(sign_in("publisher"))

    assert "Out of date: the drafts or the published version changed" in text
    assert "Look again at these drafts" in text


def test_a_preview_against_an_earlier_version_is_stale(
    version: CatalogVersion, sign_in: SignIn, advised: dict[str, Any]
) -> None:

    work(request_preview(by=None).pk)
    ApiPrice.objects.filter(slug=PRICE).update(input="9.25")
    services.publish(by=None, note="second")
    ApiPrice.objects.filter(slug=PRICE).update(input="9.5")  # the drafts are those of the preview again

    assert "Out of date" in text_of(sign_in("publisher"))


def test_a_running_preview_is_canceled(version: CatalogVersion, sign_in: SignIn) -> None:
    row = request_preview(by=None)
    claim(row.pk)
    publisher = sign_in("publisher")

    text = " ".join(publisher.post(f"{LIST}{row.pk}/cancel/", follow=True).content.decode().split())

    row.refresh_from_db()
    assert row.state == State.CANCELED
    assert "The last preview was canceled." in text
    assert "had ended already" in publisher.post(f"{LIST}{row.pk}/cancel/", follow=True).content.decode()


def test_its_own_page_shows_every_business_that_changes(store: Store, sign_in: SignIn, advised: dict[str, Any]) -> None:
    advised["dearer"] = said(cost=950.0)
    for _ in range(12):
        store(name="dearer")
    row = request_preview(by=None)
    work(row.pk)
    publisher = sign_in("publisher")

    beside, alone = text_of(publisher), text_of(publisher, f"{LIST}{row.pk}/change/")

    assert "2 more stored assessments are affected: see all" in beside
    assert (beside.count(">Assessment "), alone.count(">Assessment ")) == (10, 12)
    assert "Out of date" not in alone


@pytest.mark.parametrize("role", ["editor", "consultant"])
def test_others_may_neither_ask_nor_look(version: CatalogVersion, sign_in: SignIn, role: str) -> None:
    row = request_preview(by=None)
    client = sign_in(role)

    for address in (LIST, f"{LIST}{row.pk}/change/", f"{LIST}{row.pk}/panel/"):
        assert client.get(address).status_code == 403
    for address in (f"{LIST}ask/", f"{LIST}{row.pk}/cancel/"):
        assert client.post(address).status_code == 403
    assert EffectPreview.objects.get().state == State.QUEUED


def test_problems_of_the_drafts_are_named(version: CatalogVersion, sign_in: SignIn) -> None:
    ApiPrice.objects.filter(slug=PRICE).update(source="", via="")

    answer = sign_in("publisher").post(f"{LIST}ask/", follow=True)

    assert f"row {PRICE}, field source: missing" in answer.content.decode()
    assert not EffectPreview.objects.exists()


def test_without_a_published_version_there_is_nothing_to_ask(db: None, sign_in: SignIn) -> None:
    publisher = sign_in("publisher")

    assert "nothing to compare with" in publisher.post(f"{LIST}ask/", follow=True).content.decode()
    assert "Whose recommendation" not in text_of(publisher)


def test_the_advice_is_that_of_the_engine() -> None:

    made = recommendation("web_shop")
    answers = json.loads(dict(sample_businesses())["web_shop"])

    found = advice(answers, shipped_catalog(), as_of=date.fromisoformat(made.as_of))

    assert (found.verdict, found.currency) == (made.verdict, made.currency)
    assert (found.cost, found.saving) == (made.plans[0].cost_total.central, made.plans[0].savings.total.central)
    assert made.plans[0].models[0].name in found.name


def test_answers_the_catalog_no_longer_knows_are_not_worked_out() -> None:

    answers = json.loads(dict(sample_businesses())["web_shop"]) | {"sector": "alchemy"}

    with pytest.raises(NotWorkedOut, match="sector"):
        advice(answers, shipped_catalog(), as_of=date(2026, 11, 21))
    with pytest.raises(NotWorkedOut, match="jobs"):
        advice({"question_set": "2026-11"}, shipped_catalog(), as_of=date(2026, 11, 21))


def test_the_panel_takes_the_same_queries_however_many_businesses(
    store: Store, sign_in: SignIn, advised: dict[str, Any]
) -> None:
    advised["dearer"] = said(cost=950.0)
    publisher = sign_in("publisher")
    counts = []
    for wanted in (3, 40):
        for _ in range(Assessment.objects.count(), wanted):
            store(name="dearer")
        row = request_preview(by=None)
        work(row.pk)
        publisher.get(f"{LIST}{row.pk}/panel/")  # what is asked once is not counted
        with CaptureQueriesContext(connection) as queries:
            publisher.get(f"{LIST}{row.pk}/panel/?drafts={row.draft_hash}")
        counts.append(len(queries))

    assert counts[0] == counts[1] == 7
