import pytest
from django.contrib.auth import get_user_model
from django.test import Client

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def policy(header: str) -> dict[str, str]:
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in header.split(";"))}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/no-such-page", "/healthz"])
def test_every_answer_carries_the_strict_policy(client: Client, address: str) -> None:
    response = client.get(address)

    assert STRICT.items() <= policy(response["Content-Security-Policy"]).items()
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_only_the_admin_may_evaluate_and_style_inline(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("admin"))

    found = policy(client.get("/admin/")["Content-Security-Policy"])

    assert found["script-src"] == "'self' 'unsafe-eval'"
    assert found["style-src"] == "'self' 'unsafe-inline'"
    assert found["default-src"] == "'none'"


@pytest.mark.django_db
def test_an_address_that_only_looks_like_the_admin_keeps_the_strict_policy(client: Client) -> None:
    assert policy(client.get("/administrator/")["Content-Security-Policy"])["script-src"] == "'self'"
