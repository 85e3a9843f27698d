"""The set-up guide for the chosen route: security first, what to expect, how to start, verify, stop and leave.

Figures come from the stored result, commands from ``runtimes.py``. Page and PDF show the same parts.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.engine.catalog import Catalog
from advisor.engine.types import Route
from advisor.reports.guide_commands import Part, program_names, set_up
from advisor.web.typography import aside

ON_MACHINES = frozenset({Route.OWN_SERVER, Route.RENTED_SERVER, Route.STAFF_COMPUTERS})
FROM_ELSEWHERE = frozenset({Route.RENTED_SERVER})


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
    return [
        Part(_("Security first"), _security(sheet, plan)),
        Part(_("What to expect"), rows=tuple(_expected(sheet, plan))),
        *set_up(sheet, plan, catalog),
        Part(_("Stop and leave"), _leaving(plan)),
    ]


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
        % {"programs": program_names(sheet, plan)},
        _("Update operating system and programs every month, and at once when a security notice names them."),
        _("Back up settings, accounts and documents, and try once to restore them. Note the exact name of the model."),
        _("Never put the model on the internet without a login, share one key among people, or run files of a model "
          "from a publisher you do not know."),
    )  # fmt: skip


def _expected(sheet: Sheet, plan: Data) -> list[tuple[str, str]]:
    """Memory and speed from the stored result, to hold what is seen against."""
    formats, rows = sheet.formats, []
    for machine in plan["machines"]:
        several = _("%(count)s of them") % {"count": formats.number(machine["count"])} if machine["count"] > 1 else ""
        name = aside(machine["name"], several)
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
            _("Set up %(programs)s with the key; people sign in there.") % {"programs": program_names(sheet, plan)}
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
