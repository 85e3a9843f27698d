"""Machines from the business's own country: each appears with a price, or is ruled out because none is published."""

from __future__ import annotations

import pytest

from advisor.engine import demand
from advisor.engine.answers import Computers, ItSupport, Job, ProcessingLocation
from advisor.engine.business import Business
from advisor.engine.options import options
from advisor.engine.recommend import recommend
from advisor.engine.types import Rule
from tests.engine.hand_made import firm
from tests.samples import AS_OF, catalog

DOMESTIC = {row.slug: row for row in catalog().devices if row.kind == "cn_accelerator"}


def chinese(location: ProcessingLocation = ProcessingLocation.ANYWHERE) -> Business:
    return firm(
        Job.WRITE_REPLY, country="CN", currency="CNY", hardware_countries=("CN",), it_support=ItSupport.OWN_STAFF,
        computers=Computers.NONE, processing_location=location,
    )  # fmt: skip


def found(business: Business) -> tuple[set[str], dict[str, set[Rule]]]:
    """Devices with an option, and for every other the rules that removed what could run there."""
    considered = options(business, demand.loads(business, business.middle))
    offered = {item.place.device.slug for item in considered.candidates if item.place.device}
    removed: dict[str, set[Rule]] = {}
    for item in considered.removed:
        if item.place.device:
            removed.setdefault(item.place.device.slug, set()).add(item.failure[0])
    return offered, removed


def test_there_are_domestic_accelerators_to_speak_of() -> None:
    assert {"ascend-910b-64gb", "atlas-300i-duo-96gb", "kunlun-p800"} <= set(DOMESTIC)


@pytest.mark.parametrize("slug", sorted(DOMESTIC))
def test_a_domestic_machine_is_offered_at_its_price_or_ruled_out_for_want_of_one(slug: str) -> None:
    offered, removed = found(chinese())
    if DOMESTIC[slug].price.amount is None:
        assert slug not in offered
        assert Rule.NO_PRICE in removed[slug]
    else:
        assert slug in offered


def test_an_accelerator_that_can_only_be_rented_by_asking_is_named_too() -> None:
    considered = options(chinese(), demand.loads(chinese(), chinese().middle))
    asked = [item for item in considered.removed if item.place.key == "rented:huawei-cloud-ascend-910b-on-demand"]
    assert asked
    assert Rule.NO_PRICE in {item.failure[0] for item in asked}
    assert all(item.place.device is not None and item.place.device.vendor == "Huawei" for item in asked)


def test_only_domestic_machines_are_left_where_only_they_are_allowed() -> None:
    offered, removed = found(chinese())
    assert offered <= set(DOMESTIC)
    assert Rule.HARDWARE_COUNTRY in removed["l40s"]


def test_a_domestic_machine_carries_a_plan_with_its_price_in_it() -> None:
    business = chinese(ProcessingLocation.OWN_EQUIPMENT)
    made = recommend(business.answers, catalog(), as_of=AS_OF)
    assert made.plans
    for plan in made.plans:
        assert {machine.vendor for machine in plan.machines} == {"Huawei"}
        bought = next(line for line in plan.lines if line.key == "purchase")
        trace = next(trace for trace in made.traces if trace.key == f"{plan.key}.purchase.total")
        price = next(item for item in trace.inputs if item.name == "device_price")
        asked = DOMESTIC["atlas-300i-duo-96gb"].price
        assert (price.value, price.unit) == (asked.amount, f"{asked.currency}/machine")
        assert bought.total.central > 0
