"""Sharing one report with somebody who has no account."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advisor.accounts.models import User
from advisor.assessments.resume_links import WithoutTokens
from advisor.reports.models import Report, State
from advisor.reports.share_links import ShareLink
from advisor.reports.sharing import MOST_LINKS, NewLink, NotShared, share_report

MakeReport = Callable[..., Report]
PHRASE = "three small otters"


@pytest.fixture
def report(make_report: MakeReport) -> Report:
    return make_report(state=State.READY, content=b"%PDF-1.7 the very bytes")


def shared(report: Report, *, days: int = 7, passphrase: str = "", by: User | None = None) -> NewLink:
    return share_report(report=report, by=by, days=days, passphrase=passphrase)


def entrance(made: NewLink) -> str:
    return reverse("reports:share_enter", args=[made.token])


def fetch(browser: Client, link: ShareLink) -> int:
    """The status, after the file was read to its end and let go."""
    response = browser.get(file_of(link))
    b"".join(response)
    return response.status_code


def file_of(link: ShareLink) -> str:
    return reverse("reports:shared_file", args=[link.public_id, link.report.file_name])


def test_whoever_has_the_link_fetches_the_report_from_a_clean_address(stranger: Client, report: Report) -> None:
    made = shared(report)

    entered = stranger.get(entrance(made))
    page = stranger.get(entered["Location"])
    fetched = stranger.get(file_of(made.link))

    assert made.token not in entered["Location"]
    assert report.number in page.content.decode()
    assert b"".join(fetched) == b"%PDF-1.7 the very bytes"
    assert fetched["Cache-Control"] == "private, no-store"
    assert "no-store" in page["Cache-Control"]


def test_a_link_opens_nothing_else(stranger: Client, report: Report) -> None:
    stranger.get(entrance(shared(report)))

    assert stranger.get(reverse("reports:status", args=[report.public_id])).status_code == 404
    assert stranger.get(reverse("reports:share", args=[report.public_id])).status_code == 404
    assert stranger.get(reverse("assessments:result", args=[report.result.assessment.public_id])).status_code == 404


def test_the_database_holds_only_hashes(report: Report) -> None:
    made = shared(report, passphrase=PHRASE)

    row = str(ShareLink.objects.values().get())
    assert made.token not in row
    assert PHRASE not in row
    assert len(made.token) >= 43  # 32 random bytes in base 64


def test_the_clean_address_alone_is_worth_nothing(stranger: Client, report: Report) -> None:
    made = shared(report)

    assert stranger.get(reverse("reports:shared", args=[made.link.public_id])).status_code == 404
    assert fetch(stranger, made.link) == 404


def test_an_altered_link_is_not_found(stranger: Client, report: Report) -> None:
    made = shared(report)
    altered = made.token[:-1] + ("A" if made.token[-1] != "A" else "B")

    assert stranger.get(reverse("reports:share_enter", args=[altered])).status_code == 404


@pytest.mark.parametrize("end", ["expired", "revoked", "maker left", "report gone"])
def test_a_link_that_has_ended_lets_nobody_in_and_those_inside_out(stranger: Client, report: Report, end: str) -> None:
    ada = User.objects.create_user("ada")
    made = shared(report, by=ada)
    stranger.get(entrance(made))
    assert fetch(stranger, made.link) == 200

    match end:
        case "expired":
            ShareLink.objects.update(
                created_at=timezone.now() - timedelta(days=8), expires_at=timezone.now() - timedelta(seconds=1)
            )
        case "revoked":
            ShareLink.objects.update(revoked_at=timezone.now())
        case "maker left":
            User.objects.update(is_active=False)
        case "report gone":
            Report.objects.all().delete()

    assert stranger.get(entrance(made)).status_code == 404
    assert stranger.get(reverse("reports:shared", args=[made.link.public_id])).status_code == 404
    assert fetch(stranger, made.link) == 404


def test_with_a_pass_phrase_the_link_alone_opens_nothing(stranger: Client, report: Report) -> None:
    made = shared(report, passphrase=PHRASE)

    page = stranger.get(entrance(made), follow=True)
    closed = fetch(stranger, made.link)
    where = page.redirect_chain[-1][0]
    wrong = stranger.post(where, {"passphrase": PHRASE + " "})
    stranger.post(where, {"passphrase": PHRASE})

    assert report.number not in page.content.decode()
    assert closed == 404
    assert (wrong.status_code, "That is not the pass phrase" in wrong.content.decode()) == (422, True)
    assert fetch(stranger, made.link) == 200


def test_pass_phrases_can_be_tried_only_so_often(
    stranger: Client, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.reports.share_views.PASSPHRASES_AN_HOUR", 2)
    made = shared(report, passphrase=PHRASE)
    where = stranger.get(entrance(made))["Location"]

    codes = [stranger.post(where, {"passphrase": guess}).status_code for guess in ("first", "second", PHRASE)]

    assert codes == [422, 422, 429]


def test_views_are_counted_once_for_each_browser_that_is_let_in(report: Report) -> None:
    open_to_all, guarded = shared(report), shared(report, passphrase=PHRASE)
    for _ in range(2):
        browser = Client()
        for _again in range(3):
            browser.get(entrance(open_to_all), follow=True)
            browser.get(entrance(guarded), follow=True)

    open_to_all.link.refresh_from_db()
    guarded.link.refresh_from_db()
    assert (open_to_all.link.views, guarded.link.views) == (2, 0)
    assert open_to_all.link.last_viewed_at is not None


def test_links_are_made_shown_once_and_ended_on_one_page(visitor: Client, stranger: Client, report: Report) -> None:
    where = reverse("reports:share", args=[report.public_id])

    made = visitor.post(where, {"days": "30", "passphrase": ""}).content.decode()
    link = ShareLink.objects.get()
    token = made.partition("/shared/by/")[2].partition("/")[0]
    entered = stranger.get(reverse("reports:share_enter", args=[token]))
    later = visitor.get(where).content.decode()
    ended = visitor.post(reverse("reports:share_revoke", args=[link.public_id]), follow=True).content.decode()

    assert entered.status_code == 302
    assert token not in later
    assert "Opened 1 time." in later
    assert "The link no longer works." in ended
    assert "Links that work now" not in ended
    assert fetch(stranger, link) == 404


@pytest.mark.parametrize("sent", [{"days": "8"}, {"days": "7", "passphrase": "short"}, {}])
def test_a_choice_that_is_not_offered_is_sent_back(visitor: Client, report: Report, sent: dict[str, str]) -> None:
    response = visitor.post(reverse("reports:share", args=[report.public_id]), sent)

    assert response.status_code == 422
    assert not ShareLink.objects.exists()


def test_a_report_has_only_so_many_links(visitor: Client, report: Report) -> None:
    for _ in range(MOST_LINKS):
        shared(report)

    response = visitor.post(reverse("reports:share", args=[report.public_id]), {"days": "7"})

    assert "This report has too many links. End one first." in response.content.decode()


def test_the_service_shares_only_what_is_ready_and_offered(make_report: MakeReport, report: Report) -> None:
    waiting = make_report(paper="us-letter")

    for wrong in ({"report": waiting}, {"report": report, "days": 8}, {"report": report, "passphrase": "short"}):
        with pytest.raises(NotShared):
            shared(**wrong)


def test_a_stranger_shares_and_ends_nothing(stranger: Client, report: Report) -> None:
    made = shared(report)

    assert stranger.post(reverse("reports:share", args=[report.public_id]), {"days": "7"}).status_code == 404
    assert stranger.post(reverse("reports:share_revoke", args=[made.link.public_id])).status_code == 404
    assert ShareLink.objects.alive(timezone.now()).count() == 1


def test_logs_name_no_token(report: Report) -> None:
    made = shared(report)
    record = logging.LogRecord("x", logging.INFO, "x", 1, f"GET {entrance(made)} HTTP/1.1", None, None)

    line = WithoutTokens().format(record)

    assert line == "GET /shared/by/…/ HTTP/1.1"
