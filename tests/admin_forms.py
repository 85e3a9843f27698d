"""What a browser would send back from a change page of the admin."""

from __future__ import annotations

from django.forms import NullBooleanField
from django.test import Client


def form_of(client: Client, address: str) -> dict[str, str]:
    form = client.get(address).context["adminform"].form
    sent = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, NullBooleanField):
            sent[bound.html_name] = {True: "true", False: "false", None: "unknown"}[value]
        elif value is not None and value is not False:
            sent[bound.html_name] = "on" if value is True else str(value)
    return sent
