"""How long a fact may be relied on."""

from datetime import date

import pytest

from advisor.engine.freshness import (
    KEEPING,
    KIND_OF,
    Freshness,
    Kind,
    expires_on,
    freshness,
    grade_today,
    kind_of,
    last_day,
    review_by,
)
from advisor.engine.types import Grade

CHECKED = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2026", date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-10-08", date(2026, 10, 8)),
        ("2025-S1", date(2025, 6, 30)),
        ("2025-S2", date(2025, 12, 31)),
        ("2023-Q3", date(2023, 9, 30)),
    ],
)
def test_a_date_means_the_last_day_it_may_mean(as_of: str, day: date) -> None:
    assert last_day(as_of) == day


@pytest.mark.parametrize("as_of", ["next week", "2026-13-01", "2026-99-99", "20x6", "2026-13", "2026-00"])
def test_what_is_no_date_is_refused(as_of: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        last_day(as_of)


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (Kind.PRICE, date(2026, 12, 21)),  # 21 November + 30 days
        (Kind.DEVICE_PRICE, date(2027, 1, 20)),  # + 60
        (Kind.LICENSE, date(2027, 5, 20)),  # + 180
        (Kind.LASTING, None),
    ],
)
def test_the_review_is_due_so_many_days_after_the_check(kind: Kind, day: date | None) -> None:
    assert review_by(kind, "2026-11", CHECKED) == day


def test_copying_an_old_price_is_not_checking_it() -> None:
    assert review_by(Kind.PRICE, "2026-09-01", CHECKED) == date(2026, 10, 1)  # 1 September + 30 days
    assert review_by(Kind.STATISTIC, "2024", CHECKED) == date(2027, 11, 21)  # looked for a newer one: + 365 days


def test_without_a_check_the_review_counts_from_the_figure() -> None:
    assert review_by(Kind.PRICE, "2026-10", None) == date(2026, 11, 30)  # 31 October + 30 days


def test_without_any_date_the_review_is_overdue() -> None:
    assert freshness(Kind.LICENSE, None, None, CHECKED) is Freshness.REVIEW_DUE


def test_a_price_lasts_to_the_end_of_its_month_a_year_later() -> None:
    assert expires_on(Kind.PRICE, "2026-10-08", CHECKED) == date(2027, 10, 31)
    assert expires_on(Kind.PRICE, None, CHECKED) == date(2027, 11, 30)
    assert expires_on(Kind.PRICE, None, None) is None
    assert expires_on(Kind.LICENSE, "2019", CHECKED) is None


def test_a_device_price_expires_at_the_end_of_its_month_a_year_and_a_half_later() -> None:
    # October 2026 + 18 months = April 2028
    assert freshness(Kind.DEVICE_PRICE, "2026-10", date(2028, 4, 30), date(2028, 4, 30)) is Freshness.REVIEW_DUE
    assert freshness(Kind.DEVICE_PRICE, "2026-10", date(2028, 4, 30), date(2028, 5, 1)) is Freshness.EXPIRED


def test_the_last_day_is_still_in_time() -> None:
    assert freshness(Kind.PRICE, "2026-11", CHECKED, date(2026, 12, 21)) is Freshness.CURRENT
    assert freshness(Kind.PRICE, "2026-11", CHECKED, date(2026, 12, 22)) is Freshness.REVIEW_DUE


def test_checking_again_does_not_make_an_old_figure_young() -> None:
    assert freshness(Kind.PRICE, "2025-03", CHECKED, CHECKED) is Freshness.EXPIRED


def test_architecture_neither_needs_a_review_nor_expires() -> None:
    assert freshness(kind_of("models"), "2019", None, CHECKED) is Freshness.CURRENT


@pytest.mark.parametrize(
    ("grade", "due"),
    [
        (Grade.MEASURED, Grade.DERIVED),
        (Grade.PUBLISHED, Grade.DERIVED),
        (Grade.DERIVED, Grade.DERIVED),
        (Grade.ASSUMED, Grade.ASSUMED),
        (Grade.UNKNOWN, Grade.UNKNOWN),
    ],
)
def test_past_its_review_a_fact_is_at_best_carried_forward(grade: Grade, due: Grade) -> None:
    assert grade_today(grade, Freshness.CURRENT) == grade
    assert grade_today(grade, Freshness.REVIEW_DUE) == due
    assert grade_today(grade, Freshness.EXPIRED) == Grade.UNKNOWN


def test_every_kind_has_its_rule_and_every_collection_named_is_one_of_the_catalog() -> None:
    from advisor.engine.catalog import Catalog

    assert set(KEEPING) == set(Kind)
    assert set(KIND_OF) <= set(Catalog.__dataclass_fields__)
