"""Who may open which address: every address of the site and every kind of visitor, in one table.

The addresses come from Django's resolver; one that has no row here fails the suite.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.urls import reverse

from advisor.catalog.models import TABLES
from tests.admin_forms import form_of
from tests.everyone import PASSWORD, ROLES, World, browser_of, parameters, undone
from tests.site_map import address, routes

pytestmark = pytest.mark.django_db
IN_ORDER = "stranger browser owner other staff editor publisher admin"

PUBLIC = "200 200 200 200 200 200 200 200"
MOVES_ON = "302 302 302 302 302 302 302 302"
POST_ONLY = "405 405 405 405 405 405 405 405"
THEIRS = "404 200 200 404 404 404 404 200"  # a page of the owner's assessment
THEIRS_ACTS = "404 302 302 404 404 404 404 302"
SWITCHED_OFF = "404 404 404 404 404 404 404 404"  # no assistant, nobody develops; other tests switch them on
NO_LINK = SWITCHED_OFF  # without the link itself, whoever one is; test_share_report.py follows one
OWN_BATCH = "302 302 200 404 404 404 404 200"
SIGNED_IN = "302 302 200 200 200 200 200 200"  # to the sign-in page, or the page

# What a GET answers.
PAGES = {
    "web:healthz": PUBLIC,
    "catalog:models": PUBLIC,
    "catalog:model": PUBLIC,
    "catalog:data": PUBLIC,
    "catalog:compare": PUBLIC,
    "catalog:laws": PUBLIC,
    "catalog:cases": PUBLIC,
    "catalog:software": PUBLIC,
    "catalog:claims": PUBLIC,
    "catalog:changes": PUBLIC,
    "catalog:version": PUBLIC,
    "catalog:document": PUBLIC,
    "catalog:description": PUBLIC,
    "catalog:sheet": PUBLIC,
    "assessments:start": PUBLIC,
    "assessments:resume": MOVES_ON,  # the private link is the key
    "assessments:question": THEIRS,
    "assessments:draft": POST_ONLY,
    "assessments:notes": POST_ONLY,
    "assessments:check": THEIRS,
    "assessments:result": THEIRS,
    "assessments:data_file": THEIRS,
    "assessments:costs": THEIRS,
    "assessments:compare": THEIRS,
    "assessments:delete": THEIRS,
    "assessments:lengthen": POST_ONLY,
    "assessments:save": POST_ONLY,
    "assessments:revoke": POST_ONLY,
    "reports:request": POST_ONLY,
    "reports:brand": SIGNED_IN,
    "reports:status": THEIRS,
    "reports:download": THEIRS,
    "reports:spreadsheet": THEIRS,
    "reports:set_up": THEIRS,
    "reports:cancel": POST_ONLY,
    "reports:share": THEIRS,
    "reports:share_revoke": POST_ONLY,
    "reports:batches": SIGNED_IN,
    "reports:batch": OWN_BATCH,
    "reports:batch_cancel": POST_ONLY,
    "reports:batch_archive": OWN_BATCH,
    **dict.fromkeys(("reports:share_enter", "reports:shared", "reports:shared_file"), NO_LINK),
    **dict.fromkeys(("assistant:begin", "assistant:describe", "assistant:accept", "assistant:explain"), SWITCHED_OFF),
    "styleguide:styleguide": SWITCHED_OFF,
    "set_language": MOVES_ON,
    "account_login": "200 200 302 302 302 302 302 302",
    "account_logout": SIGNED_IN,
    "account_inactive": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": MOVES_ON,
    "mfa_reauthenticate": MOVES_ON,  # nobody here has a second factor
    "mfa_activate_totp": MOVES_ON,  # the password is asked again first
    "mfa_deactivate_totp": "302 302 404 404 404 404 404 404",
    "mfa_view_recovery_codes": "302 302 404 404 404 404 404 404",
    "mfa_generate_recovery_codes": MOVES_ON,
    "mfa_download_recovery_codes": "302 302 404 404 404 404 404 404",
}  # fmt: skip

# The admin sends everybody who may not enter it to the sign-in page.
STAFF = "302 302 302 302 200 200 200 200"
CATALOG_PEOPLE = "302 302 302 302 403 200 200 200"
PUBLISHERS = "302 302 302 302 403 403 200 200"
PUBLISHERS_ACT = "302 302 302 302 403 403 405 405"  # taken by POST only
ADMINS = "302 302 302 302 403 403 403 200"
NOBODY = "302 302 302 302 403 403 403 403"
NOTHING_THERE = "302 302 302 302 404 404 404 404"

ADMIN_PAGES = {
    "admin:index": STAFF,
    "admin:search": STAFF,
    "admin:jsi18n": STAFF,
    "admin:password_change": STAFF,
    "admin:password_change_done": STAFF,
    "admin:login": "302 302 403 403 302 302 302 302",
    "admin:logout": "302 302 302 302 405 405 405 405",
    "admin:autocomplete": NOBODY,  # without naming a field that is completed
    "admin:view_on_site": NOTHING_THERE,
    "admin:app_list": "302 302 302 302 404 200 200 200",
    "admin:auth_user_password_change": ADMINS,
    "admin:catalog_catalogversion_publish": PUBLISHERS,
    "admin:catalog_catalogversion_bring_back": PUBLISHERS,
    "admin:catalog_measurement_review": PUBLISHERS,
    "admin:effects_effectpreview_ask": PUBLISHERS_ACT,
    "admin:effects_effectpreview_cancel": PUBLISHERS_ACT,
}
LOOK = ("changelist", "change", "history")
DRAFT = dict.fromkeys((*LOOK, "add", "delete", "simple_history", "export"), CATALOG_PEOPLE) | {
    "import_rows": "302 302 302 302 403 302 302 302",  # to the one page where imports start
    "comment": "302 302 302 302 403 405 405 405",  # taken by POST only
}
WRITTEN_BY_THE_PROGRAM = dict.fromkeys(LOOK, CATALOG_PEOPLE) | dict.fromkeys(("add", "delete"), NOBODY)
BY_POST_ONLY = {"comment": CATALOG_PEOPLE, "ask": PUBLISHERS, "cancel": PUBLISHERS}  # who may send there
ACCOUNTS = dict.fromkeys((*LOOK, "add", "delete"), ADMINS)
SHOWN_OR_DELETED = dict.fromkeys((*LOOK, "delete"), ADMINS) | {"add": NOBODY}
ADMIN_MODELS = {table._meta.label_lower: DRAFT for table in TABLES} | {
    "catalog.catalogversion": WRITTEN_BY_THE_PROGRAM,
    "catalog.shippedload": WRITTEN_BY_THE_PROGRAM,
    "catalog.importrun": WRITTEN_BY_THE_PROGRAM | {"start": CATALOG_PEOPLE},
    "catalog.linkcheck": WRITTEN_BY_THE_PROGRAM,
    "effects.effectpreview": dict.fromkeys((*LOOK, "panel"), PUBLISHERS) | dict.fromkeys(("add", "delete"), NOBODY),
    "catalog.measurement": WRITTEN_BY_THE_PROGRAM | {"simple_history": CATALOG_PEOPLE},
    "accounts.user": ACCOUNTS,
    "auth.group": ACCOUNTS,
    "mfa.authenticator": SHOWN_OR_DELETED,
    "assessments.assessment": SHOWN_OR_DELETED,
    "assessments.result": SHOWN_OR_DELETED,
}

# What a POST answers: what is sent, and the status for each kind of visitor. Other addresses refuse every POST.
START = {"length": "full", "answering_for": "business"}
NEW_PASSWORD = "a much longer pass phrase"
ACTIONS: dict[str, tuple[dict[str, str], str]] = {
    "assessments:start": (START, MOVES_ON),
    "assessments:question": ({"answer": "retail"}, THEIRS_ACTS),
    "assessments:draft": ({"answer": "retail"}, THEIRS),
    "assessments:notes": ({"notes": "x"}, THEIRS_ACTS),
    "assessments:check": ({}, THEIRS_ACTS),
    "assessments:lengthen": ({}, THEIRS_ACTS),
    "assessments:save": ({}, THEIRS),
    "assessments:revoke": ({}, THEIRS_ACTS),
    "assessments:delete": ({}, THEIRS_ACTS),
    "reports:request": ({"language": "en", "paper": "us-letter"}, THEIRS_ACTS),
    "reports:brand": ({"name": "x"}, MOVES_ON),
    "reports:cancel": ({}, THEIRS_ACTS),
    "reports:share": ({"days": "7", "passphrase": ""}, THEIRS),
    "reports:share_revoke": ({}, THEIRS_ACTS),
    "reports:batches": ({}, "302 302 422 422 422 422 422 422"),
    "reports:batch_cancel": ({}, "302 302 302 404 404 404 404 302"),
    "reports:shared": ({"passphrase": "guessed at"}, NO_LINK),
    "assistant:begin": (START, SWITCHED_OFF),
    "assistant:describe": ({}, SWITCHED_OFF),
    "assistant:accept": ({}, SWITCHED_OFF),
    "assistant:explain": ({}, SWITCHED_OFF),
    "set_language": ({"language": "fr"}, MOVES_ON),
    "account_login": ({"login": "other", "password": PASSWORD}, MOVES_ON),
    "account_logout": ({}, MOVES_ON),
    "account_reauthenticate": ({"password": PASSWORD}, MOVES_ON),
    "account_change_password": (
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        MOVES_ON,
    ),
    "mfa_index": ({}, "302 302 405 405 405 405 405 405"),
    "mfa_view_recovery_codes": ({}, "302 302 405 405 405 405 405 405"),
    "mfa_authenticate": ({"code": "123456"}, MOVES_ON),
    "mfa_reauthenticate": ({"code": "123456"}, MOVES_ON),
    "mfa_activate_totp": ({"code": "123456"}, MOVES_ON),
    "mfa_deactivate_totp": ({}, "302 302 404 404 404 404 404 404"),
    "mfa_generate_recovery_codes": ({}, MOVES_ON),
    "mfa_download_recovery_codes": ({}, "302 302 404 404 404 404 404 404"),
}


def row_of(route: str, name: str) -> str:
    """The row of the tables an address belongs to; empty when somebody forgot it."""
    if not route.startswith("admin/"):
        return PAGES.get(name, "")
    app, model, *_ = [*route.removeprefix("admin/").split("/"), ""]
    if name == "" and route.endswith("(?P<url>.*)"):
        return NOTHING_THERE
    if name == "":  # an address of the admin's past, sent on to the change page
        return MOVES_ON
    page = name.removeprefix(f"admin:{app}_{model}_")
    return ADMIN_PAGES.get(name) or ADMIN_MODELS.get(f"{app}.{model}", {}).get(page, "")


def expected(statuses: str, role: str) -> int:
    return int(dict(zip(ROLES, statuses.split(), strict=False)).get(role, 0))


def state_of_the_database(but_for: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Every row of every table, except sessions."""
    return {
        model._meta.label: sorted(
            str({name: value for name, value in row.items() if name not in but_for})
            for row in model._default_manager.values()
        )
        for model in apps.get_models()
        if model is not Session
    }


