"""The first screen: the answer in two sentences, the headline figures, and how sure we are."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.presentation.sheet import LEGAL_STOP, Data, Sheet
from advisor.assessments.presentation.workings import SURE, working
from advisor.assessments.wording.phrases import FIRST_SENTENCE, HEADLINES, SECOND_SENTENCE, WAYS
from advisor.catalog.suppliers import supplier

NOT_YET_REASONS = ("too_hard", "no_evidence", "low_volume")  # each has a first sentence of its own


def answer(sheet: Sheet) -> dict[str, Any]:
    return {
        "verdict": sheet.verdict,
        "title": sheet.words.label("verdict", sheet.verdict),
        "sentences": [_first_sentence(sheet), _second_sentence(sheet)],
        "figures": figures(sheet),
        "uncovered": [sheet.words.label("job", job) for job in sheet.main_plan["uncovered_jobs"]]
        if sheet.main_plan
        else [],
        "reasons": [sheet.note(reason) for reason in _reasons(sheet)],
    }


def _reasons(sheet: Sheet) -> list[Data]:
    """The reasons, without saying the same loss twice."""
    reasons = list(sheet.document["reasons"])
    codes = {reason["code"] for reason in reasons}
    return [reason for reason in reasons if not (reason["code"] == "costs_more" and "keep_beats_all" in codes)]


def _first_sentence(sheet: Sheet) -> str:
    plan = sheet.main_plan
    kinds = next(
        (note["values"].get("kinds", ()) for note in sheet.document["reasons"] if "kinds" in note["values"]), ()
    )
    values = {"models": "", "plan": "", "way": "", "kinds": sheet.words.value("kinds", kinds)}
    if plan is not None:
        provider = supplier(plan["provider"]) or _("a hosting company")
        way = WAYS.get(plan["route"])
        values |= {
            "models": sheet.model_names(plan),
            "plan": sheet.plan_name(plan),
            "way": str(way) % {"provider": provider} if way else sheet.words.label("route", plan["route"]),
        }
    return str(FIRST_SENTENCE[_first_kind(sheet, plan)]) % values


def _first_kind(sheet: Sheet, plan: Data | None) -> str:
    if sheet.verdict == "recommend" and plan is not None:
        main = {model["slug"] for model in plan["models"] if model["role"] == "main"}
        return "recommend_many" if len(main) > 1 else "recommend"
    if sheet.verdict == "not_yet":
        codes = {reason["code"] for reason in sheet.document["reasons"]}
        return next((code for code in NOT_YET_REASONS if code in codes), "not_yet")
    return sheet.verdict


def _second_sentence(sheet: Sheet) -> str:
    plan = sheet.main_plan
    if sheet.verdict == LEGAL_STOP:
        return str(SECOND_SENTENCE["advice"])
    if plan is None:
        return _nothing_sentence(sheet)
    total = plan["savings"]["total"]["central"]
    values = {
        "months": sheet.formats.number(sheet.horizon),
        "cost": sheet.formats.estimate(plan["cost_total"]),
        "amount": sheet.formats.money(abs(total)),
        "plan": sheet.plan_name(plan),
    }
    return str(SECOND_SENTENCE[_second_kind(sheet, total)]) % values


def _second_kind(sheet: Sheet, saving: float) -> str:
    if sheet.verdict in ("keep", "not_yet") and _first_kind(sheet, sheet.main_plan) != "too_hard":
        stated = sheet.has_baseline and sheet.single_figures and saving < 0
        return "keep_more" if stated else "keep_other"
    if not sheet.has_baseline:
        return "new" if sheet.document["keep"]["known"] else "unknown_today"
    if not sheet.single_figures:
        return "unsure"
    if round(saving) == 0:
        return "same"
    return "less" if saving > 0 else "more"


def _nothing_sentence(sheet: Sheet) -> str:
    if sheet.verdict == "keep":
        return str(SECOND_SENTENCE["keep_alone"])
    named = max(sheet.document["ruled_out"], key=lambda rule: rule["count"], default=None)
    if named is None or named["question"] is None:
        return str(SECOND_SENTENCE["no_rule"])
    return str(SECOND_SENTENCE["one_rule"]) % {"rule": sheet.words.label("rule", named["rule"])}


def figures(sheet: Sheet) -> list[dict[str, Any]]:
    """The headline figures in reading order, each with the key of its working where there is one."""
    plan = sheet.main_plan
    found = [*(_plan_figures(sheet, plan) if plan else [])]
    if sheet.has_baseline and sheet.verdict in ("keep", "nothing_fits", "not_yet"):
        found.append(_today_figure(sheet))
    found.append(_confidence_figure(sheet))
    return found


def _plan_figures(sheet: Sheet, plan: Data) -> list[dict[str, Any]]:
    closest = sheet.verdict in ("keep", "not_yet")
    cost_name = "cost_information" if sheet.verdict == LEGAL_STOP else "cost_closest" if closest else "cost"
    cost = sheet.money(plan["cost_total"])
    found = [
        {
            "key": "cost",
            "label": _headline(sheet, cost_name),
            "figure": cost["range"],
            "detail": _("most likely about %(amount)s") % {"amount": cost["middle"]},
            "tone": "",
            "working": working(sheet, plan["key"], "cost_total"),
        }
    ]
    saving = sheet.saving(plan)
    if saving is None:
        return found
    stated = saving["central"] is not None
    found.append(
        {
            "key": "difference",
            "label": _headline(sheet, "difference_closest" if closest else "difference"),
            "figure": saving["middle"] if stated else saving["range"],
            "detail": _range_detail(saving) if stated else _("too few answers so far for one figure"),
            "tone": "" if sheet.verdict == LEGAL_STOP else saving["tone"],
            "working": working(sheet, plan["key"], "savings_total") if stated else None,
        }
    )
    if stated and not closest and sheet.verdict != LEGAL_STOP:
        found.append(_chance_figure(sheet, plan))
    return found


def _range_detail(saving: Data) -> str:
    return _("range: %(range)s") % {"range": saving["range"]}


def _chance_figure(sheet: Sheet, plan: Data) -> dict[str, Any]:
    return {
        "key": "chance",
        "label": _headline(sheet, "chance"),
        "figure": sheet.formats.percent(min(max(plan["savings"]["chance"], SURE), 1 - SURE)),
        "detail": _("share of the cases we computed across all ranges"),
        "tone": "",
        "working": working(sheet, plan["key"], "chance"),
    }


def _today_figure(sheet: Sheet) -> dict[str, Any]:
    keep = sheet.document["keep"]
    return {
        "key": "today",
        "label": _headline(sheet, "today"),
        "figure": sheet.formats.money(keep["total"]),
        "detail": _("%(amount)s a month") % {"amount": sheet.formats.money(keep["month"])},
        "tone": "",
        "working": working(sheet, "keep", "total"),
    }


def _confidence_figure(sheet: Sheet) -> dict[str, Any]:
    confidence = sheet.document["confidence"]
    return {
        "key": "confidence",
        "label": _headline(sheet, "confidence"),
        "figure": sheet.words.label("confidence", confidence["level"]),
        "detail": _("%(answered)s of %(relevant)s questions answered")
        % {"answered": confidence["answered"], "relevant": confidence["relevant"]},
        "tone": "caution" if confidence["level"] == "low" else "",
        "working": None,
    }


def confidence(sheet: Sheet) -> dict[str, Any]:
    """How sure the answer is, and which answers would narrow it most."""
    found = sheet.document["confidence"]
    return {
        "level": found["level"],
        "label": sheet.words.label("confidence", found["level"]),
        "share": found["share"],
        "share_text": sheet.formats.percent(found["share"]),
        "answered": found["answered"],
        "relevant": found["relevant"],
        "low": not sheet.single_figures,
        "improve": [sheet.question(key) for key in found["improve"]],
    }


def _headline(sheet: Sheet, name: str) -> str:
    return str(HEADLINES[name]) % {"months": sheet.formats.number(sheet.horizon)}
