"""The catalog's tables: one per kind of fact, and the published versions."""

from advisor.catalog.models.base import Entry
from advisor.catalog.models.comment import DraftComment
from advisor.catalog.models.imports import ImportChange, ImportRun
from advisor.catalog.models.link import LinkCheck
from advisor.catalog.models.measurement import Measurement
from advisor.catalog.models.money import ApiPrice, CloudOffer, Electricity, Fx, Rate, Seat, SupportOffer
from advisor.catalog.models.reading import CaseStudy, Claim, LawCard
from advisor.catalog.models.systems import AIModel, Device, Ecosystem, License, Software
from advisor.catalog.models.version import CatalogVersion, FrozenVersion, ShippedLoad
from advisor.catalog.models.work import JobProfile, Sector, Study, TokenFact, Usage

# In this order a load satisfies every reference; removal goes the other way.
TABLES: tuple[type[Entry], ...] = (
    License,
    AIModel,
    Device,
    CloudOffer,
    ApiPrice,
    Seat,
    Electricity,
    Rate,
    Fx,
    Usage,
    TokenFact,
    JobProfile,
    Study,
    Sector,
    Ecosystem,
    SupportOffer,
    Software,
    LawCard,
    Claim,
    CaseStudy,
)
BY_COLLECTION: dict[str, type[Entry]] = {table.collection: table for table in TABLES}

__all__ = [
    "BY_COLLECTION",
    "TABLES",
    "AIModel",
    "ApiPrice",
    "CaseStudy",
    "CatalogVersion",
    "Claim",
    "CloudOffer",
    "Device",
    "DraftComment",
    "Ecosystem",
    "Electricity",
    "Entry",
    "FrozenVersion",
    "Fx",
    "ImportChange",
    "ImportRun",
    "JobProfile",
    "LawCard",
    "License",
    "LinkCheck",
    "Measurement",
    "Rate",
    "Seat",
    "Sector",
    "ShippedLoad",
    "Software",
    "Study",
    "SupportOffer",
    "TokenFact",
    "Usage",
]
