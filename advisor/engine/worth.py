"""What a set-up must cost less than to be worth it: spending that stops, or the time it frees."""

from __future__ import annotations

from advisor.engine.baseline import stopped_on
from advisor.engine.business import Business
from advisor.engine.demand import Load, growth_mean
from advisor.engine.types import Route


def stops_spending(business: Business) -> bool:
    """Whether anything paid today would really stop."""
    return any(tool.would_stop != "no" for tool in business.answers.current_tools or ())


def time_value(business: Business, loads: tuple[Load, ...]) -> float:
    """What the hours freed over the horizon would be worth at an hour of staff: orientation, never a saving."""
    hours = sum(float(load.hours_freed[0] * growth_mean(load.growth, business.horizon)[0]) for load in loads)
    return hours * float(business.middle["staff_hourly"][0]) * business.horizon


def worth(business: Business, route: Route, loads: tuple[Load, ...]) -> float:
    """The central cost over the horizon below which a set-up on this route is ahead of leaving things as they are."""
    if stops_spending(business):
        return stopped_on(business, route)
    return time_value(business, loads)