def done(response: Any) -> int:
    """The status, after the file behind it was read to its end and let go."""
    if response.streaming:
        list(response)
    return int(response.status_code)


def test_every_address_has_a_row() -> None:
    assert " ".join(ROLES) == IN_ORDER
    assert [route for route, name in routes().items() if not row_of(route, name)] == []


def test_every_row_has_an_address() -> None:
    names = set(routes().values())
    rows = {*PAGES, *ADMIN_PAGES, *ACTIONS}
    for model, pages in ADMIN_MODELS.items():
        rows |= {f"admin:{model.replace('.', '_')}_{page}" for page in pages}

    assert rows - names == set()


@pytest.mark.parametrize("role", ROLES)
def test_looking_gives_what_the_table_says_and_changes_nothing(world: World, role: str) -> None:
    client = browser_of(role, world)
    before = state_of_the_database()
    found, promised = {}, {}
    for route, name in sorted(routes().items(), key=lambda item: item[1] == "assessments:resume"):  # it opens a door
        promised[route] = expected(row_of(route, name), role)
        found[route] = done(client.get(address(route, parameters(route, world))))

    assert {route: code for route, code in found.items() if code != promised[route]} == {}
    assert state_of_the_database() == before


@pytest.mark.parametrize("role", ROLES)
def test_acting_gives_what_the_table_says(world: World, role: str) -> None:
    found, promised = {}, {}
    for route, name in routes().items():
        if route.startswith("admin/"):
            continue
        sent, statuses = ACTIONS.get(name, ({}, POST_ONLY))
        promised[route] = expected(statuses, role)
        with undone():
            found[route] = done(browser_of(role, world).post(address(route, parameters(route, world)), sent))

    assert {route: code for route, code in found.items() if code != promised[route]} == {}


