"""`manage.py prepare`: bring the database up to date before the web server and the workers start."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Migrate, then load and publish the shipped catalog; quick and harmless when there is nothing to do."""

    help = "Migrate the database and load the shipped catalog."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        call_command("load_catalog", verbosity=options["verbosity"])
