"""Short names for every code shown: what a label, a table head or a tag says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advisor.assessments.wording.question_labels import ASSUMPTIONS, CHOICES, QUESTIONS
from advisor.catalog.public.practice_wording import CLAIM_STATUS, JOBS, ROUTES
from advisor.catalog.public.wording import (
    COLLECTIONS,
    GRADES,
    LAW_STATUS,
    LAW_TOPICS,
    LAW_WHO,
    LICENSE_GRANTS,
    LICENSE_LIGHTS,
    OPENNESS,
    Labels,
)

VERDICTS: Labels = {
    "recommend": _("An open option fits"),
    "keep": _("Keep what you have"),
    "not_yet": _("Not yet"),
    "legal_stop": _("Stop and take advice first"),
    "nothing_fits": _("Nothing fits all your rules"),
}
PLAN_LABELS: Labels = {
    "best_fit": _("Best fit"),
    "lowest_cost": _("Lowest cost"),
    "most_private": _("Most private"),
    "closed_reference": _("For comparison"),
}
ROUTES_INLINE: Labels = {
    "hosted_api": _("a hosted service"),
    "hosted_seats": _("a hosted assistant"),
    "rented_server": _("a rented server"),
    "own_server": _("a server of your own"),
    "staff_computers": _("your staff's own computers"),
    "closed_api": _("a closed service"),
}
ROUTES_EXPLAINED: Labels = {
    "hosted_api": _(
        "A hosting company runs the open model. You send it work over the internet and pay for what you use."
    ),
    "hosted_seats": _("A ready-made assistant on an open model, run by a hosting company and paid per person."),
    "rented_server": _("A server in a data center, rented for you alone, runs the open model."),
    "own_server": _("A machine you own runs the open model in your own rooms."),
    "staff_computers": _("The open model runs on the computers your staff already use."),
    "closed_api": _("A closed model that only its maker runs. Shown to compare with; not an open option."),
}
RUN_BY: Labels = {
    "hosted_api": _("The hosting company"),
    "hosted_seats": _("The hosting company"),
    "rented_server": _("You, on a machine the hosting company keeps running"),
    "own_server": _("You, or someone you pay"),
    "staff_computers": _("Each person, with some help"),
    "closed_api": _("The maker of the service"),
}
DATA_LOCATIONS: Labels = {
    "own_equipment": _("On equipment you control"),
    "country": _("In your country"),
    "region": _("In your country or region"),
    "abroad": _("In another country"),
    "unknown": _("Not stated by the supplier"),
}
RULES: Labels = {
    "data_class": _("Kinds of information"),
    "location": _("Where information may be processed"),
    "license": _("License"),
    "territory": _("Countries the license covers"),
    "user_cap": _("How many people the license allows"),
    "avoid_country": _("Countries to avoid"),
    "avoid_supplier": _("Suppliers to use or avoid"),
    "standard_license": _("Standard licenses only"),
    "disclosed_data": _("Disclosed training data only"),
    "hardware_country": _("Where machines come from"),
    "ability": _("What it can do"),
    "language": _("Languages"),
    "quality": _("Quality"),
    "memory": _("Memory"),
    "speed": _("Speed"),
    "offline": _("Working without internet"),
    "ease": _("How hard it is to run"),
    "budget": _("Budget"),
    "no_price": _("No published price"),
}
COST_LINES: Labels = {
    "usage": _("Use of the service"),
    "seats": _("Monthly fee per person"),
    "rent": _("Rent of the server"),
    "purchase": _("Machines"),
    "resale": _("Resale of the machines at the end"),
    "electricity": _("Electricity"),
    "setup_labor": _("Work to set it up"),
    "running_labor": _("Work to look after it"),
    "support": _("Paid support"),
    "training": _("Training your staff"),
    "prompting": _("Writing instructions"),
    "data_preparation": _("Getting documents ready"),
    "index": _("Making documents searchable"),
    "fine_tuning": _("Training the model further"),
    "exit": _("Leaving again at the end"),
    "contingency": _("Reserve for surprises"),
}
ADAPTATIONS: Labels = {
    "prompt": _("Write instructions"),
    "search": _("Let it look things up in your documents"),
    "fine_tuning": _("Train the model further on your examples"),
}
ADAPTATIONS_EXPLAINED: Labels = {
    "prompt": _("You tell the model what you want, with a few good examples. It is where everybody begins."),
    "search": _("Before it answers, the passages that fit are found in your documents and put before the model."),
    "fine_tuning": _(
        "The model is trained further on work of your own. Worth a try only when the first two steps are not enough."
    ),
}
SCORES: Labels = {
    "quality": _("Quality of answers"),
    "cost": _("Cost"),
    "privacy": _("Privacy and control"),
    "ease": _("Little to look after"),
    "speed": _("Speed"),
    "energy": _("Low energy use"),
    "ecosystem": _("Choice of suppliers and tools"),
    "switching": _("Freedom to switch"),
    "total": _("All together"),
}
DRIVERS: Labels = {
    "users": _("People using it"),
    "volume": _("Amount of work"),
    "labor": _("Cost of an hour of work"),
    "price": _("Price of the service"),
    "exchange_rate": _("Exchange rate"),
    "idle": _("Time the machine stands idle"),
    "hardware_price": _("Price of the machine"),
    "current_spend": _("What you pay today"),
}
FLIPS: Labels = {
    "volume": _("the amount of work"),
    "hourly_cost": _("the cost of an hour of work"),
    "price": _("the price of services and machines"),
    "current_spend": _("what you pay today"),
    "users": _("the number of people using it"),
}
ROLES: Labels = {
    "main": _("Main model"),
    "easy": _("Small model for easy cases"),
    "embedding": _("Finds the right passages"),
    "rerank": _("Puts passages in order"),
    "reranker": _("Puts passages in order"),
    "stt": _("Speech to text"),
    "tts": _("Text to speech"),
    "ocr": _("Reads pages and scans"),
    "image": _("Makes pictures"),
    "vision": _("Looks at pictures"),
    "forecast": _("Forecasts"),
}
CONFIDENCE: Labels = {
    "high": pgettext_lazy("confidence", "High"),
    "medium": pgettext_lazy("confidence", "Medium"),
    "low": pgettext_lazy("confidence", "Low"),
}
PEOPLE_DECISIONS: Labels = {
    "hiring": _("hiring or rating staff"),
    "credit": _("credit or insurance"),
    "education": _("school or training results"),
    "health": _("health or care"),
    "benefits": _("benefits or housing"),
}
PERIODS: Labels = {"month": _("each month"), "once": _("to get started")}

LABELS: dict[str, Labels] = {
    "verdict": VERDICTS,
    "plan_label": PLAN_LABELS,
    "route": ROUTES,
    "route_inline": ROUTES_INLINE,
    "route_explained": ROUTES_EXPLAINED,
    "run_by": RUN_BY,
    "data_location": DATA_LOCATIONS,
    "rule": RULES,
    "job": JOBS,
    "cost_line": COST_LINES,
    "adaptation": ADAPTATIONS,
    "adaptation_explained": ADAPTATIONS_EXPLAINED,
    "score": SCORES,
    "driver": DRIVERS,
    "flip": FLIPS,
    "grade": GRADES,
    "law_topic": LAW_TOPICS,
    "law_status": LAW_STATUS,
    "law_who": LAW_WHO,
    "claim_status": CLAIM_STATUS,
    "role": ROLES,
    "license_light": LICENSE_LIGHTS,
    "confidence": CONFIDENCE,
    "people_decision": PEOPLE_DECISIONS,
    "collection": COLLECTIONS,
    "period": PERIODS,
    "license_grant": LICENSE_GRANTS,
    "openness": OPENNESS,
    "question": QUESTIONS,
    "choice": CHOICES,
    "assumption": ASSUMPTIONS,
}
