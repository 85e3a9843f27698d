"""Erlang C by hand: c servers, offered load a, P(wait) = B / (1 - a/c (1 - B)), B the Erlang loss formula."""

import pytest

from advisor.engine.capacity import late_share, requests_per_hour, share_waiting


def test_one_server_half_busy_lets_half_wait() -> None:
    # c = 1: Erlang C is the load itself.
    assert share_waiting(1, 0.5) == pytest.approx(0.5)


def test_two_servers_with_one_erlang_let_a_third_wait() -> None:
    # B(1) = 1/2, B(2) = (1 x 1/2) / (2 + 1 x 1/2) = 0.2; C = 0.2 / (1 - 1/2 x 0.8) = 1/3.
    assert share_waiting(2, 1.0) == pytest.approx(1 / 3)


def test_an_overloaded_machine_lets_everyone_wait() -> None:
    assert share_waiting(3, 3.0) == 1.0
    assert late_share(2, arrivals_per_s=1.0, service_s=4.0, wait_s=10) == 1.0


def test_waiting_longer_than_the_target_decays_with_spare_capacity() -> None:
    # c = 1, service 2 s, 0.25 arrivals a second: a = 0.5; P(wait > 2 s) = 0.5 x exp(-(1 - 0.5) x 2 / 2) = 0.303.
    assert late_share(1, 0.25, 2.0, 2.0) == pytest.approx(0.5 * 2.718281828 ** (-0.5))


def test_batch_work_fills_the_machine_to_its_planned_share() -> None:
    # One slot, 10 s each: 360 an hour, 80 % planned.
    assert requests_per_hour(1, 10.0, None) == pytest.approx(288.0)


def test_the_hourly_rate_meets_the_wait_target_and_a_little_more_does_not() -> None:
    rate = requests_per_hour(4, 10.0, 2.0)
    assert late_share(4, rate / 3600, 10.0, 2.0) == pytest.approx(0.1, abs=1e-6)
    assert late_share(4, rate * 1.05 / 3600, 10.0, 2.0) > 0.1


def test_more_slots_never_serve_fewer() -> None:
    rates = [requests_per_hour(slots, 10.0, 2.0) for slots in (1, 2, 4, 8, 16)]
    assert rates == sorted(rates)
