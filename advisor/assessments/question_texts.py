"""What the question pages say: the question, one line of help, why we ask. Read it as a shop owner would."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class PageText:
    title: Text
    help: Text
    why: Text | None = None


STEPS: dict[int, Text] = {
    1: _("Your business"),
    2: _("The work you want help with"),
    3: _("Your information"),
    4: _("What you have today"),
    5: _("Money and timing"),
    6: _("What matters most"),
    7: _("Check and finish"),
}

PAGES: dict[str, PageText] = {
    "Q1": PageText(
        _("Where is the business based?"),
        _("Choose the country where most of the work is done."),
        _(
            "The country decides which laws apply, what electricity and an hour of work cost, and which systems you "
            "may use: some makers leave out whole countries in their license."
        ),
    ),
    "Q2": PageText(
        _("What does the business mainly do?"),
        _("Pick the closest: it sets examples and starting figures, and you can change each."),
        _("Shops, workshops and practices use AI for different work, and some trades have rules of their own."),
    ),
    "Q3": PageText(
        _("How many people work there, and how many would use AI?"),
        _("Part-time staff and yourself included. Rough figures are fine."),
        _(
            "What is paid per person, how many people need it at the same moment, and how much training costs all "
            "follow from these two figures."
        ),
    ),
    "Q4": PageText(
        _("What would you like help with?"),
        _("Choose up to four. Start with the work that eats the most hours."),
        _("Each kind of work needs different abilities. One system rarely does all of them well."),
    ),
    "Q4-ideas": PageText(
        _("What businesses like yours use it for"),
        _("Choose up to four that sound like your week. You can change them at any time."),
    ),
    "Q4-main": PageText(
        _("Which of these matters most?"),
        _("When no single system does everything well, we judge it by this one first."),
        _("The main work decides ties, and its quality counts most."),
    ),
    "Q5": PageText(
        _("About how many in a normal week?"),
        _("For the whole business, roughly. “10 a day” or “150 a month” works too."),
        _("The amount of work decides what a pay-per-use service costs and how strong a machine of your own must be."),
    ),
    "Q6": PageText(
        _("How long does one take today?"),
        _("Somebody's time from start to finish. “Half an hour” works too."),
        _(
            "We use this for one thing only: the hours you might get back. Time is shown on its own, "
            "never as money saved."
        ),
    ),
    "Q7": PageText(
        _("Which languages must it handle well?"),
        _("Name the languages of your texts, calls and customers."),
        _("Systems differ a lot by language. What does not state a language you need is ruled out."),
    ),
    "Q8": PageText(
        _("If it gets something wrong, what happens?"),
        _("Think of the worst ordinary mistake, not of a disaster."),
        _(
            "The more a mistake can hurt, the better the system must be, and the more checking by people "
            "we plan and count."
        ),
    ),
    "Q9": PageText(
        _("Who will see what it produces?"),
        _("Tick all that apply."),
        _("People who talk to a machine have a right to know it. What goes out to customers must also answer quickly."),
    ),
    "Q10": PageText(
        _("Will it help decide about people?"),
        _("Tick all that apply, even if a person has the last word."),
        _("Some laws set strict duties here. If you tick any of these we will say so before any recommendation."),
    ),
    "Q10-stop": PageText(
        _("Stop and think first"),
        _("Using AI to help decide about people can be a high-risk use under the law."),
    ),
    "Q11": PageText(
        _("What kinds of information will it handle?"),
        _("Tick everything that may pass through it, also by accident."),
        _("The most delicate kind decides where the work may be done and what a supplier must promise you."),
    ),
    "Q12": PageText(
        _("Where may this information be processed?"),
        _("Choose what your contracts, laws and promises ask for."),
        _(
            "This rules out suppliers and ways of running it. We list what it ruled out, so you see "
            "what the rule costs."
        ),
    ),
    "Q13": PageText(
        _("How many documents, and in what shape?"),
        _("Those it should read or search through, old and new together."),
        _("Scans and handwriting need a further step, and preparing many documents takes days of work."),
    ),
    "Q14": PageText(
        _("Which programs should it work with?"),
        _("Tick those it would have to read from or write to. Copying and pasting by hand needs none."),
        _("Connecting programs is often the largest part of the work at the start."),
    ),
    "Q15": PageText(
        _("What do you pay for now that this might replace?"),
        _("AI subscriptions, translators, transcription, chat services, agencies. One line each, before tax."),
        _("Only what you would really stop paying can be saved, and only after its contract ends."),
    ),
    "Q16": PageText(
        _("What computers could run it?"),
        _("Choose the strongest kind you have. If you would rather not use your own, say none."),
        _("A suitable machine that is already paid for changes the sum. An ordinary office PC rarely is one."),
    ),
    "Q16-computers": PageText(
        _("Which machine is it?"),
        _("Pick it from the list, or give its memory. One line per kind of machine."),
        _("Memory decides what fits, and speed decides how many people can use it at once."),
    ),
    "Q17": PageText(
        _("Who looks after your computers?"),
        _("The person you call when the mail does not work."),
        _("We only recommend what this person can keep running, and we count their hours as a cost."),
    ),
    "Q18": PageText(
        _("How good are your internet and power?"),
        _("At the place where it would be used."),
        _("Hosted services stop when the line stops."),
    ),
    "Q19": PageText(
        _("What could you spend once, to get started?"),
        _("For machines and setting up. What costs more is still listed, with the gap."),
        _("So that the first option you see is one you could take."),
    ),
    "Q20": PageText(
        _("What could you spend each month?"),
        _("All together. What costs more is still listed, with the gap."),
        _("So that the first option you see is one you could keep paying for."),
    ),
    "Q21": PageText(
        _("When do you need it?"),
        _("Trying something small first is always possible."),
        _("A hosted service can start tomorrow; a machine of your own takes weeks."),
    ),
    "Q22": PageText(
        _("How do you like to pay?"),
        _("A wish, not a rule."),
        _("When two options come out alike, this decides which comes first."),
    ),
    "Q23": PageText(
        _("Put your top three in order"),
        _("Choose with the buttons: first what matters most to you."),
        _("The order sets how the options are weighed. The result page shows the weights."),
    ),
    "Q24": PageText(
        _("Anything we must use or avoid?"),
        _("Only rules you truly have. Each one removes options."),
        _("If nothing passes your rules, we name the one rule whose removal brings back the most."),
    ),
    "Q25": PageText(
        _("Does it need to know things special to you?"),
        _("Tick all that apply."),
        _(
            "We always propose the cheapest step first: good instructions, then looking things up, "
            "then special training."
        ),
    ),
    "Q26": PageText(
        _("How ready are your people?"),
        _("An honest answer saves money: unused tools are the dearest ones."),
        _("Training days and simple written rules belong to the plan and to its cost."),
    ),
}

# What "not sure" leads to where no figure from the catalog is involved.
PLAIN_DEFAULTS: dict[str, Text] = {
    "Q7": _("any language will do, and nothing is ruled out for it"),
    "Q15": _("a usual commercial product to compare with, and no saving"),
    "Q19": _("no limit, and every cost is shown"),
    "Q20": _("no limit, and every cost is shown"),
    "Q21": _("no hurry"),
    "Q22": _("no preference"),
    "Q23": _("everything counts the same"),
    "Q24": _("no rule"),
    "Q25": _("good instructions are enough"),
}
