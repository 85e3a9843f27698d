"""A folder of data files to break, the loaded catalog, and people with each role."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.contrib.auth import get_user_model
from django.test import Client

from advisor.catalog import services
from advisor.catalog.models import CatalogVersion
from tests.group_rights import group
from tests.small_catalog import write_small_catalog


@pytest.fixture(scope="session")
def few_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_catalog(tmp_path_factory.mktemp("data"))


@pytest.fixture
def data_folder(few_rows: Path, tmp_path: Path) -> Path:
    """Data files with two shipped rows each, which a test may change."""
    return Path(shutil.copytree(few_rows, tmp_path / "data"))


@pytest.fixture
def edit_row(data_folder: Path) -> Callable[..., None]:
    """`edit_row("models", "qwen3-8-27b", params_total_b=1)` changes a row; None leaves a field out."""

    def edit(collection: str, slug: str, **changes: object) -> None:
        path = data_folder / f"{collection}.yaml"
        rows = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        row = next(row for row in rows if row["slug"] == slug)
        row |= changes
        path.write_text(yaml.safe_dump([{k: v for k, v in row.items() if v is not None} for row in rows]))

    return edit


@pytest.fixture
def published(db: None, few_rows: Path) -> CatalogVersion:
    """Two rows of each kind, loaded and published as version 1."""
    services.load_shipped(folder=few_rows)
    return services.publish(by=None, note="first")


@pytest.fixture
def sign_in(db: None) -> Callable[[str], Client]:
    """`sign_in("editor")` gives a browser signed in as a member of that group; "staff" is in no group."""

    def client_of(role: str) -> Client:
        user = get_user_model().objects.create_user(f"{role}@example.com", is_staff=True)
        if role != "staff":
            user.groups.add(group(role))
        client = Client()
        client.force_login(user)
        return client

    return client_of
