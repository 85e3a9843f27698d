"""What the report panel needs beyond the result it stands under."""

from __future__ import annotations

from django import template

from advisor.assessments.models import Result
from advisor.reports.forms import ReportForm, proposed_form

register = template.Library()


@register.simple_tag
def report_form(result: Result) -> ReportForm:
    """The form to ask for a report of this result."""
    return proposed_form(result.answers.get("country") or "")
