import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from advisor.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("ada", password=PASSWORD)


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def test_with_a_second_factor_the_password_alone_is_not_enough(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)

    response = client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})

    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/").status_code != 200


def test_password_and_code_together_open_the_door(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})

    client.post("/accounts/2fa/authenticate/", {"code": code_now()})

    assert client.get("/admin/").status_code == 200


def test_the_code_to_scan_is_drawn_inside_the_page(client: Client, user: User) -> None:
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})

    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()

    assert "<svg" in page
    assert "data:image" not in page


def test_the_second_factor_is_not_changed_without_the_password(client: Client, user: User) -> None:
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})

    response = client.get("/accounts/2fa/totp/activate/")

    assert response["Location"].startswith("/accounts/reauthenticate/")


def test_an_administrator_takes_a_lost_factor_away_without_seeing_its_secret(client: Client, user: User) -> None:
    row = TOTP.activate(User.objects.create_user("forgetful"), SECRET).instance
    client.force_login(user)
    address = f"/admin/mfa/authenticator/{row.pk}"

    page = client.get(f"{address}/change/").content.decode()
    client.post(f"{address}/delete/", {"post": "yes"})

    assert "forgetful" in page
    assert str(row.data["secret"]) not in page
    assert not Authenticator.objects.exists()
