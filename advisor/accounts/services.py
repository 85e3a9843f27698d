"""Changes to accounts."""

import secrets

from django.contrib.auth.models import Group
from django.db import transaction

from advisor.accounts.models import User
from advisor.accounts.roles import Role

PASSWORD_BYTES = 15  # 120 random bits, 20 characters


class LoginExistsError(Exception):
    """There is an account of that name already."""


@transaction.atomic
def create_login(*, role: Role, username: str) -> str:
    """Make an account with a random password and return that password; it is stored only as a hash."""
    if User.objects.filter(username=username).exists():
        raise LoginExistsError(username)
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    is_admin = role is Role.ADMIN
    user = User(username=username, is_staff=role.enters_the_admin, is_superuser=is_admin)
    user.set_password(password)
    user.save()
    if not is_admin:
        user.groups.add(Group.objects.get(name=role.value))
    return password


@transaction.atomic
def renew_password(*, username: str) -> str | None:
    """Replace a forgotten password by a new random one; None when there is no such account. Ends its sessions."""
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        return None
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password
