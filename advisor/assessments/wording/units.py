"""Words for units. Amounts of money carry their currency in the unit, or are already in the business's own."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisor.assessments.wording.workings import Names

# Units that are money although no currency is in their name: amounts already in the business's currency.
MONEY_UNITS: Names = {
    "per hour": _("%(value)s an hour"),
    "per kWh": _("%(value)s per kWh"),
    "per month": _("%(value)s a month"),
    "per user month": _("%(value)s per person and month"),
}
RATE_UNIT = re.compile(r"(?P<target>[A-Z]{3}) for one (?P<source>[A-Z]{3})")

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
    "1m_tokens": _("million word pieces"),
    "audio_hour": _("hour of sound"),
    "1000_pages": _("thousand pages"),
    "image": _("picture"),
    "model": _("3D model"),
    "1m_characters": _("million characters"),
    "machine": _("machine"),
    "machine_year": _("machine and year"),
    "node_year": _("machine and year"),
    "seat_month": _("person and month"),
    "person and month": _("person and month"),
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
    "share of today's work, added each year": _("of today's work, each year"),
    "share of the documents, each year": _("of the documents, each year"),
    "share of the documents": _("of the documents"),
    "share of the peak": _("of its peak"),
    **dict.fromkeys(
        [f"share of {what}" for what in ("requests", "images", "models", "parts", "conversations", "pages")],
        _("of the cases"),
    ),
    "jobs": _("kinds of work"),
    "hours per job, once": _("hours for each kind of work, once"),
    "pages/document": _("pages"),
    "tokens/page, once": _("word pieces a page, once"),
    "s/passage": _("seconds a passage"),
    "s/page": _("seconds a page"),
    "watts": _("watts"),
    "machines x months": _("machine-months"),
    "per hour of work": _("an hour"),
    "at once": _("at once"),
    "seconds each": _("seconds"),
    "seconds": _("seconds"),
    "billion parameters": _("billion parameters"),
    "TFLOPS": _("trillion operations a second"),
    "examples": _("examples"),
    "passes over the examples": _("times"),
    "runs per training": _("runs"),
    "hours per training": _("hours for each training"),
    "hours per 100 examples, once": _("hours per 100 examples, once"),
    "trainings a year": _("a year"),
}


def rate_unit(unit: str) -> str | None:
    """ "EUR for one USD" in the reader's words."""
    found = RATE_UNIT.fullmatch(unit)
    return gettext("%(target)s for one %(source)s") % found.groupdict() if found else None
