"""Whatever a client typed is shown as it was typed, and nothing in it runs, reads a file or stops the report."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from advisor.reports import rendering
from advisor.reports.fonts import (
    BREAK,
    DROPPED,
    LONGEST_WORD,
    MISSING,
    PLAIN,
    covered,
    plainest,
    printable,
    with_breaks,
)
from advisor.reports.rendering import TIMEOUT_SECONDS, RenderError, compile_pdf
from advisor.reports.typst_process import run_typst
from tests.recommendations import make_recommendation
from tests.reports.pdf import packed, rendered, words
from tests.reports.sample import ANSWERS, MOMENT

PAYLOADS = {
    "typst code": '#read("/etc/passwd") #eval("1+1") #panic("x") #import "@preview/cetz:0.3.0"',
    "typst markup": "= Head *bold* _it_ $x^2$ `raw` @ref <label> \\ // gone /* gone */ ~ -- --- 'q' \"q\"",
    "braces": "{{ 7*7 }} {% now %} ${jndi} %s %(x)s {0} \\u{41}",
    "html": "<script>alert(1)</script> <b>&amp;</b>",
    "spreadsheet": "=cmd|' /C calc'!A0",
    "hebrew": "\u05e9\u05dc\u05d5\u05dd",
    "emoji": "\U0001f600 \u2603",
    "other scripts": "Łódź Ελλάδα Україна 東京 서울 ไทย",
}
JOINED_SCRIPTS = "हिन्दी العربية বাংলা"  # their letters change shape and order, so extraction cannot give them back


def with_text(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same text in every place a client or an editor can reach."""
    document = json.loads(json.dumps(make_recommendation().to_document()))
    document["keep"]["tools"][0]["product"] = text
    document["plans"][0]["provider"] = text
    document["plans"][0]["software"] = [text]
    document["plans"][0]["models"][0]["name"] = text
    document["plans"][0]["models"][0]["license"]["summary"] = text
    document["assumptions"][0]["source"] = text
    tools = [{**ANSWERS["current_tools"][0], "product": text}]
    return document, {**ANSWERS, "client_label": text, "current_tools": tools}


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_text_is_shown_as_it_was_typed(name: str, language: str) -> None:
    document, answers = with_text(PAYLOADS[name])

    text = words(rendered(document, answers=answers, language=language))

    shown = packed(printable(PAYLOADS[name]))
    if name == "hebrew":  # set from right to left, so it may be extracted in either order
        assert shown in text or shown[::-1] in text
    else:
        assert text.count(shown) >= 4


def test_scripts_whose_letters_join_are_set_too() -> None:
    document, answers = with_text(JOINED_SCRIPTS)

    text = words(rendered(document, answers=answers))

    assert MISSING not in text
    assert {"ह", "ব"} <= set(text)


def test_a_very_long_text_is_shown_in_full() -> None:
    long = "Wort " * 10_000
    document, answers = with_text("x")
    document["keep"]["tools"][0]["product"] = long.strip()

    assert words(rendered(document, answers=answers)).count("Wort") >= 10_000


def test_a_very_long_word_is_shown_in_full() -> None:
    document, _answers = with_text("x")
    document["keep"]["tools"][0]["product"] = "W" * 50_000

    assert words(rendered(document)).count("W") >= 50_000


def test_a_long_client_name_leaves_the_cover_in_shape() -> None:
    text = words(rendered(answers={**ANSWERS, "client_label": "Name " * 2000}))

    assert text.count("Name") < 20


def test_what_nobody_can_see_is_dropped() -> None:
    hidden = "a\x00b\x1bc\u202ed\u200de\ufe0ff\ue000g\ufeffh\U000e0041i"

    assert printable(hidden) == "abcdefghi"


def test_line_ends_become_spaces_and_accents_are_joined() -> None:
    assert printable("one\r\ntwo\tthree\u2028four e\u0301") == "one  two three four é"


