"""The living style guide shows what the pages are made of, all of it, and only while developing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from advisor.assessments import charts
from advisor.styleguide import tokens
from advisor.web.contrast import contrast

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@pytest.fixture
def shown(client: Client, settings: Any) -> Any:
    settings.DEBUG = True
    return client.get("/styleguide/")


def test_there_is_none_where_people_reach_the_site(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404


def test_every_component_is_drawn_by_its_own_template(shown: Any) -> None:
    drawn = {template.name for template in shown.templates}
    components = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "components").rglob("*.html")}

    assert components
    assert components - drawn == set()


def test_every_icon_of_the_sprite_is_there(shown: Any) -> None:
    sprite = (TEMPLATES / "components" / "_icons.html").read_text(encoding="utf-8")
    names = set(re.findall(r'id="(icon-[\w-]+)"', sprite))
    page = shown.content.decode().split('id="icons"')[1]

    assert len(names) > 15
    assert names - set(re.findall(r'href="#(icon-[\w-]+)"', page)) == set()


def test_every_kind_of_chart_is_there(shown: Any) -> None:
    kinds = {name for name in charts.__all__ if callable(getattr(charts, name)) and name.islower()}

    assert kinds
    assert kinds - set(re.findall(r'<section class="result-section" id="(\w+)"', shown.content.decode())) == set()


def test_every_class_of_the_components_has_its_specimen(shown: Any) -> None:
    css = tokens.CSS.read_text(encoding="utf-8")
    components = css.split("@layer components {", 1)[1].split("@layer pages {", 1)[0]
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "", components)))
    used = {name for names in re.findall(r'class="([^"]*)"', shown.content.decode()) for name in names.split()}

    assert len(styled) > 40
    assert styled - used == set()


def test_colors_are_told_with_their_contrast(shown: Any) -> None:
    page = re.sub(r"<[^>]+>|\s+", " ", shown.content.decode())
    ratio = contrast(*(tokens.colors("light")[name] for name in ("ink", "paper")))

    assert re.search(rf"ink on paper {ratio:.2f} ".replace(" ", r"\s+"), page)
