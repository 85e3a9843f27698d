"""How the memory of a plan's machine is filled: a drawing of what goes where, and what stays free."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments import charts
from advisor.assessments.presentation.figures import Figure, draw
from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.wording.words import machine_name


def memory_figure(sheet: Sheet, plan: Data, machine: Data) -> Figure:
    parts = [
        _part(sheet, _("The models themselves"), machine["weights_gb"]),
        _part(sheet, _("Working memory for the requests in hand"), machine["working_gb"]),
        _part(sheet, _("Programs and drivers"), machine["overhead_gb"]),
        _part(sheet, _("Free"), machine["headroom_gb"], free=True),
    ]
    number = sheet.formats.number
    room = charts.LineAcross(
        machine["usable_gb"], _("Usable: %(gb)s") % {"gb": _gb(sheet, machine["usable_gb"])}, dashed=False
    )
    title = _("%(name)s holds the models with %(gb)s of its memory to spare") % {
        "name": machine_name(machine["name"]),
        "gb": _gb(sheet, machine["headroom_gb"]),
    }
    description = _("; ").join(f"{part.name}: {part.words}" for part in parts)
    return draw(
        lambda key, width: charts.memory_fit(
            parts, room, key=key, title=title, description=description, axis=_("Memory, GB"),
            form=sheet.formats.number, width=width,
        ),
        key=f"memory-{plan['key']}-{machine['device']}",
        title=title,
        description=description,
        columns=[_("What the memory goes to"), _("GB")],
        rows=[*([part.name, number(part.size, 1)] for part in parts), [_("Usable"), number(machine["usable_gb"], 1)]],
        source=sheet.computed,
        narrow=not sheet.on_paper,
    )  # fmt: skip


def _part(sheet: Sheet, name: str, size: float, *, free: bool = False) -> charts.PartRow:
    return charts.PartRow(name, size, _gb(sheet, size), free)


def _gb(sheet: Sheet, size: float) -> str:
    return _("%(gb)s GB") % {"gb": sheet.formats.number(size, 1)}
