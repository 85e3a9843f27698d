"""Short names for how open models are run, bought and told about: routes, jobs, programs, support, cases, claims."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from advisor.catalog.public.wording import Labels

ROUTES: Labels = {
    "hosted_api": _("Hosted, pay per use"),
    "hosted_seats": _("Hosted assistant, per person"),
    "rented_server": _("Rented server"),
    "own_server": _("Your own server"),
    "staff_computers": _("Your staff's computers"),
    "closed_api": _("Closed service, pay per use"),
}
JOBS: Labels = {
    "write_reply": _("writing and replying"),
    "find_in_documents": _("finding answers in your documents"),
    "answer_customers": _("answering customers"),
    "read_documents": _("reading invoices, forms and scans"),
    "meeting_notes": _("meeting notes and dictation"),
    "translate": _("translating"),
    "spreadsheets_forecasts": _("spreadsheets and forecasts"),
    "software": _("software"),
    "pictures": _("pictures"),
    "three_d": _("3D, drawings and video"),
    "automation": _("passing work between programs"),
    "camera_inspection": _("inspecting products with a camera"),
}
CLAIM_STATUS: Labels = {
    "verified_primary": _("Seen in the original data"),
    "verified_secondary": _("Seen in a summary; the original was not read again"),
    "weak": _("A seller's or blog's statement"),
    "unverified": _("No source found"),
}
CASE_RESULTS: Labels = {
    "positive": _("It worked"),
    "mixed": _("Mixed result"),
    "negative": _("It failed"),
    "neutral": _("No clear result"),
}
CASE_STRENGTHS: Labels = {
    "A": _("A: measured, by somebody without a stake in it"),
    "B": _("B: told in detail by a named firm or in a paper"),
    "C": _("C: few details, mostly told by somebody who sells"),
    "D": _("D: anecdote from a blog, the press or a seller"),
    "E": _("E: cannot be traced, never counted"),
}
CASE_ROUTES: Labels = {  # somebody else's, and in the words of the case
    "hosted_dedicated": _("Hosted, on machines of its own"),
    "hosted_pay_per_use": _("Hosted, pay per use"),
    "hosted_per_person": _("Hosted assistant, per person"),
    "rented_server": _("Rented server"),
    "own_server": _("Own server"),
    "staff_computers": _("The staff's computers"),
    "mixed": _("Several ways"),
    "not stated": _("Not stated"),
    "not decided": _("Not decided"),
}
PROGRAM_KINDS: Labels = {
    "runtime": _("Runs models"),
    "runtime_manager": _("Looks after machines that run models"),
    "chat_ui": _("Chat window"),
    "chat_ui_rag": _("Chat window with your documents"),
    "rag": _("Answers from your documents"),
    "rag_workflow": _("Answers from your documents, in steps you draw"),
    "rag_framework": _("Kit for programs that answer from documents"),
    "automation": _("Passes work between programs"),
    "coding": _("Helps write software"),
    "speech": _("Speech to text"),
    "ocr": _("Reads pages and scans"),
    "image": _("Makes pictures"),
    "gateway": _("One door to several models"),
    "routing": _("Sends easy work to small models"),
}
# Whether a program asks for a login as it comes: the short remarks of the shipped catalog. Any other is quoted.
LOGINS: Labels = {
    "yes": _("yes"),
    "yes (owner account)": _("yes (owner account)"),
    "yes: first account becomes admin": _("yes: first account becomes admin"),
    "yes: random admin password at install": _("yes: random admin password at install"),
    "none": _("none"),
    "none by default": _("none by default"),
    "none by default (not re-read)": _("none by default (not checked again)"),
    "none unless an API key is set": _("none unless an API key is set"),
    "none unless an API key is set (not re-read)": _("none unless an API key is set (not checked again)"),
    "optional login": _("optional login"),
    "API key optional": _("API key optional"),
    "master key required": _("master key required"),
    "must be set": _("must be set"),
    "desktop: none; server: optional password and users": _("desktop: none; server: optional password and users"),
    "local app": _("local app"),
    "local app; server mode off by default (not re-read)": _(
        "local app; server mode off by default (not checked again)"
    ),
    "local add-on": _("local add-on"),
    "local tool": _("local tool"),
    "library": _("library"),
    "not applicable (library)": _("not applicable (library)"),
    "changed over time: check": _("changed over time: check"),
}
DIFFICULTIES: Labels = {
    "1": _("Installed with a double-click"),
    "2": _("One person with a guide"),
    "3": _("Somebody who knows containers and some Linux"),
    "4": _("A regular administrator"),
    "5": _("A programmer or specialist"),
}
SUPPORT_KINDS: Labels = {
    "hosted_open_model_plan": _("Hosted open models, by subscription"),
    "platform_plan": _("Platform subscription"),
    "managed_hosting": _("Hosting that is looked after"),
    "application_plan": _("Subscription for a program"),
    "application_support": _("Support for a program"),
    "os_support": _("Support for the operating system"),
    "runtime_support": _("Support for the program that runs models"),
    "model_support": _("Support from the maker of a model"),
    "appliance": _("Ready-made machine"),
    "post_training_service": _("Training a model for you"),
    "integrator_fixed_price": _("Project at a fixed price"),
    "integrator_rate": _("Specialist by the hour"),
    "integrator_retainer": _("Specialist on a monthly fee"),
    "staff": _("Own specialist"),
    "none": _("No paid edition"),
}
SUPPORT_UNITS: Labels = {
    "user_month": _("%(price)s per person and month"),
    "seat_month": _("%(price)s per person and month"),
    "month": _("%(price)s a month"),
    "server_month": _("%(price)s per server and month"),
    "workspace_month": _("%(price)s per workspace and month"),
    "cluster_month": _("%(price)s per cluster and month"),
    "workspace_year": _("%(price)s per workspace and year"),
    "machine_year": _("%(price)s per machine and year"),
    "node_year": _("%(price)s per machine and year"),
    "accelerator_year": _("%(price)s per accelerator and year"),
    "gpu_year": _("%(price)s per card and year"),
    "year": _("%(price)s a year"),
    "gpu_hour": _("%(price)s per card and hour"),
    "hour": _("%(price)s an hour"),
    "machine": _("%(price)s a machine"),
    "project": _("%(price)s for the project"),
    "contract": _("%(price)s by contract"),
}
