#!/usr/bin/env python3
"""Django's command line, with settings problems as one sentence instead of a stack trace."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018  # reads the settings file
    except ImproperlyConfigured as problem:
        sys.exit(f"Settings: {problem}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
