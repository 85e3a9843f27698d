"""From a probe to a published fact: submitted, reviewed by a publisher, published with the next version."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.catalog import measurements, services
from advisor.catalog.models import CatalogVersion, Measurement
from advisor.catalog.probe.comparison import Comparison, Setup
from advisor.catalog.probe.measuring import Level, Measured, Spread
from advisor.catalog.probe.report import Probe
from advisor.catalog.probe.telling import Told
from tests.catalog.public_pages import get, words
from tests.openai_server import Behavior, openai_server

LIST = "/admin/catalog/measurement/"


def probe(**changes: Any) -> Probe:
    level = Level(2, 6, Spread(19.0, 20.0004, 21.0), Spread(38.0, 40.0, 42.0), Spread(0.1, 0.2, 0.3))
    facts = {"served_name": "m", "runs": 3, "prompt_tokens": 500, "output_tokens": 256, "counted_by": "usage"}
    measured = Measured(**(facts | {"cached": False, "levels": (level,)} | changes))
    setup = Setup("qwen3-8-27b", "Q4_K_M", "llama.cpp", "l40s", 1)
    return Probe(setup, measured, Told(weights_gb=16.5), Comparison((), 16.4, 20.0, None))


@pytest.fixture
def submitted(published: CatalogVersion) -> Measurement:
    return measurements.submit(probe=probe(), measured_on=date(2026, 11, 22), by="Ada", notes="two slots")


@pytest.fixture
def server() -> Iterator[tuple[str, Behavior]]:
    with openai_server() as started:
        yield started


def page(measurement: Measurement) -> str:
    return f"{LIST}{measurement.pk}/review/"


def decide(client: Client, measurement: Measurement, **changes: str) -> Any:
    sent = {"decision": "accepted", "reason": "the machine is known to us", "seen_state": "submitted"}
    return client.post(page(measurement), sent | changes)


def test_the_command_submits_what_it_measured(published: CatalogVersion, server: tuple[str, Behavior]) -> None:
    said = io.StringIO()
    call_command(
        "probe", server[0], "--model", "qwen3-8-27b", "--device", "l40s", "--users", "1,2", "--runs", "2",
        "--output-tokens", "20", "--submit", "--by", "Ada", "--notes", "two slots", stdout=io.StringIO(), stderr=said,
    )  # fmt: skip
    stored = Measurement.objects.get()
    assert f"Submitted for review as {stored.slug}." in said.getvalue()
    assert stored.slug.startswith("qwen3-8-27b-q4-k-m-l40s-")
    assert (stored.state, stored.submitted_by, stored.runtime, stored.weights) == (
        "submitted", "Ada", "llama.cpp", "Q4_K_M",
    )  # fmt: skip
    assert [level["users"] for level in stored.speeds] == [1, 2]
    assert all(level["low"] <= level["central"] <= level["high"] for level in stored.speeds)
    assert {row["figure"] for row in stored.comparison["compared"]} == {"per_user_tps", "first_token_s"}
    assert server[0] not in json.dumps(list(Measurement.objects.values()), default=str)
    assert "127.0.0.1" not in json.dumps(list(Measurement.objects.values()), default=str)


def test_guessed_counts_are_not_submitted(published: CatalogVersion, server: tuple[str, Behavior]) -> None:
    server[1].usage = False
    with pytest.raises(CommandError, match="guessed counts are no measurement"):
        call_command(
            "probe", server[0], "--model", "qwen3-8-27b", "--device", "l40s", "--users", "1", "--runs", "1",
            "--output-tokens", "20", "--submit", stdout=io.StringIO(), stderr=io.StringIO(),
        )  # fmt: skip
    assert not Measurement.objects.exists()


def test_a_model_or_device_that_is_no_draft_is_not_submitted(published: CatalogVersion) -> None:
    for field in ("model", "device"):
        strange = probe()
        object.__setattr__(strange.setup, field, "nothing")
        with pytest.raises(measurements.NotSubmitted, match=f"no {field} nothing"):
            measurements.submit(probe=strange, measured_on=date(2026, 11, 22))


def test_an_unreviewed_measurement_is_not_published(submitted: Measurement, published: CatalogVersion) -> None:
    assert services.preview().changes == ()
    assert services.publish(by=None, note="x") == published


def test_an_accepted_measurement_is_published_as_a_measured_fact(
    submitted: Measurement, sign_in: Callable[[str], Client]
) -> None:
    assert decide(sign_in("publisher"), submitted).status_code == 302
    assert [item.collection for item in services.preview().changes] == ["measurements"]
    version = services.publish(by=None, note="measured")
    catalog = services.engine_catalog(version)
    (row,) = catalog.measurements
    assert (row.grade, row.as_of, row.seen_on) == ("measured", "2026-11-22", "2026-11-22")
    assert row.source == "measured here on 2026-11-22 (manage.py probe)"
    assert (row.device, row.format, row.runtime, row.weights_gb, row.notes) == (
        "l40s", "Q4_K_M", "llama.cpp", 16.5, "two slots",
    )  # fmt: skip
    (speed,) = row.speeds
    assert (speed.users, speed.low, speed.central, speed.high, speed.total) == (2, 19.0, 20.0, 21.0, 40.0)
    assert "Ada" not in version.document
    (shown,) = measurements.measured_rows(catalog, "qwen3-8-27b")
    assert (shown.device, shown.day, shown.notes) == ("NVIDIA L40S 48GB", date(2026, 11, 22), "two slots")
    assert measurements.measured_rows(catalog, "glm-ocr") == ()


def test_a_published_measurement_is_no_hole(submitted: Measurement, sign_in: Callable[[str], Client]) -> None:
    decide(sign_in("publisher"), submitted)
    services.publish(by=None, note="measured")
    out = io.StringIO()
    call_command("catalog", "audit", stdout=out)
    assert "measurements" in out.getvalue()


def test_a_rejected_measurement_goes_with_the_next_version(
    submitted: Measurement, sign_in: Callable[[str], Client]
) -> None:
    publisher = sign_in("publisher")
    decide(publisher, submitted)
    services.publish(by=None, note="measured")
    assert (
        decide(publisher, submitted, decision="rejected", reason="wrong card", seen_state="accepted").status_code == 302
    )
    version = services.publish(by=None, note="taken back")
    assert services.engine_catalog(version).measurements == ()


def as_planned() -> Probe:
    """The same in the format and runtime that the model's page shows for the card."""
    level = Level(1, 3, Spread(60.0, 61.0, 62.0), Spread(60.0, 61.0, 62.0), Spread(0.1, 0.2, 0.3))
    return replace(probe(levels=(level,)), setup=Setup("qwen3-8-27b", "FP8", "vllm", "l40s", 1), told=Told())


