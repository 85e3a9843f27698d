"""Sentences for coded notes: reasons, what speaks for and against a plan, warnings.

A sentence says what is so, without praise. A loss is stated as plainly as a gain. Values arrive formatted.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "saves": _(
        "Over %(horizon)s months it costs about %(amount)s less than what you pay now, with the work to run it counted."
    ),
    "costs_more": _(
        "Over %(horizon)s months it costs about %(amount)s more than what you pay now, with the work to run it counted."
    ),
    "no_baseline": _("You pay for nothing comparable today, so this is new spending. There is no saving to claim."),
    "spending_unknown": _("You were not sure what you pay today, so no saving can be stated."),
    "time_worth": _(
        "It could free about %(hours)s of work a month. That is time, not cash, and it is in none of the amounts."
    ),
    "budget_ok": _("It stays within what you said you could spend."),
    "budget_gap": _("This costs %(gap)s more than you said you could spend."),
    "privacy_fit": _("Your information stays where you said it must stay."),
    "best_score": _("It comes out highest on what you said matters most: %(score)s of 100 points."),
    "tie": _("Another way, %(other)s, is less than 5 points away. We call that a tie: either is a sound choice."),
    "keep_beats_all": _(
        "Every open option costs more than what you have. "
        "The closest one costs about %(gap)s more over %(horizon)s months."
    ),
    "too_hard": _("Looking after %(route)s takes more computer know-how than you have at hand today."),
    "legal_people_decisions": _(
        "You plan to use it for decisions about people (%(kinds)s). "
        "Many countries have strict rules for that: take legal advice before you decide anything."
    ),
    "nothing_left": _("No option passes all your rules."),
    "nothing_left_together": _("No option passes all your rules."),
    "nothing_left_priced": _(
        "What passes your rules has no price to go by: none is published, or it is too old. "
        "It takes a quote, or a price that somebody checks again; none of your answers changes this."
    ),
    "low_volume": _("The amount of work is small, so there is little to save on it."),
    "cheapest_way": _("It is the cheapest of the options that fit."),
}

# Said instead of a single figure while too few questions are answered to state one.
WITHOUT_FIGURE: dict[str, str | Promise] = {
    "saves": _("It may cost less than what you pay now. We know too little so far to say how much."),
    "costs_more": _("It may cost more than what you pay now. We know too little so far to say how much."),
    "keep_beats_all": _(
        "Every open option seems to cost more than what you have. We know too little so far to say how much."
    ),
}

PLAN_NOTES: dict[str, str | Promise] = {
    "data_stays": _("Information stays on equipment you control."),
    "data_in_region": _("Information stays in your country or region."),
    "data_abroad": _("Information is processed in another country."),
    "data_location_unknown": _("The supplier does not say where information is processed."),
    "pay_per_use": _("You pay only for what you use."),
    "fixed_monthly": _("The bill is the same every month."),
    "no_machine": _("No machine to buy or look after."),
    "machine_needed": _("Needs %(machines)s."),
    "idle_machine": _("The machine would stand idle for %(share)s of working hours."),
    "one_supplier": _("You depend on one supplier."),
    "easy_to_switch": _("You can move to another supplier without starting over."),
    "permissive_license": _("The license allows business use without special conditions."),
    "conditional_license": _("The license sets conditions for business use: %(name)s."),
    "strong_quality": _("Scores %(score)s in the test %(benchmark)s; your work needs at least %(floor)s."),
    "weak_evidence": _("There is little evidence of how well it does this work: %(jobs)s."),
    "no_evidence": _("There is no evidence of how well it does this work: %(jobs)s. Test it before you rely on it."),
    "own_labor_needed": _("Takes about %(hours)s of work a month to look after."),
    "needs_it_person": _("Needs someone who knows computers to look after it."),
    "low_energy": _("Uses little electricity."),
    "price_may_rise": _("A price rise is announced from %(when)s. The amounts include it."),
    "fast": _("Answers faster than people read."),
    "slow": _("Answers more slowly than people read."),
    "over_budget": _("This costs %(gap)s more than you said you could spend."),
    "jobs_uncovered": _("It does not cover: %(jobs)s."),
    "healthy_ecosystem": _("Many suppliers and programs support these models."),
    "index_takes_long": _("Making your documents searchable takes a machine about %(hours)s, once."),
    "new_supplier_risk": _("The supplier has a short record, so the service may end early."),
}

WARNINGS: dict[str, str | Promise] = {
    "old_facts": _("Prices and other facts used here that somebody should check again: %(count)s."),
    "expired_facts": _("Facts too old to recommend anything by, used here only to compare or convert: %(count)s."),
    "volatile_hardware": _("Machine prices have moved sharply this year. Ask for a quote before you buy."),
    "price_change_announced": _("A new price for %(model)s is announced from %(when)s. The amounts include it."),
    "fx_old": _("The exchange rate used is from %(as_of)s."),
}

# Steps of fitting a model to the work: what each asks for, and why one cannot be done.
STEPS: dict[str, str | Promise] = {
    "needs_instructions": _("About %(hours)s of somebody who knows the work, and a few good examples."),
    "needs_documents": _("Your documents in order and readable: about %(documents)s of them are counted on."),
    "needs_examples": _(
        "%(low)s to %(high)s examples with the answer you would have wanted, about %(central)s as a rule, "
        "and somebody to compare the result with the original."
    ),
    "step_not_for_job": _("This step does not help with this kind of work."),
    "step_in_service": _("The service is bought as it is; ask its supplier."),
    "search_no_model": _("No search model that your rules allow can be had for it."),
    "tuning_hosted": _("A host runs its models as they are. It needs a machine of your own, or a rented one."),
    "tuning_no_machine": _("No machine that your answers allow is large enough to train this model."),
}

# What removed an option, one sentence each; the same codes as the engine's rules.
REMOVED: dict[str, str | Promise] = {
    "data_class": _("This way of running is not suitable for the kinds of information you handle."),
    "location": _("Information would be processed outside the place you allowed, or the supplier does not say where."),
    "license": _("The license does not allow this use."),
    "territory": _("The license does not cover your country or your customers' countries."),
    "user_cap": _("More people would use it than the license allows."),
    "avoid_country": _("The maker or the host is in a country you chose to avoid, or does not say where it is."),
    "avoid_supplier": _("The supplier is one you chose to avoid, or not one you asked for."),
    "standard_license": _("You asked for standard open-source licenses only."),
    "disclosed_data": _("You asked for models whose training data is disclosed, and this maker does not disclose it."),
    "hardware_country": _("It needs machines from a country you did not allow."),
    "ability": _("It cannot do this kind of work."),
    "language": _("The maker does not name one of your languages as supported."),
    "quality": _("There is no sign that it does this work well enough for what a mistake would cost you."),
    "memory": _("It does not fit in the memory of the machines considered."),
    "speed": _("It would be too slow for the number of people waiting."),
    "offline": _("It needs the internet, and you must be able to work without it."),
    "ease": _("It is harder to run than the help you have allows."),
    "budget": _("It costs more than you said you could spend."),
    "no_price": _("No price is published, or the one known is too old, and we do not guess one."),
}

# The smallest change that would bring options back.
LIFTS: dict[str, str | Promise] = {
    "lift_data_class": _("Leaving the most sensitive kinds of information out of this work."),
    "lift_location": _("Allowing a wider place for processing, with a proper contract."),
    "lift_license": _("Separate terms from the maker. None of your answers changes this."),
    "lift_territory": _("Separate terms from the maker. None of your answers changes this."),
    "lift_user_cap": _("Separate terms from the maker, or fewer people using it."),
    "lift_avoid_country": _("Allowing makers or hosts from one of the countries you avoid."),
    "lift_avoid_supplier": _("Allowing more suppliers."),
    "lift_standard_license": _("Accepting licenses with conditions, after reading them."),
    "lift_disclosed_data": _("Accepting models whose training data is not disclosed."),
    "lift_hardware_country": _("Allowing machines from more countries."),
    "lift_ability": _("Leaving this kind of work out for now."),
    "lift_language": _("Leaving one of the languages out, or testing it yourself first."),
    "lift_quality": _("Having a person check every result, so that mistakes do less harm."),
    "lift_memory": _("A machine with more memory."),
    "lift_speed": _("A faster machine, or work that can wait overnight."),
    "lift_offline": _("Accepting that it stops when the internet does."),
    "lift_ease": _("Someone to look after it, on your staff or from outside."),
    "lift_budget": _("A higher budget."),
    "lift_no_price": _("A quote from the supplier. None of your answers changes this."),
    "lift_old_price": _("A price that somebody checks again. None of your answers changes this."),
}

# What a license asks of this business: duties, limits on use, and limits that no answer speaks to.
LICENSE_TERMS: dict[str, str | Promise] = {
    "duty_keep_notice": _("If you pass the model on, pass its license and notices on with it."),
    "duty_keep_name": _("Keep the model's name."),
    "duty_credit": _("Name the maker and the license where people can see it, for example on an about page."),
    "duty_show": _("Show these words where people use it: %(text)s."),
    "duty_show_if_trained": _(
        "If you train another model on what it writes and pass that model on, show these words with it: %(text)s."
    ),
    "duty_name_prefix": _("If you adapt the model, its new name must begin with: %(text)s."),
    "duty_keep_policy": _("Keep to the maker's rules on use: %(text)s."),
    "duty_pass_on_terms": _("Whoever you give the model to must get the license terms and a notice from you."),
    "duty_send_notice": _("Send the maker one notice by e-mail before you use it in business."),
    "duty_register": _("Register with the maker before you use it in business."),
    "duty_mark_generated": _("Say that what it makes was made by AI."),
    "duty_ends_if_sued": _("The license ends if you take legal action over the model."),
    "duty_check_release": _("The license changed between releases: read the file of the release you use."),
    "bar_no_training": _("What it makes may not be used to train or improve another AI model."),
    "bar_outputs_in_territory": _("What it makes may not be used in the countries the license leaves out."),
    "bar_no_military": _("No military use."),
    "bar_trade_control": _("No use that trade controls bar."),
    "check_any_users_month_ask": _("Above %(above)s users a month you need separate terms from the maker."),
    "check_any_users_month_show": _("Above %(above)s users a month you must show the model's name."),
    "check_any_revenue_month_ask": _("Above US$%(above)s revenue a month you need separate terms from the maker."),
    "check_any_revenue_month_show": _("Above US$%(above)s revenue a month you must show the model's name."),
    "check_any_revenue_year_ask": _("Above US$%(above)s revenue a year you need separate terms from the maker."),
    "check_any_revenue_year_show": _("Above US$%(above)s revenue a year you must show the model's name."),
    "check_hosting_any_ask": _(
        "If you offer the model itself, or an assistant made of it, to others, you need separate terms from the maker."
    ),
    "check_hosting_revenue_year_ask": _(
        "If you offer the model itself, or an assistant made of it, to others, you need separate terms from the maker "
        "above US$%(above)s revenue a year."
    ),
}

SENTENCES: dict[str, str | Promise] = {
    **REASONS,
    **PLAN_NOTES,
    **WARNINGS,
    **STEPS,
    **REMOVED,
    **LIFTS,
    **LICENSE_TERMS,
}

# The same sentences with more in them, used when the note carries every value they name.
DETAILED: dict[str, str | Promise] = {
    "nothing_left": _("No option passes all your rules. The rule that removed the most options: %(rule)s."),
    "nothing_left_together": _("No option passes all your rules. One would be left without these together: %(rules)s."),
    "budget_gap": _("This costs %(gap)s more than you said you could spend %(per)s."),
    "over_budget": _("This costs %(gap)s more than you said you could spend %(per)s."),
    "data_in_region": _("Information stays here: %(regions)s."),
    "data_abroad": _("Information is processed abroad: %(regions)s."),
    "needs_it_person": _("Needs about %(hours)s a month from someone who knows computers."),
    "lift_location": _("Another answer on where information may be processed: %(wider)s."),
    "lift_user_cap": _("Separate terms from the maker, or fewer people using it, %(users)s at most."),
    "lift_hardware_country": _("Allowing machines from %(country)s."),
    "lift_ease": _("Someone to look after it: %(support)s."),
    "lift_avoid_country": _("Allowing makers and hosts from %(country)s."),
    "lift_avoid_supplier": _("Allowing this supplier: %(supplier)s."),
    "lift_language": _("Leaving this language out, or testing it yourself first: %(language)s."),
    "lift_memory": _("A machine with at least %(needed)s GB of memory for models."),
    "lift_budget": _("A budget that is %(gap)s higher %(per)s."),
    "old_facts": _(
        "Prices and other facts used here that somebody should check again: %(count)s. The oldest is from %(as_of)s. "
        "The list is with the sources."
    ),
    "expired_facts": _(
        "Facts too old to recommend anything by, used here only to compare or convert: %(count)s. "
        "The oldest is from %(as_of)s. The list is with the sources."
    ),
    "lift_no_price": _("A quote for %(device)s. None of your answers changes this."),
    "lift_old_price": _(
        "A price for %(device)s that somebody checks again: what is known is from %(as_of)s. "
        "None of your answers changes this."
    ),
}
