"""Facts behind one result that somebody should look at again, each with its date and source.

What a person answered never ages here: what is paid today is the owner's own figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.engine.aging import dates_of
from advisor.engine.baseline import typical_product
from advisor.engine.business import Business
from advisor.engine.catalog import Catalog, Device, Entry, Model
from advisor.engine.freshness import review_by
from advisor.engine.programs import programs
from advisor.engine.services import seat_name
from advisor.engine.setup import Setup
from advisor.engine.types import Note, OldFact, Trace, TraceInput

Used = tuple[str, str, Entry]  # collection, name, row


def old_facts(business: Business, setups: Iterable[Setup], traces: Iterable[Trace]) -> tuple[OldFact, ...]:
    """Every due fact of these set-ups and of the figures in these workings once, those that expired first."""
    catalog = business.catalog
    used = [*(item for setup in setups for item in _of_setup(setup, business)), *_of_business(business, traces)]
    due = {(collection, row.slug): (name, row) for collection, name, row in used if catalog.is_due(collection, row)}
    found = [_told(collection, name, row, catalog) for (collection, _), (name, row) in due.items()]
    return tuple(sorted(found, key=lambda fact: (not fact.expired, fact.review_by or "", fact.collection, fact.name)))


def _told(collection: str, name: str, row: Entry, catalog: Catalog) -> OldFact:
    known = dates_of(collection, row)
    by = review_by(*known)
    assert by is not None
    source = (row.price.source if isinstance(row, Device) else None) or row.source
    return OldFact(
        collection=collection,
        name=name,
        as_of=known[1],
        checked_on=row.seen_on,
        review_by=by.isoformat() if any(known[1:]) else None,
        expired=catalog.is_expired(collection, row),
        source=source,
    )


def prices_of(setup: Setup) -> Iterator[Used]:
    """What a set-up is paid by."""
    if setup.seat is not None:
        yield "support_offers", seat_name(setup.seat), setup.seat
    for candidate in setup.candidates:
        for row in candidate.billed:
            yield "api_prices", f"{row.model_name} ({row.provider})", row
        place = candidate.place
        if place.offer is not None:
            yield "cloud_offers", place.name, place.offer
        elif place.device is not None and not place.owned:
            yield "devices", place.device.name, place.device


def _of_setup(setup: Setup, business: Business) -> Iterator[Used]:
    """Prices of a set-up, and what is said of its models and programs."""
    catalog = business.catalog
    yield from prices_of(setup)
    used = [option for each in setup.candidates for option in (each, each.easy, *each.helpers) if option is not None]
    yield from _of_models([option.model for option in used if option.model is not None], catalog)
    named = {program.slug for program in programs(setup, business)}
    yield from (("software", row.name, row) for row in catalog.software if row.slug in named)


def _of_models(models: list[Model], catalog: Catalog) -> Iterator[Used]:
    licenses, families = {model.license for model in models}, {model.family for model in models}
    yield from (("licenses", row.name, row) for row in catalog.licenses if row.slug in licenses)
    yield from (("ecosystem", row.family, row) for row in catalog.ecosystem if row.family in families)


def _of_business(business: Business, traces: Iterable[Trace]) -> Iterator[Used]:
    """Rates behind the figures of workings, what they are compared with, and support that is switched on."""
    catalog, country = business.catalog, business.answers.country
    inputs = [item for trace in traces for item in trace.inputs]
    yield from _trained_on(inputs, catalog)
    names, sources = {item.name for item in inputs}, {(item.source, item.as_of) for item in inputs}
    exchanged = {name.removeprefix("rate_").upper() for name in names if name.startswith("rate_")}
    if exchanged:
        exchanged.add(business.currency)
    yield from (("fx", row.currency, row) for row in catalog.fx if row.currency in exchanged)
    if "electricity" in names:
        yield from (("electricity", row.country, row) for row in catalog.electricity if row.country == country)
    home = country if any(row.country == country for row in catalog.rates) else "EU"
    for row in catalog.rates:
        told = (row.source, row.as_of or row.seen_on) in sources
        if told and (row.key in names or row.country == home):
            yield "rates", row.key, row
    reference = None if business.answers.current_tools else typical_product(business)
    if reference is not None:
        yield "seats", reference.product, reference
    if business.support is not None:
        yield "support_offers", business.support.offer, business.support


def _trained_on(inputs: list[TraceInput], catalog: Catalog) -> Iterator[Used]:
    """Servers rented to train a model on: a working names their price, source and date."""
    rented = {(item.source, item.as_of, item.value) for item in inputs if item.name == "training_rent_hour"}
    for row in catalog.cloud_offers if rented else ():
        if (row.source, row.as_of, row.price_hour) in rented:
            yield "cloud_offers", f"{row.provider} {row.gpu}", row


def notes(found: tuple[OldFact, ...]) -> list[Note]:
    """How many facts are due, and which have expired altogether; the oldest date of each."""
    said = []
    for code, facts in (
        ("expired_facts", [fact for fact in found if fact.expired]),
        ("old_facts", [fact for fact in found if not fact.expired]),
    ):
        days = [day for fact in facts if (day := fact.as_of or fact.checked_on)]
        if facts:
            said.append(Note(code, {"count": len(facts), "as_of": min(days, default="")}))
    return said