@pytest.mark.parametrize("role", ROLES)
def test_what_may_not_be_seen_in_the_admin_may_not_be_sent_either(world: World, role: str) -> None:
    client = browser_of(role, world)
    before = state_of_the_database()
    found, promised = {}, {}
    for route, name in routes().items():
        seen = expected(BY_POST_ONLY.get(name.rpartition("_")[2]) or row_of(route, name), role)
        if route.startswith("admin/") and name not in ("", "admin:logout") and seen != 200:
            promised[route] = seen
            found[route] = done(client.post(address(route, parameters(route, world)), {"_save": "1"}))

    assert {route: code for route, code in found.items() if code not in (promised[route], 405)} == {}
    assert state_of_the_database() == before


@pytest.mark.parametrize("role", ["browser", "admin"])
def test_nothing_can_be_sent_without_the_token_of_its_form(world: World, role: str) -> None:
    client = browser_of(role, world, enforce_csrf_checks=True)
    before = state_of_the_database()
    found = {}
    for route, name in routes().items():
        found[route] = done(client.post(address(route, parameters(route, world)), ACTIONS.get(name, ({}, ""))[0]))

    assert {route: code for route, code in found.items() if code != 403} == {}
    assert state_of_the_database() == before


# Keys that are columns somewhere, with values that can be recognized wherever they end up.
SMUGGLED: Mapping[str, str] = {
    **dict.fromkeys(("id", "pk", "owner", "owner_id", "assessment", "result", "user", "published_by"), "987654"),
    **dict.fromkeys(("revision", "attempt", "size", "number"), "987654"),
    **dict.fromkeys(("public_id", "claim_id"), str(uuid.UUID(int=987654))),
    **dict.fromkeys(("content_hash", "sha256", "resume_token_hash", "shipped_hash"), "987654".zfill(64)),
    **dict.fromkeys(("created_at", "updated_at", "resume_expires_at", "finished_at"), "1987-06-05 04:03"),
    **dict.fromkeys(("question_set", "engine_version", "file", "history_change_reason", "client_label"), "smuggled"),
    **dict.fromkeys(("is_staff", "is_superuser", "is_active"), "on"),
    "state": "ready",
    "groups": "1",
    "user_permissions": "1",
    "answers": '{"smuggled": 1}',
    "document": "smuggled",
}
TRACES = ("987654", "smuggled", "1987, 6, 5", "1987-06-05")
RANDOM = ("id", "public_id", "resume_token_hash", "token_hash", "number", "password", "history_id", "action_time")


