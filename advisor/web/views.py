"""Pages no app owns."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from advisor.web import health


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when work gets done, 503 with the reasons otherwise. Public: it says nothing a stranger could use."""
    reasons = health.problems()
    response = JsonResponse({"ready": not reasons, "problems": reasons}, status=503 if reasons else 200)
    response._has_been_logged = True  # type: ignore[attr-defined]  # asked every few seconds; Django would log each 503
    return response
