"""The site's addresses and one more: the simplest page there can be, to measure question pages against."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import Template
from django.urls import path

from advisor.assessments.models import Assessment
from advisor.urls import urlpatterns as of_the_site


@cache
def _template() -> Template:
    source = "<!DOCTYPE html><title>{{ row }}</title><p>{{ row.public_id }}</p>"
    template: Template = engines["django"].from_string(source)  # type: ignore[assignment]  # it is that engine
    return template


def simplest(request: HttpRequest) -> HttpResponse:
    """One query and a template of one line."""
    row = Assessment.objects.only("public_id").get(public_id=request.GET["id"])
    return HttpResponse(_template().render({"row": row}, request))


urlpatterns = [path("simplest/", simplest), *of_the_site]
