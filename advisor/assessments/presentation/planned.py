"""Planning values behind a result: hours, shares and quantities nobody is asked for, that an owner may know better."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments.forms.what_if import PlannedValue
from advisor.assessments.presentation.sheet import Data, Sheet


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
