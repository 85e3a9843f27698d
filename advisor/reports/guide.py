"""The set-up guide for the chosen route: security first, what to expect, how to start, verify, stop and leave.

Figures come from the stored result, commands from ``runtimes.py``. Page and PDF show the same parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.engine.catalog import Catalog, Device, Model
from advisor.engine.runtimes import runtime_for
from advisor.engine.types import Route
from advisor.reports.runtimes import AS_PUBLISHED, RUNTIMES, SHARED_OVER_CARDS, Runtime
from advisor.web.typography import aside

ON_MACHINES = frozenset({Route.OWN_SERVER, Route.RENTED_SERVER, Route.STAFF_COMPUTERS})
FROM_ELSEWHERE = frozenset({Route.RENTED_SERVER})
REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+", re.ASCII)  # nothing else is put into a command


@dataclass(frozen=True)
class Part:
    """One part of the guide: what to do, then commands to type, then figures to hold it against."""

    title: str
    steps: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def guide(sheet: Sheet, catalog: Catalog) -> list[Part]:
    """The parts for the main plan; none where no option is left or the law stands in the way."""
    plan = sheet.main_plan
    if plan is None or sheet.verdict == "legal_stop":
        return []
    if plan["route"] in ON_MACHINES:
        parts = _on_machines(sheet, plan, catalog)
    else:
        parts = [Part(_("Security first"), _hosted_security(plan)), *_hosted(sheet, plan)]
    return [Part(_("What this is for"), (_meant_for(sheet, plan),)), *parts]


def _meant_for(sheet: Sheet, plan: Data) -> str:
    name = sheet.plan_name(plan)
    if sheet.document["recommended"]:
        return _("For the recommended option: %(option)s.") % {"option": name}
    return _("Nothing is recommended to be set up now. Should you choose the closest option: %(option)s.") % {
        "option": name
    }


def _on_machines(sheet: Sheet, plan: Data, catalog: Catalog) -> list[Part]:
    device = _device(plan, catalog)
    runtime = RUNTIMES[runtime_for(device)] if device is not None and _runs_text(plan, device) else None
    parts = [
        Part(_("Security first"), _security(sheet, plan)),
        Part(_("What to expect"), rows=tuple(_expected(sheet, plan))),
    ]
    if runtime is None:
        steps = (_("Install %(programs)s as its makers describe.") % {"programs": _programs(sheet, plan)},)
        parts.append(Part(_("Install and start"), steps))
    else:
        parts += _with_commands(sheet, plan, catalog, runtime)
    return [*parts, Part(_("Stop and leave"), _leaving(plan))]


def _device(plan: Data, catalog: Catalog) -> Device | None:
    slugs = {machine["device"] for machine in plan["machines"]}
    return next((device for device in catalog.devices if device.slug in slugs), None)


def _runs_text(plan: Data, device: Device) -> bool:
    """Whether the commands apply: a model of text in a stated format, on chips these programs run on as they come."""
    main = _main(plan)
    return main is not None and main["format"] is not None and device.kind != "cn_accelerator"


def _main(plan: Data) -> Data | None:
    return next((model for model in plan["models"] if model["role"] == "main"), None)


def _security(sheet: Sheet, plan: Data) -> tuple[str, ...]:
    where = (
        _("Let the rented machine accept connections from your own network or VPN alone; close every other port.")
        if plan["route"] in FROM_ELSEWHERE
        else _("Keep the machine in your own network. Open no port of your router to it; from outside use a VPN.")
    )
    return (
        where,
        _("The program that runs the model listens on 127.0.0.1 alone; people reach it through one with a login."),
        _("Programs for that: %(programs)s. Turn the login on, close open registration, one account a person.")
        % {"programs": _programs(sheet, plan)},
        _("Update operating system and programs every month, and at once when a security notice names them."),
        _("Back up settings, accounts and documents, and try once to restore them. Note the exact name of the model."),
        _("Never put the model on the internet without a login, share one key among people, or run files of a model "
          "from a publisher you do not know."),
    )  # fmt: skip


def _programs(sheet: Sheet, plan: Data) -> str:
    return sheet.formats.list_of([program["name"] for program in plan["programs"]]) or _("a program of your choice")


def _expected(sheet: Sheet, plan: Data) -> list[tuple[str, str]]:
    """Memory and speed from the stored result, to hold what is seen against."""
    formats, rows = sheet.formats, []
    for machine in plan["machines"]:
        name = aside(machine["name"], _("%(count)s of them") % {"count": formats.number(machine["count"])})
        rows.append((_("Machine"), name))
        values = {"needed": formats.number(machine["needed_gb"], 1), "usable": formats.number(machine["usable_gb"], 1)}
        rows.append((_("Memory"), _("%(needed)s GB in use of %(usable)s GB that can be used") % values))
        speed = machine["decode_tps_per_user"]
        if speed is not None:
            rows.append(
                (_("Speed for each person"), sheet.words.quantity_range(speed["low"], speed["high"], speed["unit"]))
            )
        for load in machine["loads"]:
            rows.append((sheet.words.label("job", load["job"]), _answered(sheet, load)))
    return rows


def _answered(sheet: Sheet, load: Data) -> str:
    number = sheet.formats.number
    values = {"slots": number(load["slots"]), "seconds": number(load["seconds_each"])}
    return _("%(slots)s at once, about %(seconds)s seconds each") % values


def _with_commands(sheet: Sheet, plan: Data, catalog: Catalog, runtime: Runtime) -> list[Part]:
    main = _main(plan) or {}
    model = next((each for each in catalog.models if each.slug == main["slug"]), None)
    values = _values(sheet, plan, main, model)
    return [
        Part(_("Get the model"), _getting(main, model)),
        Part(
            _("Install and start"),
            (_("These are the commands of %(runtime)s on Linux or a Mac.") % {"runtime": runtime.name},),
            (*runtime.install, *(line % values for line in runtime.start)),
        ),
        Part(_("Verify"), _verifying(), (*runtime.verify, *filter(None, [runtime.memory]))),
        Part(
            _("Sources"),
            rows=((runtime.name, aside(runtime.source, sheet.formats.day(runtime.read_on))),),
        ),
    ]


def _getting(main: Data, model: Model | None) -> tuple[str, ...]:
    repo = model.hub_repo if model is not None and model.hub_repo else main["name"]
    values = {"model": repo, "format": main["format"], "license": main["license"]["name"]}
    if main["format"] in AS_PUBLISHED:
        files = _("The files are published as %(model)s.") % values
    else:
        files = _("Look for %(model)s in the format %(format)s, from its maker or from a publisher you know; put its "
                  "name or file in the place of MODEL below.") % values  # fmt: skip
    return (
        files,
        _("Compare the checksum with the published one. The license is %(license)s; keep a copy of it.") % values,
    )


def _values(sheet: Sheet, plan: Data, main: Data, model: Model | None) -> dict[str, object]:
    """What the commands are filled with. Room for the longest request of any job, and for all at once."""
    context = max(demand["context_tokens"] for demand in sheet.document["demand"])
    slots = max((load["slots"] for machine in plan["machines"] for load in machine["loads"]), default=1)
    trace = sheet.traces.get(f"{plan['key']}.purchase.total", {"inputs": ()})
    cards = next((int(item["value"]) for item in trace["inputs"] if item["name"] == "cards"), 1)
    repo = model.hub_repo if model is not None and main["format"] in AS_PUBLISHED else None
    return {
        "model": repo if repo and REPOSITORY.fullmatch(repo) else "MODEL",
        "context": context,
        "context_of_all": context * slots,
        "slots": slots,
        "cards": SHARED_OVER_CARDS % cards if cards > 1 else "",
    }


def _verifying() -> tuple[str, ...]:
    return (
        _("Ask from the machine itself: the model is named. Ask from another computer: nothing answers."),
        _("Ask without the key: it is refused."),
        _("Hold memory and speed against “What to expect”. Below the low end, look whether the model lies in the "
          "memory of the card as a whole."),
    )  # fmt: skip


def _hosted_security(plan: Data) -> tuple[str, ...]:
    seats = plan["route"] == Route.HOSTED_SEATS
    key = (
        _("One account a person, each with a second factor; an account ends on the day its owner leaves.")
        if seats
        else _(
            "One key for each program, kept in its settings and never in mails, tables or code; change it twice a year."
        )
    )
    return (
        _(
            "Sign the contract on data processing before the first real data, and choose the region named in this "
            "advice."
        ),
        _("Turn off the use of your data for training, and keep the page that says so."),
        key,
        _("Set a limit on spending with the supplier, and an alarm at half of it."),
        _("Never enter passwords, or data the contract does not cover."),
    )


def _hosted(sheet: Sheet, plan: Data) -> list[Part]:
    models = sheet.model_names(plan)
    month = sheet.formats.money(plan["cost_month"]["central"])
    steps = [_("Open the account in the name of the business, with two people who can enter.")]
    if plan["programs"]:
        steps.append(
            _("Set up %(programs)s with the key; people sign in there.") % {"programs": _programs(sheet, plan)}
        )
    return [
        Part(
            _("What to expect"),
            rows=((_("Option"), sheet.plan_name(plan)), (_("Each month, everything counted"), month)),
        ),
        Part(_("Install and start"), tuple(steps)),
        Part(
            _("Verify"),
            (
                _("Ask one question and look at the supplier's page of usage: model %(models)s, the region, the price.")
                % {"models": models},
                _("After a week, multiply the bill by four and hold it against “Use of the service” in this advice."),
            ),
        ),
        Part(_("Stop and leave"), _leaving(plan)),
    ]


def _leaving(plan: Data) -> tuple[str, ...]:
    if plan["route"] in ON_MACHINES:
        stop = _("Stop the program with Ctrl+C, or as a service with the system's own command.")
        gone = _("To leave: export conversations and documents, delete accounts and keys, then the files of the model.")
        last = _("Erase the disks before the machine is sold or given back.")
    else:
        stop = _("To stop for a while, delete the keys or end the seats; the account may stay.")
        gone = _("To leave: export conversations and documents, delete them at the supplier, then end the contract.")
        last = _("Ask for a written confirmation that your data is deleted.")
    return (stop, gone, last)
