"""What to do in the next 30, 60 and 90 days, by the answer that was given and the way of running it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advisor.engine.types import Route

Sentence = str | Promise

PHASES: tuple[Sentence, ...] = (_("In the first 30 days"), _("By day 60"), _("By day 90"))

# For a plan that is recommended: what each phase holds whatever the way of running.
TRY: tuple[Sentence, ...] = (
    _("Name one person who looks after this and may stop it."),
    _("Do the ten tasks below with made-up or public information, and write the score down."),
    _("Write one page for your people: what it may be used for, what never goes in, who checks."),
)
USE: tuple[Sentence, ...] = (
    _("Show the people who will use it how, on their own work."),
    _("Let a few of them use it for real, and note what had to be mended."),
)
SETTLE: tuple[Sentence, ...] = (
    _("Compare the first bills and hours with the range given here."),
    _("Write down how you would leave again: where your information is, and how to get it out."),
)
STOP_RULE = _("Stop if the tasks that pass are fewer than %(mark)s, or if a month costs more than %(amount)s.")

# What setting up takes, by way of running.
SET_UP: Mapping[str, tuple[Sentence, ...]] = {
    Route.HOSTED_API: (
        _("Read the host's terms on storing and training, and sign its contract on processing personal information."),
        _("Set a spending limit with the host before anybody works with it."),
    ),
    Route.HOSTED_SEATS: (
        _("Read the terms on storing and training, and sign the contract on processing personal information."),
        _("Buy the seats by the month first, and only as many as are used."),
    ),
    Route.RENTED_SERVER: (
        _("Rent by the hour first; sign the contract on processing personal information."),
        _("Close the server to everybody but your own people, and test that."),
    ),
    Route.OWN_SERVER: (
        _("Ask for a written quote for the machine, and order it only after the test has passed."),
        _("Set it up, close it to everybody but your own people, and restore a backup once as a test."),
    ),
    Route.STAFF_COMPUTERS: (
        _("Install it on one computer first, and see whether the work beside it stays fast."),
        _("Then install it on the others, all with the same version."),
    ),
}
CANCEL = _("Cancel %(product)s as soon as its contract allows: the saving counts it as stopped after month %(month)s.")
CANCEL_NOW = _("Cancel %(product)s: without that the saving does not happen.")
IDLE = _("Give up seats nobody uses (%(seats)s): %(amount)s over %(months)s months, whatever you decide here.")
COUNT = _(
    "Count for two weeks how many pieces of this work there really are; the figures here follow from that number."
)

# Where nothing is recommended: the same three phases.
OTHERWISE: Mapping[str, tuple[tuple[Sentence, ...], ...]] = {
    "keep": (
        (_("Change nothing you pay for yet, and put the ends of your contracts in the calendar."),),
        (COUNT,),
        (_("Look again when one of the turning points above is reached, or a contract comes up."),),
    ),
    "not_yet": (
        (COUNT,),
        (_("Try the closest option on the ten tasks below, with public information only."),),
        (_("Look again when what stands in the way has changed; your private link brings the answers back."),),
    ),
    "legal_stop": (
        (
            _("Take what is said here about law to a lawyer or your chamber of commerce."),
            _("Until then enter nothing about people, and let nothing decide about them."),
        ),
        (_("Write down what would be decided, who decides in the end, and how somebody can object."),),
        (_("With that advice in hand, change the answers it touches and see the new result."),),
    ),
    "nothing_fits": (
        (_("Talk over which of your rules could give way; the list above says what each one removed."),),
        (_("Change that one answer, and look at what comes back."),),
        (_("If no rule may give way, look again in some months: models, licenses and machines change."),),
    ),
}

# What the report adds to a recommended plan: who does what, when to look, when to stop, how to leave.
ROLES: Mapping[str, Sentence] = {
    "owner": _("Owner or manager"),
    "lead": _("Person in charge of it"),
    "computers": _("Whoever looks after the computers"),
    "checker": _("Whoever checks results"),
    "users": _("The people who use it"),
}
DUTIES: Mapping[str, Sentence] = {
    "owner": _("Names the person in charge, decides at each checkpoint, signs contracts and cancellations."),
    "lead": _("Runs the trial, keeps the score and the page of rules, and may stop it at any time."),
    "checker": _("Looks at every result before it is used, and writes down what was wrong."),
    "users": _("Keep to the page of rules, and say what had to be mended."),
}
COMPUTERS_HOSTED: Sentence = _("Sets up the logins and the spending limit, and closes a login when somebody leaves.")
COMPUTERS_OWN: Sentence = _("Sets it up, closes it to strangers, keeps it up to date and backed up.")

CHECKPOINTS: tuple[Sentence, ...] = (
    _("Did at least %(mark)s tasks pass, and are the person in charge and the page of rules there?"),
    _("Is it set up, closed to strangers, and can everybody who uses it show how?"),
    _("Do bills and hours so far stay within the range given here, and is the way out written down?"),
)
STOP_ALWAYS: tuple[Sentence, ...] = (
    _("Stop if it was given information that the page of rules keeps out, until you know how that happened."),
    _("Stop if nobody is in charge of it any more."),
)
STOP_SUPPLIER: Sentence = _(
    "Stop if the supplier changes its price, its terms or the place of processing, until you have read what changed."
)
STOP_MACHINE: Sentence = _(
    "Stop if the machine can be reached from the internet without a login, until that is mended."
)

LEAVE_ALWAYS: tuple[Sentence, ...] = (
    _("Cancel nothing you pay for today before the trial has passed: until then the way back stays open."),
    _("Take out your own files, instructions and records first, and open them once somewhere else."),
)
LEAVE_SUPPLIER: tuple[Sentence, ...] = (
    _("Give notice, and have the supplier confirm in writing that your information was deleted."),
    _("The model is open: another supplier may run the same one. Do the ten tasks again there before you move."),
)
LEAVE_MACHINE: Sentence = _("Erase the disks before the machine is sold, given back or thrown away.")
