"""Imports in the admin: choose a source, look at the preview, apply it, and read the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.catalog import import_forms, services
from advisor.catalog.imports.files import FORMATS
from advisor.catalog.models import AIModel, ApiPrice, CatalogVersion, ImportRun
from tests.catalog.local_hub import Hub, Repo, local_hub
from tests.catalog.test_config_architecture import SHAPES

START = "/admin/catalog/importrun/start/"
PRICE = "google-gemini-2-5-pro"
NEW = "Qwen/Qwen3-8B"


@pytest.fixture
def editor(published: CatalogVersion, sign_in: Callable[[str], Client]) -> Client:
    return sign_in("editor")


@pytest.fixture
def hub(settings: Any) -> Iterator[Hub]:
    with local_hub() as hub:
        settings.HUB_ENDPOINT, settings.FETCH_ALLOWED_HOSTS = hub.url, ["127.0.0.1"]
        hub.repos[NEW] = Repo(SHAPES["qwen3-8b"], safetensors={"BF16": 8_190_735_360})
        yield hub


def upload(client: Client, text: str, name: str = "prices.csv", table: str = "api_prices") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(START, {"kind": "table", "table-table": table, "table-file": file}, follow=True)


def page_of(run: ImportRun) -> str:
    return f"/admin/catalog/importrun/{run.pk}/change/"


def test_a_sheet_is_shown_first_and_changes_the_drafts_when_it_is_confirmed(editor: Client) -> None:
    shown = upload(editor, f"slug,input\n{PRICE},9.5\n")
    run = ImportRun.objects.get()
    assert shown.redirect_chain == [(page_of(run), 302)]
    text = shown.content.decode()
    assert "<del>1.25</del>" in text
    assert "<ins>9.5</ins>" in text
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 1.25

    done = editor.post(page_of(run), follow=True)
    assert "The drafts were changed." in done.content.decode()
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 9.5
    applied = ImportRun.objects.first()
    assert applied is not None
    assert (applied.outcome, applied.preview, str(applied.started_by)) == ("applied", run, "editor@example.com")
    assert "Apply to the drafts" not in done.content.decode()


def test_what_is_refused_names_row_column_and_reason_and_cannot_be_applied(editor: Client) -> None:
    shown = upload(editor, f"slug,input\n{PRICE},<b>9</b>\n").content.decode()

    assert "holds HTML" in shown
    assert "<b>9</b>" not in shown
    assert "Apply to the drafts" not in shown
    again = editor.post(page_of(ImportRun.objects.get()), follow=True)
    assert "cannot be applied any more" in again.content.decode()
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 1.25


def test_what_a_sheet_says_is_shown_as_text(editor: Client) -> None:
    shown = upload(editor, f"slug,notes\n{PRICE},5 < 6 & more\n").content.decode()

    assert "<ins>5 &lt; 6 &amp; more</ins>" in shown


def test_a_draft_edited_after_the_preview_is_shown_again(editor: Client) -> None:
    upload(editor, f"slug,input\n{PRICE},9.5\n")
    ApiPrice.objects.filter(slug=PRICE).update(input="2.5")
    again = editor.post(page_of(ImportRun.objects.get()), follow=True).content.decode()

    assert "the drafts were edited meanwhile" in again
    assert "<del>2.5</del>" in again
    assert "Apply to the drafts" in again
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 2.5


def test_clicking_twice_applies_once(editor: Client) -> None:
    upload(editor, f"slug,input\n{PRICE},9.5\n")
    preview = ImportRun.objects.get()
    editor.post(page_of(preview))
    second = editor.post(page_of(preview), follow=True).content.decode()

    assert "the drafts were edited meanwhile" in second
    assert ApiPrice.objects.get(slug=PRICE).history.filter(history_change_reason__startswith="import").count() == 1


def test_a_model_is_read_from_the_hub(editor: Client, hub: Hub) -> None:
    sent = {"kind": "hub", "hub-repositories": f" {NEW}\r\n", "hub-license": "apache-2-0"}
    shown = editor.post(START, sent, follow=True).content.decode()
    assert "confirm" in shown
    assert not AIModel.objects.filter(hub_repo=NEW).exists()

    editor.post(page_of(ImportRun.objects.get()))
    assert AIModel.objects.get(hub_repo=NEW).n_layers == 36


def test_a_hub_that_fails_stands_in_the_log(editor: Client, hub: Hub) -> None:
    editor.post(START, {"kind": "hub", "hub-repositories": "nobody/nothing"})
    listed = editor.get("/admin/catalog/importrun/?outcome__exact=failed").content.decode()

    assert "could not be read" in listed
    assert "nobody/nothing" in listed
    assert "or it is private" in editor.get(page_of(ImportRun.objects.get())).content.decode()


def test_prices_are_read_from_the_package(editor: Client) -> None:
    shown = editor.post(START, {"kind": "prices", "prices-providers": "google, deepinfra"}, follow=True)

    assert "the package has no provider deepinfra" in shown.content.decode()
    assert ImportRun.objects.get().rows == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"kind": "table", "table-table": "api_prices"}, "This field is required."),
        ({"kind": "hub", "hub-repositories": ""}, "This field is required."),
        ({"kind": "hub", "hub-repositories": "a/a b/b c/c d/d"}, "At most 3 at once"),
        ({"kind": "hub", "hub-repositories": "a/a", "hub-license": "none"}, "Select a valid choice."),
    ],
)
def test_a_form_that_lacks_something_comes_back(editor: Client, sent: dict[str, str], says: str) -> None:
    answer = editor.post(START, sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "table", "says"),
    [
        ("prices.exe", "api_prices", f"This is none of: {', '.join(FORMATS)}."),
        ("prices.csv", "catalogversion", "Select a valid choice."),
    ],
)
def test_another_file_or_table_is_refused_before_it_is_read(editor: Client, name: str, table: str, says: str) -> None:
    answer = upload(editor, "slug\nx\n", name, table)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_file_too_large_for_a_page_is_sent_to_the_command(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_forms, "UPLOAD_BYTES", 10)
    answer = upload(editor, f"slug,input\n{PRICE},9.5\n")

    assert answer.status_code == 422
    assert "manage.py catalog import table" in answer.content.decode()


@pytest.mark.parametrize("kind", ["", "nothing"])
def test_an_unknown_source_is_forbidden(editor: Client, kind: str) -> None:
    assert editor.post(START, {"kind": kind}).status_code == 403


def test_the_list_of_a_table_leads_here_with_the_table_chosen(editor: Client) -> None:
    answer = editor.get("/admin/catalog/seat/import/", follow=True)

    assert answer.redirect_chain == [(f"{START}?table=seats", 302)]
    assert '<option value="seats" selected>' in answer.content.decode()


def someone_with(*rights: str) -> Client:
    user = get_user_model().objects.create_user("someone", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="catalog", codename__in=rights))
    client = Client()
    client.force_login(user)
    return client


def test_only_tables_one_may_change_can_be_imported(published: CatalogVersion) -> None:
    seats_only = someone_with("add_seat", "change_seat", "view_importrun")
    page = seats_only.get(START).content.decode()
    assert ('value="seats"' in page, 'value="api_prices"' in page, 'value="hub"' in page) == (True, False, False)

    assert upload(seats_only, "slug\nx\n").status_code == 422
    assert seats_only.post(START, {"kind": "prices"}).status_code == 403


def test_who_may_only_look_cannot_apply(editor: Client) -> None:
    upload(editor, f"slug,input\n{PRICE},9.5\n")
    reader = someone_with("view_importrun", "add_seat", "change_seat")
    run = ImportRun.objects.get()

    assert "Apply to the drafts" not in reader.get(page_of(run)).content.decode()
    assert reader.post(page_of(run)).status_code == 403
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 1.25


def test_an_import_that_never_was_is_sent_away(editor: Client) -> None:
    assert editor.get("/admin/catalog/importrun/987654/change/").status_code == 404


def test_a_long_report_has_pages(editor: Client) -> None:
    rows = "".join(
        f"copy-{number},closed_api,acme,m{number},usd_per_1m_tokens,USD,1,assumed\n" for number in range(150)
    )
    shown = upload(editor, "slug,category,provider,model_name,unit,currency,input,grade\n" + rows)
    run = ImportRun.objects.get()

    assert "page 1 of 2" in shown.content.decode()
    assert "copy-149" in editor.get(f"{page_of(run)}?page=2").content.decode()


def test_the_log_takes_the_same_queries_for_1_and_20_imports(editor: Client) -> None:
    counts = []
    for wanted in (1, 20):
        while ImportRun.objects.count() < wanted:
            ImportRun.objects.create(
                kind="hub", collection="models", origin="x", dry_run=True,
                started_by=get_user_model().objects.get(username="editor@example.com"),
            )  # fmt: skip
        editor.get("/admin/catalog/importrun/")
        with CaptureQueriesContext(connection) as queries:
            editor.get("/admin/catalog/importrun/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_import_publishes_nothing(editor: Client, published: CatalogVersion) -> None:
    upload(editor, f"slug,input\n{PRICE},9.5\n")
    editor.post(page_of(ImportRun.objects.get()))

    assert services.current_version() == published
    assert [item.collection for item in services.preview().changes] == ["api_prices"]