def test_what_no_face_has_becomes_a_box() -> None:
    assert printable("x\U0001f9ff\U00012000y").endswith(f"{MISSING}y")
    assert ord(MISSING) in covered()


def test_what_passes_for_plain_needs_no_cleaning() -> None:
    plain = [chr(point) for point in range(0x3000) if PLAIN.fullmatch(chr(point))]

    assert len(plain) > 300
    assert all(unicodedata.category(char) not in DROPPED and ord(char) in covered() for char in plain)
    assert all(unicodedata.is_normalized("NFC", f"{char}{after}") for char in plain for after in plain)


def test_long_words_can_be_cut_and_short_ones_stay_whole() -> None:
    assert with_breaks("short") == "short"
    assert with_breaks("w" * 40).replace(BREAK, "") == "w" * 40
    assert BREAK in with_breaks("w" * 40)


def test_an_address_is_cut_where_its_parts_end_and_chinese_nowhere() -> None:
    address = "https://github.com/Mintplex-Labs/anything-llm/blob/master/README.md"
    parts = with_breaks(address).split(BREAK)

    assert "".join(parts) == address
    assert all(part[-1] in "/.-" for part in parts[:-1])
    assert max(map(len, parts)) <= LONGEST_WORD
    assert with_breaks("没有找到实测数据，（2026年11月21日）" * 3) == "没有找到实测数据，（2026年11月21日）" * 3


def test_a_face_that_lacks_a_glyph_after_all_does_not_stop_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "printable", lambda text: text)
    document, answers = with_text("Tablet \U00012000 Ltd")

    assert "Tablet" in words(rendered(document, answers=answers))


def test_the_last_resort_keeps_latin_and_chinese() -> None:
    assert plainest("Zoë 中文 \U00012000") == "Zoë 中文 ?"


def job(folder: Path, template: str) -> tuple[int, str]:
    """The exit status of Typst's process in this folder, and what it said."""
    (folder / "report.typ").write_text(template, "utf-8")
    status = run_typst(folder, timestamp=0, seconds=TIMEOUT_SECONDS)
    return status, (folder / "said.txt").read_text("utf-8")


HEAD = '#set document(title: "t")\n#set text(lang: "en")\n'


def test_the_worker_makes_a_file_from_its_own_folder(tmp_path: Path) -> None:
    status, said = job(tmp_path, HEAD + "= Fine")

    assert status == 0, said
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "template",
    [
        '#read("/etc/passwd")',
        '#read("../outside.txt")',
        '#read("../../../../../../etc/passwd")',
        '#import "@preview/cetz:0.3.0": *',
    ],
)
def test_even_a_template_reads_nothing_outside_and_fetches_nothing(tmp_path: Path, template: str) -> None:
    (tmp_path / "outside.txt").write_text("secret")
    folder = tmp_path / "job"
    folder.mkdir()

    status, _said = job(folder, HEAD + template)

    assert status != 0
    assert not (folder / "report.pdf").exists()


def test_a_link_in_the_job_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data.json").symlink_to("/etc/passwd")

    status, said = job(tmp_path, HEAD + "= Fine")

    assert status != 0
    assert "is a link" in said


def test_a_job_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "report.typ").write_text("#{ let x = 0; while x < 1e12 { x += 1 } }")
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)
    monkeypatch.setattr(rendering, "TIMEOUT_SECONDS", 1)

    with pytest.raises(RenderError) as caught:
        compile_pdf({}, timestamp=MOMENT)

    assert caught.value.reason in ("timeout", "template")  # Typst itself may notice first


def test_a_job_that_wants_all_memory_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "report.typ").write_text('#let s = "xxxxxxxx"\n#for i in range(40) { s = s + s }\n#s.len()')
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)

    with pytest.raises(RenderError) as caught:
        compile_pdf({}, timestamp=MOMENT)

    assert caught.value.reason in ("killed", "template")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    rendered()

    assert list(tmp_path.iterdir()) == []
