"""Section 1: the whole answer on one page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, bullets, callout, column, columns, figure, figures, lead, section, tag
from advisor.reports.content.drawings import drawn
from advisor.reports.content.reader import Reader

AT_MOST = 3
VERDICT_TONES = {
    "recommend": "accent",
    "keep": "accent",
    "not_yet": "caution",
    "legal_stop": "stop",
    "nothing_fits": "caution",
}
FIGURE_TONES = {"gain": "good", "loss": "loss", "open": "caution", "caution": "caution"}


def summary(reader: Reader) -> Block:
    said = reader.shown["answer"]
    shown = [
        figure(item["label"], item["figure"], [item["detail"]], tone=FIGURE_TONES.get(item["tone"], "plain"))
        for item in said["figures"]
    ]
    blocks = [
        tag(said["title"], tone=VERDICT_TONES[said["verdict"]]),
        lead(_("%(first)s %(second)s") % dict(zip(("first", "second"), said["sentences"], strict=True))),
        figures(shown),
    ]
    blocks += drawn(reader.shown["money"]["ranges"])
    blocks += [_for_and_against(reader), _decision(reader)]
    return section(_("Summary"), blocks, new_page=True, one_page=True)


def _for_and_against(reader: Reader) -> Block:
    why = [reason["text"] for reason in reader.shown["answer"]["reasons"]][:AT_MOST]
    against = [risk for risk in risks(reader) if risk not in why][:AT_MOST]
    parts = [column(_("Why"), [bullets(why)])]
    if against:
        parts.append(column(_("What speaks against it, and what may change"), [bullets(against)], tone="caution"))
    return columns(parts)


def risks(reader: Reader) -> list[str]:
    """The gravest first: gaps, what speaks against the plan, then prices that may move."""
    found = []
    if not reader.sheet.single_figures:
        found.append(_("Too few questions were answered for one figure; treat the ranges as a first orientation."))
    plan = reader.main
    if plan is not None:
        if plan["uncovered_jobs"]:
            found.append(
                _("No option does this work: %(jobs)s.") % {"jobs": reader.labels("job", plan["uncovered_jobs"])}
            )
        found += reader.notes([*plan["over_budget"], *plan["minuses"]])
    found += reader.notes(reader.document["warnings"])
    return list(dict.fromkeys(found))


def _decision(reader: Reader) -> Block:
    verdict = reader.document["verdict"]
    match verdict:
        case "recommend":
            first = _("You decide whether to try it. %(trial)s") % {"trial": reader.shown["trial"]["text"]}
        case "keep":
            first = _(
                "Nothing needs to be decided now. Look again when one of the turning points in this report is reached."
            )
        case "not_yet":
            first = _(
                "Nothing is bought or canceled now. You decide whether to change what stands in the way, named "
                "under “Why”."
            )
        case "legal_stop":
            first = _("You take legal advice first. Until then nothing is bought, tried on people's data, or canceled.")
        case _:
            first = _("You decide whether one of your rules may be relaxed. Section 4 shows what each of them removes.")
    return callout(_("Decision needed"), [first, *_by_when(reader)], tone=VERDICT_TONES[verdict])


def _by_when(reader: Reader) -> list[str]:
    if reader.document["verdict"] != "recommend":
        return []
    ends = [tool["contract_end"] for tool in reader.answers.get("current_tools") or () if tool.get("contract_end")]
    coming = sorted(end for end in ends if end >= reader.document["as_of"])
    if not coming:
        return []
    return [
        _("The first contract this could replace ends on %(date)s; notice periods end earlier.")
        % {"date": reader.day(coming[0])}
    ]
