"""The page of one model: every fact with its source, unknown said as unknown, nothing of a source taken as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from advisor.catalog.public.index import index_of
from advisor.catalog.public.related import alternatives, newer_of_family
from tests.catalog.public_pages import get, publish_changed, words
from tests.questionnaire import published_version

pytestmark = pytest.mark.django_db
ADDRESS = "/models/qwen3-8-27b/"


@pytest.fixture
def page(client: Client, db: None) -> str:
    published_version()
    return get(client, ADDRESS)


def section(page: str, name: str) -> str:
    return words("<main" + page.split(f'aria-labelledby="{name}"')[1].split("</section>")[0] + "</main>")


def test_every_model_has_a_page_with_one_heading(client: Client, db: None) -> None:
    version = published_version()
    for slug, model in index_of(version.content_hash).models.items():
        page = get(client, f"/models/{slug}/")
        assert page.count("<h1") == 1
        assert model.name in words(page)
        assert "%(" not in page


def test_each_fact_carries_grade_date_and_source(page: str) -> None:
    rows = re.findall(r'<div class="summary-row">(.*?)</div>', page, re.S)
    known = [row for row in rows if "not known" not in row]

    assert len(known) > 15
    assert all("#source-" in row and "November 2026" in row for row in known)
    size = next(row for row in known if "Parameters, billions" in row)
    assert "27.8" in size
    assert "claim of an interested party" in size
    assert "calculated" in next(row for row in known if "What it can do" in row)  # the catalog's own reading


def test_every_source_mark_leads_to_a_source(page: str) -> None:
    marks, sources = set(re.findall(r'href="#(source-\d+)"', page)), set(re.findall(r'<li id="(source-\d+)"', page))

    assert marks == sources != set()


def test_what_nobody_published_is_said_to_be_unknown(page: str) -> None:
    assert "Number of languages not known" in section(page, "facts")


def test_hosted_prices_stand_with_provider_date_and_source_cheapest_first(page: str) -> None:
    seen = section(page, "hosted")

    assert "DeepInfra Qwen/Qwen3.8-27B $0.40 $3.00 $0.04 United States November 2026 published figure" in seen
    sums = [float(read) + float(written) for read, written in re.findall(r"\$([\d.]+) \$([\d.]+)", seen)]
    assert sums == sorted(sums)


def test_a_withdrawn_offer_is_marked_and_stands_last(client: Client, db: None) -> None:
    publish_changed("api_prices", "deepinfra-qwen3-8-27b", deprecated=True)
    seen = section(get(client, ADDRESS), "hosted")

    assert "DeepInfra Qwen/Qwen3.8-27B withdrawn" in seen
    assert seen.index("Groq") < seen.index("DeepInfra")


def test_an_announced_price_is_told_with_its_day(client: Client, db: None) -> None:
    publish_changed(
        "api_prices",
        "deepinfra-qwen3-8-27b",
        scheduled_changes=[{"from_date": "2027-01-01", "input": 0.5, "output": 4.0}],
    )

    assert "From January 1, 2027: read $0.50 and written $4.00" in section(get(client, ADDRESS), "hosted")


def test_the_license_says_what_may_must_and_must_not_be_done(client: Client, db: None) -> None:
    published_version()
    free, limited = (section(get(client, f"/models/{slug}/"), "license") for slug in ("qwen3-8-27b", "hunyuan3d-2-1"))

    assert "Use it in your business without a fee." in free
    assert "No country is named as left out." in free
    assert "Use it in your business as long as you keep to the conditions below." in limited
    assert "Separate license above 1 million MAU." in limited
    assert "Not licensed in European Union, United Kingdom, and South Korea" in limited
    assert "General information, not legal advice." in limited


def test_a_model_with_a_strict_license_is_not_called_free_because_its_family_is(client: Client, db: None) -> None:
    version = published_version()

    assert index_of(version.content_hash).models["hunyuan3d-2-1"].openness == "open_weights_conditional"
    assert index_of(version.content_hash).models["hy3"].openness == "open_weights_permissive"


def test_the_family_is_shown_with_downloads_releases_programs_and_who_decides(page: str) -> None:
    seen = section(page, "health")

    assert "The Qwen family: Light models open beside a closed flagship." in seen
    assert "about every 5.7 months" in seen
    assert re.search(r"259,179,439 \(in 30 days\) ?, October 2026", seen)
    assert "vLLM: yes" in seen
    assert "Ollama: probably" in seen
    assert "Company team" in seen


def test_a_family_without_an_entry_says_so(client: Client, db: None) -> None:
    publish_changed("models", "qwen3-8-27b", family="Nobody's")

    assert "no entry about this family yet" in words(get(client, ADDRESS))


def test_machines_say_whether_it_fits_and_how_fast_it_is(page: str) -> None:
    seen = section(page, "runs")

    assert "Gaming graphics card for example GeForce RTX 5080 16GB Does not fit: needs 19 GB, has 16 GB" in seen
    assert re.search(r"Data-center card for example NVIDIA A100 PCIe 80GB Fits: takes 59 GB of 80 GB [\d,.]+ to", seen)


def test_a_fact_past_its_review_date_is_marked(
    client: Client, db: None, freeze_time: Callable[[datetime], None]
) -> None:
    publish_changed("api_prices", "deepinfra-qwen3-8-27b", seen_on="2026-11-21")
    freeze_time(datetime(2026, 12, 21, 12, tzinfo=UTC))
    assert "Was to be checked again" not in section(get(client, ADDRESS), "sources")

    freeze_time(datetime(2026, 12, 22, 12, tzinfo=UTC))
    assert "Was to be checked again by December 21, 2026." in section(get(client, ADDRESS), "sources")


def test_alternatives_do_the_same_work_at_a_similar_size_and_come_from_other_families(db: None) -> None:
    models = index_of(published_version().content_hash).models
    mine = models["qwen3-8-27b"]
    found = alternatives(mine, models.values())

    assert 0 < len(found) <= 6
    assert mine.family not in {other.family for other in found}
    assert len({other.family for other in found}) == len(found)
    assert mine.need is not None
    for other in found:
        assert other.need is not None
        assert 0.5 <= other.need.gb / mine.need.gb <= 2
        assert 2 * len(set(mine.tasks) & set(other.tasks)) >= len(set(mine.tasks) | set(other.tasks))


def test_a_newer_model_of_the_family_does_all_the_old_one_does(db: None) -> None:
    models = index_of(published_version().content_hash).models
    newer = [other.slug for other in newer_of_family(models["qwen3-6-27b"], models.values())]

    assert "qwen3-8-27b" in newer
    assert newer_of_family(models["qwen3-8-27b"], models.values()) == []
    assert "gemma-4-31b" in [other.slug for other in newer_of_family(models["gemma-3-27b"], models.values())]


def test_nothing_in_a_fact_becomes_part_of_the_page(client: Client, db: None) -> None:
    publish_changed(
        "models",
        "qwen3-8-27b",
        name="<script>alert(1)</script>",
        notes="<img src=x onerror=alert(1)>",
        source="javascript:alert(1)",
        attention_note='"><svg onload=alert(1)>',
    )
    page = get(client, ADDRESS)

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert 'href="javascript:' not in page


def test_a_model_that_is_not_published_is_not_found(client: Client, db: None) -> None:
    published_version()

    get(client, "/models/no-such-model/", status=404)


def test_only_reading_is_allowed(client: Client, db: None) -> None:
    published_version()
    for address in ("/models/", ADDRESS, "/catalog/", "/catalog/compare/", "/catalog/current/catalog.json"):
        assert client.post(address).status_code == 405