def test_an_accepted_measurement_moves_the_speed_on_the_models_page_and_no_other_does(
    published: CatalogVersion, sign_in: Callable[[str], Client], client: Client
) -> None:
    def runs() -> str:
        section = get(client, "/models/qwen3-8-27b/").split('aria-labelledby="runs"')[1].split("</section>")[0]
        return words(f"<main{section}</main>")

    calculated, said = runs(), "Measured on this very machine type on November 22, 2026"
    submitted = measurements.submit(probe=as_planned(), measured_on=date(2026, 11, 22))
    publisher = sign_in("publisher")
    decide(publisher, submitted, decision="rejected", reason="not a quiet machine")
    services.publish(by=None, note="nothing measured")
    assert runs() == calculated
    assert said not in calculated
    decide(publisher, submitted, reason="run again", seen_state="rejected")
    services.publish(by=None, note="measured")
    assert said in runs()
    assert runs() != calculated


def test_every_decision_stays_in_the_history(submitted: Measurement, sign_in: Callable[[str], Client]) -> None:
    publisher = sign_in("publisher")
    decide(publisher, submitted)
    decide(publisher, submitted, decision="rejected", reason="wrong card", seen_state="accepted")
    told = [(row.state, row.reason) for row in submitted.history.order_by("history_id")]
    assert told == [("submitted", ""), ("accepted", "the machine is known to us"), ("rejected", "wrong card")]
    submitted.refresh_from_db()
    assert submitted.reviewed_by is not None
    assert submitted.reviewed_by.get_username() == "publisher@example.com"
    assert "wrong card" in publisher.get(page(submitted)).content.decode()
    assert publisher.get(f"{LIST}{submitted.pk}/history/").status_code == 200


def test_a_reason_is_required(submitted: Measurement, sign_in: Callable[[str], Client]) -> None:
    assert decide(sign_in("publisher"), submitted, reason=" ").status_code == 422
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


