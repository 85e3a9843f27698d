"""What is paid now, what of it really stops, and when: the other side of every saving.

Seats that nobody uses can be given up without any model. They are a saving of their own, shown apart, and what a plan
replaces is counted without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

import numpy as np

from advisor.engine.answers import CurrentTool, WouldStop
from advisor.engine.business import Business
from advisor.engine.catalog import Seat
from advisor.engine.sample import Array, Factors
from advisor.engine.types import Keep, Route, ToolLine

# Months until a plan can carry the work, before which nothing can be cancelled; assumed.
GO_LIVE_MONTH = {
    Route.HOSTED_API: 1,
    Route.HOSTED_SEATS: 1,
    Route.CLOSED_API: 1,
    Route.STAFF_COMPUTERS: 1,
    Route.OWN_SERVER: 2,
    Route.RENTED_SERVER: 2,
}


@dataclass(frozen=True)
class Baseline:
    """``stopped`` is spending that stops over the horizon (array over the sample); ``by_month`` its central course."""

    stopped: Array
    by_month: Array


def months_until(end: date | None, as_of: date) -> int:
    """Whole months from ``as_of`` until a contract has ended; 0 when it can be ended now."""
    if end is None or end <= as_of:
        return 0
    months = (end.year - as_of.year) * 12 + end.month - as_of.month
    return months + (1 if end.day > as_of.day else 0)


def stop_share(tool: CurrentTool, factors: Factors) -> Array:
    match tool.would_stop:
        case WouldStop.YES:
            return np.ones_like(factors["partly_stops"])
        case WouldStop.PARTLY:
            return factors["partly_stops"]
        case WouldStop.NO:
            return np.zeros_like(factors["partly_stops"])
        case _:
            assert_never(tool.would_stop)


def stopped_spending(business: Business, route: Route, factors: Factors, scale: float | Array = 1.0) -> Baseline:
    """Spending that stops if a plan on ``route`` goes live; only after its contract has ended."""
    horizon = business.horizon
    total: Array = np.zeros_like(factors["partly_stops"])
    by_month = np.zeros(horizon)
    for tool in business.answers.current_tools or ():
        start = min(horizon, stops_from(tool, business, route))
        month = tool.price_month * (1 - idle_share(tool, business)) * scale * stop_share(tool, factors)
        total = total + month * (horizon - start)
        by_month[start:] += float(month[0])
    return Baseline(total, by_month)


def stopped_on(business: Business, route: Route) -> float:
    """The same in the central case, worked out once."""
    if route not in business.stopped:
        business.stopped[route] = float(stopped_spending(business, route, business.middle).stopped[0])
    return business.stopped[route]


def idle_share(tool: CurrentTool, business: Business) -> float:
    """Share of a tool's seats beyond the people who would use AI at all."""
    if not tool.people or tool.people <= business.users:
        return 0.0
    return (tool.people - business.users) / tool.people


def idle_total(tool: CurrentTool, business: Business) -> float:
    """What seats nobody uses cost from the month in which the contract lets them go to the end of the horizon."""
    months = business.horizon - min(business.horizon, months_until(tool.contract_end, business.as_of))
    return tool.price_month * idle_share(tool, business) * months


def stops_from(tool: CurrentTool, business: Business, route: Route) -> int:
    return max(GO_LIVE_MONTH[route], months_until(tool.contract_end, business.as_of))


def describe(business: Business, route: Route) -> Keep:
    """The "keep what you have" side of the result."""
    tools = business.answers.current_tools or ()
    lines = tuple(_tool_line(tool, business, route) for tool in tools)
    month = sum(tool.price_month for tool in tools)
    reference = None if tools else typical_product(business)
    idle = sum(line.idle_total for line in lines)
    return Keep(
        has_baseline=bool(tools),
        known=business.answers.current_tools is not None,
        month=round(month, 2),
        total=round(month * business.horizon, 2),
        tools=lines,
        idle_total=round(idle, 2),
        reference_product=reference.product if reference else None,
        reference_month=round(reference_month(reference, business), 2) if reference else None,
    )


def _tool_line(tool: CurrentTool, business: Business, route: Route) -> ToolLine:
    share = float(stop_share(tool, business.middle)[0])
    start = stops_from(tool, business, route)
    idle = idle_share(tool, business)
    unused_from = min(business.horizon, months_until(tool.contract_end, business.as_of))
    return ToolLine(
        product=tool.product,
        people=tool.people,
        price_month=round(tool.price_month, 2),
        stop_share=share,
        stops_from_month=start,
        stopped_total=round(tool.price_month * (1 - idle) * share * max(0, business.horizon - start), 2),
        idle_seats_month=round(tool.price_month * idle, 2),
        seats_stop=_seats_that_stop(tool, idle, share),
        idle_seats=round((tool.people or 0) * idle),
        idle_from_month=unused_from,
        idle_total=round(idle_total(tool, business), 2),
    )


def _seats_that_stop(tool: CurrentTool, idle: float, share: float) -> float | None:
    """Seats in use that the plan would replace; None where the bill is not by seats."""
    return None if tool.people is None else round(tool.people * (1 - idle) * share, 1)


def typical_product(business: Business) -> Seat | None:
    """A usual commercial product for the main job, per person and month: the median price of those listed.

    Prices that have expired only where there is no other.
    """
    main, catalog = business.jobs[0].job, business.catalog
    seats = sorted(
        (
            (business.convert(seat.price, seat.currency), seat.slug, seat)
            for seat in catalog.seats
            if main in seat.jobs and seat.price and seat.unit == "user_month" and seat.confidence != "low"
        ),
        key=lambda item: item[:2],
    )
    seats = [item for item in seats if not catalog.is_expired("seats", item[2])] or seats
    return seats[(len(seats) - 1) // 2][2] if seats else None


def reference_month(seat: Seat, business: Business) -> float:
    assert seat.price is not None
    return business.convert(seat.price, seat.currency) * business.users
