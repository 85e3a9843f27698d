"""Two editors open the same draft: the second to save sees what the first one stored."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from advisor.catalog.models import AIModel, ApiPrice, CatalogVersion
from tests.admin_forms import form_of

PRICE = "google-gemini-2-5-pro"


def change_page(entry: Any) -> str:
    return f"/admin/catalog/{entry._meta.model_name}/{entry.pk}/change/"


def errors_of(answer: Any) -> str:
    return str(answer.context["adminform"].form.non_field_errors())


def test_the_second_to_save_sees_the_first_ones_change(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    first, second = sign_in("editor"), sign_in("publisher")
    page = change_page(ApiPrice.objects.get(slug=PRICE))
    opened = form_of(second, page)
    assert first.post(page, form_of(first, page) | {"input": "2.5"}).status_code == 302
    answer = second.post(page, opened | {"output": "11"})

    assert answer.status_code == 200
    assert "was changed by editor@example.com (20" in errors_of(answer)
    assert "input: 2.5;" in errors_of(answer)
    price = ApiPrice.objects.get(slug=PRICE)
    assert (float(price.input), float(price.output)) == (2.5, 10.0)


def test_saving_again_after_the_warning_replaces_it(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    page = change_page(ApiPrice.objects.get(slug=PRICE))
    opened = form_of(editor, page) | {"input": "3"}
    ApiPrice.objects.filter(slug=PRICE).update(input="2.5")
    warned = editor.post(page, opened)
    again = {**opened, "seen": warned.context["adminform"].form["seen"].value()}

    assert again["seen"] != opened["seen"]
    assert editor.post(page, again).status_code == 302
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 3


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_a_form_that_does_not_say_what_it_saw_is_not_trusted(
    published: CatalogVersion, sign_in: Callable[[str], Client], seen: str
) -> None:
    editor = sign_in("editor")
    page = change_page(ApiPrice.objects.get(slug=PRICE))

    assert editor.post(page, form_of(editor, page) | {"input": "2.5", "seen": seen}).status_code == 200
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 1.25


def test_a_changed_reference_is_named_by_its_short_name(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    editor = sign_in("editor")
    page = change_page(AIModel.objects.get(slug="glm-ocr"))
    opened = form_of(editor, page)
    AIModel.objects.filter(slug="glm-ocr").update(license="apache-2-0")

    assert "license: apache-2-0" in errors_of(editor.post(page, opened))


def test_a_new_draft_needs_no_such_sign(published: CatalogVersion, sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("editor")
    sent = form_of(editor, "/admin/catalog/fx/add/") | {
        "slug": "xyz", "currency": "XYZ", "name": "Xyz", "units_per_usd": "2", "grade": "assumed",
    }  # fmt: skip

    assert editor.post("/admin/catalog/fx/add/", sent).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_the_same_moment_are_seen_one_after_the_other(
    published: CatalogVersion, sign_in: Callable[[str], Client]
) -> None:
    """One transaction holds the draft and changes it; the form waits for it and then sees the conflict."""
    editor = sign_in("editor")
    page = change_page(ApiPrice.objects.get(slug=PRICE))
    opened = form_of(editor, page) | {"input": "3"}
    answers: list[Any] = []

    def save() -> None:
        answers.append(editor.post(page, opened))
        connection.close()

    thread = threading.Thread(target=save)
    with transaction.atomic():
        ApiPrice.objects.filter(slug=PRICE).update(input="2.5")
        thread.start()
        thread.join(0.5)
        assert answers == []
    thread.join(10)

    assert answers[0].status_code == 200
    assert float(ApiPrice.objects.get(slug=PRICE).input) == 2.5
