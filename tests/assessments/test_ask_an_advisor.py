"""The link to a person on the result page, where the operator names one."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.everyone import World, browser_of
from tests.production import production_setting


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["https://chamber.example/advice", "mailto:advice@chamber.example"])
def test_the_named_address_is_linked(world: World, settings: LazySettings, address: str) -> None:
    settings.ADVISOR_CONTACT = address

    assert f'href="{address}"' in shown(browser_of("browser", world), world)


@pytest.mark.django_db
def test_without_one_there_is_no_such_link(world: World, settings: LazySettings) -> None:
    settings.ADVISOR_CONTACT = ""

    assert "Ask an advisor" not in shown(browser_of("browser", world), world)


def shown(client: Client, world: World) -> str:
    return client.get(reverse("assessments:result", args=[world.assessment.public_id])).content.decode()


def test_the_environment_names_it(tmp_path: Path) -> None:
    address = "https://chamber.example/advice"

    assert production_setting("settings.ADVISOR_CONTACT", tmp_path, ADVISOR_CONTACT=address) == address
    assert production_setting("settings.ADVISOR_CONTACT", tmp_path) == ""
