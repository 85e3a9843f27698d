"""Set-ups that are bought as they are: assistants on open models per person, and closed references."""

from __future__ import annotations

from advisor.engine.answers import Adaptation, Job
from advisor.engine.bills import central_bills
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import ApiPrice, Catalog, SupportOffer
from advisor.engine.companions import Helper
from advisor.engine.demand import Load
from advisor.engine.filters import place_failure
from advisor.engine.once import once_per_catalog
from advisor.engine.places import Place
from advisor.engine.quality import NONE
from advisor.engine.setup import Setup
from advisor.engine.types import Route

SEAT_KIND = "hosted_open_model_plan"
# How the catalog's price rows name each kind of work.
USE_CASE = {
    Job.WRITE_REPLY: "writing",
    Job.FIND_IN_DOCUMENTS: "rag",
    Job.ANSWER_CUSTOMERS: "support_chat",
    Job.MEETING_NOTES: "writing",
    Job.TRANSLATE: "translation",
    Job.SPREADSHEETS_FORECASTS: "data_analysis",
    Job.SOFTWARE: "code",
    Job.AUTOMATION: "support_chat",
}
MEDIA_CATEGORY = {Job.READ_DOCUMENTS: "ocr", Job.PICTURES: "image_generation", Job.THREE_D: "3d_generation"}
NAMED_REFERENCE = "gemini-2.5-pro"  # the closed flagship beside the open Gemma that the claims speak of


def seat_setups(business: Business) -> tuple[Setup, ...]:
    """Hosted assistants on open models, per person, that do all the jobs they are sold for here.

    Where a model is to be trained further, a service that runs its own as they are does not come into question.
    """
    if business.adaptation is Adaptation.FINE_TUNING:
        return ()
    found = []
    for offer in business.catalog.support_offers:
        if (
            offer.kind != SEAT_KIND
            or offer.unit != "user_month"
            or not offer.currency
            or offer.currency in business.untold
        ):
            continue
        price = offer.price or offer.price_low  # a range names the dedicated edition as its high end
        if not price:
            continue
        place = Place(
            key=f"seats:{offer.slug}", route=Route.HOSTED_SEATS, name=seat_name(offer), provider=offer.vendor,
            regions=(offer.vendor_country,) if offer.vendor_country else (),
        )  # fmt: skip
        covered = [work.job for work in business.jobs if work.job in offer.jobs]
        if place_failure(place, business) is not None or not _may_use(offer, business):
            continue
        if business.jobs[0].job not in covered:
            continue
        found.append(
            Setup(
                tuple(Candidate(job, None, seat_name(offer), place, NONE) for job in covered),
                tuple(work.job for work in business.jobs if work.job not in covered),
                seat=offer,
            )
        )
    return tuple(found)


def _may_use(offer: SupportOffer, business: Business) -> bool:
    """Question 24 for a service that does not name its models: rules about models cannot be met, so they exclude it."""
    rules = business.answers.rules
    if rules.standard_licenses_only or rules.disclosed_data_only:
        return False
    return not rules.only_suppliers or any(name.lower() in offer.vendor.lower() for name in rules.only_suppliers)


def seat_name(offer: SupportOffer) -> str:
    return offer.offer if offer.vendor.split()[0].lower() in offer.offer.lower() else f"{offer.vendor} {offer.offer}"


def closed_reference(business: Business, loads: tuple[Load, ...], name: str | None = None) -> Setup | None:
    """The cheapest closed pay-per-use service for each job, or one named model where it does the job."""
    chosen, uncovered = [], []
    for load in loads:
        candidate = _cheapest_closed(business, load, loads, name)
        if candidate is None:
            uncovered.append(load.job)
        else:
            chosen.append(candidate)
    return Setup(tuple(chosen), tuple(uncovered)) if chosen else None


def _cheapest_closed(business: Business, load: Load, loads: tuple[Load, ...], name: str | None) -> Candidate | None:
    candidates = [
        item
        for item in _closed(business.catalog, load.job)
        if name in (None, item.name)
        and not (business.untold and any(row.currency in business.untold for row in item.billed))
    ]
    if len(candidates) == 1:
        return candidates[0]
    slugs = (item.price.slug for item in candidates if item.price is not None)
    ranked = zip(central_bills(candidates, loads, business), slugs, candidates, strict=True)
    return min(ranked, key=lambda item: item[:2], default=(0.0, "", None))[2]


@once_per_catalog
def _closed(catalog: Catalog, job: Job) -> tuple[Candidate, ...]:
    """Every closed service for a job."""
    speech = _closed_speech(catalog) if job is Job.MEETING_NOTES else ()
    return tuple(
        Candidate(job, None, row.model_name, _closed_place(row), NONE, price=row, helpers=speech)
        for row in _closed_rows(catalog, job)
    )


def _closed_place(row: ApiPrice) -> Place:
    return Place(
        key=f"closed:{row.provider}", route=Route.CLOSED_API, name=row.provider, provider=row.provider,
        regions=row.regions,
    )  # fmt: skip


def _closed_rows(catalog: Catalog, job: Job) -> list[ApiPrice]:
    closed = [row for row in catalog.api_prices if row.open_weights is False and not row.deprecated]
    if job in MEDIA_CATEGORY:
        return [row for row in closed if row.category == MEDIA_CATEGORY[job] and row.price]
    use_case = USE_CASE.get(job)
    return [row for row in closed if row.category == "closed_api" and use_case in row.use_cases and row.input]


def _closed_speech(catalog: Catalog) -> tuple[Helper, ...]:
    rows = [
        (row.price, row.slug, row)
        for row in catalog.api_prices
        if row.category == "speech_to_text" and row.open_weights is False and row.price
    ]
    return (Helper("stt", None, min(rows, key=lambda item: item[:2])[2], 0.0),) if rows else ()
