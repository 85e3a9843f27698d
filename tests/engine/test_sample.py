import numpy as np
import pytest

from advisor.engine.catalog import Number
from advisor.engine.sample import POINTS, draw, estimate, scaled


def number(low: float, central: float, high: float) -> Number:
    return Number(low=low, central=central, high=high, unit="x", grade="assumed")


def test_the_first_point_is_the_central_case() -> None:
    drawn = draw({"a": number(1, 2, 10), "b": number(0, 0, 5)})
    assert drawn["a"][0] == 2
    assert drawn["b"][0] == 0
    assert drawn["a"].shape == (POINTS + 1,)


def test_every_point_lies_in_its_range_and_half_on_each_side() -> None:
    values = draw({"a": number(1, 2, 10)})["a"][1:]
    assert values.min() >= 1
    assert values.max() <= 10
    assert float(np.mean(values <= 2)) == pytest.approx(0.5, abs=0.02)


def test_the_same_ranges_give_the_same_points_in_any_order() -> None:
    one = draw({"a": number(1, 2, 3), "b": number(4, 5, 6)})
    two = draw({"b": number(4, 5, 6), "a": number(1, 2, 3)})
    assert np.array_equal(one["a"], two["a"])
    assert np.array_equal(one["b"], two["b"])


def test_percentiles_of_a_linear_range() -> None:
    # Half the weight uniform on 0-10, half on 10-20: 10th percentile 2, 90th 18.
    made = estimate(draw({"a": number(0, 10, 20)})["a"], "EUR", "assumed")
    assert (made.low, made.central, made.high) == (pytest.approx(2, abs=0.2), 10, pytest.approx(18, abs=0.2))


def test_a_central_case_outside_the_percentiles_widens_the_range() -> None:
    values = np.array([100.0, *([1.0] * 50)])
    made = estimate(values, "EUR", "assumed")
    assert made.low <= made.central <= made.high == 100.0


def test_scaling_touches_only_the_named_inputs() -> None:
    drawn = draw({"volume:a": number(1, 2, 3), "users": number(5, 5, 5)})
    moved = scaled(drawn, {"volume:": 2.0})
    assert moved["volume:a"][0] == 4
    assert moved["users"][0] == 5


def test_a_single_figure_is_its_own_range() -> None:
    made = estimate(np.array([7.126]), "EUR", "assumed")
    assert (made.low, made.central, made.high) == (7.13, 7.13, 7.13)
