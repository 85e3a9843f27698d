"""How a typed figure was read, in one or two sentences, so that nobody is surprised on the check page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from advisor.assessments import quantity_words as vocabulary
from advisor.assessments.quantities import Reading
from advisor.engine.units import WEEKS_PER_MONTH
from advisor.web.formats import Formats

SHOWN_CHARS = 40  # of what was typed; the rest is cut


def reading_words(typed: str, reading: Reading, unit: str, formats: Formats) -> str:
    """ "“40 a day” is read as 200 a week. A working week counts 5 days."; ``unit`` is the one of the field."""
    short = typed if len(typed) <= SHOWN_CHARS else typed[:SHOWN_CHARS] + "…"
    figure = f"{formats.number(reading.value)} {unit}".strip()
    sentences = [_("“%(typed)s” is read as %(figure)s.") % {"typed": short, "figure": figure}]
    if reading.between is not None:
        low, high = map(formats.number, reading.between)
        sentences.append(_("That is the middle of %(low)s and %(high)s.") % {"low": low, "high": high})
    if reading.unit in _RULES and reading.value != reading.given:
        sentences.append(_RULES[reading.unit](formats))
    if reading.otherwise is not None:
        other = formats.number(reading.otherwise)
        plain = formats.input_text(reading.otherwise)
        sentences.append(_("If you meant %(other)s, type %(plain)s.") % {"other": other, "plain": plain})
    return " ".join(sentences)


_RULES = {
    vocabulary.DAY: lambda formats: (
        _("A working week counts %(days)s days.") % {"days": formats.number(vocabulary.DAYS_A_WEEK)}
    ),
    vocabulary.MONTH: lambda formats: _("A month counts %(weeks)s weeks.") % {"weeks": formats.number(WEEKS_PER_MONTH)},
    vocabulary.YEAR: lambda formats: _("A year counts 52 weeks."),
    vocabulary.WORKDAY: lambda formats: (
        _("A working day counts %(hours)s hours.") % {"hours": formats.number(vocabulary.HOURS_A_DAY)}
    ),
}
