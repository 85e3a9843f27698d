from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from advisor.accounts.models import User
from advisor.web import throttle
from advisor.web.cache import ForgivingRedisCache

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return User.objects.create_user("ada", password=PASSWORD, is_staff=True, is_superuser=True)


def sign_in(client: Client, password: str = PASSWORD, **headers: str) -> int:
    return client.post("/accounts/login/", {"login": "ada", "password": password}, headers=headers).status_code


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_the_right_password_signs_in(client: Client, user: User) -> None:
    assert sign_in(client) == 302
    assert is_signed_in(client)


def test_a_wrong_password_does_not(client: Client, user: User) -> None:
    sign_in(client, "wrong")

    assert not is_signed_in(client)


def test_the_login_page_labels_its_fields(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert '<label for="id_login">' in page
    assert '<label for="id_password">' in page


@pytest.mark.parametrize("address", ["signup/", "email/", "password/reset/", "confirm-email/"])
def test_nobody_can_sign_up_or_reset_by_mail(client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}").status_code == 404


def test_the_admin_has_no_second_door(client: Client, user: User) -> None:
    response = client.post("/admin/login/", {"username": "ada", "password": PASSWORD})

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_guessing_is_stopped_whatever_address_the_guesser_claims(client: Client, user: User) -> None:
    for attempt in range(5):
        sign_in(client, "wrong", x_forwarded_for=f"203.0.113.{attempt}")

    sign_in(client)

    assert not is_signed_in(client)


def test_guessing_is_stopped_without_redis(client: Client, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from allauth.core.internal import ratelimit
    from django.conf import settings

    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": settings.REDIS_LIMITS})
    monkeypatch.setattr(ratelimit, "cache", away)
    monkeypatch.setattr(throttle, "cache", away)
    for _ in range(5):
        sign_in(client, "wrong")

    sign_in(client)

    assert not is_signed_in(client)


def test_a_disabled_account_is_out_at_once(client: Client, user: User) -> None:
    sign_in(client)
    User.objects.update(is_active=False)

    assert not is_signed_in(client)


def test_a_new_password_closes_the_other_sessions(client: Client, user: User) -> None:
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    new = "another fine long password"

    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_an_idle_session_ends(client: Client, user: User, freeze_time: Callable[[datetime], None]) -> None:
    freeze_time(NOON)
    sign_in(client)
    assert is_signed_in(client)

    freeze_time(NOON + timedelta(minutes=61))

    assert not is_signed_in(client)


def test_a_session_in_use_stays_open_but_not_for_ever(
    client: Client, user: User, freeze_time: Callable[[datetime], None]
) -> None:
    freeze_time(NOON)
    sign_in(client)
    hours = {}
    for half_hours in range(1, 26):
        freeze_time(NOON + timedelta(minutes=30 * half_hours))
        hours[half_hours / 2] = is_signed_in(client)

    assert hours[12.0]
    assert not hours[12.5]


def test_signing_out_needs_a_post(client: Client, user: User) -> None:
    sign_in(client)
    client.get("/accounts/logout/")
    assert is_signed_in(client)

    client.post("/accounts/logout/")

    assert not is_signed_in(client)


def test_whoever_is_signed_in_cannot_try_the_passwords_of_others_in_the_admin(client: Client, user: User) -> None:
    editor = User.objects.create_user("editor", is_staff=True)
    client.force_login(editor)

    response = client.post("/admin/login/", {"username": "ada", "password": PASSWORD})

    assert response["Location"] == "/admin/"
    assert client.session["_auth_user_id"] == str(editor.pk)
