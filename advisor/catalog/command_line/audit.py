"""``manage.py catalog audit``: coverage by kind, what is stale, what contradicts itself. Status 1 on a hole."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from advisor.catalog import drafts, measurements, services
from advisor.catalog.audit import Audit, audit

HELP = "prints coverage by kind, what is stale and what contradicts itself; status 1 when a fact lacks source or date"
SHOWN = 20
DRAFTS = "drafts"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--catalog",
        help="a published version's number, 'drafts', or 'shipped' for the data files; "
        "the default is the current version, or the data files where nothing is published",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--all", action="store_true", help=f"list every stale fact, not only the {SHOWN} oldest")


def run(options: dict[str, Any], write: Callable[[str], object]) -> int:
    name, document = _document(options["catalog"])
    found = audit(document, timezone.localdate())
    if options["format"] == "json":
        write(json.dumps({"catalog": name} | found.to_document(), ensure_ascii=False, indent=1))
    else:
        write(f"Catalog: {name}, looked at on {found.today}")
        for line in (*_coverage(found), *_stale(found, options["all"]), *_contradictions(found), *_holes(found)):
            write(line)
    return 1 if found.holes else 0


def _document(wanted: str | None) -> tuple[str, dict[str, Any]]:
    if wanted == DRAFTS:
        return "the drafts", drafts.document_of(services.current_drafts(), measurements.accepted_rows())
    current = services.current_version() if wanted is None else None
    if wanted == services.SHIPPED or (wanted is None and current is None):
        return "the shipped data files", services.shipped_document()
    try:
        version = current or services.named_version(str(wanted))
    except LookupError as error:
        raise CommandError(f"--catalog: {error}") from None
    return f"version {version}", json.loads(version.document)


def _coverage(found: Audit) -> list[str]:
    columns = ("facts", "sourced", "own", "dated", "due", "expired", "holes")
    lines = ["", f"{'kind':16}" + "".join(f"{name:>9}" for name in columns)]
    total = [0] * len(columns)
    for kind in found.coverage:
        counts = [kind.facts, kind.sourced, kind.own, kind.dated, kind.review_due, kind.expired, len(kind.holes)]
        total = [before + now for before, now in zip(total, counts, strict=True)]
        lines.append(f"{kind.collection:16}" + "".join(f"{count:9}" for count in counts))
    lines.append(f"{'all':16}" + "".join(f"{count:9}" for count in total))
    return [*lines, "own: says itself that nobody published it (assumed or unknown); due: past its review date"]


def _stale(found: Audit, every: bool) -> list[str]:
    if not found.stale:
        return ["", "Nothing is stale."]
    shown = found.stale if every else found.stale[:SHOWN]
    lines = ["", f"Stale: {len(found.stale)} facts, the longest first"]
    lines += [f"  {item.since} {item.state:10} {item.collection}: {item.slug}" for item in shown]
    rest = len(found.stale) - len(shown)
    return [*lines, f"  and {rest} more; --all lists them"] if rest else lines


def _contradictions(found: Audit) -> list[str]:
    if not found.contradictions:
        return ["", "No contradictions."]
    lines = ["", f"Contradictions: {len(found.contradictions)}"]
    return lines + [
        f"  {item.collection}: {item.slug}: {item.text}{' Cannot be published.' if item.refused else ''}"
        for item in found.contradictions
    ]


def _holes(found: Audit) -> list[str]:
    if not found.holes:
        return ["", "No holes: every fact has its source, or says that it has none, and its date."]
    return ["", f"Holes: {len(found.holes)}", *(f"  {hole}" for hole in found.holes)]
