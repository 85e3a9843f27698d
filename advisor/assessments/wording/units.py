"""Words for units. Amounts of money carry their currency in the unit, or are already in the business's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext, npgettext, pgettext
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
    "units/week": _("a week"),
    "units/month": _("a month"),
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
    "1000_pages/month": _("thousand pages a month"),
    "1m_characters/month": _("million characters a month"),
    "tokens/s": _("word pieces a second"),
    "kWh/month": _("kWh a month"),
    "hour": _("hour"),
    "month": _("month"),
    "share of the amount": _("of the amount"),
    "share of cost": _("of the cost"),
    "times today's list price": "",
    "times today's price": "",
    "times today's rate": "",
    "share of purchase": _("of the price"),
    "share still to learn": _("of the training"),
    "cards per machine": _("in each machine"),
    "share of input": _("of the text read"),
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
    "tokens/page, once": _("word pieces a page, once"),
    "per hour of work": _("an hour"),
    "at once": _("at once"),
    "billion parameters": _("billion parameters"),
    "TFLOPS": _("trillion operations a second"),
    "trainings a year": _("a year"),
}

# Nouns that follow a figure: their form hangs on it.
COUNTED: Mapping[str, Callable[[int], str]] = {
    "h": lambda n: npgettext("after a figure", "hour", "hours", n),
    "hours": lambda n: npgettext("after a figure", "hour", "hours", n),
    "h/month": lambda n: npgettext("after a figure", "hour a month", "hours a month", n),
    "hours/month": lambda n: npgettext("after a figure", "hour a month", "hours a month", n),
    "hours per month": lambda n: npgettext("after a figure", "hour a month", "hours a month", n),
    "requests/month": lambda n: npgettext("after a figure", "request a month", "requests a month", n),
    "requests/unit": lambda n: npgettext("after a figure", "request each", "requests each", n),
    "pages/month": lambda n: npgettext("after a figure", "page a month", "pages a month", n),
    "images/month": lambda n: npgettext("after a figure", "picture a month", "pictures a month", n),
    "image/month": lambda n: npgettext("after a figure", "picture a month", "pictures a month", n),
    "assets/month": lambda n: npgettext("after a figure", "3D model a month", "3D models a month", n),
    "model/month": lambda n: npgettext("after a figure", "3D model a month", "3D models a month", n),
    "audio_hour/month": lambda n: npgettext("after a figure", "hour of sound a month", "hours of sound a month", n),
    "requests/h": lambda n: npgettext("after a figure", "request an hour", "requests an hour", n),
    "min/unit": lambda n: npgettext("after a figure", "minute each", "minutes each", n),
    "months": lambda n: npgettext("after a figure", "month", "months", n),
    "minutes": lambda n: npgettext("after a figure", "minute", "minutes", n),
    "people": lambda n: npgettext("after a figure", "person", "people", n),
    "hours, once": lambda n: npgettext("after a figure", "hour, once", "hours, once", n),
    "hours per user, once": lambda n: npgettext("after a figure", "hour a person, once", "hours a person, once", n),
    "hours per program, once": lambda n: npgettext(
        "after a figure", "hour a program, once", "hours a program, once", n
    ),
    "hours per 1,000 documents, once": lambda n: npgettext(
        "after a figure", "hour per 1,000 documents, once", "hours per 1,000 documents, once", n
    ),
    "times": lambda n: npgettext("after a figure", "time", "times", n),
    "passes over the examples": lambda n: npgettext("how often, after a figure", "time", "times", n),
    "documents": lambda n: npgettext("after a figure", "document", "documents", n),
    "machines": lambda n: npgettext("after a figure", "machine", "machines", n),
    "programs": lambda n: npgettext("after a figure", "program", "programs", n),
    "busiest hour / mean working hour": lambda n: npgettext(
        "after a figure", "times the usual hour", "times the usual hour", n
    ),
    "generated / visible tokens": lambda n: npgettext("after a figure", "times the answer", "times the answer", n),
    "images/unit": lambda n: npgettext("after a figure", "picture each", "pictures each", n),
    "images generated/unit": lambda n: npgettext("after a figure", "picture each", "pictures each", n),
    "assets generated/unit": lambda n: npgettext("after a figure", "3D model each", "3D models each", n),
    "jobs": lambda n: npgettext("after a figure", "kind of work", "kinds of work", n),
    "hours per job, once": lambda n: npgettext(
        "after a figure", "hour for each kind of work, once", "hours for each kind of work, once", n
    ),
    "pages/document": lambda n: npgettext("after a figure", "page", "pages", n),
    "s/passage": lambda n: npgettext("after a figure", "second a passage", "seconds a passage", n),
    "s/page": lambda n: npgettext("after a figure", "second a page", "seconds a page", n),
    "watts": lambda n: npgettext("after a figure", "watt", "watts", n),
    "machines x months": lambda n: npgettext("after a figure", "machine-month", "machine-months", n),
    "seconds each": lambda n: npgettext("after a figure", "second", "seconds", n),
    "seconds": lambda n: npgettext("after a figure", "second", "seconds", n),
    "examples": lambda n: npgettext("after a figure", "example", "examples", n),
    "runs per training": lambda n: npgettext("after a figure", "run", "runs", n),
    "hours per training": lambda n: npgettext("after a figure", "hour for each training", "hours for each training", n),
    "hours per 100 examples, once": lambda n: npgettext(
        "after a figure", "hour per 100 examples, once", "hours per 100 examples, once", n
    ),
}

# How often and how much of something, shares among them: Chinese says these before the figure, "每周 30".
RATES = frozenset({"units/week", "units/month", "per hour of work", "trainings a year", "cards per machine", "at once"})


def counted(figure: str, unit: str, words: str) -> str:
    """A figure with the ``words`` of its ``unit`` on the side the language puts them; the figure alone without any."""
    if not words:
        return figure
    parts = {"figure": figure, "unit": words}
    if unit.startswith("share") or unit in RATES:
        return pgettext("a figure and how often, or the whole it is a share of", "%(figure)s %(unit)s") % parts
    return gettext("%(figure)s %(unit)s") % parts


def rate_unit(unit: str) -> str | None:
    """ "EUR for one USD" in the reader's words."""
    found = RATE_UNIT.fullmatch(unit)
    return gettext("%(target)s for one %(source)s") % found.groupdict() if found else None