def left_by(act: Callable[[], Any]) -> tuple[int, dict[str, list[str]]]:
    """What an action answers, and every row as it stands afterwards."""
    with undone():
        return done(act()), state_of_the_database(but_for=RANDOM)


@pytest.mark.parametrize("name", ACTIONS)
def test_extra_fields_change_nothing(world: World, freeze_time: Callable[[datetime], None], name: str) -> None:
    freeze_time(datetime(2026, 11, 21, 12, tzinfo=UTC))
    route = next(route for route, its_name in routes().items() if its_name == name)
    where, sent = address(route, parameters(route, world)), ACTIONS[name][0]
    extra = {key: value for key, value in SMUGGLED.items() if key not in sent}

    plain = left_by(lambda: browser_of("owner", world).post(where, sent))
    smuggled = left_by(lambda: browser_of("owner", world).post(where, sent | extra))
    with undone():
        done(browser_of("owner", world).post(where, sent | extra))
        everything = json.dumps(state_of_the_database())

    assert smuggled == plain
    assert [trace for trace in TRACES if trace in everything] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.collection)
def test_extra_fields_change_no_draft(world: World, freeze_time: Callable[[datetime], None], table: Any) -> None:
    freeze_time(datetime(2026, 11, 21, 12, tzinfo=UTC))
    row = world.rows[table._meta.label_lower]
    where = reverse(f"admin:catalog_{table._meta.model_name}_change", args=[row.pk])
    sent = form_of(browser_of("editor", world), where)
    extra = {key: value for key, value in SMUGGLED.items() if key not in {field.name for field in table._meta.fields}}
    extra |= {"id": "987654", "shipped_hash": SMUGGLED["shipped_hash"]}

    plain = left_by(lambda: browser_of("editor", world).post(where, sent))
    smuggled = left_by(lambda: browser_of("editor", world).post(where, sent | extra))

    assert plain[0] == 302
    assert smuggled == plain


