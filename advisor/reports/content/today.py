"""Section 3: what is paid now, what of it could stop, how ready the business is, and what is missing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.reports.content.blocks import Block, Column, bullets, callout, facts, group, section, subject, table, text
from advisor.reports.content.reader import NOTHING, Data, Reader


def today(reader: Reader) -> Block:
    blocks = _spending(reader)
    ready = _readiness(reader)
    if ready:
        blocks.append(group(_("Readiness"), [facts(ready)]))
    missing = gaps(reader)
    if missing:
        blocks.append(group(_("Gaps to know of"), [bullets(missing)]))
    return section(_("Where you are now"), blocks)


def _spending(reader: Reader) -> list[Block]:
    keep = reader.keep
    if not keep["known"] and not keep["has_baseline"]:
        words = _("You were not sure what you pay now. Until that is known, no saving can be stated.")
        return [group(_("What you pay"), [text(words), *_reference(reader)])]
    if not keep["has_baseline"]:
        words = _("You pay for nothing that this would replace. Any cost in this report is new spending, not a saving.")
        return [group(_("What you pay"), [text(words), *_reference(reader)])]
    total = _("%(month)s a month, %(total)s over %(months)s if nothing changes.") % {
        "month": reader.money(keep["month"]),
        "total": reader.money(keep["total"]),
        "months": reader.months,
    }
    blocks = [group(_("What you pay"), [text(total)]), subject(_("Tools paid for now")), tools(reader)]
    idle = reader.shown["keep"]["idle"]
    return [*blocks, callout(_("A saving that needs no AI model"), [idle["text"]])] if idle else blocks


def _reference(reader: Reader) -> list[Block]:
    keep = reader.keep
    if not keep["reference_product"] or keep["reference_month"] is None:
        return []
    words = _("For comparison only: %(product)s would cost %(month)s a month for as many people.")
    return [text(words % {"product": keep["reference_product"], "month": reader.money(keep["reference_month"])})]


def tools(reader: Reader) -> Block:
    columns = [
        Column(_("Product"), share=1.6),
        Column(_("People"), figures=True),
        Column(_("Each month"), figures=True, share=0.8),
        Column(_("Would stop"), figures=True),
        Column(_("From"), share=1),
        Column(_("Stopped over %(months)s") % {"months": reader.months}, figures=True, share=1.1),
        Column(_("For seats nobody uses, each month"), figures=True, share=1.2),
    ]
    return table(columns, [_tool_row(reader, tool) for tool in reader.keep["tools"]])


def _tool_row(reader: Reader, tool: Data) -> list[str]:
    stops = tool["stop_share"] > 0
    return [
        tool["product"],
        reader.formats.number(tool["people"]) if tool["people"] is not None else NOTHING,
        reader.money(tool["price_month"]),
        reader.formats.percent(tool["stop_share"]) if stops else _("no"),
        reader.month_after(tool["stops_from_month"]) if stops else NOTHING,
        reader.amount_or_nothing(tool["stopped_total"]),
        reader.amount_or_nothing(tool["idle_seats_month"]),
    ]


READINESS = (("readiness", "Q26"), ("it_support", "Q17"), ("computers", "Q16"), ("connectivity", "Q18"))


def _readiness(reader: Reader) -> list[tuple[str, str]]:
    given = [(question, reader.answers.get(field)) for field, question in READINESS]
    return [(reader.label("question", question), reader.label("choice", value)) for question, value in given if value]


def gaps(reader: Reader) -> list[str]:
    """What stands between today and using it well, as far as the answers show."""
    answers, found = reader.answers, []
    if answers.get("it_support") == "nobody":
        found.append(_("Nobody looks after the computers, so anything that must be maintained needs paid help."))
    if answers.get("readiness") == "never":
        found.append(_("Nobody has used such tools yet; the amounts include time for training."))
    if answers.get("readiness") == "some":
        found.append(_("Some people try tools on their own. Agree on written rules before more do."))
    if answers.get("connectivity") == "sometimes_poor":
        found.append(_("The internet or the power fails at times; hosted services stop when it does."))
    plan = reader.main
    if plan is not None and plan["uncovered_jobs"]:
        found.append(_("No option does this work: %(jobs)s.") % {"jobs": reader.labels("job", plan["uncovered_jobs"])})
    improve = reader.document["confidence"]["improve"]
    if improve:
        words = _("Answers that would narrow the ranges most: %(questions)s.")
        found.append(words % {"questions": reader.labels("question", improve)})
    return found
