"""The public list of models: what a wish leaves, what cannot be checked, and what a wrong address gets."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from advisor.catalog.models import CatalogVersion
from advisor.catalog.public.index import ModelRow, index_of
from tests.catalog.public_pages import get, listed, words
from tests.questionnaire import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def models(db: None) -> dict[str, ModelRow]:
    return dict(index_of(published_version().content_hash).models)


def everything(client: Client, query: str) -> list[str]:
    """The models of all pages of a list."""
    found: list[str] = []
    address = f"/models/{query}"
    while address:
        page = get(client, address)
        found += listed(page)
        following = re.search(r'href="(\?[^"]*)" rel="next', page)
        address = "/models/" + following[1].replace("&amp;", "&") if following else ""
    return found


def test_without_a_wish_every_published_model_is_listed_newest_first(
    client: Client, models: dict[str, ModelRow]
) -> None:
    found = everything(client, "")

    assert sorted(found) == sorted(models)
    released = [models[slug].released or "" for slug in found]
    assert released == sorted(released, reverse=True)
    assert "110 models" in words(get(client, "/models/"))


WISHES: list[tuple[str, Callable[[ModelRow], bool]]] = [
    ("?task=ocr", lambda model: "ocr" in model.tasks),
    ("?q=MISTRAL+small", lambda model: "mistral" in model.text and "small" in model.text),
    ("?publisher=Tencent", lambda model: model.publisher == "Tencent"),
    ("?size=4-15", lambda model: model.params_b is not None and 4 <= model.params_b < 15),
    ("?memory=8", lambda model: model.need is not None and model.need.gb <= 8),
    ("?use=business", lambda model: model.commercial_use != "no"),
    ("?use=freely", lambda model: model.commercial_use == "yes"),
    ("?use=standard", lambda model: model.standard_license),
    ("?language=ja", lambda model: "ja" in (model.languages or ())),
    ("?since=2026", lambda model: (model.released or "") >= "2026"),
    ("?openness=fully_open_data", lambda model: model.openness == "fully_open_data"),
    (
        "?task=code&use=standard&memory=24",
        lambda model: "code" in model.tasks and model.standard_license and bool(model.need and model.need.gb <= 24),
    ),
]


@pytest.mark.parametrize(("query", "expected"), WISHES, ids=[query for query, _ in WISHES])
def test_a_wish_leaves_exactly_the_models_that_meet_it(
    client: Client, models: dict[str, ModelRow], query: str, expected: Callable[[ModelRow], bool]
) -> None:
    found = everything(client, query)

    assert sorted(found) == sorted(slug for slug, model in models.items() if expected(model))
    assert 0 < len(found) < len(models)


def test_a_license_that_leaves_out_the_union_leaves_out_its_members(
    client: Client, models: dict[str, ModelRow]
) -> None:
    in_germany, in_korea, in_japan = (set(everything(client, f"?country={code}")) for code in ("DE", "KR", "JP"))

    assert {"llama-4-scout", "hunyuan3d-2-1"} & in_germany == set()
    assert "llama-4-scout" in in_korea  # its license names the European Union only
    assert "hunyuan3d-2-1" not in in_korea
    assert in_japan == set(models)


def test_models_that_say_nothing_are_counted_and_shown_on_request(client: Client, models: dict[str, ModelRow]) -> None:
    silent = [slug for slug, model in models.items() if model.languages is None]
    named = [slug for slug, model in models.items() if "ja" in (model.languages or ())]

    page = get(client, "/models/?language=ja")
    assert f"{len(silent)} more models may fit: their makers do not say." in words(page)
    assert 'href="?language=ja&amp;unknown=1"' in page
    assert sorted(everything(client, "?language=ja&unknown=1")) == sorted([*silent, *named])


def test_nothing_found_says_how_to_go_on(client: Client, models: dict[str, ModelRow]) -> None:
    seen = words(get(client, "/models/?q=no-such-model-anywhere"))

    assert "No model fits all of this" in seen
    assert "Take back one of the choices" in seen


def orders(models: dict[str, ModelRow]) -> dict[str, Callable[[str], tuple[bool, float | str]]]:
    def last(value: float | None) -> tuple[bool, float]:
        return value is None, value or 0.0

    return {
        "memory": lambda slug: last(models[slug].need.gb if models[slug].need else None),
        "largest": lambda slug: last(None if models[slug].params_b is None else -models[slug].params_b),
        "hosted-price": lambda slug: last(models[slug].hosted_usd),
        "downloads": lambda slug: last(None if models[slug].downloads_30d is None else -models[slug].downloads_30d),
        "name": lambda slug: (False, models[slug].name.casefold()),
    }


@pytest.mark.parametrize("sort", ["memory", "largest", "hosted-price", "downloads", "name"])
def test_an_order_puts_unknown_figures_last(client: Client, models: dict[str, ModelRow], sort: str) -> None:
    found = everything(client, f"?sort={sort}")

    assert len(found) == len(models)
    assert found == sorted(found, key=orders(models)[sort])


def test_empty_fields_leave_no_trace_in_the_address(client: Client, models: dict[str, ModelRow]) -> None:
    response = client.get("/models/?q=&task=ocr&use=&country=&sort=newest")

    assert response.status_code == 302
    assert response["Location"] == "/models/?task=ocr"


def test_each_wish_can_be_taken_back_alone(client: Client, models: dict[str, ModelRow]) -> None:
    page = get(client, "/models/?task=ocr&country=DE&memory=8")

    links = re.findall(r'class="wish" href="\?([^"]*)"', page)
    assert [sorted(parse_qs(link.replace("&amp;", "&"))) for link in links] == [
        ["country", "memory"],
        ["memory", "task"],
        ["country", "task"],
    ]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?task=nonsense", "What it should do: “nonsense” is not on this list, so it was not used."),
        ("?country=XX", "My country: “XX” is not on this list"),
        ("?sort=random", "Order: “random” is not on this list"),
        ("?q=" + "x" * 81, "Name or maker: Use at most 80 characters."),
        ("?q=a%00b", "Name or maker: Null characters are not allowed."),
        ("?page=99", "Page “99” does not exist; there are 5."),
        ("?page=-1", "Page “-1” does not exist"),
        ("?page=%3Cscript%3E", "Page “<script>” does not exist"),
    ],
)
def test_what_cannot_be_read_is_named_and_not_used(
    client: Client, models: dict[str, ModelRow], query: str, sentence: str
) -> None:
    page = get(client, f"/models/{query}", status=422)

    assert sentence in words(page)
    assert listed(page)
    assert "<script>" not in page.split("<main")[1]


def test_a_wrong_wish_does_not_disturb_the_others(client: Client, models: dict[str, ModelRow]) -> None:
    page = get(client, "/models/?task=ocr&size=gigantic", status=422)

    assert all("ocr" in models[slug].tasks for slug in listed(page))


def test_unknown_parameters_are_left_alone(client: Client, models: dict[str, ModelRow]) -> None:
    assert listed(get(client, "/models/?utm_source=letter")) == listed(get(client, "/models/"))


def test_only_the_plain_list_is_for_search_engines(client: Client, models: dict[str, ModelRow]) -> None:
    robots = '<meta name="robots" content="noindex, follow">'

    assert robots not in get(client, "/models/")
    assert robots in get(client, "/models/?task=ocr")
    assert robots in get(client, "/models/?page=2")


def test_htmx_gets_the_list_a_fresh_load_shows_and_the_clean_address(
    client: Client, models: dict[str, ModelRow]
) -> None:
    response = client.get("/models/?q=&task=ocr&sort=memory", headers={"HX-Request": "true"})
    part = response.content.decode().strip()
    whole = get(client, "/models/?task=ocr&sort=memory")

    assert response["HX-Push-Url"] == "/models/?task=ocr&sort=memory"
    assert "HX-Request" in response["Vary"]
    assert part.startswith('<section class="stack stack-wide" id="models"')
    assert part in whole


def test_ticked_models_stay_ticked_while_the_list_changes(client: Client, models: dict[str, ModelRow]) -> None:
    page = get(client, "/models/?model=glm-ocr&model=qwen3-8-27b&model=no-such-one&task=ocr")

    assert re.search(r'value="glm-ocr" id="compare-glm-ocr" checked', page)
    wish = re.search(r'class="wish" href="\?([^"]*)"', page)
    assert wish
    assert parse_qs(urlsplit("?" + wish[1].replace("&amp;", "&")).query) == {"model": ["glm-ocr", "qwen3-8-27b"]}


def test_before_the_first_publication_the_page_says_so(client: Client, db: None) -> None:
    for address in (
        *("/models/", "/models/qwen3-8-27b/", "/catalog/", "/catalog/compare/", "/catalog/changes.atom"),
        *("/laws/", "/cases/", "/software/", "/claims/"),
    ):
        assert "The catalog is not published yet" in words(get(client, address, status=503))


def test_the_list_speaks_chinese(client: Client, models: dict[str, ModelRow]) -> None:
    seen = words(get(client, "/models/?task=ocr", headers={"Accept-Language": "zh-CN"}))

    assert "开放" in seen
    assert "Memory at least" not in seen


def test_the_times_of_the_list_are_measured_and_leave_nothing_behind(db: None) -> None:
    said = StringIO()

    call_command("browse_times", models=110, requests=7, stdout=said)

    assert re.match(r"110 models, 7 requests: p50 [\d.]+ ms, p95 [\d.]+ ms", said.getvalue())
    assert "1 queries a request" in said.getvalue()
    assert not CatalogVersion.objects.exists()
