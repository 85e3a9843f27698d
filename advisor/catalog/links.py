"""The addresses that sources name: which facts hang on each, and the list of them that is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import Truncator

from advisor.catalog import drafts, services
from advisor.catalog.models import LinkCheck

Named = tuple[str, str]  # collection and short name of a fact
Shown = tuple[str, str]  # words and address

ADDRESS = re.compile(r"https?://[^\s<>\"'\]]+")
FIELDS = frozenset({"source", "via", "url"})  # where facts name addresses, at any depth
LONGEST = 1000  # what the column holds
SHOWN_LENGTH = 60  # characters of a source that names no address; own choice


def facts_by_address(document: Mapping[str, Any]) -> dict[str, list[Named]]:
    """Every address in a document with the facts that name it."""
    found: dict[str, list[Named]] = {}
    for collection, rows in sorted(document["entries"].items()):
        for row in rows:
            for address in sorted(set(_addresses(row))):
                found.setdefault(address, []).append((collection, row["slug"]))
    return found


def shown(source: str) -> Shown:
    """A source in few words, and where to read it: the host of the first address it names; else its own first words."""
    address = next(addresses_in(source), "")
    return urlsplit(address).hostname or Truncator(source).chars(SHOWN_LENGTH), address


def _addresses(value: Any, name: str = "") -> Iterator[str]:
    match value:
        case dict():
            for key, item in value.items():
                yield from _addresses(item, key)
        case list():
            for item in value:
                yield from _addresses(item, name)
        case str() if name in FIELDS:
            yield from addresses_in(value)


def addresses_in(text: str) -> Iterator[str]:
    """The web addresses a sentence names."""
    return filter(None, map(_tidy, ADDRESS.findall(text)))


def _tidy(text: str) -> str:
    """Without the punctuation of the sentence it stands in, and without the part only a browser reads."""
    address = text.partition("#")[0].rstrip(".,;:!")
    if address.endswith(")") and "(" not in address:
        address = address.rstrip(").,;:")
    return address if urlsplit(address).hostname and len(address) <= LONGEST else ""


def look_through() -> None:
    """Bring the list of addresses up to what the drafts name now."""
    named = facts_by_address(drafts.document_of(services.current_drafts()))
    present = {row.address: row for row in LinkCheck.objects.all()}
    LinkCheck.objects.filter(address__in=present.keys() - named.keys()).delete()
    new = [
        LinkCheck(address=address, host=urlsplit(address).hostname or "", facts=len(facts))
        for address, facts in named.items()
        if address not in present
    ]
    LinkCheck.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    changed = []
    for address, row in present.items():
        if address in named and row.facts != len(named[address]):
            row.facts = len(named[address])
            changed.append(row)
    LinkCheck.objects.bulk_update(changed, ["facts"], batch_size=500)
