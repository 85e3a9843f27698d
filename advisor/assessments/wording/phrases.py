"""Longer phrases with blanks: plan names, the two sentences of the answer, what figures include."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Phrases = Mapping[str, str | Promise]

PLACES: Phrases = {
    "hosted_api": _("%(models)s at %(provider)s"),
    "hosted_seats": _("%(models)s at %(provider)s, per person"),
    "rented_server": _("%(models)s on a server rented from %(provider)s"),
    "own_server": _("%(models)s on your own server"),
    "staff_computers": _("%(models)s on your staff's computers"),
    "closed_api": _("%(models)s, a closed service"),
}
PLACES_WITHOUT_PROVIDER: Phrases = {
    **PLACES,
    "hosted_api": _("%(models)s, hosted"),
    "hosted_seats": _("%(models)s, hosted per person"),
    "rented_server": _("%(models)s on a rented server"),
}

# How the best fit is run, as the end of the first sentence.
WAYS: Phrases = {
    "hosted_api": _("run for you by %(provider)s and paid by use"),
    "hosted_seats": _("run for you by %(provider)s as a ready-made assistant, paid per person"),
    "rented_server": _("on a server rented from %(provider)s"),
    "own_server": _("on a server of your own"),
    "staff_computers": _("on the computers your staff already use"),
}

FIRST_SENTENCE: Phrases = {
    "recommend": _("The best fit is %(models)s, an open model, %(way)s."),
    "recommend_many": _("The best fit is %(models)s: open models %(way)s."),
    "keep": _("Keep what you have: no open option is better for you today."),
    "not_yet": _("Not yet: no open option is a sound choice for you today."),
    "low_volume": _("Not yet: at your amount of work no open option is worth its cost today."),
    "no_evidence": _("Not yet: nothing shows so far that an open option does this work well enough."),
    "too_hard": _("Not yet: the work could be done with %(plan)s, but you could not run that safely today."),
    "legal_stop": _(
        "Stop here and take legal advice first: you plan to use it for decisions about people (%(kinds)s)."
    ),
    "nothing_fits": _("No option we know passes all your rules."),
}
SECOND_SENTENCE: Phrases = {
    "less": _(
        "Over %(months)s months it costs %(cost)s. With what you could then stop paying, you would most "
        "likely spend about %(amount)s less in all."
    ),
    "more": _(
        "Over %(months)s months it costs %(cost)s. Even with what you could then stop paying, you would "
        "most likely spend about %(amount)s more in all."
    ),
    "same": _("Over %(months)s months it costs %(cost)s, about as much as what you could then stop paying."),
    "new": _("Over %(months)s months it costs %(cost)s, all of it new spending: you pay for nothing comparable today."),
    "unknown_today": _(
        "Over %(months)s months it costs %(cost)s; you were not sure what you pay today, so no saving can be stated."
    ),
    "unsure": _(
        "Over %(months)s months it costs %(cost)s; we know too little so far to put one figure on the difference."
    ),
    "keep_more": _(
        "With the closest one, %(plan)s, you would most likely spend about %(amount)s more in all over "
        "%(months)s months."
    ),
    "keep_other": _("The closest one, %(plan)s, would cost %(cost)s over %(months)s months."),
    "keep_alone": _("Nothing else that fits your rules could be priced."),
    "advice": _("The figures below are for information only and are not a recommendation."),
    "one_rule": _("The rule that removed the most options is “%(rule)s”; below you can change the answer behind it."),
    "no_rule": _("The list below says what each rule removed and what would bring it back."),
}

HEADLINES: Phrases = {
    "cost": _("Cost over %(months)s months"),
    "cost_information": _("Cost over %(months)s months, for information only"),
    "cost_closest": _("Closest option: cost over %(months)s months"),
    "difference": _("Difference from today"),
    "difference_closest": _("Closest option: difference from today"),
    "today": _("What you have costs over %(months)s months"),
    "chance": _("Chance that it costs less than today"),
    "confidence": _("Confidence in this answer"),
}

# One score that speaks to a job; the last sentence only where a score was put on another party's scale.
EVIDENCE: Phrases = {
    "at_least": _("%(score)s in the test %(benchmark)s, measured by %(party)s. Your work needs at least %(floor)s."),
    "at_most": _("%(score)s in the test %(benchmark)s, measured by %(party)s. Your work allows at most %(floor)s."),
    "linked": _("Put on the scale of %(linked)s over %(models)s models that both measured."),
}

NOT_INCLUDED: tuple[str | Promise, ...] = (
    _("Value-added tax or sales tax: all amounts are without it."),
    _("The worth of time freed: it is shown apart and added to nothing."),
    _("Computers, internet and programs you already have."),
    _("Anything you pay today and would go on paying."),
    _("Traffic and extra storage at a rented server, and leasing of machines: we know no prices with a source."),
)

TRY_SENTENCE = _(
    "Before you pay for anything, try it on ten tasks of your own. Go on only if at least %(percent)s of them pass."
)
CHECK_SENTENCE = _("A person checks every result before it is used. The plan counts on that.")
ADVICE_SENTENCE = _("General information, not legal advice.")
NO_COUNTRY_SENTENCE = _("We have no entry for your country's law yet. Ask your chamber of commerce or a lawyer.")
OLD_FACTS_SENTENCE = _(
    "A price should be looked at again %(price)s days after its date, the price of a machine after %(device)s, "
    "a license after %(license)s. An older one still counts, as weaker evidence; by one older than %(price_ends)s "
    "months (machines: %(device_ends)s) nothing is recommended. Have these checked again:"
)
OVERDUE_SENTENCE = _("This entry was due for review on %(date)s. Check it before you rely on it.")
