"""The promise "up to 90 % less" put to the test on the business's own figures."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments import charts
from advisor.assessments.presentation.figures import Figure, draw
from advisor.assessments.presentation.rules import change_words
from advisor.assessments.presentation.sheet import LEGAL_STOP, Data, Sheet
from advisor.assessments.presentation.workings import SURE, working
from advisor.engine.promise import PROMISED


def promise(sheet: Sheet, plan: Data) -> dict[str, Any] | None:
    """None where advice comes first. Without spending today, or with few answers, only the sentence that says so."""
    if sheet.verdict == LEGAL_STOP:
        return None
    found = plan["savings"]["promise"]
    promised = {"promised": sheet.formats.percent(PROMISED)}
    titles = {
        "title": _("“Up to %(promised)s less”: tested on your figures") % promised,
        "short_title": _("“Up to %(promised)s less”, tested") % promised,
    }
    if found is None:
        return {**titles, "text": _("There is nothing of which a share could be saved: no spending today is known.")}
    share = found["share"]
    if not sheet.single_figures:
        text = _("For you we can state only a range so far, compared with what you pay today: %(range)s.")
        return {**titles, "text": text % {"range": share_range(sheet, share["low"], share["high"])}}
    return {
        **titles,
        "text": _own(sheet, share),
        "figure": _figure(sheet, found),
        "own": working(sheet, plan["key"], "share"),
        "chance": working(sheet, plan["key"], "promise"),
        "parts": _parts(sheet, found),
        "bill": _bill(sheet, plan),
        "needs_title": _("What would have to be true to reach %(promised)s") % _promised(sheet, found),
        "needs": _needs(sheet, found),
    }


def _own(sheet: Sheet, share: Data) -> str:
    return _(
        "Your own figure, with the work to run it counted, compared with what you pay today: "
        "%(own)s (range: %(range)s)."
    ) % {
        "own": share_words(sheet, share["central"]),
        "range": share_range(sheet, share["low"], share["high"]),
    }


def share_words(sheet: Sheet, share: float) -> str:
    """ "68% less" or "5% more": a saving and a loss in the same plain form."""
    if round(share, 2) == 0:
        return _("about the same")
    return (_("%(amount)s less") if share > 0 else _("%(amount)s more")) % {"amount": sheet.formats.percent(abs(share))}


def share_range(sheet: Sheet, low: float, high: float) -> str:
    percent = sheet.formats.percent
    if low >= 0:
        return _("%(range)s less") % {"range": sheet.formats.span(percent(low), percent(high))}
    if high <= 0:
        return _("%(range)s more") % {"range": sheet.formats.span(percent(-high), percent(-low))}
    return _("from %(more)s more to %(less)s less") % {"more": percent(-low), "less": percent(high)}


def _promised(sheet: Sheet, found: Data) -> dict[str, str]:
    return {"promised": sheet.formats.percent(found["promised"])}


def _figure(sheet: Sheet, found: Data) -> Figure:
    percent = sheet.formats.percent
    title = _figure_title(sheet, found)
    mark = charts.LineAcross(found["promised"], _("Promised: %(promised)s less") % _promised(sheet, found))
    description = _("Twenty cases of equal weight, the smallest saving first: %(cases)s.") % {
        "cases": _("; ").join(share_words(sheet, share) for share in found["spread"])
    }
    return draw(
        lambda key, width: charts.dots(
            found["spread"], mark, key=key, title=title, description=description,
            axis=_("Share of what you pay today that is saved"),
            form=percent, width=width,
        ),
        key="promise",
        title=title,
        description=description,
        columns=[_("Case of twenty"), _("Against what you pay today")],
        rows=[
            [sheet.formats.number(place), share_words(sheet, share)]
            for place, share in enumerate(found["spread"], start=1)
        ],
        source=sheet.computed,
        narrow=not sheet.on_paper,
    )  # fmt: skip


def _figure_title(sheet: Sheet, found: Data) -> str:
    if not found["chance"]:
        return _("None of the cases we computed saves %(promised)s; each dot is one case in twenty") % _promised(
            sheet, found
        )
    chance = sheet.formats.percent(min(found["chance"], 1 - SURE))
    return _("%(chance)s of the cases we computed save more than %(promised)s; each dot is one case in twenty") % {
        "chance": chance,
        **_promised(sheet, found),
    }


def _parts(sheet: Sheet, found: Data) -> list[dict[str, str]]:
    """What the saving is made of; the parts of the plan add up to it."""
    rows: list[tuple[str, float | None, str]] = [
        (
            _("From paying by use instead of per person"),
            found["from_paying_per_use"],
            _("What the cheapest closed service paid by use would save, with its own work counted."),
        ),
        (
            _("From the model being open"),
            found["from_openness"],
            _("The rest: this plan against that closed service."),
        ),
        (_("This plan in all"), found["share"]["central"], ""),
    ]
    if found["from_idle_seats"]:
        rows += [
            (_("From giving up seats nobody uses"), found["from_idle_seats"], _("Needs no AI and is in no plan.")),
            (_("This plan and those seats"), found["with_idle_seats"], ""),
        ]
    rows.append(
        (
            _("The most that any plan could save"),
            found["most"],
            _("What you would really stop paying; seats nobody uses are not in it."),
        )
    )
    return [
        {"label": label, "share": share_words(sheet, share), "remark": remark}
        for label, share, remark in rows
        if share is not None
    ]


def _bill(sheet: Sheet, plan: Data) -> str:
    """The bill for use alone beside that of the closed service, and how much of the whole it is."""
    closed = sheet.document["closed_reference"]
    if plan["route"] != "hosted_api" or closed is None:
        return ""
    own, other = (_usage(each) for each in (plan, closed))
    if not own or not other or not plan["cost_total"]["central"]:
        return ""
    return _(
        "The bill for use alone, compared with the cheapest closed service (%(name)s): %(bill)s. "
        "It is %(part)s of what this plan costs; the rest is work, reserve and the like."
    ) % {
        "bill": share_words(sheet, 1 - own / other),
        "name": sheet.model_names(closed),
        "part": sheet.formats.percent(own / plan["cost_total"]["central"]),
    }


def _usage(plan: Data) -> float:
    return float(sum(line["total"]["central"] for line in plan["lines"] if line["key"] == "usage"))


def _needs(sheet: Sheet, found: Data) -> list[str]:
    promised = _promised(sheet, found)
    if found["share"]["central"] >= found["promised"]:
        return [_("As answered it does, in the most likely case.")]
    if found["most"] < found["promised"]:
        most = {"most": sheet.formats.percent(found["most"]), **promised}
        return [
            _(
                "Nothing about the AI can do it: only %(most)s of what you pay today would stop. The rest goes on, for "
                "contracts that still run, for seats nobody uses, or for what you would keep."
            )
            % most
        ]
    needs = [
        _("If %(what)s %(change)s%(value)s, it would save %(promised)s.") % {**change_words(sheet, need), **promised}
        for need in sheet.document["requirements"]
    ]
    return needs or [
        _(
            "Nothing we can move alone reaches it: not the amount of work, the prices, the cost of an hour or what you "
            "pay today, each from a twentieth of what it is to twenty times."
        )
    ]
