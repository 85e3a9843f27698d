"""Words for workings: the names of figures and inputs, and units."""

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
}

INPUTS: Names = {
    "users": _("people using it"),
    "horizon": _("months counted"),
    "horizon_months": _("months counted"),
    "month": _("what you pay in a month"),
    "months_stopped": _("months after the contract ends"),
    "price": _("change of the list price (1 = as today)"),
    "fx": _("change of the exchange rate (1 = as today)"),
    "hardware": _("change of the machine price (1 = as today)"),
    "seat_price": _("price per person and month"),
    "machines": _("machines"),
    "cards": _("cards in each machine"),
    "rent_month": _("rent of a machine in a month"),
    "setup_fee": _("the supplier's set-up fee"),
    "device_price": _("price of the card or machine"),
    "host_price": _("price of the computer around the card"),
    "host_price_usd": _("price of the computer around the card, in US dollars"),
    "residual": _("share of the price got back at the end"),
    "kwh_month": _("electricity used in a month"),
    "electricity": _("price of electricity"),
    "it_hourly": _("cost of an hour of computer help"),
    "staff_hourly": _("cost of an hour of your staff"),
    "programs": _("programs to connect"),
    "integration_per_program": _("hours to connect one program"),
    "training_share": _("share of the training still needed"),
    "training_per_user": _("hours of training for each person"),
    "documents": _("documents"),
    "data_preparation_per_1000_documents": _("hours to get 1,000 documents ready"),
    "stopped_total": _("spending that stops"),
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
JOB_INPUT = re.compile(
    r"job(?P<job>\d+)(?:_(?P<helper>[a-z_]+?))?_(?P<part>read|reread|written|units|easy_share)(?P<price>_price)?"
)
JOB_PRICE = re.compile(r"job(?P<job>\d+)(?:_(?P<helper>[a-z_]+?))?_price")
PARTS: Names = {
    "read": _("text read"),
    "reread": _("text read again"),
    "written": _("text written"),
    "units": _("amount of work"),
    "easy_share": _("share of easy cases"),
}
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
    what = gettext("price of %(part)s") % {"part": part} if priced else str(part)
    if jobs is None:
        return what
    number = int(groups["job"])
    owner = jobs[number - 1] if 0 < number <= len(jobs) else gettext("job %(number)s") % {"number": number}
    if helper:
        owner = f"{owner}, {HELPERS[helper]}"
    return gettext("%(what)s (%(owner)s)") % {"what": what, "owner": owner}


# Units that are money although no currency is in their name: amounts already in the business's currency.
MONEY_UNITS: Names = {
    "per hour": _("%(value)s an hour"),
    "per kWh": _("%(value)s per kWh"),
    "per month": _("%(value)s a month"),
    "per user month": _("%(value)s per person and month"),
    "per person and month": _("%(value)s per person and month"),
    "per machine and month": _("%(value)s per machine and month"),
    "once per machine": _("%(value)s per machine, once"),
    "computer around the card, per machine": _("%(value)s per machine"),
    "each": _("%(value)s each"),
    "once": _("%(value)s once"),
    "per_1m_tokens": _("%(value)s per million word pieces"),
    "per_audio_hour": _("%(value)s per hour of sound"),
    "per_1000_pages": _("%(value)s per 1,000 pages"),
    "per_image": _("%(value)s per picture"),
    "per_model": _("%(value)s per 3D model"),
    "per_1m_characters": _("%(value)s per million characters"),
}

UNITS: Names = {
    "": "",
    "share": _("of the whole"),
    "ratio": "",
    "h": _("hours"),
    "h/month": _("hours a month"),
    "hours/month": _("hours a month"),
    "units/week": _("a week"),
    "units/month": _("a month"),
    "requests/month": _("requests a month"),
    "requests/unit": _("requests each"),
    "tokens/month": _("word pieces a month"),
    "million tokens/month": _("million word pieces a month"),
    "tokens/request": _("word pieces a request"),
    "tokens": _("word pieces"),
    "1M tokens": _("million word pieces"),
    "pages/month": _("pages a month"),
    "images/month": _("pictures a month"),
    "assets/month": _("3D models a month"),
    "audio_hour/month": _("hours of sound a month"),
    "1000_pages/month": _("thousand pages a month"),
    "image/month": _("pictures a month"),
    "model/month": _("3D models a month"),
    "1m_characters/month": _("million characters a month"),
    "requests/h": _("requests an hour"),
    "tokens/s": _("word pieces a second"),
    "min/unit": _("minutes each"),
    "kWh/month": _("kWh a month"),
    "hour": _("hour"),
    "month": _("month"),
    "hours": _("hours"),
    "months": _("months"),
    "minutes": _("minutes"),
    "people": _("people"),
    "hours, once": _("hours, once"),
    "hours per month": _("hours a month"),
    "hours per user, once": _("hours a person, once"),
    "hours per program, once": _("hours a program, once"),
    "hours per 1,000 documents, once": _("hours per 1,000 documents, once"),
    "share of the amount": _("of the amount"),
    "share of cost": _("of the cost"),
    "times today's list price": "",
    "times today's price": "",
    "times today's rate": "",
    "share of purchase": _("of the price"),
    "share still to learn": _("of the training"),
    "cards per machine": _("in each machine"),
    "times": _("times"),
    "documents": _("documents"),
    "machines": _("machines"),
    "programs": _("programs"),
    "share of input": _("of the text read"),
    "busiest hour / mean working hour": _("times the usual hour"),
    "generated / visible tokens": _("times the answer"),
    "images/unit": _("pictures each"),
    "images generated/unit": _("pictures each"),
    "assets generated/unit": _("3D models each"),
    "share of minutes_today": _("of today's time"),
    "share of minutes_today for meetings where it is used": _("of today's time"),
    "share of minutes_today when a colleague stays in charge": _("of today's time"),
}
