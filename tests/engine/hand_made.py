"""A firm, a provider, a server and rows of the catalog made by hand, for tests that work one thing out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from advisor.engine.answers import Answers, ErrorHarm, ItSupport, Job, JobAnswer, ProcessingLocation, WhatIf
from advisor.engine.assumptions import resolve
from advisor.engine.business import Business
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import ApiPrice, Catalog, Device, Model, Price
from advisor.engine.places import Place
from advisor.engine.quality import NONE
from advisor.engine.types import Route
from tests.samples import AS_OF, catalog

HOST = Place(key="hosted:Hand", route=Route.HOSTED_API, name="Hand", provider="Hand", regions=("DE",))
PRICE = ApiPrice(
    slug="hand", category="open_hosted", provider="hand", model_name="hand", unit="usd_per_1m_tokens", input=2.0,
    output=10.0, cached_input=0.5, currency="USD", source="hand", as_of="2026-11", grade="published",
)  # fmt: skip


def firm(
    job: Job = Job.WRITE_REPLY,
    units: float = 10.0,
    *,
    facts: Catalog | None = None,
    tried: WhatIf | None = None,
    **more: Any,
) -> Business:
    """A German firm with one job that takes anything anywhere and has its own computer staff."""
    given: dict[str, Any] = {
        "country": "DE",
        "currency": "EUR",
        "jobs": (JobAnswer(job, units, 10.0),),
        "error_harm": ErrorHarm.CHECKED,
        "processing_location": ProcessingLocation.ANYWHERE,
        "it_support": ItSupport.OWN_STAFF,
    }
    return resolve(Answers(**(given | more)), facts or catalog(), AS_OF, tried)


def model(slug: str) -> Model:
    return next(row for row in catalog().models if row.slug == slug)


def device(slug: str, **changed: Any) -> Device:
    """A machine of the catalog, for sale today."""
    found = next(row for row in catalog().devices if row.slug == slug)
    return replace(found, price=Price(amount=8_000.0, currency="EUR", as_of="2026-11"), **changed)


def only(*models: Model, devices: tuple[Device, ...] = (), prices: tuple[ApiPrice, ...] = ()) -> Catalog:
    """The shipped catalog with nothing else to choose from."""
    return replace(catalog(), models=models, devices=devices, api_prices=prices, cloud_offers=(), support_offers=())


def hosted_candidate(job: Job = Job.WRITE_REPLY, name: str = "hand", **more: Any) -> Candidate:
    return Candidate(job, None, name, HOST, NONE, price=PRICE, **more)
