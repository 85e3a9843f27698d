"""The bars of accuracy hold on measurements that nothing was fitted on, and the table says so."""

import numpy as np
import pytest

from advisor.calibration import accuracy, holdout

MEMORY = {line.name.strip(): line for line in accuracy.memory_lines()}
SPEED = {line.name.strip(): line for line in accuracy.speed_lines()}


@pytest.mark.parametrize("name", [line.name.strip() for line in (*MEMORY.values(), *SPEED.values()) if line.bar])
def test_the_bar_is_met(name: str) -> None:
    line = (MEMORY | SPEED)[name]
    assert line.bar is not None
    assert line.median <= line.bar[0]
    assert line.late <= line.bar[1]


def test_memory_is_never_under_by_more_than_five_percent() -> None:
    assert MEMORY["total memory"].errors.min() >= -0.05


def test_bands_hold_what_they_promise() -> None:
    widths = np.array([accuracy.width_of(point) for point in holdout.used_points()])
    assert 0.75 <= np.mean(np.abs(holdout.held_out()) <= np.log(widths)) <= 0.90


def test_the_engine_is_nearer_than_the_peers() -> None:
    for line in (
        MEMORY["weights, all files"],
        MEMORY["key-value cache"],
        MEMORY["total memory"],
        SPEED["decode, one user"],
    ):
        assert line.median < 0.5 * float(np.median(np.abs(line.peer)))


def test_the_report_names_bars_bands_and_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "other_models_line", lambda: MEMORY["key-value cache"])
    text = accuracy.report()
    assert "MISSED" not in text
    assert "80 % bands hold" in text
    assert all(reason in text for reason, _ in accuracy.left_out())
    missed = accuracy.Line("made up", np.array([0.5, 0.5]), np.array([]), 1, 0.5, (0.1, 0.2))
    assert "MISSED" in accuracy._row(missed)


def test_a_model_can_be_left_out_of_a_machine_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    few = tuple(
        point for point in holdout.used_points() if point.source in ("geerling-gb10", "geerling-m3-ultra-512gb")
    )
    monkeypatch.setattr(accuracy, "used_points", lambda: few)
    line = accuracy.other_models_line()
    assert len(line.errors) == len(few)
    assert line.sources == 2
    assert line.median < 0.5
