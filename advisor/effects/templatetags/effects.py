"""The effect preview beside the difference on the publish page: the catalog does not know about assessments."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext

from advisor.effects.models import EffectPreview
from advisor.effects.presentation import panel_context

register = template.Library()


@register.inclusion_tag("effects/panel.html", takes_context=True)
def effect_panel(context: RequestContext, draft_hash: str) -> dict[str, Any]:
    """The latest preview, whichever drafts it was made of; the panel says when they are others."""
    preview = EffectPreview.objects.select_related("base").defer("document", "base__document").first()
    request = context["request"]
    return {"csrf_token": context.get("csrf_token"), "request": request, **panel_context(request, preview, draft_hash)}
