import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory


@pytest.mark.django_db
def test_an_unknown_address_gets_a_plain_page(client: Client) -> None:
    response = client.get("/no-such-page")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_gets_a_page_that_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})

    assert response.status_code == 403
    assert "This form has been open too long" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "429.html"])
def test_error_pages_use_the_site_and_nothing_inline(rf: RequestFactory, name: str) -> None:
    page = render_to_string(name, request=rf.get("/"))

    assert "<h1>" in page
    assert "style=" not in page


def test_the_page_for_our_own_failures_needs_no_request_and_no_database() -> None:
    page = render_to_string("500.html")

    assert "Something went wrong on our side" in page


@pytest.mark.django_db
def test_a_crash_shows_the_page_and_not_its_details(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(request: HttpRequest) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("advisor.web.health.problems", lambda: crash(HttpRequest()))
    client.raise_request_exception = False

    response = client.get("/healthz")

    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()
    assert "Something went wrong on our side" in response.content.decode()
