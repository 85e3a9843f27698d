"""What measurements do to the engine's band."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.engine.catalog import Catalog, MeasuredSpeed, Measurement
from advisor.engine.measured import NORMAL_80, OTHER_MACHINE, Band, narrowed, points


def around(central: float, spread: float) -> Band:
    return central / spread, central, central * spread


def width(band: Band) -> float:
    return band[2] / band[0]


def speed(users: int, central: float, low: float | None = None, high: float | None = None) -> MeasuredSpeed:
    return MeasuredSpeed(
        users=users, low=low or central, central=central, high=high or central, total=central * users,
        first_token_s=0.2, answers=3,
    )  # fmt: skip


def measurement(slug: str, *speeds: MeasuredSpeed) -> Measurement:
    return Measurement(
        slug=slug, grade="measured", model="m", format="FP8", runtime="vllm", device="d", device_count=1,
        prompt_tokens=500, output_tokens=256, speeds=speeds,
    )  # fmt: skip


def test_without_a_measurement_the_band_stays() -> None:
    assert narrowed((80.0, 100.0, 120.0), ()) == (80.0, 100.0, 120.0)


def test_a_measurement_is_weighed_by_the_inverse_of_its_variance() -> None:
    # Formula: 100 x/÷ 1.28, s0 = ln 1.28 / 1.2816 = 0.246860 / 1.2816 = 0.192619, weight 1 / 0.0371021 = 26.9527.
    # Measured exactly 110: s1 = 0.08, weight 1 / 0.0064 = 156.25. Sum 183.2027.
    # x = ln 100 + 156.25 / 183.2027 x ln 1.1 = 4.605170 + 0.852881 x 0.095310 = 4.686458, e^x = 108.47
    # they differ by 0.0953 / sqrt(0.0371 + 0.0064) = 0.46 deviations, so B = 1
    # half = 1.2816 / sqrt(183.2027) = 1.2816 / 13.5352 = 0.094686, e^half = 1.09931
    low, central, high = narrowed(around(100.0, 1.28), [(110.0, 110.0, 110.0)])
    assert central == pytest.approx(108.47, abs=0.01)
    assert low == pytest.approx(108.47 / 1.09931, abs=0.02)
    assert high == pytest.approx(108.47 * 1.09931, abs=0.02)


def test_agreement_narrows_and_more_of_it_narrows_more() -> None:
    band = around(50.0, 1.4)
    one = narrowed(band, [around(50.0, 1.02)])
    two = narrowed(band, [around(50.0, 1.02)] * 2)
    assert width(band) > width(one) > width(two)
    assert one[1] == two[1] == pytest.approx(50.0)


def test_one_measurement_is_never_more_certain_than_another_machine_of_its_kind() -> None:
    band = narrowed(around(50.0, 4.0), [(50.0, 50.0, 50.0)])
    assert math.log(band[2] / band[1]) == pytest.approx(NORMAL_80 * OTHER_MACHINE, rel=0.01)


def test_a_scattered_measurement_says_less() -> None:
    band = around(50.0, 1.4)
    assert width(narrowed(band, [around(50.0, 1.5)])) > width(narrowed(band, [around(50.0, 1.1)]))


def test_a_measurement_far_off_moves_the_band_to_it_and_widens_it() -> None:
    # ln 3 = 1.0986 against s0 = ln 1.25 / 1.2816 = 0.1741 and s1 = 0.08:
    # B = 1.0986 / sqrt(0.1741^2 + 0.08^2) = 1.0986 / 0.1916 = 5.734
    low, central, high = narrowed(around(100.0, 1.25), [(300.0, 300.0, 300.0)])
    assert low < 300 < high
    assert width((low, central, high)) > 1.25**2
    weight = 1 / 0.1741**2 + 1 / 0.0064
    assert math.log(high / central) == pytest.approx(NORMAL_80 * 5.734 / math.sqrt(weight), rel=1e-3)


def test_measurements_that_contradict_each_other_do_not_narrow() -> None:
    agreeing = narrowed(around(100.0, 1.3), [around(100.0, 1.02)] * 2)
    quarreling = narrowed(around(100.0, 1.3), [around(60.0, 1.02), around(160.0, 1.02)])
    assert width(quarreling) > 2 * width(agreeing)


def test_a_band_without_width_still_listens() -> None:
    assert narrowed((100.0, 100.0, 100.0), [(110.0, 110.0, 110.0)])[1] == pytest.approx(math.sqrt(100 * 110))


speeds = st.floats(0.1, 1e5)
# A busy machine is no reason to fail.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@patient
@given(st.tuples(speeds, st.floats(1.0, 5.0)), st.lists(st.tuples(speeds, st.floats(1.0, 3.0)), max_size=6))
def test_the_band_is_ordered_finite_and_between_what_was_known(
    formula: tuple[float, float], measured: list[tuple[float, float]]
) -> None:
    bands = [around(*item) for item in measured]
    low, central, high = narrowed(around(*formula), bands)
    assert 0 < low <= central <= high < math.inf
    known = [formula[0], *(central for central, _ in measured)]
    assert min(known) * 0.999 <= central <= max(known) * 1.001


@patient
@given(st.permutations([around(90.0, 1.1), around(100.0, 1.2), around(130.0, 1.05)]))
def test_the_order_of_measurements_is_irrelevant(measured: list[Band]) -> None:
    first = narrowed(around(100.0, 1.3), [around(90.0, 1.1), around(100.0, 1.2), around(130.0, 1.05)])
    assert narrowed(around(100.0, 1.3), measured) == pytest.approx(first)


def test_a_measurement_is_carried_by_how_far_the_formula_was_off() -> None:
    # measured 60 (57-63) where the formula said 50: a factor of 1.2; here it says 30, so 36 (34.2-37.8)
    row = measurement("a", speed(1, 60.0, 57.0, 63.0))
    assert points([row], 1, around(30.0, 1.3), lambda row, level: around(50.0, 1.3)) == (
        pytest.approx((34.2, 36.0, 37.8)),
    )


def test_only_the_nearest_number_of_users_counts_and_less_the_farther_it_is() -> None:
    row = measurement("a", speed(1, 100.0), speed(4, 40.0))
    asked: list[int] = []

    def predict(row: Measurement, level: MeasuredSpeed) -> Band:
        asked.append(level.users)
        return around(40.0, 1.3)

    # 16 users are two doublings from 4: 1.2816 x 0.10 x 2 = 0.25632, e^0.25632 = 1.29216
    ((low, central, high),) = points([row], 16, around(20.0, 1.3), predict)
    assert asked == [4]
    assert (low, central, high) == pytest.approx((20 / 1.29216, 20, 20 * 1.29216), rel=1e-4)


def test_what_the_formula_cannot_predict_is_left_out() -> None:
    assert points([measurement("a", speed(1, 60.0))], 1, around(30.0, 1.3), lambda row, level: None) == ()
    assert points([measurement("a")], 1, around(30.0, 1.3), lambda row, level: around(1.0, 1.1)) == ()


def test_points_come_in_order_of_their_slugs() -> None:
    rows = [measurement("b", speed(1, 20.0)), measurement("a", speed(1, 10.0))]
    found = points(rows, 1, around(1.0, 1.3), lambda row, level: around(1.0, 1.3))
    assert [central for _, central, _ in found] == [10.0, 20.0]


def test_a_document_carries_measurements() -> None:
    row = {
        "slug": "a", "grade": "measured", "model": "m", "format": "FP8", "runtime": "vllm", "device": "d",
        "device_count": 1, "prompt_tokens": 500, "output_tokens": 256,
        "speeds": [
            {"users": 1, "low": 9, "central": 10, "high": 11, "total": 10, "first_token_s": 0.2, "answers": 3},
        ],
    }  # fmt: skip
    catalog = Catalog.from_document({"format": 1, "entries": {"measurements": [row]}}, "x")
    assert catalog.measurements[0].speeds[0].central == 10.0
    assert Catalog.from_document({"format": 1, "entries": {}}, "x").measurements == ()
