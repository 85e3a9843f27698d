"""Section 5: the recommended option, or what to do instead, and what it is made of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.practice import programs
from advisor.assessments.wording.words import license_name, machine_name
from advisor.catalog.suppliers import supplier
from advisor.reports.content.blocks import (
    Block,
    Column,
    bullets,
    callout,
    column,
    columns,
    facts,
    flow,
    group,
    section,
    subject,
    table,
)
from advisor.reports.content.drawings import drawn
from advisor.reports.content.reader import NOTHING, Data, Reader
from advisor.web.typography import aside, labeled


def recommended(reader: Reader) -> Block:
    blocks, plan = [*_standing(reader)], reader.main
    if plan is None:
        return section(_("Recommended option"), blocks)
    blocks += [
        group(_("In short"), [facts(_in_short(reader, plan))]),
        subject(_("The parts, and where information goes")),
        flow(_flow(reader, plan)),
        subject(_("Models")),
        models(reader, plan),
    ]
    if plan["machines"]:
        blocks += [subject(_("Machines")), machines(reader, plan), *_memory(reader)]
        blocks.append(group(_("Busiest hour"), [capacity(reader)]))
    if programs(reader.sheet, plan):
        blocks += [subject(_("Programs, their licenses and their security")), to_run(reader, plan)]
    blocks.append(columns(_pluses_and_minuses(reader, plan)))
    return section(_title(reader), blocks)


def _title(reader: Reader) -> str:
    if reader.document["recommended"]:
        return _("Recommended option")
    if reader.document["verdict"] == "legal_stop":
        return _("For information: the option that would fit")
    return _("The option that comes closest")


def _standing(reader: Reader) -> list[Block]:
    """What to say before a plan that is not recommended, or instead of one."""
    why = [reason["text"] for reason in reader.shown["answer"]["reasons"]]
    match reader.document["verdict"]:
        case "keep":
            title, tone = _("We recommend keeping what you have"), "accent"
            after = _("What follows is the open option that came closest, so that you can check the comparison.")
        case "not_yet":
            title, tone = _("Not yet"), "caution"
            after = _("What follows would fit later, once the obstacle above is out of the way.")
        case "legal_stop":
            title, tone = _("Stop and take advice first"), "stop"
            after = _(
                "What follows is for information only. It is not a recommendation to go ahead. "
                "Section 11 lists what the law asks, as far as we know."
            )
        case "nothing_fits":
            title, tone = _("Nothing fits all your rules"), "caution"
            after = _("Section 4 shows which rule removes most and what would bring options back.")
        case _:
            return []
    return [callout(title, [*why, after], tone=tone)]


def _in_short(reader: Reader, plan: Data) -> list[tuple[str, str]]:
    rows = [
        (_("Way of running"), reader.label("route", plan["route"])),
        (_("What that means"), reader.label("route_explained", plan["route"])),
        (_("Run by"), reader.label("run_by", plan["route"])),
        (_("Supplier"), supplier(plan["provider"])),
        (_("Regions"), reader.formats.list_of([reader.country(code) for code in plan["regions"]])),
        (_("Information is processed"), reader.label("data_location", plan["data_location"])),
        (_("Programs used"), _program_names(reader, plan)),
        (_("Does not cover"), reader.labels("job", plan["uncovered_jobs"]) if plan["uncovered_jobs"] else ""),
    ]
    if plan["routed"]:
        rows.append((_("Easy cases"), _("A small model answers first; hard cases go to the larger one.")))
    if plan["energy_kwh_month"]:
        energy = plan["energy_kwh_month"]
        span = reader.formats.number_range(energy["low"], energy["high"])
        rows.append((_("Electricity"), _("%(range)s kWh a month") % {"range": span}))
    return [(name, value) for name, value in rows if value]


def _program_names(reader: Reader, plan: Data) -> str:
    return reader.formats.list_of([row["name"] for row in programs(reader.sheet, plan)])


def _flow(reader: Reader, plan: Data) -> list[tuple[str, str]]:
    where = supplier(plan["provider"])
    run_at = _("the models, run at %(place)s") % {"place": where} if where else _("the models, run in your own rooms")
    software = _program_names(reader, plan) or _("a program that speaks the usual interface")
    names = reader.formats.list_of(list(dict.fromkeys(model["name"] for model in plan["models"])))
    return [
        (_("Your people"), _("type, speak or send files")),
        (software, _("the program they see")),
        (names, run_at),
        (reader.label("data_location", plan["data_location"]), _("where the information is processed")),
    ]


def models(reader: Reader, plan: Data) -> Block:
    heads = [
        Column(_("Model"), share=1.4),
        Column(_("Role"), share=1),
        Column(_("Maker"), share=1.1),
        Column(_("Size"), figures=True, share=0.8),
        Column(_("Released"), share=1),
        Column(_("License"), share=1.1),
        Column(_("How well it does the work"), share=3),
    ]
    return table(heads, [_model_row(reader, model) for model in plan["models"]], dense=True)


def _model_row(reader: Reader, model: Data) -> list[str]:
    billions = model["params_total_b"]
    size = reader.formats.number_in_words(billions * 1e9) if billions else NOTHING
    maker = model["publisher"]
    if model["publisher_country"]:
        maker = _("%(maker)s, %(country)s") % {"maker": maker, "country": reader.country(model["publisher_country"])}
    evidence = reader.joined(_scores(reader, model))
    return [
        " ".join(part for part in (model["name"], model["format"]) if part),
        reader.label("role", model["role"]),
        maker,
        size,
        reader.day(model["release_date"]),
        license_name(model["license"]),
        evidence or _("no evidence"),
    ]


def _shown_evidence(reader: Reader, model: Data) -> list[dict[str, Any]]:
    """The scores of a model in the words of the result page."""
    return next(row["evidence"] for row in reader.main_card["models"] if row["name"] == model["name"])


def _scores(reader: Reader, model: Data) -> list[str]:
    """The scores of a model, each once, with how well it is known; with the work it is for unless that is all."""
    jobs: dict[str, list[str]] = {}
    for row, stored in zip(_shown_evidence(reader, model), model["evidence"], strict=True):
        jobs.setdefault(aside(row["text"].removesuffix("."), row["grade"]), []).append(stored["job"])
    every = {stored["job"] for stored in model["evidence"]}
    return [said if {*found} == every else labeled(reader.labels("job", found), said) for said, found in jobs.items()]


def capacity(reader: Reader) -> Block:
    """The busiest hour, job by job, and what stays free of it."""
    return bullets([sentence for machine in reader.main_card["machines"] for sentence in machine["capacity"]])


def _memory(reader: Reader) -> list[Block]:
    """How the machine's memory is filled, as on the result page."""
    return [block for machine in reader.main_card["machines"] for block in drawn(machine["fit"])]


