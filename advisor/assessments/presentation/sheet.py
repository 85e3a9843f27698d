"""What every part of the presentation needs: the document, the reader's words, and a few ways to say money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from advisor.assessments.wording import Words
from advisor.assessments.wording.phrases import PLACES, PLACES_WITHOUT_PROVIDER
from advisor.catalog.suppliers import supplier
from advisor.web.formats import Formats

Data = Mapping[str, Any]
LEGAL_STOP = "legal_stop"


@dataclass(frozen=True)
class Sheet:
    """One recommendation document in front of one reader. ``today``: None reads it on the day it was made.

    ``on_paper``: nothing is drawn for phones.
    """

    document: Data
    language: str
    today: date | None = None
    on_paper: bool = False

    @cached_property
    def formats(self) -> Formats:
        return Formats(self.language, self.document["currency"])

    @cached_property
    def words(self) -> Words:
        names = {plan["key"]: self.plan_name(plan) for plan in self.all_plans}
        return Words(self.formats, names)

    @cached_property
    def traces(self) -> dict[str, Data]:
        """The workings as stored, by the key of their figure."""
        return {trace["key"]: trace for trace in self.document["traces"]}

    @cached_property
    def written(self) -> dict[str, dict[str, Any]]:
        """Workings in words that something has asked for, by the key of their figure (workings.py)."""
        return {}

    @property
    def plans(self) -> list[Data]:
        return list(self.document["plans"])

    @property
    def all_plans(self) -> list[Data]:
        closed = self.document["closed_reference"]
        return [*self.plans, *([closed] if closed else [])]

    @property
    def verdict(self) -> str:
        return str(self.document["verdict"])

    @property
    def read_on(self) -> date:
        return self.today or date.fromisoformat(self.document["as_of"])

    @property
    def horizon(self) -> int:
        return int(self.document["horizon_months"])

    @cached_property
    def main_plan(self) -> Data | None:
        """The recommended plan, else the best of those that were compared; None when nothing fits."""
        wanted = self.document["recommended"]
        return next((plan for plan in self.plans if plan["key"] == wanted), self.plans[0] if self.plans else None)

    @property
    def single_figures(self) -> bool:
        """With low confidence no single saving is stated anywhere, only ranges."""
        return bool(self.document["confidence"]["level"] != "low")

    @property
    def has_baseline(self) -> bool:
        """Whether there is spending to compare with; without it nothing may be called a saving."""
        return bool(self.document["keep"]["has_baseline"])

    @cached_property
    def computed(self) -> str:
        """Where the figures of a drawing come from, and from when."""
        return _("Our calculation of %(day)s from your answers. The oldest price used was checked on %(checked)s.") % {
            "day": self.formats.day(self.document["as_of"]),
            "checked": self.formats.day(self.document["prices_checked_on"]),
        }

    def plan_name(self, plan: Data) -> str:
        """What a plan is called everywhere: its model and where that runs, unless the model is called after it."""
        models, provider = self.model_names(plan), supplier(plan["provider"])
        place = PLACES if provider not in ("", models) else PLACES_WITHOUT_PROVIDER
        template = place.get(plan["route"], "%(models)s")
        return str(template) % {"models": models, "provider": provider}

    def model_names(self, plan: Data) -> str:
        names = [model["name"] for model in plan["models"] if model["role"] == "main"]
        names = names or [model["name"] for model in plan["models"]]
        return self.formats.list_of(list(dict.fromkeys(names)))

    def compared_name(self, row: Data) -> str:
        """What a compared set-up that is no plan of its own is called."""
        values = {"models": self.formats.list_of(list(row["models"])), "provider": supplier(row["name"])}
        name = str(PLACES.get(row["route"], "%(models)s")) % values
        return _("%(name)s (over your budget)") % {"name": name} if row["over_budget"] else name

    def jobs_of(self, key: str) -> list[str]:
        """The names of the jobs a plan covers, in the order its workings count them."""
        plan = next((plan for plan in self.all_plans if plan["key"] == key), None)
        left_out = plan["uncovered_jobs"] if plan else ()
        return [self.words.label("job", each["job"]) for each in self.document["demand"] if each["job"] not in left_out]

    @cached_property
    def tools(self) -> list[str]:
        """The names of what is paid for today, in the order workings count them."""
        return [tool["product"] for tool in self.document["keep"]["tools"]]

    def note(self, note: Data) -> dict[str, Any]:
        code = note["code"]
        if code == "no_baseline" and not self.document["keep"]["known"]:
            code = "spending_unknown"
        text = self.words.note({**note, "code": code}, single_figures=self.single_figures, horizon=self.horizon)
        return {"code": note["code"], "text": text, "question": self.question(note["question"])}

    def question(self, key: str | None) -> dict[str, str] | None:
        """A question to link to, with its short name."""
        return {"key": key, "label": self.words.label("question", key)} if key else None

    def money(self, estimate: Data) -> dict[str, Any]:
        """A low / central / high amount: raw, and in words."""
        return {
            "low": estimate["low"],
            "central": estimate["central"],
            "high": estimate["high"],
            "range": self.formats.estimate(estimate),
            "middle": self.formats.money(estimate["central"]),
            "grade": self.words.label("grade", estimate["grade"]),
        }

    def difference(self, amount: float) -> str:
        """ "€6,182 less" or "€3,619 more": a saving and a loss in the same plain form."""
        if round(amount) == 0:
            return _("about the same")
        return _compared(amount, self.formats.money(abs(amount)))

    def difference_short(self, amount: float) -> str:
        """ "€6K less" or "€0", as it stands on the axis of a figure."""
        short = self.formats.money_short(abs(amount))
        return _compared(amount, short) if amount else short

    def difference_range(self, low: float, high: float) -> str:
        """The range of a saving: "€1,802 to €8,830 less", "€971 to €7,999 more", or from one to the other."""
        if low >= 0:
            return _("%(range)s less") % {"range": self.formats.money_range(low, high)}
        if high <= 0:
            return _("%(range)s more") % {"range": self.formats.money_range(-high, -low)}
        return _("from %(more)s more to %(less)s less") % {
            "more": self.formats.money(-low),
            "less": self.formats.money(high),
        }

    def saving(self, plan: Data) -> dict[str, Any] | None:
        """The difference from today, as far as it may be stated; None without anything paid today."""
        if not self.has_baseline:
            return None
        total = plan["savings"]["total"]
        central = total["central"] if self.single_figures else None
        return {
            "central": central,
            "low": total["low"],
            "high": total["high"],
            "middle": self.difference(central) if central is not None else "",
            "range": self.difference_range(total["low"], total["high"]),
            "tone": tone(total["low"], central, total["high"]),
        }


def tone(low: float, central: float | None, high: float) -> str:
    """How a difference is marked, beside its words: gain, loss, or open when no single figure decides it."""
    if central is not None:
        return "loss" if central < 0 else "gain"
    if high < 0:
        return "loss"
    return "gain" if low > 0 else "open"


def _compared(amount: float, words: str) -> str:
    return (_("%(amount)s less") if amount > 0 else _("%(amount)s more")) % {"amount": words}
