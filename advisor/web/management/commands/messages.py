"""``manage.py messages``: collect the words of the site for every offered language and compile the translations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from advisor.web import translations


class Command(BaseCommand):
    help = "Brings locale/ up to date with the code, names what still waits for a translation, and compiles."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language in translations.languages():
            catalog = translations.brought_up_to_date(language)
            folder = translations.folder(language)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{translations.NAME}.po").write_bytes(translations.po_file(catalog))
            (folder / f"{translations.NAME}.mo").write_bytes(translations.mo_file(catalog))
            waiting = translations.untranslated(catalog)
            self.stdout.write(f"{language}: {len(catalog)} texts, {len(waiting)} without a translation")
            for text in waiting:
                self.stdout.write(f"  {text}")
