"""Every list of the admin asks the database as often for 2,000 rows as for 20."""

from __future__ import annotations

import copy
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import Group
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisor.accounts.models import User
from advisor.assessments.models import Assessment, Result
from advisor.catalog.models import CatalogVersion, Entry, Fx, ImportRun, LinkCheck, Measurement
from advisor.effects.models import EffectPreview
from tests.everyone import World, browser_of

pytestmark = pytest.mark.django_db
FEW, MANY = 20, 2000
MOST_QUERIES = 16  # sign-in, rights, counts, rows, filters

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def copied(row: models.Model, number: int, people: list[int]) -> models.Model:
    """The same row under another name, written by hand for what must differ from row to row."""
    made: Any = copy.copy(row)
    made.pk = None
    made._state = models.base.ModelState()
    for field in made._meta.concrete_fields:  # an empty reference would hide a query for each row
        if field.related_model is User and field.null:
            setattr(made, field.attname, people[number % 3])
    if isinstance(made, Entry | Measurement):
        made.slug = f"copy-{number}"
    match made:
        case Fx():
            made.currency = LETTERS[number // 676] + LETTERS[number // 26 % 26] + LETTERS[number % 26]
        case CatalogVersion():
            made.number, made.public_id, made.document = 100 + number, uuid.uuid4(), "{}"
        case LinkCheck():
            made.address = f"https://example.com/{number}"
        case User():
            made.username = f"person-{number}"
        case Group():
            made.name = f"group {number}"
        case Assessment():
            made.public_id, made.resume_token_hash, made.resume_expires_at = uuid.uuid4(), None, None
        case Result():
            made.public_id, made.document = uuid.uuid4(), "{}"
        case ImportRun():
            made.public_id = uuid.uuid4()
        case EffectPreview():
            made.public_id, made.requested_at = uuid.uuid4(), timezone.now() - timedelta(minutes=number)
    return made


def grow(table: type[models.Model], to: int, row: models.Model) -> None:
    count = table._default_manager.count()
    if table._meta.label == "mfa.Authenticator":  # one of a kind for each person
        people = User.objects.bulk_create(User(username=f"careful-{number}") for number in range(count, to))
        table._default_manager.bulk_create(table(user=person, type="totp", data={}) for person in people)
        return
    people = list(User.objects.values_list("pk", flat=True)[:3])
    table._default_manager.bulk_create([copied(row, number, people) for number in range(count, to)], batch_size=500)


@pytest.mark.parametrize("model", site._registry, ids=lambda model: model._meta.label)
def test_a_list_takes_as_many_queries_for_2000_rows_as_for_20(world: World, model: type[models.Model]) -> None:
    client = browser_of("admin", world)
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    row = world.rows[model._meta.label_lower]
    counts = []
    for rows in (FEW, MANY):
        grow(model, rows, row)
        client.get(address)  # what is asked once per process is not counted
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        assert len(answer.context["cl"].result_list) == min(rows, answer.context["cl"].list_per_page)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= MOST_QUERIES
