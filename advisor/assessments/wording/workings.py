"""Words for workings: the names of inputs and figures, and units."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Units that are money although no currency is in their name: rates already in the business's currency.
MONEY_UNITS: dict[str, str | Promise] = {
    "per hour": _("%(value)s an hour"),
    "per kWh": _("%(value)s per kWh"),
    "per month": _("%(value)s a month"),
    "per user month": _("%(value)s per person and month"),
}

UNITS: dict[str, str | Promise] = {
    "": "",
    "share": _("of the whole"),
    "ratio": "",
    "people": _("people"),
    "months": _("months"),
    "month": _("month"),
    "hours": _("hours"),
    "hour": _("hour"),
    "h": _("hours"),
    "h/month": _("hours a month"),
    "hours/month": _("hours a month"),
    "units/week": _("a week"),
    "units/month": _("a month"),
    "requests/month": _("requests a month"),
    "requests/unit": _("requests each"),
    "tokens/month": _("tokens a month"),
    "tokens/request": _("tokens a request"),
    "pages/month": _("pages a month"),
    "images/month": _("pictures a month"),
    "assets/month": _("3D models a month"),
    "requests/h": _("requests an hour"),
    "tokens/s": _("tokens a second"),
    "min/unit": _("minutes each"),
    "minutes": _("minutes"),
    "documents": _("documents"),
    "1M tokens": _("million tokens"),
    "times today's list price": _("times today's list price"),
    "times today's price": _("times today's price"),
    "times today's rate": _("times today's rate"),
}
