"""The admin's look and menu. ``advisor/settings.py`` takes ``UNFOLD`` from here, so it must not import models."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest


def _may(permission: str) -> Callable[[HttpRequest], bool]:
    def allowed(request: HttpRequest) -> bool:
        return request.user.has_perm(permission)

    return allowed


def _group(title: Any, *items: tuple[Any, str] | tuple[Any, str, str]) -> dict[str, Any]:
    """Each item is its name and its model; and the right it takes, where that is not the one to view the model."""
    return {
        "title": title,
        "separator": True,
        "items": [
            {
                "title": name,
                "link": reverse_lazy(f"admin:{model.replace('.', '_')}_changelist"),
                "permission": _may(right[0] if right else model.replace(".", ".view_")),
            }
            for name, model, *right in items
        ],
    }


# The product's deep teal (hue 187) from light to dark: lightness and chroma of each step Unfold asks for.
TEAL = {
    "50": (98, 0.01),
    "100": (95, 0.03),
    "200": (90, 0.05),
    "300": (83, 0.07),
    "400": (72, 0.08),
    "500": (60, 0.09),
    "600": (48, 0.08),
    "700": (42, 0.07),
    "800": (36, 0.06),
    "900": (31, 0.05),
    "950": (24, 0.04),
}

UNFOLD: dict[str, Any] = {
    "COLORS": {"primary": {step: f"oklch({light}% {chroma} 187)" for step, (light, chroma) in TEAL.items()}},
    "SITE_TITLE": _("Catalog and accounts"),
    "SITE_HEADER": _("AI adoption advisor"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/favicon.svg")},
    ],
    "STYLES": [lambda request: static("css/admin.css")],
    "DASHBOARD_CALLBACK": "advisor.catalog.home.dashboard",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": True,
        "navigation": [
            _group(
                _("Published"),
                (_("Catalog versions"), "catalog.catalogversion"),
                (_("Effect previews"), "effects.effectpreview", "catalog.publish_version"),
                (_("Loads of shipped data"), "catalog.shippedload"),
                (_("Imports"), "catalog.importrun"),
                (_("Source addresses"), "catalog.linkcheck"),
            ),
            _group(
                _("What can be run"),
                (_("Models"), "catalog.aimodel"),
                (_("Licenses"), "catalog.license"),
                (_("Model families"), "catalog.ecosystem"),
                (_("Devices"), "catalog.device"),
                (_("Software"), "catalog.software"),
                (_("Measurements"), "catalog.measurement"),
            ),
            _group(
                _("Prices and rates"),
                (_("Service prices"), "catalog.apiprice"),
                (_("Cloud offers"), "catalog.cloudoffer"),
                (_("Seat prices"), "catalog.seat"),
                (_("Support offers"), "catalog.supportoffer"),
                (_("Electricity"), "catalog.electricity"),
                (_("Rates"), "catalog.rate"),
                (_("Exchange rates"), "catalog.fx"),
            ),
            _group(
                _("Work"),
                (_("Job profiles"), "catalog.jobprofile"),
                (_("Sectors"), "catalog.sector"),
                (_("Usage"), "catalog.usage"),
                (_("Conversions"), "catalog.tokenfact"),
                (_("Studies"), "catalog.study"),
            ),
            _group(
                _("To read beside a result"),
                (_("Law cards"), "catalog.lawcard"),
                (_("Claims"), "catalog.claim"),
                (_("Case studies"), "catalog.casestudy"),
            ),
        ],
    },
}
