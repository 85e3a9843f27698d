"""The one view of our own: the way into the admin. Signing in itself is django-allauth's."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


@secure_admin_login  # type: ignore[untyped-decorator]  # allauth ships no types
def admin_login(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Nobody signs in here: strangers go to the site's own sign-in page, which asks for the second factor and counts
    wrong passwords. Django's own page would let somebody who is signed in try the passwords of others uncounted."""
    return redirect("admin:index")
