"""``manage.py catalog audit`` and its sisters: the catalog from the command line, one module per subcommand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from advisor.catalog.command_line import audit, importing, links

SUBCOMMANDS = {"audit": audit, "import": importing, "links": links}


class Command(BaseCommand):
    help = "Looks after the catalog: " + "; ".join(f"{name}: {part.HELP}" for name, part in SUBCOMMANDS.items())

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
        for name, part in SUBCOMMANDS.items():
            part.add_arguments(parts.add_parser(name, help=part.HELP, description=part.HELP))

    def handle(self, *args: Any, **options: Any) -> None:
        status = SUBCOMMANDS[options["subcommand"]].run(options, self.stdout.write)
        if status:
            raise SystemExit(status)
