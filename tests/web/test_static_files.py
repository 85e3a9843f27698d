"""What a first visit loads, byte by byte, as a browser asks for it."""

import re

import pytest
from django.test import Client

from tests.questionnaire import PAGES, address, begin, set_answers

pytestmark = pytest.mark.django_db
MOST_BYTES = 100_000


def weight(client: Client, page: str) -> dict[str, int]:
    """Address -> bytes that travel for a page and all it loads."""
    found = {page: client.get(page).content.decode()}
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', found[page]))
    sizes = {page: len(found[page].encode())}
    for name in files:
        response = client.get(name, headers={"accept-encoding": "gzip"})
        assert response.status_code == 200, name
        sizes[name] = sum(len(part) for part in response) if response.streaming else len(response.content)
        response.close()
    return sizes


@pytest.mark.parametrize("key", ["", *PAGES])
def test_a_first_page_weighs_less_than_a_hundred_kilobytes(client: Client, key: str) -> None:
    page = address(set_answers(begin(client)), key) if key else "/"

    sizes = weight(client, page)

    assert len(sizes) >= 6  # the page, styles, font, two scripts, icon
    assert sum(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.parametrize("name", ["/static/css/site.css", "/static/js/site.js"])
def test_styles_and_scripts_come_compressed_and_as_they_are_on_disk(client: Client, name: str) -> None:
    small = client.get(name, headers={"accept-encoding": "gzip"})
    small.close()
    whole = client.get(name)
    whole.close()

    assert small["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in whole
    assert int(small["Content-Length"]) < int(whole["Content-Length"]) / 2
