"""Section 2: the answers as the business gave them, in the order and words of the check page."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from advisor.assessments.context import QuestionContext
from advisor.assessments.question_texts import STEPS
from advisor.assessments.questions import PAGES
from advisor.assessments.summaries import summary
from advisor.reports.content.blocks import Block, facts, group, note, section
from advisor.reports.content.reader import Reader


def told(reader: Reader) -> Block:
    context = QuestionContext(
        answers=reader.answers,
        catalog=reader.catalog,
        language=reader.edition.language,
        today=date.fromisoformat(reader.document["as_of"]),
    )
    blocks = [
        group(str(title), [facts(rows)]) for step, title in STEPS.items() if (rows := _rows(reader, context, step))
    ]
    skipped = _("Questions that were skipped are not listed; the last section shows what was assumed for them.")
    return section(_("What you told us"), [*blocks, note(skipped)], new_page=True)


def _rows(reader: Reader, context: QuestionContext, step: int) -> list[tuple[str, str]]:
    asked = [page for page in PAGES if page.step == step and page.part_of is None and page.applies(context.answers)]
    said = [(page.key, summary(page.key, context)) for page in asked]
    return [(reader.label("question", key), reader.joined(lines)) for key, lines in said if lines]
