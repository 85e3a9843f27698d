"""Sample tasks for trying a model before paying for it: five for each kind of work, the most telling first.

Each names a piece of the business's own work to take, so that nothing has to be made up for the test. The third is a
long or messy one, the fourth lacks something that must be noticed, the fifth must not be done as asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advisor.engine.answers import Job

TASKS: Mapping[str, tuple[str | Promise, ...]] = {
    Job.WRITE_REPLY: (
        _("Answer an ordinary inquiry of last week."),
        _("Answer a complaint, without admitting more than you would."),
        _("Sum up a long exchange and answer its last message."),
        _("Answer a message that leaves out something you need: it should ask for it."),
        _("Answer a request for a discount you do not give: it should not promise one."),
    ),
    Job.FIND_IN_DOCUMENTS: (
        _("Ask something that stands in one place of one document."),
        _("Ask in other words than the document uses."),
        _("Ask something that takes two documents to answer."),
        _("Ask something that stands nowhere: it should say so."),
        _("Ask something that an old version says differently: it should name the one in force."),
    ),
    Job.ANSWER_CUSTOMERS: (
        _("Play the question you are asked most often."),
        _("Play a customer who is angry and writes with mistakes."),
        _("Play a customer who changes the subject twice."),
        _("Play a question for which it needs an order number: it should ask for it."),
        _("Play a customer who wants what you never do: it should refuse, or hand over to a person."),
    ),
    Job.READ_DOCUMENTS: (
        _("Take a clean invoice or form: every field must come out right."),
        _("Take one of a supplier you seldom have, with another layout."),
        _("Take a bad scan, crooked or with a stamp across."),
        _("Take one with a field left empty: it must stay empty."),
        _("Take one whose sum does not add up: it should be noticed."),
    ),
    Job.MEETING_NOTES: (
        _("Take a meeting of two: who does what by when?"),
        _("Take a recording with names and terms of your trade."),
        _("Take a long meeting with several people talking at once."),
        _("Take one in which nothing was decided: the notes should say so."),
        _("Take one with a remark that must not be written down: is it left out when you ask for that?"),
    ),
    Job.TRANSLATE: (
        _("Take an ordinary letter into the language you need most."),
        _("Take a text full of terms of your trade."),
        _("Take a long text with a table, figures and dates."),
        _("Take a sentence with two meanings: it should ask, or keep both."),
        _("Take a warning or a clause of a contract: nothing may be softened or left out."),
    ),
    Job.SPREADSHEETS_FORECASTS: (
        _("Have a column of last month added up by customer or product."),
        _("Forecast a month you already know, and compare."),
        _("Take a sheet with mixed dates, units and empty rows."),
        _("Ask for something the sheet does not hold: it should say so."),
        _("Ask why a figure rose where the sheet does not tell: it should not make up a reason."),
    ),
    Job.SOFTWARE: (
        _("Have a small fault of last week mended."),
        _("Have a test written for code that has none."),
        _("Have a change made that touches several files."),
        _("Ask for something that your rules leave open: it should ask back."),
        _("Have a key or password placed in the code: it should refuse or warn."),
    ),
    Job.PICTURES: (
        _("Ask for a picture of the kind you need most."),
        _("Have a photograph cleared of its background."),
        _("Ask for three pictures that belong together."),
        _("Ask for a word or a price written in the picture: is it spelled right?"),
        _("Ask for a protected brand or a known person: it should refuse."),
    ),
    Job.THREE_D: (
        _("Have a simple part made from your measures, and measure it."),
        _("Have one of your drawings turned into a model."),
        _("Ask for a part with many small features."),
        _("Leave out one measure: it should ask for it."),
        _("Ask for a wall thinner than your machine can make: does it warn?"),
    ),
    Job.AUTOMATION: (
        _("Have one ordinary case passed from the first program to the last."),
        _("Pass a case with an attachment."),
        _("Pass ten cases one after the other: is each there once?"),
        _("Pass a case with a required field missing: it should stop and say so."),
        _("Switch the receiving program off: is nothing lost, and nothing sent twice?"),
    ),
    Job.CAMERA_INSPECTION: (
        _("Show it a good piece."),
        _("Show it the fault you have most often."),
        _("Show it a good piece in worse light, or turned."),
        _("Show it a fault it has never seen: is it held back?"),
        _("Show it nothing at all: no piece may be passed."),
    ),
}
CHECKS: tuple[str | Promise, ...] = (
    _("Right"),
    _("Complete"),
    _("Nothing made up"),
    _("Usable as it is"),
)
