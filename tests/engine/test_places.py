"""The computers that are already there, as question 16 tells of them."""

import pytest

from advisor.engine.answers import Answers, Computers, Job, JobAnswer, OwnComputer
from advisor.engine.assumptions import resolve
from advisor.engine.places import Place, machines
from advisor.engine.types import Route
from tests.samples import AS_OF, catalog


def there(computers: Computers | None, *owned: OwnComputer) -> list[Place]:
    answers = Answers(
        country="DE", currency="EUR", jobs=(JobAnswer(Job.WRITE_REPLY, 10, 5),), computers=computers,
        own_computers=owned,
    )  # fmt: skip
    places = machines(resolve(answers, catalog(), AS_OF))
    return [place for place in places if place.route is Route.STAFF_COMPUTERS]


def test_a_named_computer_is_that_computer() -> None:
    (place,) = there(Computers.GRAPHICS_CARD, OwnComputer("l4", None, 2))
    assert (place.device and place.device.slug, place.cards, place.owned) == ("l4", 2, True)


@pytest.mark.parametrize(
    ("computers", "kinds"),
    [
        (Computers.GRAPHICS_CARD, {"consumer_gpu", "workstation_gpu"}),
        (Computers.APPLE, {"unified_memory_computer"}),
        (Computers.SERVER, {"datacenter_gpu", "workstation_gpu"}),
        (None, {"cpu_desktop"}),
    ],
)
def test_a_computer_named_by_its_memory_is_the_slowest_of_its_kind_that_has_as_much(
    computers: Computers | None, kinds: set[str]
) -> None:
    (place,) = there(computers, OwnComputer(None, 12.0, 1))
    able = [row for row in catalog().devices if row.kind in kinds and row.bandwidth_gbs and (row.memory_gb or 0) >= 12]
    assert place.device is not None
    assert place.device.memory_gb == 12.0
    assert place.device.bandwidth_gbs == min(row.bandwidth_gbs or 0 for row in able)


def test_a_computer_with_more_memory_than_any_known_one_is_left_out() -> None:
    assert there(Computers.APPLE, OwnComputer(None, 1_000_000.0, 1)) == []


def test_office_computers_have_eight_gigabytes_to_spare() -> None:
    (place,) = there(Computers.OFFICE_PCS)
    assert place.device is not None
    assert place.device.memory_gb == 8.0
