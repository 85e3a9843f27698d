import pytest
from django.test import Client


@pytest.mark.django_db
def test_the_admin_asks_a_stranger_to_sign_in(client: Client) -> None:
    response = client.get("/admin/")

    assert response.status_code == 302
    assert "login" in response["Location"]
