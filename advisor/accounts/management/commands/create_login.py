"""`manage.py create_login admin|editor|publisher|consultant`: the only way accounts come into being."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advisor.accounts import services
from advisor.accounts.models import User
from advisor.accounts.roles import Role


class Command(BaseCommand):
    """Prints a random password once. It is not stored, so a lost one is replaced with --new-password."""

    help = "Make a login with a random password, shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--username", help="the name to sign in with; the role's name when left out")
        parser.add_argument("--new-password", action="store_true", help="replace the password of an existing login")

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"])
        username = options["username"] or role.value
        validate = User.username_validator
        if not validate.regex.fullmatch(username):  # type: ignore[union-attr]
            raise CommandError(f"{username!r} cannot be a login name: use letters, digits and @ . + - _ only.")
        password: str | None
        if options["new_password"]:
            password = services.renew_password(username=username)
            if password is None:
                raise CommandError(f"There is no login {username!r}. Leave out --new-password to make it.")
        else:
            try:
                password = services.create_login(role=role, username=username)
            except services.LoginExistsError:
                raise CommandError(
                    f"There is already a login {username!r}. Choose another --username, or add --new-password."
                ) from None
        self.stdout.write(f"Name:     {username}\nPassword: {password}\nThe password is shown only this once.")
