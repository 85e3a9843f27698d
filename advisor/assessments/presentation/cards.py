"""The options side by side: each plan, the closed service for comparison, and what the business has today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.memory import memory_figure
from advisor.assessments.presentation.practice import programs
from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.assessments.presentation.workings import link, working
from advisor.assessments.wording.phrases import EVIDENCE
from advisor.assessments.wording.words import license_name, machines
from advisor.catalog.suppliers import measuring_party, supplier
from advisor.engine.types import Grade, Route
from advisor.web.typography import sentences, series

PAID_HOSTING = frozenset({Route.HOSTED_API, Route.HOSTED_SEATS})
SCORE_ORDER = ("quality", "cost", "privacy", "ease", "speed", "energy", "ecosystem", "switching", "total")


def cards(sheet: Sheet) -> list[dict[str, Any]]:
    return [card(sheet, plan) for plan in sheet.plans]


def closed_reference(sheet: Sheet) -> dict[str, Any] | None:
    """The closed service for comparison, where there is one."""
    plan = sheet.document["closed_reference"]
    return card(sheet, plan) if plan else None


def only_hosted(sheet: Sheet) -> str:
    """A sentence where nothing that could be compared runs on a machine of one's own or a rented one."""
    ways = {row["route"] for row in sheet.document["compared"] if not row["reference"]}
    if not ways or ways - PAID_HOSTING:
        return ""
    return _("Only paid hosting passed your rules: nothing could run on a machine of your own or a rented one.")


def card(sheet: Sheet, plan: Data) -> dict[str, Any]:
    """One plan in plain words, with its figures raw and formatted."""
    words = sheet.words
    route = plan["route"]
    return {
        "key": plan["key"],
        "name": sheet.plan_name(plan),
        "chosen": plan["key"] == sheet.document["recommended"],
        "labels": [words.label("plan_label", label) for label in plan["labels"]],
        "route": route,
        "route_label": words.label("route", route),
        "explained": words.label("route_explained", route),
        "routed": plan["routed"],
        "provider": supplier(plan["provider"]),
        "month": sheet.money(plan["cost_month"]),
        "once": sheet.money(plan["cost_once"]),
        "first_year": sheet.money(plan["cost_first_year"]),
        "total": sheet.money(plan["cost_total"]),
        "saving": sheet.saving(plan),
        "working": working(sheet, plan["key"], "cost_total"),
        "needs": _needs(sheet, plan),
        "run_by": words.label("run_by", route),
        "data_location": words.label("data_location", plan["data_location"]),
        "regions": sheet.formats.list_of([sheet.formats.country(region) for region in plan["regions"]]),
        "licenses": _license_lights(sheet, plan),
        "pluses": [sheet.note(note) for note in plan["pluses"][:3]],
        "minuses": [sheet.note(note) for note in plan["minuses"] if note not in plan["over_budget"]][:3],
        "over_budget": [sheet.note(note) for note in plan["over_budget"]],
        "uncovered": [words.label("job", job) for job in plan["uncovered_jobs"]],
        "models": [_model(sheet, model) for model in plan["models"]],
        "machines": [_machine(sheet, plan, machine) for machine in plan["machines"]],
        "programs": programs(sheet, plan),
        "scores": _scores(sheet, plan),
        "energy": _energy(sheet, plan),
    }


def _needs(sheet: Sheet, plan: Data) -> list[str]:
    needed = [machines(machine["count"], machine["name"]) for machine in plan["machines"]]
    return needed or [_("No machine: the computers and internet you have")]


def _license_lights(sheet: Sheet, plan: Data) -> list[dict[str, str]]:
    """Each license of a plan once, with its light in words."""
    found = {model["license"]["slug"]: model["license"] for model in plan["models"]}
    return [
        {"name": license_name(card), "light": card["light"], "text": sheet.words.label("license_light", card["light"])}
        for card in found.values()
    ]


