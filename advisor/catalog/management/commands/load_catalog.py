"""``manage.py load_catalog``: bring the drafts up to the shipped data files; publish the first version."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from advisor.catalog import services
from advisor.catalog.shipped import BrokenData


class Command(BaseCommand):
    help = "Loads the shipped catalog data into the drafts, and publishes a version when there is none yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--publish", action="store_true", help="publish the drafts even if a version exists")
        parser.add_argument("--force", action="store_true", help="compare every row even if these data were loaded")
        parser.add_argument("--note", default="", help="note kept with the published version")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._load(force=options["force"])
            if options["publish"] or services.current_version() is None:
                self._publish(options["note"])
        except BrokenData as error:
            problems = "\n".join(error.problems)
            raise CommandError(f"The catalog was left as it was:\n{problems}", returncode=2) from error

    def _load(self, *, force: bool) -> None:
        report = services.load_shipped(force=force)
        if report.already_loaded:
            self.stdout.write("The shipped catalog data are already loaded.")
            return
        self.stdout.write(
            f"Loaded the shipped catalog data: {len(report.added)} entries added, {len(report.changed)} changed, "
            f"{len(report.removed)} removed, {len(report.kept)} kept as edited."
        )
        for name in report.kept:
            self.stdout.write(f"  kept as edited here: {name}")

    def _publish(self, note: str) -> None:
        before = services.current_version()
        version = services.publish(by=None, note=note or "Shipped data")
        if version == before:
            self.stdout.write(f"Nothing to publish: the drafts equal version {version.number}.")
        else:
            self.stdout.write(f"Published catalog version {version}.")
