"""Section 12: what each option draws and what that costs, and where machines come from when that was asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments.wording.words import machines
from advisor.reports.content.blocks import Block, Column, group, section, table, text
from advisor.reports.content.reader import NOTHING, Data, Reader


def energy(reader: Reader) -> Block:
    said = _(
        "Electricity of machines whose bill you pay, worked out from their power at rest and at work and from your "
        "hours. What a hosting company draws for you is in its price; how much it is we do not know."
    )
    blocks = [
        group(_("Electricity"), [text(said if reader.sheet.plans else _("No option is left to work it out for."))])
    ]
    if reader.sheet.plans:
        blocks.append(drawn_power(reader))
    wanted = reader.answers.get("hardware_countries") or ()
    if wanted:
        blocks.append(group(_("Where machines come from"), [text(_origin(reader, wanted))]))
    return section(_("Energy and hardware"), blocks)


def drawn_power(reader: Reader) -> Block:
    columns = [
        Column(_("Option"), share=2),
        Column(_("Machines"), share=1.6),
        Column(_("Electricity"), share=1.3, figures=True),
        Column(_("Known how well"), share=1),
        Column(_("Its cost over %(months)s") % {"months": reader.months}, share=1.4, figures=True),
    ]
    return table(columns, [_row(reader, plan) for plan in reader.sheet.plans])


def _row(reader: Reader, plan: Data) -> list[str]:
    needed = [machines(machine["count"], machine["name"]) for machine in plan["machines"]]
    found, cost = plan["energy_kwh_month"], NOTHING
    for line in plan["lines"]:
        if line["key"] == "electricity":
            cost = reader.formats.estimate(line["total"])
    return [
        reader.sheet.plan_name(plan),
        reader.joined(needed) or _("the supplier's"),
        _("%(range)s kWh a month") % {"range": reader.formats.number_range(found["low"], found["high"])}
        if found
        else _("not known"),
        reader.label("grade", found["grade"]) if found else NOTHING,
        cost,
    ]


def _origin(reader: Reader, wanted: list[str]) -> str:
    """What was asked about the origin of machines, and how many options that removed."""
    places = reader.formats.list_of([reader.country(code) for code in wanted])
    rules = zip(reader.shown["ruled_out"]["rules"], reader.document["ruled_out"], strict=True)
    removed = sum(rule["count"] for rule, found in rules if found["rule"] == "hardware_country")
    said = _("You asked for machines from these countries only: %(places)s. Options removed by that rule: %(count)s.")
    return said % {"places": places, "count": reader.formats.number(removed)}
