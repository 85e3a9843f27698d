"""Loading the shipped data files into drafts: all or nothing, and what a person edited stays."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from advisor.catalog import services
from advisor.catalog.models import TABLES, AIModel, ApiPrice, CatalogVersion, ShippedLoad
from advisor.catalog.shipped import BrokenData

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return {table.collection: table._default_manager.count() for table in TABLES}


def test_a_load_fills_every_table_and_remembers_who_made_each_row() -> None:
    report = services.load_shipped()
    assert sum(counts().values()) == len(report.added) == 1433
    model = AIModel.objects.get(slug="qwen3-8-27b")
    assert model.license_id == "apache-2-0"
    assert model.history.get().history_change_reason.startswith("shipped data ")


def test_loading_the_same_data_again_is_skipped(data_folder: Path) -> None:
    services.load_shipped(folder=data_folder)
    assert services.load_shipped(folder=data_folder).already_loaded
    assert ShippedLoad.objects.count() == 1


def test_a_forced_load_of_the_same_data_changes_nothing() -> None:
    services.load_shipped()
    report = services.load_shipped(force=True)
    assert (report.added, report.changed, report.removed, report.kept) == ([], [], [], [])


def test_a_changed_row_is_brought_up_to_date(data_folder: Path, edit_row: Callable[..., None]) -> None:
    services.load_shipped(folder=data_folder)
    edit_row("api_prices", "google-gemini-2-5-pro", input=9.5)
    report = services.load_shipped(folder=data_folder)
    assert report.changed == ["api_prices: google-gemini-2-5-pro"]
    assert float(ApiPrice.objects.get(slug="google-gemini-2-5-pro").input) == 9.5


def test_a_row_edited_by_a_person_is_kept_and_reported(data_folder: Path, edit_row: Callable[..., None]) -> None:
    services.load_shipped(folder=data_folder)
    price = ApiPrice.objects.get(slug="google-gemini-2-5-pro")
    price.input = "7.25"
    price.save()
    edit_row("api_prices", "google-gemini-2-5-pro", input=9.5)
    report = services.load_shipped(folder=data_folder)
    assert report.kept == ["api_prices: google-gemini-2-5-pro"]
    assert report.changed == []
    price.refresh_from_db()
    assert float(price.input) == 7.25


def test_a_row_that_is_no_longer_shipped_is_removed(data_folder: Path) -> None:
    services.load_shipped(folder=data_folder)
    path = data_folder / "claims.yaml"
    path.write_text(path.read_text().split("- slug: nagle-yue-price")[0])
    assert services.load_shipped(folder=data_folder).removed == ["claims: nagle-yue-price"]
    assert counts()["claims"] == 1


def test_a_withdrawn_row_that_another_one_uses_is_kept(data_folder: Path, edit_row: Callable[..., None]) -> None:
    services.load_shipped(folder=data_folder)
    AIModel.objects.filter(slug="qwen3-8-27b").update(license_id="mit", notes="edited by hand")
    edit_row("models", "glm-ocr", license="apache-2-0")
    path = data_folder / "licenses.yaml"
    path.write_text(path.read_text().split("- slug: mit")[0])
    edit_row("models", "qwen3-8-27b", license="apache-2-0")
    report = services.load_shipped(folder=data_folder)
    assert report.kept == ["models: qwen3-8-27b", "licenses: mit"]


@pytest.mark.parametrize(
    ("collection", "slug", "changes", "problem"),
    [
        ("models", "qwen3-8-27b", {"params_total_b": "big"}, "field params_total_b: “big” value must be a float."),
        ("models", "qwen3-8-27b", {"license": "no-such"}, "field license: there is no 'no-such' in licenses.yaml"),
        ("models", "qwen3-8-27b", {"colour": "red"}, "field colour: not a field of models"),
        ("models", "qwen3-8-27b", {"quality": [{"benchmark": "X"}]}, "field quality: "),
        ("models", "qwen3-8-27b", {"grade": "sure"}, "field grade: Value 'sure' is not a valid choice."),
        ("models", "qwen3-8-27b", {"source": None}, "field source: missing, and the grade is maker"),
        ("seats", "chatgpt-go", {"price": -1}, "field price: Ensure this value is greater than or equal to 0."),
        ("seats", "chatgpt-go", {"currency": "dollars"}, "field currency: "),
        ("job_profiles", "translate", {"pages": {"low": 2}}, "field pages: low, central and high must be numbers."),
        ("law_cards", "any-card", {"applies_when": {"Q11": ["payment"]}}, "field applies_when: Q11 is not known here."),
    ],
)
def test_a_broken_row_stops_the_load_and_names_file_row_and_field(
    published: CatalogVersion,
    data_folder: Path,
    edit_row: Callable[..., None],
    collection: str,
    slug: str,
    changes: dict[str, object],
    problem: str,
) -> None:
    edit_row("api_prices", "google-gemini-2-5-pro", input=9.5)
    edit_row(collection, slug, **changes)
    with pytest.raises(BrokenData) as broken:
        services.load_shipped(folder=data_folder)
    assert any(line.startswith(f"{collection}.yaml, row {slug}, {problem}") for line in broken.value.problems)
    assert services.current_version() == published
    assert float(ApiPrice.objects.get(slug="google-gemini-2-5-pro").input) == 1.25


def test_all_problems_are_told_at_once(data_folder: Path, edit_row: Callable[..., None]) -> None:
    edit_row("models", "qwen3-8-27b", params_total_b="big")
    edit_row("seats", "chatgpt-go", price=-1)
    with pytest.raises(BrokenData) as broken:
        services.load_shipped(folder=data_folder)
    assert len(broken.value.problems) == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- slug: [", "fx.yaml: while parsing"),
        ("slug: eur", "fx.yaml: expected a list of rows"),
        ("- name: Euro", "fx.yaml: entry 1 has no slug"),
        (None, "fx.yaml: the file is missing"),
    ],
)
def test_a_broken_file_is_named(data_folder: Path, text: str | None, problem: str) -> None:
    path = data_folder / "fx.yaml"
    path.unlink() if text is None else path.write_text(text)
    with pytest.raises(BrokenData) as broken:
        services.load_shipped(folder=data_folder)
    assert broken.value.problems[0].startswith(problem)
    assert sum(counts().values()) == 0


def test_a_short_name_used_twice_is_named(data_folder: Path) -> None:
    path = data_folder / "fx.yaml"
    text = path.read_text()
    path.write_text(text + text.split("- slug: eur")[0])
    with pytest.raises(BrokenData, match=r"fx\.yaml, row usd, field slug: used twice"):
        services.load_shipped(folder=data_folder)


def test_the_command_loads_publishes_once_and_then_has_nothing_to_do() -> None:
    first, second, third = StringIO(), StringIO(), StringIO()
    call_command("load_catalog", stdout=first)
    call_command("load_catalog", stdout=second)
    call_command("load_catalog", "--publish", stdout=third)
    assert "1433 entries added" in first.getvalue()
    assert "Published catalog version 1" in first.getvalue()
    assert second.getvalue() == "The shipped catalog data are already loaded.\n"
    assert "Nothing to publish: the drafts equal version 1." in third.getvalue()
    assert CatalogVersion.objects.count() == 1


def test_the_command_ends_with_status_2_on_broken_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise BrokenData(["fx.yaml, row eur, field currency: wrong"])

    monkeypatch.setattr(services, "load_shipped", broken)
    with pytest.raises(CommandError, match="row eur, field currency") as error:
        call_command("load_catalog")
    assert error.value.returncode == 2


def test_the_list_of_versions_says_what_to_do_when_there_is_none(data_folder: Path) -> None:
    empty, filled = StringIO(), StringIO()
    call_command("catalog_versions", stdout=empty)
    services.load_shipped(folder=data_folder)
    services.publish(by=None, note="first")
    call_command("catalog_versions", stdout=filled)
    assert "Run: manage.py load_catalog" in empty.getvalue()
    assert filled.getvalue().startswith("   1  ")
