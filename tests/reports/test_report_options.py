"""A report with an advisor's comments, draft mark and brand."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from advisor.accounts.models import User
from advisor.assessments.models import Result
from advisor.reports.branding import ACCENT, Brand, Logo
from advisor.reports.brands import StoredBrand
from advisor.reports.models import Report, State
from advisor.reports.options import MOST_COMMENTS, PLAIN, Options
from advisor.reports.production import render
from advisor.reports.services import request_report, store_brand
from tests.reports.pdf import pages, rendered, words
from tests.reports.test_logo import DRAWING, png

CHOICE = {"language": "en", "paper": "a4"}
COMMENTS = "Zoë says: *no* #panic(1) [3] is “fine”.\n\nSecond paragraph \u202ereversed\u202c \U0001f600."


def address(result: Result) -> str:
    return reverse("reports:request", args=[result.assessment.public_id])


@pytest.fixture
def advisor(db: None) -> User:
    return User.objects.create_user("mira")


@pytest.fixture
def signed_in(advisor: User, result: Result) -> Client:
    """The advisor whose client's assessment it is."""
    result.assessment.owner = advisor
    result.assessment.save()
    client = Client()
    client.force_login(advisor)
    return client


def stored(owner: User, **changed: Any) -> StoredBrand:
    given: dict[str, Any] = {"name": "Holm", "contact": "", "color": ACCENT, "logo": None, "without_logo": False}
    return store_brand(owner=owner, **(given | changed))


def test_comments_are_a_section_of_their_own_marked_as_the_advisors() -> None:
    found = pages(rendered(options=Options(comments=COMMENTS, author="Mira Holm")))

    (page,) = [page for page in found if "15Advisor'scomments" in page and "Contents" not in page]
    assert "WrittenbyMiraHolm,notworkedout.Nocommentchangesafigureinthisreport." in page
    assert "Zoësays:*no*#panic(1)[3]is“fine”." in page
    assert "Secondparagraphreversed" in page


def test_without_comments_there_is_no_such_section() -> None:
    assert "Advisor'scomments" not in words(rendered())


def test_comments_change_no_figure() -> None:
    with_them, without = words(rendered(options=Options(comments="€1 in all"))), words(rendered())

    assert with_them.count("€") == without.count("€") + 1


