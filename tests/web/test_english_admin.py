"""The admin is in English; what is the site's own stays in the reader's language."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from advisor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def chinese(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    return client


def test_the_admin_speaks_english_to_everybody(chinese: Client) -> None:
    chinese.force_login(User.objects.create_superuser("admin"))

    page = chinese.get(reverse("admin:index"))

    assert '<html lang="en"' in page.content.decode()


def test_who_may_not_see_a_page_of_the_admin_is_told_in_their_own_language(chinese: Client) -> None:
    chinese.force_login(User.objects.create_user("editor", is_staff=True))

    page = chinese.get(reverse("admin:accounts_user_changelist"))

    assert page.status_code == 403
    assert '<html lang="zh-hans"' in page.content.decode()
