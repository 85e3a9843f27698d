"""The possible answers in words: a label for every code of the engine's vocabularies, and a hint where one helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advisor.engine import answers as engine

Text = str | Promise


@dataclass(frozen=True)
class Label:
    text: Text
    hint: Text = ""


LABELS: Mapping[type[StrEnum], Mapping[str, Label]] = {
    engine.Job: {
        "write_reply": Label(_("Write and reply"), _("E-mail, offers, posts, product texts")),
        "find_in_documents": Label(_("Find answers in our own documents"), _("Contracts, manuals, old offers")),
        "answer_customers": Label(_("Answer customers"), _("By chat, message or phone")),
        "read_documents": Label(_("Read invoices, forms and scans"), _("And put the figures where they belong")),
        "meeting_notes": Label(_("Meeting notes and dictation"), _("From speech to a clean text")),
        "translate": Label(_("Translate"), _("Letters, menus, manuals")),
        "spreadsheets_forecasts": Label(_("Work with spreadsheets and forecasts"), _("Sales, stock, margins")),
        "software": Label(_("Write or check software"), _("Your own programs or web pages")),
        "pictures": Label(_("Make or edit pictures"), _("Product photos, posters, layouts")),
        "three_d": Label(_("3D, drawings or video"), _("Models and views from photos or words")),
        "automation": Label(_("Pass work between our programs"), _("Sort what comes in and fill the next program")),
        "camera_inspection": Label(_("Inspect products with a camera"), _("Good or look again")),
    },
    engine.LanguageUse: {"mostly": Label(_("Mostly")), "sometimes": Label(_("Sometimes"))},
    engine.ErrorHarm: {
        "checked": Label(_("Little: a person always checks first"), _("A poor draft is thrown away")),
        "loss": Label(_("Lost time or money"), _("A wrong order, a wrong price, a day of work")),
        "harm": Label(_("Harm to a customer, danger, or legal trouble"), _("Health, safety, contracts, rights")),
    },
    engine.Audience: {
        "staff": Label(_("Only our staff")),
        "customers": Label(_("Customers talk to it directly")),
        "published": Label(_("We publish it"), _("On the web, in print, in advertising")),
        "program": Label(_("Nobody, it feeds another program")),
    },
    engine.PeopleDecision: {
        "hiring": Label(_("Hiring or rating staff"), _("Applications, shifts, performance")),
        "credit": Label(_("Credit or insurance"), _("Who gets it, and at what price")),
        "education": Label(_("School or training results")),
        "health": Label(_("Health or care"), _("Diagnosis, urgency, treatment")),
        "benefits": Label(_("Benefits or housing")),
        "none": Label(_("None of these")),
    },
    engine.Information: {
        "public": Label(_("Already public"), _("Your web page, your catalog")),
        "internal": Label(_("Internal only"), _("Notes, prices, plans")),
        "personal": Label(_("Customers' or staff personal details"), _("Names, addresses, orders, wages")),
        "sensitive": Label(_("Health, children's or biometric data"), _("Also faces and fingerprints")),
        "payment": Label(_("Card or bank details")),
        "secrets": Label(_("Clients' secrets, or contracts that forbid sharing"), _("Files of a law or tax office")),
        "controlled": Label(_("Controlled technology"), _("Under export or defense rules")),
    },
    engine.ProcessingLocation: {
        "anywhere": Label(_("Anywhere, with proper contracts")),
        "region": Label(_("Only in our country or region"), _("For a business in the EU: inside the EU")),
        "own_equipment": Label(_("Only on equipment we control"), _("Nothing leaves the house")),
    },
    engine.DocumentCount: {
        "under_1000": Label(_("Fewer than 1,000"), _("A few folders")),
        "1000_to_10000": Label(_("1,000 to 10,000"), _("A shelf of binders")),
        "10000_to_100000": Label(_("10,000 to 100,000"), _("An archive room")),
        "over_100000": Label(_("More than 100,000")),
    },
    engine.DocumentShape: {
        "typed": Label(_("Typed files"), _("Word, PDF from a program, e-mail")),
        "scans": Label(_("Scans and photos of paper")),
        "handwriting": Label(_("Handwriting")),
        "drawings": Label(_("Drawings and plans")),
        "many_languages": Label(_("Several languages")),
    },
    engine.Program: {
        "office": Label(_("Office programs and mail")),
        "chat": Label(_("Team chat")),
        "accounts": Label(_("Accounts")),
        "customer_records": Label(_("Customer records")),
        "stock": Label(_("Stock or resource planning"), _("Often called ERP")),
        "web_shop": Label(_("Web shop")),
        "own_software": Label(_("Our own software")),
        "none": Label(pgettext_lazy("programs", "None")),
    },
    engine.WouldStop: {"yes": Label(_("Yes")), "partly": Label(_("Partly")), "no": Label(_("No"))},
    engine.Computers: {
        "office_pcs": Label(_("Ordinary office PCs")),
        "graphics_card": Label(_("A PC with a gaming or workstation graphics card")),
        "apple": Label(_("A recent Apple computer"), _("With an M-series chip")),
        "server": Label(_("Our own server")),
        "none": Label(_("None, or we prefer not to use ours")),
    },
    engine.ItSupport: {
        "nobody": Label(_("Nobody")),
        "colleague": Label(_("A colleague, some hours a week")),
        "own_staff": Label(_("Our own IT staff")),
        "outside_firm": Label(_("An outside firm")),
    },
    engine.Connectivity: {
        "reliable": Label(_("Reliable")),
        "sometimes_poor": Label(_("Sometimes poor")),
        "offline": Label(_("It must work without internet")),
    },
    engine.Timing: {
        "this_month": Label(_("We want to try something this month")),
        "three_months": Label(_("Within three months")),
        "this_year": Label(_("Within a year")),
        "looking": Label(_("We are just looking")),
    },
    engine.PaymentPreference: {
        "per_use": Label(_("For what we use")),
        "monthly": Label(_("The same amount each month")),
        "buy_once": Label(_("Buy once")),
        "none": Label(_("No preference")),
    },
    engine.Priority: {
        "low_cost": Label(_("Lowest cost")),
        "quality": Label(_("Best answers")),
        "privacy": Label(_("Privacy and control")),
        "ease": Label(_("Little to look after")),
        "speed": Label(_("Fast answers")),
        "energy": Label(_("Low energy use")),
        "switching": Label(_("Free to switch supplier")),
        "local_supplier": Label(_("Local supplier or hardware")),
    },
    engine.SpecialKnowledge: {
        "look_up": Label(_("Look things up in our files")),
        "tone": Label(_("Follow our tone and templates")),
        "specialist": Label(_("Do specialist work that general tools get wrong")),
        "none": Label(_("No")),
    },
    engine.Readiness: {
        "never": Label(_("Nobody has used it yet")),
        "some": Label(_("Some try it on their own")),
        "trained": Label(_("Trained, with written rules")),
    },
}


@dataclass(frozen=True)
class JobUnit:
    """How questions 5 and 6 speak of one unit of a job."""

    many: Text  # "e-mails, offers or posts"
    one: Text  # "one e-mail, offer or post"


JOB_UNITS: Mapping[str, JobUnit] = {
    "write_reply": JobUnit(_("e-mails, offers or posts"), _("one e-mail, offer or post")),
    "find_in_documents": JobUnit(_("questions looked up"), _("looking up one answer")),
    "answer_customers": JobUnit(_("conversations with customers"), _("one conversation")),
    "read_documents": JobUnit(_("invoices, forms or scans"), _("one invoice or form")),
    "meeting_notes": JobUnit(_("meetings or dictations"), _("writing up one meeting")),
    "translate": JobUnit(_("pages of about 300 words"), _("one page")),
    "spreadsheets_forecasts": JobUnit(_("questions about a table"), _("one such question")),
    "software": JobUnit(_("programming tasks"), _("one task")),
    "pictures": JobUnit(_("pictures you really use"), _("one picture")),
    "three_d": JobUnit(_("models or clips you really use"), _("one model or clip")),
    "automation": JobUnit(_("cases from start to end"), _("one case")),
    "camera_inspection": JobUnit(_("parts or products"), _("one part")),
}


def label(member: StrEnum) -> Label:
    """The words for one answer."""
    return LABELS[type(member)][member.value]
