"""Content security policy: strict everywhere, with the least the admin's own library needs inside the admin."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp with one exception, chosen by the address's namespace and not by its spelling."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        match = request.resolver_match
        if match is not None and match.app_name == "admin" and not report_only:
            parts.update = {**(parts.update or {}), **settings.ADMIN_SECURITY_POLICY}
        return parts
