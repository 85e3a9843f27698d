"""From what a hub says to proposed rows: unknown facts are filled in, all others are only compared.

A fact the draft holds differently is a contradiction for a person to look at, and a license tag is a hint: neither
changes a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from advisor.catalog.imports.architecture import Architecture, architecture_of
from advisor.catalog.imports.hub import HubModel, read_model
from advisor.catalog.imports.report import Note, NoteKind
from advisor.catalog.imports.running import Source, rows_as_file
from advisor.catalog.models import AIModel, ImportRun, License
from advisor.engine.types import Grade
from advisor.engine.units import GB
from advisor.web.safe_fetch import FetchError

ARCHITECTURE_COLUMNS = (
    "n_layers", "n_kv_heads", "head_dim", "mla_kv_lora_rank", "mla_rope_dim", "full_attention_layers",
    "sliding_window_layers", "sliding_window_tokens", "linear_attention_layers", "context_tokens", "native_precision",
)  # fmt: skip
DERIVED = frozenset({"params_active_b"})  # worked out from shapes, not written anywhere
# How far two sources may be apart and still agree. Makers round parameters, and count or leave out the parts that see
# and draft; active parameters by shape are a few percent off (the draft head, shared experts). Assumed.
TOLERANCE = {"params_total_b": 0.02, "params_active_b": 0.20}
SIZE_TOLERANCE = 0.03


def hub_source(repos: Sequence[str], license: str | None = None) -> Source:
    """Read these repositories and propose rows of ``models``. ``license`` is what a person confirmed for new ones.

    Raises:
        FetchError: one of them could not be read; nothing is proposed then.
    """
    rows, notes = [], []
    for repo in dict.fromkeys(repos):
        row, found = _proposal(read_model(repo), license)
        rows.append(row)
        notes += found
    return Source(ImportRun.Kind.HUB, AIModel.collection, origin_of(repos), "json", rows_as_file(rows), tuple(notes))


def origin_of(repos: Sequence[str]) -> str:
    return f"{settings.HUB_ENDPOINT}: {', '.join(repos)}"


def _proposal(model: HubModel, license: str | None) -> tuple[dict[str, Any], list[Note]]:
    draft = AIModel.objects.filter(hub_repo__iexact=model.repo).first()
    slug = draft.slug if draft else _new_slug(model.repo)
    notes: list[Note] = []
    try:
        shape = architecture_of(model.config or {})
    except ValueError as error:
        shape = Architecture()
        notes.append(Note(NoteKind.UNMATCHED, slug, str(error)))
    if model.config is None:
        notes.append(Note(NoteKind.UNMATCHED, slug, "the repository has no config.json: nothing about its layers"))
    facts = _facts(model, shape)
    notes += [Note(NoteKind.FACT, slug, text) for text in _facts_without_column(shape)]
    notes += _license_notes(model, slug, draft)
    if draft is None:
        return _new_row(model, slug, facts, license), notes
    notes += [Note(NoteKind.CONTRADICTION, slug, text) for text in _contradictions(draft, facts)]
    return _filled_row(draft, facts), notes


def _facts(model: HubModel, shape: Architecture) -> dict[str, Any]:
    """Known facts by column."""
    facts: dict[str, Any] = {name: getattr(shape, name) for name in ARCHITECTURE_COLUMNS}
    if model.parameters is not None:
        facts["params_total_b"] = _billions(model.parameters)
        if shape.idle_parameters and shape.idle_parameters < model.parameters:
            facts["params_active_b"] = _billions(model.parameters - shape.idle_parameters)
    if model.weights_bytes and shape.native_precision:
        facts["weights_gb"] = {shape.native_precision: round(model.weights_bytes / GB, 2)}
    facts["downloads_30d"] = model.downloads
    return {name: value for name, value in facts.items() if value is not None}


def _facts_without_column(shape: Architecture) -> Iterator[str]:
    if shape.experts and shape.experts_per_token:
        yield f"{shape.experts} experts, {shape.experts_per_token} for each token"
    if shape.shared_cache_layers:
        yield f"{shape.shared_cache_layers} layers reuse the cache of an earlier one; they are not counted"
    if shape.global_head_dim and shape.global_head_dim != shape.head_dim:
        yield f"layers with full attention use head size {shape.global_head_dim}"
    if shape.tied_embeddings is not None:
        yield f"input and output embeddings are {'shared' if shape.tied_embeddings else 'separate'}"


def _filled_row(draft: AIModel, facts: dict[str, Any]) -> dict[str, Any]:
    """Only what the draft does not know. Nothing else of it is touched, its source and date included."""
    new = {name: value for name, value in facts.items() if getattr(draft, name) in (None, "")}
    sizes = {**facts.get("weights_gb", {}), **draft.weights_gb}
    if sizes != draft.weights_gb:
        new["weights_gb"] = sizes
    row: dict[str, Any] = {"slug": draft.slug, **new}
    if seen := sorted(new.keys() - DERIVED - set(draft.seen_fields)):
        row["seen_fields"] = [*draft.seen_fields, *seen]
    if derived := sorted((new.keys() & DERIVED) - set(draft.derived_fields)):
        row["derived_fields"] = [*draft.derived_fields, *derived]
    return row


def _new_row(model: HubModel, slug: str, facts: dict[str, Any], license: str | None) -> dict[str, Any]:
    """A draft with what the hub knows. Tasks stay empty, so the advice leaves it out until a person fills them in."""
    owner, _, name = model.repo.rpartition("/")
    config = model.config or {}
    return {
        "slug": slug, "name": name, "family": str(config.get("model_type") or name), "publisher": owner or name,
        "hub_repo": model.repo, "license": license, "modalities": _modalities(facts, config),
        "release_date": _month(model.created), **facts, "source": model.source,
        "as_of": model.modified.isoformat() if model.modified else "", "seen_on": timezone.localdate().isoformat(),
        "grade": Grade.MAKER.value, "confidence": "medium",
        "seen_fields": sorted(facts.keys() - DERIVED), "derived_fields": sorted(facts.keys() & DERIVED),
    }  # fmt: skip


def _modalities(facts: dict[str, Any], config: Any) -> list[str]:
    writes = ["text-llm"] if "n_layers" in facts else []
    return [*writes, "vision-language"] if writes and "vision_config" in config else writes


def _contradictions(draft: AIModel, facts: dict[str, Any]) -> Iterator[str]:
    for name, found in facts.items():
        held = getattr(draft, name)
        if name == "downloads_30d" or held in (None, ""):
            continue  # downloads change every day
        if name == "weights_gb":
            yield from _size_contradictions(held, found)
        elif not _agree(held, found, TOLERANCE.get(name, 0.0)):
            yield f"{name}: the draft says {held}, the hub {found}"


def _size_contradictions(held: dict[str, float], found: dict[str, float]) -> Iterator[str]:
    for format, size in found.items():
        if format in held and not _agree(held[format], size, SIZE_TOLERANCE):
            yield f"weights_gb, {format}: the draft says {held[format]}, the hub {size}"


def _agree(held: Any, found: Any, tolerance: float) -> bool:
    if isinstance(held, (int, float)) and isinstance(found, (int, float)):
        return abs(held - found) <= tolerance * max(abs(held), abs(found))
    return bool(held == found)


def _license_notes(model: HubModel, slug: str, draft: AIModel | None) -> Iterator[Note]:
    tag = model.license_tag
    if tag is None:
        yield Note(NoteKind.CONFIRM, slug, "the hub names no license: read the repository's terms")
        return
    known = License.objects.filter(slug=slugify(tag.replace(".", "-"))).values_list("slug", flat=True).first()
    means = f"which is {known} here" if known else "which is no license of the catalog"
    if draft is None:
        yield Note(NoteKind.CONFIRM, slug, f'the hub\'s tag says "{tag}", {means}: read the terms and confirm')
    elif known != draft.license_id:
        yield Note(
            NoteKind.CONFIRM,
            slug,
            f'the hub\'s tag says "{tag}", {means}; the draft has {draft.license_id}, which stays',
        )


def _new_slug(repo: str) -> str:
    """By the name alone, unless another maker's model has it already; never that of an existing draft.

    Raises:
        FetchError: both names are taken.
    """
    for name in (repo.rpartition("/")[2], repo):
        slug = slugify(re.sub(r"[._/]+", "-", name))[:120]
        if not AIModel.objects.filter(slug=slug).exists():
            return slug
    raise FetchError(f"{slug} is a draft of another repository: correct the repository of one of them.")


def _billions(count: int) -> float:
    return round(count / 1e9, 2 if count >= 1e10 else 3)


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""
