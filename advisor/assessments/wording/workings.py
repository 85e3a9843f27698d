"""Words for workings: the names of figures and of what goes into them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Names = Mapping[str, str | Promise]

FIGURES: Names = {
    "cost_total": _("Cost over the whole time"),
    "cost_month": _("Cost in a mean month"),
    "cost_once": _("Cost to get started"),
    "cost_first_year": _("Cost in the first year"),
    "savings": _("Difference from today"),
    "savings_total": _("Difference from today"),
    "saving_total": _("Difference from today"),
    "stopped_total": _("Spending that stops"),
    "total": _("Cost of what you have over the whole time"),
    "month": _("Cost of what you have in a month"),
    "hours_freed": _("Hours freed in a month"),
    "requests_month": _("Requests in a month"),
    "chance": _("Chance that it costs less than today"),
    "payback": _("Month in which it pays back"),
    "share": _("Saved of what you pay today"),
    "promise": _("Chance that it saves more than promised"),
    "machines": _("Machines to begin with"),
    "headroom": _("Share of the busiest hour that stays free"),
    "energy_kwh_month": _("Electricity in a mean month"),
    "idle_total": _("Seats nobody uses, over the whole time"),
}

INPUTS: Names = {
    "users": _("people using it"),
    "horizon": _("months counted"),
    "horizon_months": _("months counted"),
    "month": _("what you pay in a month"),
    "months_stopped": _("months after the contract ends"),
    "price": _("change of the list price (1 = as today)"),
    "fx": _("change of the exchange rate (1 = as today)"),
    "card_margin": _("what a bank or card takes on foreign bills"),
    "growth": _("work added each year"),
    "hardware": _("change of the machine price (1 = as today)"),
    "seat_price": _("price per person and month"),
    "machines": _("machines"),
    "cards": _("cards in each machine"),
    "machine_months": _("machines, added up over the months"),
    "rent_month": _("rent of a machine in a month"),
    "rent_hour": _("rent of a machine for an hour"),
    "rent_hours": _("hours a month it is switched on"),
    "setup_fee": _("the supplier's set-up fee"),
    "device_price": _("price of the card or machine"),
    "host_price_usd": _("price of the computer around the card"),
    "residual": _("share of the price got back at the end"),
    "kwh_month": _("electricity used in a mean month"),
    "resting_watts": _("power of a machine at rest"),
    "working_watts": _("power of a machine at work"),
    "hours_in_month": _("hours in a month"),
    "busy_hours": _("hours at work in the first month"),
    "room_overhead": _("what the room takes on top, such as cooling (1 = nothing)"),
    "electricity": _("price of electricity"),
    "it_hourly": _("cost of an hour of computer help"),
    "staff_hourly": _("cost of an hour of your staff"),
    "programs": _("programs to connect"),
    "integration_per_program": _("hours to connect one program"),
    "training_share": _("share of the training still needed"),
    "training_per_user": _("hours of training for each person"),
    "documents": _("documents"),
    "data_preparation_per_1000_documents": _("hours to get 1,000 documents ready"),
    "jobs": _("number of kinds of work"),
    "prompting_per_job": _("hours to write instructions for one kind of work"),
    "pages_per_document": _("pages in a document"),
    "tokens_per_page": _("text of a page"),
    "new_documents_year": _("documents that come new each year"),
    "scanned_documents": _("documents that are pictures of pages"),
    "index_embedding_price": _("price of text read by the search model"),
    "index_ocr_price": _("price of pages read by the page reader"),
    "index_embedding_seconds": _("time the search model takes for a passage"),
    "index_ocr_seconds": _("time the page reader takes for a page"),
    "index_watts": _("power of the computer that builds the index"),
    "index_pue": _("what its room takes on top, such as cooling (1 = nothing)"),
    "support_price": _("price of the support"),
    "fine_tuning_examples": _("examples"),
    "fine_tuning_per_100_examples": _("hours to write and check 100 examples"),
    "fine_tuning_setup": _("hours to set the training up"),
    "fine_tuning_evaluation": _("hours to compare it with the original"),
    "fine_tuning_epochs": _("times each example is shown"),
    "fine_tuning_runs": _("runs before one is kept"),
    "fine_tuning_of_peak": _("share of the machine's peak that training reaches"),
    "fine_tuning_trainings_year": _("trainings in each year after the first one"),
    "active_parameters": _("parameters that work on each word piece"),
    "tokens_per_example": _("text of one example"),
    "training_tflops": _("the training machine's peak"),
    "training_rent_hour": _("rent of the training machine for an hour"),
    "training_watts": _("power of the training machine"),
    "training_pue": _("what its room takes on top, such as cooling (1 = nothing)"),
    "stopped_by_month": _("spending that stops, month by month"),
    "cost_by_month": _("cost, month by month"),
    "stopped_total": _("spending that stops"),
    "paid_total": _("what you pay today over the whole time"),
    "promised": _("share promised"),
    "cost_total": _("cost over the whole time"),
    # Hours of work by way of running, and lines that become an input of the reserve or of a total.
    "exit": _("hours to leave again"),
    "contingency": _("reserve as a share of the cost"),
    "purchase": _("price of the machines"),
    "setup_hosted_api": _("hours to set up a hosted service"),
    "setup_hosted_seats": _("hours to set up a hosted assistant"),
    "setup_rented_server": _("hours to set up a rented server"),
    "setup_own_server": _("hours to set up your own server"),
    "setup_staff_computers": _("hours to set up your staff's computers"),
    "running_hosted_api_month": _("hours a month to look after a hosted service"),
    "running_hosted_seats_month": _("hours a month to look after a hosted assistant"),
    "running_rented_server_month": _("hours a month to look after a rented server"),
    "running_own_server_month": _("hours a month to look after your own server"),
    "running_staff_computers_month": _("hours a month to look after your staff's computers"),
}

# job1_read, job2_small_written_price, job1_embedding_read ...: which job, which helper, what is counted.
JOB_PARTS = "read|reread|written|units|easy_share|peak|carried|slots|seconds|wait"
JOB_INPUT = re.compile(rf"job(?P<job>\d+)(?:_(?P<helper>[a-z_]+?))?_(?P<part>{JOB_PARTS})(?P<price>_price)?")
JOB_PRICE = re.compile(r"job(?P<job>\d+)(?:_(?P<helper>[a-z_]+?))?_price")
PARTS: Names = {
    "read": _("text read"),
    "reread": _("text read again"),
    "written": _("text written"),
    "units": _("amount of work"),
    "easy_share": _("share of easy cases"),
    "peak": _("asked for in the busiest hour"),
    "carried": _("most that one machine does in an hour without keeping people waiting"),
    "slots": _("done at once by one machine"),
    "seconds": _("time for each one"),
    "wait": _("longest wait for nine in ten"),
}
PRICED: Names = {"units": _("one piece of work")}  # where a price is for something else than the part
# tool1_month, tool2_idle_months ...: which tool of question 15, and what of it.
TOOL_INPUT = re.compile(r"tool(?P<tool>\d+)_(?P<part>month|used|stops|months|idle|idle_months)")
TOOL_PARTS: Names = {
    "month": _("what it costs a month"),
    "used": _("share of its seats in use"),
    "stops": _("share of it that would stop"),
    "months": _("months in which it is stopped"),
    "idle": _("seats nobody uses, a month"),
    "idle_months": _("months in which they can be given up"),
}
RATE_INPUT = re.compile(r"rate_(?P<currency>[a-z]{3})")
HELPERS: Names = {
    "small": _("small model"),
    "embedding": _("search"),
    "rerank": _("ordering of passages"),
    "reranker": _("ordering of passages"),
    "embeddings": _("search"),
    "stt": _("speech to text"),
    "tts": _("text to speech"),
    "ocr": _("reading of pages"),
}


def job_input(name: str, jobs: Sequence[str] | None = ()) -> str | None:
    """The name of an input counted by job, such as "price of text read (translating, small model)"."""
    found = JOB_INPUT.fullmatch(name) or JOB_PRICE.fullmatch(name)
    if found is None:
        return None
    groups = found.groupdict()
    helper = groups.get("helper")
    if helper and helper not in HELPERS:
        return None
    part = PARTS.get(groups.get("part") or "units", "")
    priced = "part" not in groups or groups.get("price")
    what = gettext("price of %(part)s") % {"part": PRICED.get(str(groups.get("part")), part)} if priced else str(part)
    if jobs is None:
        return what
    number = int(groups["job"])
    owner = jobs[number - 1] if 0 < number <= len(jobs) else gettext("job %(number)s") % {"number": number}
    if helper:
        owner = gettext("%(label)s, %(subject)s") % {"label": owner, "subject": HELPERS[helper]}
    return gettext("%(what)s (%(owner)s)") % {"what": what, "owner": owner}


def tool_input(name: str, tools: Sequence[str] = ()) -> str | None:
    """The name of an input counted by tool, such as "share of it that would stop (Chat seats)"."""
    found = TOOL_INPUT.fullmatch(name)
    if found is None:
        return None
    number, what = int(found["tool"]), TOOL_PARTS[found["part"]]
    owner = tools[number - 1] if 0 < number <= len(tools) else gettext("tool %(number)s") % {"number": number}
    return gettext("%(what)s (%(owner)s)") % {"what": what, "owner": owner}


def rate_input(name: str) -> str | None:
    """The name of an exchange rate."""
    found = RATE_INPUT.fullmatch(name)
    return gettext("exchange rate of %(currency)s") % {"currency": found["currency"].upper()} if found else None