@pytest.mark.parametrize("decision", ["", "submitted", "perhaps"])
def test_a_decision_is_accept_or_reject(
    submitted: Measurement, sign_in: Callable[[str], Client], decision: str
) -> None:
    assert decide(sign_in("publisher"), submitted, decision=decision).status_code == 422


def test_the_second_of_two_reviewers_sees_that_somebody_decided(
    submitted: Measurement, sign_in: Callable[[str], Client]
) -> None:
    publisher = sign_in("publisher")
    decide(publisher, submitted)
    answer = decide(publisher, submitted, decision="rejected", reason="wrong card")
    assert answer.status_code == 409
    assert "Somebody decided meanwhile" in answer.content.decode()
    submitted.refresh_from_db()
    assert submitted.state == "accepted"


@pytest.mark.parametrize("address", ["review/", "change/"])
def test_the_page_shows_the_figures_and_the_engines_band(
    submitted: Measurement, sign_in: Callable[[str], Client], address: str
) -> None:
    band = [10.0, 12.0, 16.0]
    row = {"figure": "per_user_tps", "users": 2, "measured": 20.0, "band": band, "off": 0.25, "inside": False}
    first = row | {"figure": "first_token_s", "off": -0.1}
    inside = row | {"off": 0.0, "inside": True}
    Measurement.objects.update(comparison={"compared": [row, first, inside]})
    shown = sign_in("publisher").get(f"{LIST}{submitted.pk}/{address}")
    text = " ".join(shown.content.decode().split())
    for part in ("20 (19–21)", "10–16", "25 % above", "10 % below", "inside", "two slots", "Ada"):
        assert part in text


def test_a_measurement_nothing_could_be_compared_with_says_so(
    submitted: Measurement, sign_in: Callable[[str], Client]
) -> None:
    assert "Nothing could be compared." in sign_in("publisher").get(page(submitted)).content.decode()


@pytest.mark.parametrize("role", ["editor", "staff", "consultant"])
def test_only_publishers_decide(submitted: Measurement, sign_in: Callable[[str], Client], role: str) -> None:
    client = sign_in(role)
    assert client.get(page(submitted)).status_code == 403
    assert decide(client, submitted).status_code == 403
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_a_stranger_is_sent_to_the_sign_in_page(submitted: Measurement, client: Client) -> None:
    assert "login" in decide(client, submitted).headers["Location"]


def test_editors_see_measurements_but_no_button(submitted: Measurement, sign_in: Callable[[str], Client]) -> None:
    change = f"{LIST}{submitted.pk}/change/"
    assert page(submitted) not in sign_in("editor").get(change).content.decode()
    assert page(submitted) in sign_in("publisher").get(change).content.decode()


def test_nobody_edits_what_was_measured(submitted: Measurement, sign_in: Callable[[str], Client]) -> None:
    publisher = sign_in("publisher")
    assert publisher.post(f"{LIST}{submitted.pk}/change/", {"weights": "FP8"}).status_code == 403
    assert publisher.post(f"{LIST}add/", {}).status_code == 403
    assert publisher.post(f"{LIST}{submitted.pk}/delete/", {}).status_code == 403


def test_the_list_takes_the_same_queries_for_1_and_20_rows(
    submitted: Measurement, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    editor.get(LIST)
    counts = []
    for rows in (1, 20):
        while Measurement.objects.count() < rows:
            measurements.submit(probe=probe(), measured_on=date(2026, 11, 22))
        with CaptureQueriesContext(connection) as queries:
            assert len(editor.get(LIST).context["cl"].result_list) == rows
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_database_wants_a_reason_for_each_decision(submitted: Measurement) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.update(state="accepted")


def test_the_partial_of_the_models_page_shows_each_level(
    submitted: Measurement, sign_in: Callable[[str], Client]
) -> None:
    decide(sign_in("publisher"), submitted)
    catalog = services.engine_catalog(services.publish(by=None, note="measured"))
    rows = measurements.measured_rows(catalog, "qwen3-8-27b")
    text = " ".join(render_to_string("catalog/_measured.html", {"rows": rows}).split())
    for part in ("Measured here", "L40S", "Q4_K_M, llama.cpp", "November 22, 2026", "20&nbsp;(19–21)", "two slots"):
        assert part in text
    assert render_to_string("catalog/_measured.html", {"rows": ()}).strip() == ""
