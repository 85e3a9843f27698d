import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client

from advisor.accounts.models import User

pytestmark = pytest.mark.django_db


def create_login(*arguments: str) -> str:
    output = StringIO()
    call_command("create_login", *arguments, stdout=output)
    found = re.search(r"Password: (\S+)", output.getvalue())
    assert found
    return found[1]


def test_an_admin_login_opens_the_admin(client: Client) -> None:
    password = create_login("admin")

    client.post("/accounts/login/", {"login": "admin", "password": password})

    assert client.get("/admin/").status_code == 200


def test_each_password_is_long_random_and_stored_as_a_hash() -> None:
    first, second = create_login("admin"), create_login("consultant")

    assert first != second
    assert len(first) >= 20
    assert first not in User.objects.get(username="admin").password


def test_a_consultant_cannot_enter_the_admin(client: Client) -> None:
    create_login("consultant", "--username", "ada")
    user = User.objects.get(username="ada")
    client.force_login(user)

    assert [group.name for group in user.groups.all()] == ["consultant"]
    assert not user.is_superuser
    assert client.get("/admin/").status_code != 200


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_catalog_people_enter_the_admin_without_being_superusers(role: str) -> None:
    create_login(role)

    user = User.objects.get(username=role)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == [role]


def test_an_existing_login_keeps_its_password() -> None:
    password = create_login("admin")

    with pytest.raises(CommandError, match="already a login 'admin'"):
        create_login("admin")

    assert authenticate(username="admin", password=password)


def test_a_lost_password_can_be_replaced() -> None:
    old = create_login("admin")

    new = create_login("admin", "--new-password")

    assert authenticate(username="admin", password=new)
    assert not authenticate(username="admin", password=old)


def test_a_password_is_not_replaced_for_nobody() -> None:
    with pytest.raises(CommandError, match="There is no login 'ada'"):
        create_login("consultant", "--username", "ada", "--new-password")


def test_a_name_nobody_could_type_is_refused() -> None:
    with pytest.raises(CommandError, match="cannot be a login name"):
        create_login("consultant", "--username", "a b\n")
