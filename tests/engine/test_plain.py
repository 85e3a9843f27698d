"""Results as plain values: the same as the standard library's ``asdict``, dates as text."""

from dataclasses import asdict
from datetime import date

import pytest

from advisor.engine.plain import plain
from advisor.engine.types import Grade, Note
from tests.samples import NAMES, recommendation


@pytest.mark.parametrize("name", NAMES)
def test_a_result_is_what_the_standard_library_makes_of_it(name: str) -> None:
    assert plain(recommendation(name)) == asdict(recommendation(name))


def test_dates_are_told_in_iso_form_and_collections_keep_their_kind() -> None:
    note = Note("seen", {"on": date(2026, 11, 21), "years": [2025, (2026,)], "grade": Grade.DERIVED})
    values = {"on": "2026-11-21", "years": [2025, (2026,)], "grade": "derived"}
    assert plain(note) == {"code": "seen", "values": values, "question": None}


def test_what_is_made_shares_nothing_that_can_change_with_the_result() -> None:
    note = Note("seen", {"years": [2025]})
    plain(note)["values"]["years"].append(2026)
    assert note.values == {"years": [2025]}
