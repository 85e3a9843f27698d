from io import BytesIO

import pytest

from advisor.web import downloads


def test_a_download_is_an_attachment_nobody_keeps() -> None:
    response = downloads.attachment(BytesIO(b"%PDF"), "Report for Miller.pdf", "application/pdf")

    assert response["Content-Disposition"] == 'attachment; filename="Report for Miller.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == b"%PDF"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("a\r\nSet-Cookie: x=1.pdf", "a-Set-Cookie- x=1.pdf".replace("=", "-")),
        ("../../etc/passwd", "etc-passwd"),
        ('quo"te.pdf', "quo-te.pdf"),
        ("报告 2026.pdf", "报告 2026.pdf"),
        ("\x00\x1b", "download"),
        (" .hidden ", "hidden"),
    ],
)
def test_a_file_name_carries_no_surprises(given: str, made: str) -> None:
    assert downloads.safe_name(given) == made


def test_a_very_long_name_is_cut() -> None:
    assert len(downloads.safe_name("x" * 5000)) == 120
