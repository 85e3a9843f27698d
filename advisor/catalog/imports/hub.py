"""Reading one model from a hub that speaks the Hugging Face protocol: its record, its files, its config.json.

Everything goes through `safe_client`; `huggingface_hub` only gets that client. Its downloads to disk are not used: they
may hand a file to a program of their own that knows nothing of the checks.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

import httpx2
from django.conf import settings
from huggingface_hub import HfApi, close_session, get_session, hf_hub_url, set_client_factory
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
)
from huggingface_hub.hf_api import RepoFile
from huggingface_hub.utils._headers import build_hf_headers
from huggingface_hub.utils._http import default_client_factory, hf_raise_for_status

from advisor.web.safe_fetch import FetchError, Limits, safe_client

SECONDS = 20.0  # for one model; the public hub answers its three or four requests within two
FILES = 5_000  # the largest checkpoints have a few hundred parts
# Tensors of these types hold several packed weights or scales, so their count is not that of parameters.
PACKED_TYPES = frozenset({"U8", "I8", "I32", "U32", "I64", "F8_E8M0", "F4"})
_ONE_AT_A_TIME = threading.Lock()  # the library keeps one client per process


@dataclass(frozen=True)
class HubModel:
    """What the hub says about one repository."""

    repo: str
    revision: str
    source: str  # address of the very file that was read
    config: Mapping[str, Any] | None  # None: the repository has no config.json
    parameters: int | None
    weights_bytes: int | None  # of the safetensors files that make up the model once
    license_tag: str | None
    modified: date | None
    created: date | None
    downloads: int | None  # in 30 days


def read_model(repo: str) -> HubModel:
    """Read what a hub says about a repository ("Qwen/Qwen3-8B").

    Raises:
        FetchError: a sentence on why not: no such repository, no access, too many requests, not a hub, too slow.
    """
    with _hub() as api:
        try:
            info = api.model_info(repo)
            revision = str(info.sha or "main")
            files = islice(api.list_repo_tree(repo, revision=revision, recursive=True), FILES)
            sizes = {file.path: file.size for file in files if isinstance(file, RepoFile)}
            config = _config(api, repo, revision) if "config.json" in sizes else None
            return HubModel(
                repo=info.id,
                revision=revision,
                source=f"{settings.HUB_ENDPOINT}/{info.id}/blob/{revision}/config.json",
                config=config,
                parameters=_parameters(info.safetensors),
                weights_bytes=_weights_bytes(sizes),
                license_tag=_license_tag(info),
                modified=_day(info.last_modified),
                created=_day(info.created_at),
                downloads=info.downloads if isinstance(info.downloads, int) else None,
            )
        except HFValidationError:
            raise FetchError(f"{repo[:100]} is not the name of a repository; write it like Qwen/Qwen3-8B.") from None
        except GatedRepoError:
            raise FetchError(f"{repo} is gated: accept its terms on the hub and set HUB_TOKEN.") from None
        except RepositoryNotFoundError:
            raise FetchError(f"The hub has no {repo}, or it is private.") from None
        except HfHubHTTPError as error:
            raise FetchError(f"The hub answered {error.response.status_code} about {repo}.") from None
        except httpx2.HTTPError as error:
            raise FetchError(f"The hub did not answer properly: {error}.") from None
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise FetchError(f"{settings.HUB_ENDPOINT} does not answer like a hub: {error}.") from error


@contextmanager
def _hub() -> Iterator[HfApi]:
    with _ONE_AT_A_TIME, safe_client(Limits(seconds=SECONDS)) as client:
        client.event_hooks = {"response": [_give_up_when_overloaded]}
        set_client_factory(lambda: client)
        try:
            yield HfApi(endpoint=settings.HUB_ENDPOINT, token=settings.HUB_TOKEN or False, library_name="advisor")
        finally:
            close_session()
            set_client_factory(default_client_factory)


def _give_up_when_overloaded(response: httpx2.Response) -> None:
    """The library would sleep for as long as the server asks, and try again."""
    if response.status_code == httpx2.codes.TOO_MANY_REQUESTS:
        wait = response.headers.get("Retry-After", "")
        raise FetchError(f"The hub limits requests: try again {f'in {wait} seconds' if wait.isdigit() else 'later'}.")
    if response.is_server_error:
        raise FetchError(f"The hub is out of order: it answered {response.status_code}.")


def _config(api: HfApi, repo: str, revision: str) -> Mapping[str, Any] | None:
    url = hf_hub_url(repo, "config.json", revision=revision, endpoint=settings.HUB_ENDPOINT)
    try:
        size = api.get_hf_file_metadata(url=url).size
        if size is not None and size > Limits().reply_bytes:
            raise FetchError(f"config.json of {repo} has {size:,} bytes.")
        answer = get_session().get(url, headers=build_hf_headers(token=api.token, library_name=api.library_name))
        hf_raise_for_status(answer)
    except RemoteEntryNotFoundError:
        return None
    found = json.loads(answer.content)
    if not isinstance(found, dict):
        raise ValueError("config.json is not an object")
    return found


def _parameters(safetensors: Any) -> int | None:
    """The count of the files' headers, unless weights are packed several to a number."""
    if safetensors is None or PACKED_TYPES & set(safetensors.parameters):
        return None
    total = safetensors.total
    return total if isinstance(total, int) and total > 0 else None


def _weights_bytes(sizes: Mapping[str, int]) -> int | None:
    """Only one copy counts: some repositories hold the same weights again, under another name or in a folder."""
    parts = [path for path in sizes if path.endswith(".safetensors") and len(PurePosixPath(path).parts) == 1]
    named = [path for path in parts if path.startswith("model")] or parts
    return sum(sizes[path] for path in named) or None


def _license_tag(info: Any) -> str | None:
    """The card's tag; "other" stands for the name the maker gave."""
    card = info.card_data
    tag = card.get("license") if card else None
    if tag is None:
        tag = next((name.removeprefix("license:") for name in info.tags or () if name.startswith("license:")), None)
    if tag == "other" and card:
        tag = card.get("license_name") or tag
    return tag if isinstance(tag, str) else None


def _day(moment: Any) -> date | None:
    return moment.date() if isinstance(moment, datetime) else None
