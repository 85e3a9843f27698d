"""What the report panel needs beyond the result it stands under."""

from __future__ import annotations

from django import template
from django.template.context import Context

from advisor.assessments.models import Result
from advisor.assessments.policies import visitor_of
from advisor.reports.brands import StoredBrand
from advisor.reports.option_forms import RequestForm, proposed_request

register = template.Library()


@register.simple_tag(takes_context=True)
def report_form(context: Context, result: Result) -> RequestForm:
    """The form to ask for a report of this result, with the brand of whoever looks at it."""
    brand = StoredBrand.objects.of(visitor_of(context["request"]).user)
    return proposed_request(result.answers.get("country") or "", brand)
