"""The machines of a plan as the result shows them: how many, how full, how busy, and what each job asks of them."""

from __future__ import annotations

from advisor.engine import memory
from advisor.engine.candidates import Candidate
from advisor.engine.catalog import Catalog
from advisor.engine.demand import working_hours_month
from advisor.engine.holding import shared_memory_gb
from advisor.engine.measured_here import of_candidate
from advisor.engine.memory_split import split
from advisor.engine.setup import Case, busy_hours_month, local, peak_share, work_per_hour
from advisor.engine.types import Estimate, Grade, Machine, MachineLoad


def machines(case: Case) -> tuple[Machine, ...]:
    """The one kind of machine a set-up runs on; none where everything is hosted."""
    place = case.setup.machine
    if place is None or place.device is None:
        return ()
    jobs = local(case.setup, case.loads)
    on_it = [candidate for candidate, _ in jobs]
    usable = memory.usable_gb(place.device, place.cards) or 0.0
    needed, held = shared_memory_gb(on_it), split(jobs, case.business.catalog)
    first, last = int(case.machines.first[0]), int(case.machines.last[0])
    used = float(peak_share(case.setup, case.business, case.loads)[0])
    busy = float(busy_hours_month(case.setup, case.loads)[0]) / (working_hours_month(case.business.catalog) * first)
    writing = [
        (band[1], at, item) for at, item in enumerate(on_it) if item.running and (band := item.running.tokens_per_s)
    ]
    price = place.device.price
    bought = price.amount and not place.owned and place.offer is None
    each = place.cards * case.business.convert(price.amount, price.currency) if price.amount and bought else None
    return (
        Machine(
            device=place.device.slug,
            name=place.name,
            vendor=place.device.vendor,
            count=first,
            needed_gb=round(needed, 1),
            usable_gb=round(usable, 1),
            headroom_gb=round(usable - needed, 1),
            weights_gb=round(held.weights_gb, 1),
            working_gb=round(held.working_gb, 1),
            overhead_gb=round(held.overhead_gb, 1),
            decode_tps_per_user=_speed(min(writing)[2], case.business.catalog) if writing else None,
            busy_share=round(busy, 3),
            price_each=round(each, 2) if each is not None else None,
            offer=place.offer.slug if place.offer else None,
            provider=place.provider,
            count_at_end=last,
            headroom_share=round(1 - used / first, 3),
            headroom_share_at_end=round(1 - used * float(case.growth.central[-1]) / last, 3),
            loads=_loads(case),
        ),
    )


def _loads(case: Case) -> tuple[MachineLoad, ...]:
    found = []
    for candidate, load in local(case.setup, case.loads):
        running, wait = candidate.running, load.profile.wait_first_word_s
        assert running is not None
        peak = float(work_per_hour(candidate, load, case.business)[0])
        found.append(
            MachineLoad(
                job=str(candidate.job),
                peak_hour=round(peak, 2),
                carried_hour=round(running.per_hour, 2),
                in_flight=round(peak * running.seconds_each / 3600, 3),
                slots=running.slots,
                seconds_each=round(running.seconds_each, 2),
                wait_s=wait.central if wait is not None and running.tokens_per_s is not None else None,
            )
        )
    return tuple(found)


def _speed(candidate: Candidate, catalog: Catalog) -> Estimate:
    """What each user gets; measured where somebody measured this very set-up."""
    assert candidate.running is not None
    assert candidate.running.tokens_per_s is not None
    low, central, high = (round(value, 1) for value in candidate.running.tokens_per_s)
    grade = Grade.MEASURED if of_candidate(catalog, candidate) else Grade.DERIVED
    return Estimate(low, central, high, "tokens/s", grade)