def test_extra_fields_do_not_change_what_is_published(world: World, freeze_time: Callable[[datetime], None]) -> None:
    freeze_time(datetime(2026, 11, 21, 12, tzinfo=UTC))
    where = reverse("admin:catalog_catalogversion_publish")
    seen = browser_of("publisher", world).get(where).context["preview"].content_hash
    sent = {"note": "November", "seen": seen}

    plain = left_by(lambda: browser_of("publisher", world).post(where, sent))
    smuggled = left_by(lambda: browser_of("publisher", world).post(where, SMUGGLED | sent))

    assert plain[0] == 302
    assert smuggled == plain
    assert any("'note': 'November'" in row for row in plain[1]["catalog.CatalogVersion"])


def test_only_an_administrator_hands_out_rights(world: World) -> None:
    person = world.rows["accounts.user"]
    where = reverse("admin:accounts_user_change", args=[person.pk])
    sent = form_of(browser_of("admin", world), where) | {"is_superuser": "on", "is_staff": "on"}

    for role in ROLES[:-1]:
        assert done(browser_of(role, world).post(where, sent)) in (302, 403)
    person.refresh_from_db()

    assert not person.is_superuser
    assert not person.is_staff


def test_a_number_of_the_database_opens_nothing(world: World) -> None:
    owner = browser_of("owner", world)
    for route in routes():
        if "<uuid:public_id>" in route:
            guessed = "/" + route.replace("<uuid:public_id>", str(world.assessment.pk)).replace("<str:key>", "Q2")
            assert owner.get(guessed.replace("<str:name>", world.report.file_name)).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_an_id_that_never_was_answers_like_one_of_somebody_else(world: World, role: str) -> None:
    """Nobody learns from the answer whether an assessment exists."""
    theirs = {"never": uuid.UUID(int=1), "exists": world.assessment.public_id}
    codes = {}
    for kind, public_id in theirs.items():
        client = browser_of(role, world)
        addresses = [
            address(route, parameters(route, world) | {"public_id": public_id})
            for route in routes()
            if route.startswith("assessments/")
        ]
        codes[kind] = [done(client.get(where)) for where in addresses]

    if role not in ("browser", "owner", "admin"):
        assert codes["never"] == codes["exists"]
    assert set(codes["never"]) == {404, 405}
