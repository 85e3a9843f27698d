"""Groups as the migrations make them, also after a test with real transactions emptied their tables."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group

GRANT = import_module("advisor.catalog.migrations.0003_group_rights").grant


def group(name: str) -> Group:
    """The group of that name with its rights."""
    if not Group.objects.filter(name=name).exists():
        GRANT(apps, None)
    return Group.objects.get(name=name)
