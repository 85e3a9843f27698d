"""Where a model could run: providers of hosted models, rented machines, machines to buy, machines already there."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.engine.answers import Computers
from advisor.engine.business import Business
from advisor.engine.catalog import ApiPrice, Catalog, CloudOffer, Device, Price
from advisor.engine.once import once_per_catalog
from advisor.engine.types import Route

# Route difficulty 1-5 as in the catalog's software rows (editorial): 1 double-click, 2 one person with a guide,
# 3 some Linux, 4 a regular administrator, 5 a specialist.
DIFFICULTY = {
    Route.HOSTED_SEATS: 1,
    Route.HOSTED_API: 2,
    Route.CLOSED_API: 2,
    Route.STAFF_COMPUTERS: 2,
    Route.OWN_SERVER: 3,
    Route.RENTED_SERVER: 4,
}
CARD_KINDS = frozenset({"consumer_gpu", "workstation_gpu", "datacenter_gpu", "cn_accelerator"})
SPECIALIST_KINDS = frozenset({"datacenter_gpu", "cn_accelerator"})
CARDS_PER_MACHINE = (1, 2)  # what an ordinary workstation holds; own choice
CARDS_PER_SERVER = (1, 2, 4)
# Offers that can be withdrawn at any moment, or are billed by the second of use, are no steady home for a service.
UNSTEADY_TIERS = frozenset({"spot", "serverless_flex"})
OFFICE_PC = "desktop-ddr4-2ch-64gb"  # what stands for an ordinary office computer, with less memory
PRIVATE_HOST_TIERS = frozenset({"community", "marketplace_on_demand_median"})


@dataclass(frozen=True)
class Kind:
    """Equal devices in one machine."""

    device: Device
    cards: int

    @property
    def key(self) -> tuple[str, int, float | None]:
        return self.device.slug, self.cards, self.device.memory_gb


@dataclass(frozen=True)
class Place:
    """One place. ``device`` and ``cards`` are set where the business runs the machine itself."""

    key: str
    route: Route
    name: str
    provider: str | None = None
    regions: tuple[str, ...] = ()
    device: Device | None = None
    cards: int = 1
    offer: CloudOffer | None = None
    owned: bool = False  # already there: no purchase

    @property
    def difficulty(self) -> int:
        if self.device is not None and self.route is Route.OWN_SERVER and self.device.kind in SPECIALIST_KINDS:
            return 4
        return DIFFICULTY[self.route]

    @property
    def is_card(self) -> bool:
        return self.device is not None and self.device.kind in CARD_KINDS


@once_per_catalog
def hosted(catalog: Catalog) -> tuple[tuple[Place, tuple[ApiPrice, ...]], ...]:
    """Providers with the price rows of open models they host, sorted by name; those of an expired price too."""
    rows: dict[str, list[ApiPrice]] = {}
    for price in catalog.api_prices:
        priced = price.input or price.price or catalog.is_expired("api_prices", price)
        if price.model and price.open_weights and not price.deprecated and priced:
            rows.setdefault(price.provider, []).append(price)
    return tuple(
        (
            Place(
                key=f"hosted:{provider}",
                route=Route.HOSTED_API,
                name=provider,
                provider=provider,
                regions=rows[provider][0].regions,
            ),
            tuple(rows[provider]),
        )
        for provider in sorted(rows)
    )


def machines(business: Business) -> tuple[Place, ...]:
    """Every machine that could be rented, bought or is already there."""
    devices = {device.slug: device for device in business.catalog.devices}
    return (*machines_for_all(business.catalog), *_there(business, devices))


@once_per_catalog
def machines_for_all(catalog: Catalog) -> tuple[Place, ...]:
    """Every machine that anybody could rent or buy."""
    return (*_rented(catalog), *_bought(catalog))


def _rented(catalog: Catalog) -> list[Place]:
    devices = {device.slug: device for device in catalog.devices}
    return [
        Place(
            key=f"rented:{offer.slug}",
            route=Route.RENTED_SERVER,
            name=f"{offer.provider} {offer.gpu}",
            provider=offer.provider,
            regions=offer.residency,
            device=devices[offer.device],
            cards=offer.gpu_count,
            offer=offer,
        )
        for offer in catalog.cloud_offers
        if offer.device in devices and offer.tier not in UNSTEADY_TIERS
    ]


def _bought(catalog: Catalog) -> list[Place]:
    return [
        Place(
            key=f"own:{device.slug}:{cards}",
            route=Route.OWN_SERVER,
            name=device.name if cards == 1 else f"{cards} x {device.name}",
            device=device,
            cards=cards,
        )
        for device in catalog.devices
        for cards in _cards(device)
    ]


def _cards(device: Device) -> tuple[int, ...]:
    if device.kind in SPECIALIST_KINDS:
        return CARDS_PER_SERVER
    return CARDS_PER_MACHINE if device.kind in CARD_KINDS else (1,)


def _there(business: Business, devices: dict[str, Device]) -> list[Place]:
    """Computers of question 16. Ordinary office PCs are taken as the catalog's older desktop."""
    answers = business.answers
    found = []
    for number, owned in enumerate(answers.own_computers):
        device = devices.get(owned.device or "")
        if device is None and owned.memory_gb:
            device = _by_memory(business, devices, owned.memory_gb)
        if device is not None:
            found.append(_owned(f"{number}", device, owned.count))
    office = office_computer(business.catalog)
    if not found and business.computers is Computers.OFFICE_PCS and office is not None:
        found.append(office)
    return found


