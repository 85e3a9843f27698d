"""Models from a hub into drafts: unknown facts are filled in, contradictions and licenses are left to a person."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import httpx2
import pytest
from django.core.management import call_command
from huggingface_hub import get_session

from advisor.catalog import services
from advisor.catalog.imports import hub as hub_module
from advisor.catalog.imports.architecture import architecture_of
from advisor.catalog.imports.hub import read_model
from advisor.catalog.imports.hub_rows import hub_source, origin_of
from advisor.catalog.imports.running import apply_preview, run_import
from advisor.catalog.models import AIModel, CatalogVersion, ImportRun
from advisor.web.safe_fetch import FetchError
from tests.catalog.local_hub import SHA, Hub, Repo, local_hub
from tests.catalog.test_config_architecture import COMPARED, SHAPES

GLM = "zai-org/GLM-OCR"  # the model of the small catalog
NEW = "Qwen/Qwen3-Coder-30B-A3B-Instruct"
STAYS = "the draft has mit, which stays"
GLM_CONFIG = {
    "architectures": ["GlmOcrForConditionalGeneration"], "model_type": "glm_ocr", "tie_word_embeddings": False,
    "text_config": {
        "hidden_size": 1536, "num_hidden_layers": 16, "num_attention_heads": 16, "num_key_value_heads": 8,
        "head_dim": 128, "max_position_embeddings": 131072, "dtype": "bfloat16",
    },
}  # fmt: skip


@pytest.fixture
def hub(settings: Any) -> Iterator[Hub]:
    with local_hub() as hub:
        settings.HUB_ENDPOINT = hub.url
        settings.FETCH_ALLOWED_HOSTS = [hub.url.removeprefix("http://")]
        hub.repos[GLM] = Repo(
            GLM_CONFIG, safetensors={"BF16": 1_330_000_000}, files={"model.safetensors": 2_660_000_000}, license="mit"
        )
        hub.repos[NEW] = Repo(
            SHAPES["qwen3-coder-30b-a3b"],
            safetensors={"BF16": 30_532_122_624},
            files={f"model-0000{part}-of-00004.safetensors": 15_266_000_000 for part in range(1, 5)},
        )
        yield hub


def imported(*repos: str, license: str | None = None, dry_run: bool = True) -> ImportRun:
    return run_import(
        lambda: hub_source(repos, license), kind=ImportRun.Kind.HUB, collection="models", origin=origin_of(repos),
        by=None, dry_run=dry_run,
    )  # fmt: skip


def notes(run: ImportRun, kind: str) -> list[str]:
    return [note["text"] for note in run.notes if note["kind"] == kind]


def test_a_repository_is_read_through_record_files_and_config(hub: Hub) -> None:
    model = read_model(NEW)

    assert (model.revision, model.parameters, model.license_tag) == (SHA, 30_532_122_624, "apache-2.0")
    assert model.weights_bytes == 4 * 15_266_000_000  # the parts stand on several pages of the list
    assert model.config == SHAPES["qwen3-coder-30b-a3b"]
    assert model.modified == date(2026, 8, 21)
    pages = [target for _, target, _ in hub.seen if "/tree/" in target]
    assert len(pages) == 3
    assert [method for method, target, _ in hub.seen if "config.json" in target] == ["HEAD", "HEAD", "GET", "GET"]
    assert all("authorization" not in headers for _, _, headers in hub.seen)


def test_facts_the_draft_lacks_are_filled_in_and_no_other_changes(published: CatalogVersion, hub: Hub) -> None:
    AIModel.objects.filter(hub_repo=GLM).update(n_layers=None, context_tokens=None, weights_gb={"q4": 0.9})
    before = AIModel.objects.get(hub_repo=GLM).to_row()
    run = imported(GLM, dry_run=False)
    after = AIModel.objects.get(hub_repo=GLM).to_row()

    changed = {name for name in after if after[name] != before[name]}
    assert run.outcome == ImportRun.Outcome.APPLIED
    assert changed - {"seen_fields", "downloads_30d"} == {"n_layers", "context_tokens", "weights_gb"}
    assert (after["n_layers"], after["context_tokens"]) == (16, 131072)
    assert after["weights_gb"] == {"q4": 0.9, "bf16": 2.66}
    assert {"n_layers", "context_tokens"} <= set(after["seen_fields"])
    assert services.current_version() == published


def test_a_fact_the_draft_holds_differently_is_told_and_left_alone(published: CatalogVersion, hub: Hub) -> None:
    AIModel.objects.filter(hub_repo=GLM).update(n_layers=17, params_total_b=9.9, weights_gb={"bf16": 3.3})
    run = imported(GLM, dry_run=False)

    assert notes(run, "contradiction") == [
        "n_layers: the draft says 17, the hub 16",
        "params_total_b: the draft says 9.9, the hub 1.33",
        "weights_gb, bf16: the draft says 3.3, the hub 2.66",
    ]
    draft = AIModel.objects.get(hub_repo=GLM)
    assert (draft.n_layers, draft.params_total_b, draft.weights_gb) == (17, 9.9, {"bf16": 3.3})


def test_rounding_is_no_contradiction(published: CatalogVersion, hub: Hub) -> None:
    AIModel.objects.filter(hub_repo=GLM).update(params_total_b=1.34, weights_gb={"bf16": 2.7})

    assert notes(imported(GLM), "contradiction") == []


@pytest.mark.parametrize(
    ("license", "name", "says"),
    [
        ("mit", None, []),
        ("apache-2.0", None, [f'the hub\'s tag says "apache-2.0", which is apache-2-0 here; {STAYS}']),
        ("other", "house-terms",
         [f'the hub\'s tag says "house-terms", which is no license of the catalog; {STAYS}']),
        (None, None, ["the hub names no license: read the repository's terms"]),
    ],
)  # fmt: skip
def test_a_license_tag_is_a_hint_and_never_changes_the_draft(
    published: CatalogVersion, hub: Hub, license: str | None, name: str | None, says: list[str]
) -> None:
    hub.repos[GLM].license, hub.repos[GLM].license_name = license, name
    run = imported(GLM, dry_run=False)

    assert notes(run, "confirm") == says
    assert AIModel.objects.get(hub_repo=GLM).license_id == "mit"


def test_the_tag_is_found_without_a_card(published: CatalogVersion, hub: Hub) -> None:
    hub.repos[GLM].card = False

    assert read_model(GLM).license_tag == "mit"


def test_a_new_model_waits_for_its_license(published: CatalogVersion, hub: Hub) -> None:
    run = imported(NEW, dry_run=False)

    assert run.outcome == ImportRun.Outcome.REFUSED
    assert [(problem["column"], problem["reason"]) for problem in run.problems] == [
        ("license", "This field cannot be null.")
    ]
    assert notes(run, "confirm") == [
        'the hub\'s tag says "apache-2.0", which is apache-2-0 here: read the terms and confirm'
    ]


def test_a_new_model_becomes_a_draft_with_its_shape(published: CatalogVersion, hub: Hub) -> None:
    preview = imported(NEW, license="apache-2-0")
    assert not AIModel.objects.filter(hub_repo=NEW).exists()
    run = apply_preview(preview, by=None)

    assert (run.outcome, run.added) == (ImportRun.Outcome.APPLIED, 1)
    row = AIModel.objects.get(slug="qwen3-coder-30b-a3b-instruct").to_row()
    expected = {
        "hub_repo": NEW, "n_layers": 48, "n_kv_heads": 4, "head_dim": 128, "context_tokens": 262144,
        "native_precision": "bf16", "params_total_b": 30.53, "weights_gb": {"bf16": 61.06}, "license": "apache-2-0",
        "modalities": ["text-llm"], "tasks": [], "grade": "maker", "as_of": "2026-08-21", "release_date": "2026-08",
        "source": f"{hub.url}/{NEW}/blob/{SHA}/config.json",
        "params_active_b": 3.353,  # 30,532,122,624 - 120 idle experts x 3 x 2048 x 768 x 48
        "derived_fields": ["params_active_b"],
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert notes(run, "fact") == ["128 experts, 8 for each token"]


def test_another_makers_model_of_the_same_name_never_touches_the_draft(published: CatalogVersion, hub: Hub) -> None:
    hub.repos["acme/GLM-OCR"] = hub.repos[GLM]
    before = AIModel.objects.get(slug="glm-ocr").to_row()
    run = imported("acme/GLM-OCR", license="mit", dry_run=False)

    assert (run.added, run.changed) == (1, 0)
    assert AIModel.objects.get(hub_repo="acme/GLM-OCR").slug == "acme-glm-ocr"
    assert AIModel.objects.get(slug="glm-ocr").to_row() == before


def test_a_name_taken_twice_is_left_to_a_person(published: CatalogVersion, hub: Hub) -> None:
    hub.repos["acme/GLM-OCR"] = hub.repos[GLM]
    imported("acme/GLM-OCR", license="mit", dry_run=False)
    AIModel.objects.filter(slug="acme-glm-ocr").update(hub_repo="elsewhere/GLM-OCR")

    assert "acme-glm-ocr is a draft of another repository" in imported("acme/GLM-OCR", license="mit").reason


def test_several_repositories_are_one_import(published: CatalogVersion, hub: Hub) -> None:
    run = imported(GLM, NEW, GLM, license="apache-2-0")

    assert (run.rows, run.added, run.origin) == (2, 1, f"{hub.url}: {GLM}, {NEW}, {GLM}")


def test_packed_weights_are_not_counted_as_parameters(published: CatalogVersion, hub: Hub) -> None:
    hub.repos["openai/gpt-oss-20b"] = Repo(
        SHAPES["gpt-oss-20b"],
        safetensors={"BF16": 1_804_459_584, "U8": 10_712_137_728},
        files={"model.safetensors": 13_761_000_000, "original/model.safetensors": 13_761_000_000, "metal/m.bin": 9},
    )
    model = read_model("openai/gpt-oss-20b")

    assert (model.parameters, model.weights_bytes) == (None, 13_761_000_000)


def test_a_second_copy_of_the_weights_is_not_added(hub: Hub) -> None:
    hub.repos[GLM].files |= {"consolidated.safetensors": 2_660_000_000}

    assert read_model(GLM).weights_bytes == 2_660_000_000


def test_a_repository_without_config_gives_what_it_has(published: CatalogVersion, hub: Hub) -> None:
    hub.repos[GLM].config = None
    AIModel.objects.filter(hub_repo=GLM).update(params_total_b=None)
    run = imported(GLM, dry_run=False)

    assert AIModel.objects.get(hub_repo=GLM).params_total_b == 1.33
    assert notes(run, "unmatched") == ["the repository has no config.json: nothing about its layers"]


def test_a_config_with_a_wrong_entry_is_told_and_not_guessed(published: CatalogVersion, hub: Hub) -> None:
    hub.repos[GLM].config = GLM_CONFIG | {"text_config": {"num_hidden_layers": "sixteen"}}

    (said,) = notes(imported(GLM), "unmatched")
    assert said == "config.json: num_hidden_layers is 'sixteen', expected a whole number"


def test_what_the_hub_writes_is_checked_like_any_sheet(published: CatalogVersion, hub: Hub) -> None:
    hub.repos[NEW].config = SHAPES["qwen3-coder-30b-a3b"] | {"model_type": "<script>alert(1)</script>"}
    run = imported(NEW, license="apache-2-0", dry_run=False)

    assert [(problem["column"], problem["reason"]) for problem in run.problems] == [("family", "holds HTML")]


def answer(status: int, headers: dict[str, str] | None = None, body: bytes = b"{}") -> Any:
    return status, {"Content-Type": "application/json"} | (headers or {}), body


@pytest.mark.parametrize(
    ("path", "given", "says"),
    [
        ("", answer(429, {"Retry-After": "86400"}), "The hub limits requests: try again in 86400 seconds."),
        ("", answer(503), "The hub is out of order: it answered 503."),
        (f"/tree/{SHA}", answer(429), "The hub limits requests: try again later."),
        (f"/tree/{SHA}", answer(500), "The hub is out of order: it answered 500."),
        ("", answer(404, {"X-Error-Code": "RepoNotFound"}), f"The hub has no {NEW}, or it is private."),
        ("", answer(403), f"The hub answered 403 about {NEW}."),
        ("", answer(200, body=b"[1, 2]"), "does not answer like a hub"),
        ("", answer(200, body=b"{}"), "does not answer like a hub"),
        ("", answer(200, body=b"not json"), "does not answer like a hub"),
        ("", answer(200, {"Content-Type": "text/html"}, b"<html>"), "sent text/html"),
        ("", answer(302, {"Location": "http://169.254.169.254/"}), "169.254.169.254, a link-local address"),
        (f"/tree/{SHA}", answer(200, body=b'[{"type": "file"}]'), "does not answer like a hub"),
    ],
)  # fmt: skip
def test_a_hub_in_trouble_is_told_at_once_and_kept_in_the_log(
    published: CatalogVersion, hub: Hub, path: str, given: Any, says: str
) -> None:
    hub.answers[f"/api/models/{NEW}{path}"] = given
    run = imported(NEW)

    assert run.outcome == ImportRun.Outcome.FAILED
    assert says in run.reason


def test_a_next_page_elsewhere_is_checked_like_any_address(published: CatalogVersion, hub: Hub) -> None:
    link = {"Link": '<http://10.0.0.8/api/models/x/tree/main?cursor=3>; rel="next"'}
    hub.answers[f"/api/models/{NEW}/tree/{SHA}"] = answer(200, link, b"[]")

    assert "10.0.0.8, a private address" in imported(NEW).reason


@pytest.mark.parametrize("config", [b"[1]", b"{", b"\xff"])
def test_a_damaged_config_is_told(published: CatalogVersion, hub: Hub, config: bytes) -> None:
    hub.repos[NEW].config = config

    assert "does not answer like a hub" in imported(NEW).reason


def test_a_huge_config_is_not_fetched(hub: Hub) -> None:
    hub.repos[NEW].config = b"{" + b" " * 6_000_000 + b"}"

    with pytest.raises(FetchError, match=r"config\.json of .* has 6,000,002 bytes"):
        read_model(NEW)
    assert ("GET", f"/{NEW}/resolve/{SHA}/config.json") not in [(method, target) for method, target, _ in hub.seen]


def test_gated_private_and_missing_repositories_are_told_apart(hub: Hub, settings: Any) -> None:
    hub.repos[NEW].gated, hub.repos[GLM].private = True, True
    with pytest.raises(FetchError, match="gated: accept its terms on the hub and set HUB_TOKEN"):
        read_model(NEW)
    for repo in (GLM, "nobody/nothing"):
        with pytest.raises(FetchError, match="or it is private"):
            read_model(repo)
    settings.HUB_TOKEN = "secret"
    assert read_model(GLM).repo == GLM


def test_the_token_stays_with_the_hub_when_it_redirects_elsewhere(hub: Hub, settings: Any) -> None:
    settings.HUB_TOKEN = "secret"
    with local_hub() as elsewhere:
        settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
        path = f"/{NEW}/resolve/{SHA}/config.json"
        hub.answers[path] = (302, {"Location": f"{elsewhere.url}/file", "Content-Type": "text/plain"}, b"")
        elsewhere.answers["/file"] = (200, {"Content-Type": "application/json"}, b'{"model_type": "x"}')
        assert read_model(NEW).config == {"model_type": "x"}

    assert all(headers["authorization"] == "Bearer secret" for _, _, headers in hub.seen)
    assert [headers.get("authorization") for _, _, headers in elsewhere.seen] == [None]


@pytest.mark.parametrize("repo", ["../../etc/passwd", "http://10.0.0.8/x", "a/b/c", "a b", "", "x" * 200])
def test_only_the_name_of_a_repository_is_looked_up(hub: Hub, repo: str) -> None:
    with pytest.raises(FetchError):
        read_model(repo)
    assert all(target.startswith("/api/models/") for _, target, _ in hub.seen)


def test_a_hub_on_the_local_network_must_be_named_by_the_operator(hub: Hub, settings: Any) -> None:
    settings.FETCH_ALLOWED_HOSTS = []

    with pytest.raises(FetchError, match="a loopback address"):
        read_model(GLM)
    assert hub.seen == []


def test_a_slow_hub_ends_at_the_deadline(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "SECONDS", 0.2)
    monkeypatch.setattr(hub, "answer", lambda *rest: __import__("time").sleep(1) or answer(200))

    with pytest.raises(FetchError, match=r"after 0\.2 seconds"):
        read_model(GLM)


def test_the_library_keeps_no_client_of_ours(hub: Hub) -> None:
    read_model(GLM)

    assert type(get_session()._transport) is httpx2.HTTPTransport


def run_command(*arguments: str) -> tuple[int, str]:
    said = StringIO()
    try:
        call_command("catalog", "import", *arguments, stdout=said)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def test_the_command_previews_and_applies(published: CatalogVersion, hub: Hub) -> None:
    status, said = run_command("hub", NEW, "--license", "apache-2-0")
    assert (status, "new" in said, "--apply" in said) == (0, True, True)
    assert not AIModel.objects.filter(hub_repo=NEW).exists()

    status, said = run_command("hub", NEW, "--license", "apache-2-0", "--apply")
    assert (status, AIModel.objects.filter(hub_repo=NEW).exists()) == (0, True)


def test_the_command_ends_with_1_when_the_hub_cannot_be_read(published: CatalogVersion, hub: Hub) -> None:
    status, said = run_command("hub", "nobody/nothing")

    assert status == 1
    assert "The hub has no nobody/nothing, or it is private." in said


@pytest.mark.skipif(os.environ.get("REAL_HUB") != "1", reason="REAL_HUB=1 asks the real hub")
@pytest.mark.enable_socket
@pytest.mark.parametrize("slug", ["qwen2-5-7b", "qwen3-8b", "gpt-oss-20b", "deepseek-v3-2"])
def test_the_real_hub_still_answers_like_the_local_one(slug: str) -> None:
    from pytest_socket import _remove_restrictions

    _remove_restrictions()
    (model,) = [model for model in services.shipped_catalog().models if model.slug == slug]
    found = read_model(str(model.hub_repo))
    shape, recorded = architecture_of(found.config or {}), architecture_of(SHAPES[slug])

    assert {name: getattr(shape, name) for name in COMPARED} == {name: getattr(recorded, name) for name in COMPARED}
    assert shape.experts == recorded.experts
    assert found.weights_bytes
    assert found.license_tag
