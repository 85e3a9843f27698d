"""What can be tried out on a result: sliders for a few answers, and planning values an owner may know better."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments.forms.what_if import PERCENT, PlannedValue, Slide
from advisor.assessments.presentation.sheet import Data, Sheet

PERCENT_OF_TODAY = Slide(25, 300, PERCENT, step=5)  # as far as the sliders reach; assumed, and any figure can be typed
TIMES_TODAY = 3  # the same for the others
HOURLY = "it_hourly"  # the input of workings that question 17 answers


def slides(sheet: Sheet, users: int | None) -> dict[str, Slide]:
    """The figures that a slider moves, by the name of their control; ``users`` is None where nobody could say."""
    found = {"volume": PERCENT_OF_TODAY, "price": PERCENT_OF_TODAY}
    inputs = (item for trace in sheet.document["traces"] for item in trace["inputs"])
    hourly = next((item["value"] for item in inputs if item["name"] == HOURLY), None)
    if users is not None:
        found["users"] = _to_times_today(1, users)
    if hourly is not None:
        found["hourly_cost"] = _to_times_today(0, round(hourly))
    return found


def _to_times_today(low: float, today: float) -> Slide:
    return Slide(low, max(10, TIMES_TODAY * today), today)


def planned_values(sheet: Sheet) -> list[PlannedValue]:
    """Each planning value of the plans once, in the order their workings use it."""
    keys = {plan["key"] for plan in sheet.plans}
    found: dict[str, Data] = {}
    for trace in sheet.document["traces"]:
        if trace["key"].partition(".")[0] in keys:
            for item in trace["inputs"]:
                if item["editable"]:
                    found.setdefault(item["name"], item)
    return [_value(sheet, item) for item in found.values()]


def _value(sheet: Sheet, item: Data) -> PlannedValue:
    words = sheet.words
    label = words.input_name(item["name"], item["unit"])
    return PlannedValue(
        name=item["name"],
        label=label[:1].upper() + label[1:],
        taken=_("taken as %(value)s") % {"value": words.quantity(item["value"], item["unit"])},
        is_share=item["unit"].startswith("share"),
    )