@once_per_catalog
def office_computer(catalog: Catalog) -> Place | None:
    """An ordinary office PC has 16 GB, of which about half is free for a model: assumed."""
    device = next((device for device in catalog.devices if device.slug == OFFICE_PC), None)
    return None if device is None else _owned("office", _with_memory(device, 8.0, "Office computer"), 1)


def _owned(suffix: str, device: Device, cards: int) -> Place:
    return Place(
        key=f"staff:{suffix}:{device.slug}",
        route=Route.STAFF_COMPUTERS,
        name=device.name,
        device=device,
        cards=max(1, cards if device.kind in CARD_KINDS else 1),
        owned=True,
    )


def _by_memory(business: Business, devices: dict[str, Device], memory_gb: float) -> Device | None:
    """A machine named only by its memory is taken as the slowest catalog device of its kind with that much."""
    kinds = {
        Computers.GRAPHICS_CARD: {"consumer_gpu", "workstation_gpu"},
        Computers.APPLE: {"unified_memory_computer"},
        Computers.SERVER: {"datacenter_gpu", "workstation_gpu"},
    }.get(business.computers, {"cpu_desktop"})
    able = [
        device
        for device in devices.values()
        if device.kind in kinds and device.bandwidth_gbs and (device.memory_gb or 0) >= memory_gb
    ]
    if not able:
        return None
    slowest = min(able, key=lambda device: (device.bandwidth_gbs or 0, device.slug))
    return _with_memory(slowest, memory_gb, slowest.name)


def _with_memory(device: Device, memory_gb: float, name: str) -> Device:
    share = (device.usable_memory_gb or device.memory_gb or 1) / (device.memory_gb or 1)
    return Device(
        slug=device.slug,
        name=name,
        vendor=device.vendor,
        vendor_country=device.vendor_country,
        kind=device.kind,
        memory_gb=memory_gb,
        usable_memory_gb=memory_gb * share,
        bandwidth_gbs=device.bandwidth_gbs,
        fp16_tflops=device.fp16_tflops,
        power_watts=device.power_watts,
        price=Price(currency="USD"),
        runtimes=device.runtimes,
        source=device.source,
        as_of=device.as_of,
        grade=device.grade,
    )