def _model(sheet: Sheet, model: Data) -> dict[str, Any]:
    words, formats = sheet.words, sheet.formats
    size = model["params_total_b"]
    return {
        "name": model["name"],
        "page": model["slug"] if model["family"] else "",  # without a family it is no model of the catalog
        "publisher": supplier(model["publisher"]),
        "country": formats.country(model["publisher_country"]) if model["publisher_country"] else "",
        "role": words.label("role", model["role"]),
        "jobs": series(words.label("job", job) for job in model["jobs"]),
        "size": _("%(size)s parameters") % {"size": formats.number_in_words(size * 1e9)} if size else "",
        "released": formats.day(model["release_date"]),
        "format": model["format"] or _("chosen by the supplier"),
        "license": license_name(model["license"]),
        "openness": words.label("openness", model["openness_class"]) if model["openness_class"] else "",
        "quality": formats.number(model["quality"], 0) if model["quality"] is not None else "",
        "quality_grade": words.label("grade", model["quality_grade"]),
        "evidence": [_evidence(sheet, row) for row in model["evidence"]],
    }


def _evidence(sheet: Sheet, row: Data) -> dict[str, Any]:
    """One score with who measured it, what the work needs, and where it stands."""
    number = sheet.formats.number
    values = {
        "score": number(row["score"]),
        "benchmark": row["benchmark"],
        "party": measuring_party(row["party"]),
        "floor": number(row["floor"]),
        "linked": measuring_party(row["linked_to"] or ""),
        "models": number(row["linked_models"]),
    }
    said = [EVIDENCE["at_most" if row["lower_is_better"] else "at_least"]]
    said += [EVIDENCE["linked"]] if row["linked_to"] else []
    return {
        "text": sentences(str(sentence) % values for sentence in said),
        "grade": sheet.words.label("grade", row["grade"]),
        "link": link(row["source"]),
    }


def _machine(sheet: Sheet, plan: Data, machine: Data) -> dict[str, Any]:
    formats = sheet.formats
    speed = machine["decode_tps_per_user"]
    return {
        "name": machines(machine["count"], machine["name"]),
        "vendor": machine["vendor"],
        "provider": supplier(machine["provider"]),
        "price_each": formats.money(machine["price_each"]) if machine["price_each"] is not None else "",
        "busy": formats.percent(machine["busy_share"]),
        "speed": formats.number_range(speed["low"], speed["high"]) if speed else "",
        "capacity": _capacity(sheet, plan, machine),
        "working": working(sheet, plan["key"], "machines"),
        "fit": memory_figure(sheet, plan, machine),
    }


def _measured_on(sheet: Sheet, plan: Data) -> str | None:
    """The day of the last measurement behind the speeds of a plan's machines."""
    traces = (trace for trace in sheet.document["traces"] if trace["key"] == f"{plan['key']}.machines")
    days = [item["as_of"] for trace in traces for item in trace["inputs"] if item["grade"] == Grade.MEASURED]
    return max(filter(None, days), default=None)


def _capacity(sheet: Sheet, plan: Data, machine: Data) -> list[str]:
    """The busiest hour job by job, what stays free of it, how its speed is known, and machines that come later."""
    number, percent = sheet.formats.number, sheet.formats.percent
    said = []
    for load in machine["loads"]:
        values = {
            "job": sheet.words.label("job", load["job"]),
            "flight": number(load["in_flight"]),
            "slots": number(load["slots"]),
            "wait": sheet.words.quantity(load["wait_s"], "seconds") if load["wait_s"] is not None else "",
        }
        waits = _("Busiest hour, %(job)s: %(flight)s at work at once on average; one machine takes %(slots)s at once.")
        target = _("Nine in ten begin within %(wait)s.") if load["wait_s"] is not None else ""
        said.append(sentences((waits % values, target and target % values)))
    said.append(
        _("Free in the busiest hour: %(first)s of what the machines carry at the start, %(last)s at the end.")
        % {"first": percent(machine["headroom_share"]), "last": percent(machine["headroom_share_at_end"])}
    )
    if (day := _measured_on(sheet, plan)) is not None:
        said.append(_("Speed measured on this very machine type on %(day)s.") % {"day": sheet.formats.day(day)})
    if machine["count_at_end"] != machine["count"]:
        more = _("As the work grows, %(count)s machines are counted at the end.")
        said.append(more % {"count": number(machine["count_at_end"])})
    return said


