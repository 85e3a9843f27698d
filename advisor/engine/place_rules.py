"""Rules about a place, whatever runs there. Each gives the values of the change that would lift it, or None.

A host that does not say where it works is unknown, and meets no rule about places.
"""

from __future__ import annotations

from typing import Any

from advisor.engine import facts
from advisor.engine.answers import Information, ItSupport, ProcessingLocation
from advisor.engine.business import Business
from advisor.engine.catalog import ApiPrice, Catalog, CloudOffer, Device
from advisor.engine.facts import EU
from advisor.engine.places import PRIVATE_HOST_TIERS, Place
from advisor.engine.suppliers import is_named, wanted
from advisor.engine.types import Route

Values = dict[str, Any]

ON_SITE = frozenset({Route.OWN_SERVER, Route.STAFF_COMPUTERS})
# Hardest route that each kind of support can look after, on the 1-5 scale of places.DIFFICULTY; own choice.
EASE_LIMIT = {ItSupport.NOBODY: 2, ItSupport.COLLEAGUE: 3, ItSupport.OWN_STAFF: 5, ItSupport.OUTSIDE_FIRM: 4}
PROTECTED = frozenset(
    {Information.PERSONAL, Information.SENSITIVE, Information.PAYMENT, Information.SECRETS, Information.CONTROLLED}
)
# Kinds that go to no host which does not say where it works.
NEEDS_A_KNOWN_PLACE = frozenset({Information.SENSITIVE, Information.SECRETS})


def data_class(place: Place, business: Business) -> Values | None:
    if place.route in ON_SITE:
        return None
    if Information.CONTROLLED in business.information:
        return {"information": Information.CONTROLLED}
    private_host = place.offer is not None and place.offer.tier in PRIVATE_HOST_TIERS
    barred = PROTECTED if private_host else NEEDS_A_KNOWN_PLACE if not place.regions else frozenset()
    found = business.information & barred
    return {"information": min(found)} if found else None


def location(place: Place, business: Business) -> Values | None:
    if place.route in ON_SITE:
        return None
    match business.location:
        case ProcessingLocation.OWN_EQUIPMENT if same_region(business, place.regions):
            return {"wider": ProcessingLocation.REGION}
        case ProcessingLocation.OWN_EQUIPMENT:
            return {"wider": ProcessingLocation.ANYWHERE}
        case ProcessingLocation.REGION if not same_region(business, place.regions):
            return {"wider": ProcessingLocation.ANYWHERE}
        case _:
            return None


def same_region(business: Business, regions: tuple[str, ...]) -> bool:
    """Whether a provider's regions include the business's country, or the EU for a country in it."""
    country = business.answers.country
    if country in regions:
        return True
    return country in EU and ("EU" in regions or bool(EU & set(regions)))


def place_country(place: Place, business: Business) -> Values | None:
    """One region that may be used is enough; a host that names none cannot show that it keeps a rule."""
    rules = business.answers.rules
    if place.route in ON_SITE or not (rules.avoid_countries or rules.only_countries):
        return None
    for region in place.regions:
        allowed = not rules.only_countries or facts.within(region, rules.only_countries)
        if allowed and not facts.within(region, rules.avoid_countries):
            return None
    return {"country": place.regions[0] if place.regions else None}


def place_supplier(place: Place, business: Business) -> Values | None:
    rules = business.answers.rules
    supplier = place.provider or (place.device.vendor if place.device else "")
    if is_named(supplier, rules.avoid_suppliers):
        return {"supplier": supplier}
    if not rules.only_suppliers or place.provider is None:
        return None
    hosts = wanted(business.catalog, rules.only_suppliers).hosts
    return {"supplier": supplier} if hosts and not is_named(place.provider, hosts) else None


def hardware_country(place: Place, business: Business) -> Values | None:
    allowed = business.answers.hardware_countries
    if not allowed or place.device is None or facts.within(place.device.vendor_country, allowed):
        return None
    return {"country": place.device.vendor_country}


def offline(place: Place, business: Business) -> Values | None:
    return {} if business.offline and place.route not in ON_SITE else None


def ease(place: Place, business: Business) -> Values | None:
    """The least help that would do is the change."""
    if place.difficulty <= EASE_LIMIT[business.it_support]:
        return None
    enough = [support for support, limit in EASE_LIMIT.items() if limit >= place.difficulty]
    return {"support": min(enough, key=EASE_LIMIT.__getitem__)}


def price(place: Place, business: Business) -> Values | None:
    """What is rented or bought needs a price, of a day on which it could still be had for that."""
    paid = _paid(place)
    if paid is None:
        return None
    return old_price(*paid, place.name, business) or (None if _is_priced(place) else {"device": place.name})


def has_price(place: Place, catalog: Catalog) -> bool:
    """Whether what is rented or bought has a price that counts on the catalog's day, in whatever currency."""
    paid = _paid(place)
    return paid is None or (_is_priced(place) and not catalog.is_expired(*paid))


def _paid(place: Place) -> tuple[str, CloudOffer | Device] | None:
    """The collection and the row that hold the price of a machine, where one is paid."""
    if place.offer is not None:
        return "cloud_offers", place.offer
    if place.route is Route.OWN_SERVER and place.device is not None:
        return "devices", place.device
    return None


def _is_priced(place: Place) -> bool:
    if place.offer is not None:
        return place.offer.price_hour is not None or place.offer.price_month is not None
    return place.device is not None and place.device.price.amount is not None


def old_price(
    collection: str, row: ApiPrice | CloudOffer | Device, name: str, business: Business
) -> Values | None:  # fmt: skip
    """Which date makes a price unusable: its own, or that of the exchange rate it would be told by."""
    price = row.price if isinstance(row, Device) else row
    if business.catalog.is_expired(collection, row):
        return {"device": name, "as_of": price.as_of or row.as_of or row.seen_on}
    if price.currency in business.untold:
        return {"device": name, "as_of": business.untold[price.currency]}
    return None