def machines(reader: Reader, plan: Data) -> Block:
    heads = [
        Column(_("Machine"), share=1.8),
        Column(_("How many"), figures=True),
        Column(_("Memory needed"), figures=True, share=1),
        Column(_("Memory usable"), figures=True, share=1),
        Column(_("Busy in working hours"), figures=True, share=1),
        Column(_("Price each"), figures=True, share=1),
    ]
    rows = [
        [
            machine_name(machine["name"]),
            reader.formats.number(machine["count"]),
            _("%(gb)s GB") % {"gb": reader.formats.number(machine["needed_gb"])},
            _("%(gb)s GB") % {"gb": reader.formats.number(machine["usable_gb"])},
            reader.formats.percent(machine["busy_share"]),
            reader.money(machine["price_each"]) if machine["price_each"] is not None else _("already there or rented"),
        ]
        for machine in plan["machines"]
    ]
    return table(heads, rows, dense=True)


def to_run(reader: Reader, plan: Data) -> Block:
    """Programs for this way of running, the easiest first."""
    heads = [
        Column(_("Program, and who can install it"), share=1.3),
        Column(_("License"), share=2.5, quoted=True),
        Column(_("Login by default"), share=1, quoted=True),
        Column(_("Security"), share=2.6, quoted=True),
        Column(_("Source"), share=1, cites=True),
    ]
    rows = [
        [
            labeled(row["name"], row["difficulty"]),
            " ".join(filter(None, [f"{row['license']}.", row["license_note"]])),
            row["login"] or NOTHING,
            row["security"] or NOTHING,
            reader.dated(row["source"], row["as_of"]),
        ]
        for row in programs(reader.sheet, plan)
    ]
    warning = _(
        "A model server without a login must never be reachable from the internet. Put a login or a VPN in front of it."
    )
    return table(heads, rows, note=warning, dense=True)


def _pluses_and_minuses(reader: Reader, plan: Data) -> list[Block]:
    return [
        column(_("Speaks for it"), [bullets(reader.notes(plan["pluses"]), marker="plus")]),
        column(_("Speaks against it"), [bullets(reader.notes(plan["minuses"]), marker="minus")], tone="loss"),
    ]