def test_comments_as_long_as_allowed_are_set_over_pages() -> None:
    text = ("Zoo " * (MOST_COMMENTS // 4)).strip()

    assert words(rendered(options=Options(comments=text))).count("Zoo") == MOST_COMMENTS // 4


@pytest.mark.parametrize(
    "other",
    [
        Options(draft=True),
        Options(comments="x"),
        Options(author="x"),
        Options(brand=Brand("x")),
        Options(brand=Brand("x", contact="y")),
        Options(brand=Brand("x", color="#000000")),
        Options(brand=Brand("x", logo=Logo("png", b"1"))),
    ],
)
def test_every_other_choice_has_another_digest(other: Options) -> None:
    assert PLAIN.digest == ""
    assert len(other.digest) == 64
    others = (Options(comments="y"), Options(brand=Brand("y")), Options(author="y"))
    assert other.digest not in {each.digest for each in others}


def test_names_and_contacts_do_not_run_into_each_other() -> None:
    assert Brand("ab", "c").digest != Brand("a", "bc").digest


def test_another_comment_draft_or_brand_is_another_report(
    result: Result, advisor: User, bell: list[int], db: None
) -> None:
    brand = stored(advisor)
    choices = [
        {}, {"options": Options(draft=True)}, {"options": Options(comments="x")}, {"options": Options(comments="y")},
        {"options": Options(brand=brand.brand), "brand": brand},
    ]  # fmt: skip

    made = [request_report(result=result, language="en", paper="a4", **choice) for choice in choices * 2]

    assert len({report.pk for report in made}) == len(choices)


def test_what_was_asked_for_is_stored_and_gives_the_same_bytes(
    result: Result, signed_in: Client, advisor: User, bell: list[int]
) -> None:
    stored(advisor, contact="mira@example.com", logo=Logo("svg", DRAWING))

    signed_in.post(
        address(result), {**CHOICE, "draft": "on", "author": " Mira ", "comments": "One\r\nTwo", "branded": "on"}
    )

    report = Report.objects.get()
    assert (report.draft, report.author, report.comments) == (True, "Mira", "One\nTwo")
    assert report.options_digest == report.options.digest != ""
    pdf = render(report)
    stored(advisor, name="Another name")
    assert render(Report.objects.get()) == pdf
    assert all("DRAFT" in page for page in pages(pdf))
    assert "Holm" in pages(pdf)[0]


def test_comments_that_are_too_long_are_sent_back_with_a_sentence(result: Result, visitor: Client) -> None:
    response = visitor.post(address(result), {**CHOICE, "comments": "x" * 50_000})

    assert response.status_code == 422
    page = response.content.decode()
    assert "Use at most 20000 characters; these are 50000." in page.replace("\N{NO-BREAK SPACE}", "").replace(",", "")
    assert "x" * 50_000 in page
    assert not Report.objects.exists()


def test_with_htmx_the_form_comes_back_in_its_own_place(result: Result, visitor: Client) -> None:
    sent = {**CHOICE, "comments": "x" * 50_000}

    response = visitor.post(address(result), sent, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#report-panel", "outerHTML")
    assert '<section id="report-panel"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_brand_is_nobody_elses(result: Result, visitor: Client, advisor: User, bell: list[int]) -> None:
    stored(advisor)

    visitor.post(address(result), {**CHOICE, "branded": "on"})

    assert Report.objects.get().brand is None


def test_trying_again_asks_for_the_same_report(
    result: Result, signed_in: Client, advisor: User, make_report: Callable[..., Report], bell: list[int]
) -> None:
    brand = stored(advisor)
    options = Options(draft=True, comments="One\nTwo", author="Mira", brand=brand.brand)
    failed = make_report(
        state=State.FAILED, draft=True, comments="One\nTwo", author="Mira", brand=brand, options_digest=options.digest
    )
    page = signed_in.get(reverse("reports:status", args=[failed.public_id])).content.decode()

    for field in ('name="draft" value="on"', 'name="branded" value="on"', 'name="comments" value="One\nTwo"'):
        assert field in page
    again = {"draft": "on", "branded": "on", "comments": "One\nTwo", "author": "Mira"}
    signed_in.post(address(result), {**CHOICE, **again})
    assert Report.objects.get(state=State.QUEUED).options_digest == options.digest


def test_a_brand_is_stored_and_shown_again(signed_in: Client, advisor: User) -> None:
    page = reverse("reports:brand")
    logo = SimpleUploadedFile("logo.png", png(), "image/png")

    sent = signed_in.post(page, {"name": "Holm", "contact": "Mira", "color": "#7A2048", "logo": logo}, follow=True)

    assert "Your brand is stored." in sent.content.decode()
    kept = StoredBrand.objects.of(advisor)
    assert kept is not None
    assert (kept.name, kept.contact, kept.color, kept.logo_kind) == ("Holm", "Mira", "#7a2048", "png")
    shown = signed_in.get(page).content.decode()
    assert 'value="Holm"' in shown
    assert "A logo is stored" in shown


def test_a_logo_stays_until_it_is_replaced_or_taken_away(signed_in: Client, advisor: User) -> None:
    stored(advisor, logo=Logo("svg", DRAWING))

    signed_in.post(reverse("reports:brand"), {"name": "Holm"})
    after_saving = StoredBrand.objects.of(advisor)
    signed_in.post(reverse("reports:brand"), {"name": "Holm", "without_logo": "on"})
    after_taking = StoredBrand.objects.of(advisor)

    assert after_saving is not None
    assert after_saving.logo_kind == "svg"
    assert after_taking is not None
    assert after_taking.logo_kind == ""
    assert StoredBrand.objects.count() == 1  # no report was made with the earlier ones


def test_a_color_too_light_is_told(signed_in: Client) -> None:
    sent = signed_in.post(reverse("reports:brand"), {"name": "Holm", "color": "#ffd000"}, follow=True)

    assert "The color was too light to read on white, so reports use #" in sent.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "Write the name that stands on the cover."),
        ({"name": "\ue000\u202e"}, "Write the name that stands on the cover."),
        ({"name": "x" * 121}, "Use at most 120 characters; these are 121."),
        ({"name": "x", "color": "red"}, "Give the color like this: #0b5351."),
        ({"name": "x", "logo": io.BytesIO(b"GIF89a")}, "The logo must be a PNG picture or an SVG drawing."),
        ({"name": "x", "logo": io.BytesIO(b"<svg onload='x'/>")}, "The drawing does not say how large it is."),
    ],
)
def test_what_cannot_be_a_brand_is_sent_back(signed_in: Client, given: dict[str, Any], said: str) -> None:
    if "logo" in given:
        given = {**given, "logo": SimpleUploadedFile("logo.png", given["logo"].getvalue())}

    response = signed_in.post(reverse("reports:brand"), given)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not StoredBrand.objects.exists()


def test_the_panel_offers_the_brand_to_its_owner_only(
    result: Result, signed_in: Client, visitor: Client, advisor: User
) -> None:
    stored(advisor)
    page = reverse("assessments:result", args=[result.assessment.public_id])

    assert 'name="branded"' in signed_in.get(page).content.decode()
    assert 'name="branded"' not in visitor.get(page).content.decode()