def _scores(sheet: Sheet, plan: Data) -> list[dict[str, Any]]:
    return [
        {
            "key": part,
            "label": sheet.words.label("score", part),
            "value": plan["scores"][part],
            "text": sheet.formats.number(plan["scores"][part], 0),
        }
        for part in SCORE_ORDER
    ]


def _energy(sheet: Sheet, plan: Data) -> str:
    energy = plan["energy_kwh_month"]
    if energy is None:
        return ""
    return _("%(range)s kWh a month") % {"range": sheet.formats.number_range(energy["low"], energy["high"])}


def keep_card(sheet: Sheet) -> dict[str, Any]:
    """What the business has now, as an option of its own; a reference price is never called a saving."""
    keep, formats = sheet.document["keep"], sheet.formats
    return {
        "name": _("Keep what you have"),
        "labels": [_("What you have")],
        "chosen": sheet.verdict == "keep",
        "has_baseline": keep["has_baseline"],
        "known": keep["known"],
        "month": formats.money(keep["month"]),
        "total": formats.money(keep["total"]),
        "working": working(sheet, "keep", "total"),
        "idle": idle_seats(sheet),
        "tools": [_tool(sheet, tool) for tool in keep["tools"]],
        "text": _keep_text(sheet, keep),
    }


def idle_seats(sheet: Sheet) -> dict[str, Any] | None:
    """Seats nobody uses: a saving that needs no model, and is in no plan's saving."""
    keep, formats = sheet.document["keep"], sheet.formats
    if not keep["idle_total"]:
        return None
    seats = sum(tool["idle_seats"] for tool in keep["tools"])
    return {
        "text": _(
            "%(amount)s over %(months)s months goes to seats nobody uses (%(seats)s). Giving them up needs no AI "
            "model, so it is in no figure of any option."
        )
        % {
            "amount": formats.money(keep["idle_total"]),
            "months": formats.number(sheet.horizon),
            "seats": formats.number(seats),
        },
        "amount": formats.money(keep["idle_total"]),
        "working": working(sheet, "keep", "idle_total"),
    }


def _keep_text(sheet: Sheet, keep: Data) -> str:
    if keep["has_baseline"]:
        return _("You go on paying for what you have. Nothing changes and nothing needs to be learned.")
    if not keep["known"]:
        return _("You were not sure what you pay now, so no saving can be stated.")
    if keep["reference_product"] and keep["reference_month"] is not None:
        return _(
            "You pay for nothing comparable. For comparison: %(product)s would cost %(amount)s a month for your "
            "people. That is a reference, not money you could save."
        ) % {"product": keep["reference_product"], "amount": sheet.formats.money(keep["reference_month"])}
    return _("You pay for nothing comparable today.")


def _tool(sheet: Sheet, tool: Data) -> dict[str, Any]:
    formats = sheet.formats
    stops = {0.0: _("You would go on paying for it."), 1.0: _("All of it would stop.")}
    partly = _("%(share)s of it would stop.") % {"share": formats.percent(tool["stop_share"])}
    if tool["seats_stop"] and 0 < tool["stop_share"] < 1:
        partly = _("%(share)s of the seats in use would stop, about %(seats)s of them.") % {
            "share": formats.percent(tool["stop_share"]),
            "seats": formats.number(tool["seats_stop"], 0),
        }
    idle = tool["idle_seats_month"]
    return {
        "product": tool["product"],
        "people": sheet.words.quantity(tool["people"], "people") if tool["people"] is not None else "",
        "month": formats.money(tool["price_month"]),
        "stops": stops.get(float(tool["stop_share"]), partly),
        "from_month": _("Counted only after month %(month)s: until then you go on paying.")
        % {"month": formats.number(tool["stops_from_month"])}
        if tool["stop_share"] and tool["stops_from_month"] > 0
        else "",
        "stopped_total": formats.money(tool["stopped_total"]),
        "idle": _("%(amount)s a month goes to seats nobody uses. You can stop those whatever you decide here.")
        % {"amount": formats.money(idle)}
        if idle > 0
        else "",
    }
