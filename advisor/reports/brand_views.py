"""The page on which an advisor says how reports are signed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advisor.assessments.policies import visitor_of
from advisor.reports.branding import ACCENT
from advisor.reports.brands import StoredBrand
from advisor.reports.option_forms import BrandForm
from advisor.reports.services import store_brand


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def brand(request: HttpRequest) -> HttpResponse:
    """Show and store the brand of whoever is signed in."""
    user = visitor_of(request).user
    stored = StoredBrand.objects.of(user)
    if request.method != "POST" or user is None:
        given = {"name": stored.name, "contact": stored.contact, "color": stored.color} if stored else {"color": ACCENT}
        return render(request, "reports/brand.html", {"form": BrandForm(initial=given), "stored": stored})
    form = BrandForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "reports/brand.html", {"form": form, "stored": stored}, status=422)
    made = store_brand(owner=user, **form.cleaned_data)
    if form.darkened:
        said = _("The color was too light to read on white, so reports use %(color)s.") % {"color": made.color}
        messages.info(request, said)
    messages.success(request, _("Your brand is stored. Reports made before keep the one they have."))
    return redirect("reports:brand")
