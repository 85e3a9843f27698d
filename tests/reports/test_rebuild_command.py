"""``manage.py rebuild``: a finished report once more, compared with the stored one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from advisor.assessments.models import Result
from advisor.reports.management.commands import rebuild as command
from advisor.reports.models import Report, State
from advisor.reports.rendering import RenderError
from tests.reports.sample import produced

MakeReport = Callable[..., Report]
OTHER_TYPST = b"%PDF-1.7 <</Creator(Typst 0.14.2)>>"


def rebuild(report: str, **options: Any) -> str:
    written = StringIO()
    call_command("rebuild", report, stdout=written, **options)
    return written.getvalue()


def refused(report: str, **options: Any) -> CommandError:
    with pytest.raises(CommandError) as caught:
        rebuild(report, **options)
    return caught.value


def finished(make_report: MakeReport, content: bytes = OTHER_TYPST, **fields: Any) -> Report:
    return make_report(state=State.READY, content=content, **fields)


def test_a_finished_report_is_made_again_to_the_byte(make_report: MakeReport, tmp_path: Path) -> None:
    report = produced(make_report(language="de", paper="us-letter").id)
    assert report is not None

    said = rebuild(report.number, output=str(tmp_path / "again.pdf"))

    assert said == f"{report.number}: the same {report.size} bytes, sha256 {report.sha256}\n"
    assert hashlib.sha256((tmp_path / "again.pdf").read_bytes()).hexdigest() == report.sha256


def test_another_version_of_typst_is_named(make_report: MakeReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "render", lambda _: b"%PDF-1.7 <</Creator (Typst 0.15.1)>>")
    report = finished(make_report)

    error = refused(report.number)

    assert error.returncode == 1
    assert report.sha256 in str(error)
    assert str(error).endswith("It was set by Typst 0.14.2; this is Typst 0.15.1.")


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (OTHER_TYPST, "Typst is the same (0.14.2): words, layout or faces of the product have changed"),
        (b"spoiled on the disk", "it does not match its own checksum"),
        (None, "The stored file is gone"),
    ],
)
def test_other_differences_are_told_apart(
    make_report: MakeReport, monkeypatch: pytest.MonkeyPatch, stored: bytes | None, said: str
) -> None:
    monkeypatch.setattr(command, "render", lambda _: OTHER_TYPST + b" other words")
    report = finished(make_report)
    path = Path(default_storage.path(report.file.name))
    path.unlink() if stored is None else path.write_bytes(stored)

    error = refused(report.number)

    assert (error.returncode, said in str(error)) == (1, True)


def test_what_cannot_be_made_again_is_said(make_report: MakeReport, monkeypatch: pytest.MonkeyPatch) -> None:
    queued = make_report()
    assert (refused("R-1").returncode, str(refused("R-1"))) == (2, "there is no report R-1")
    assert "was never finished" in str(refused(queued.number))

    def fail(_: Report) -> bytes:
        raise RenderError("timeout")

    monkeypatch.setattr(command, "render", fail)
    assert "cannot be made: timeout" in str(refused(finished(make_report, language="fr").number))
    monkeypatch.setattr(command, "render", lambda _: OTHER_TYPST)
    ready = finished(make_report, language="es")
    assert "cannot write" in str(refused(ready.number, output="/nowhere/at/all.pdf"))
    Result.objects.update(engine_version="0.1.0")
    assert "its result is of engine 0.1.0" in str(refused(ready.number))
