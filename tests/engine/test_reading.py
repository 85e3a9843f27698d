"""A document that does not fit is refused with the place of the fault."""

from typing import Any

import pytest

from advisor.engine.catalog import Catalog

FX: dict[str, Any] = {"slug": "eur", "currency": "EUR", "units_per_usd": 0.9}


def read(**entries: Any) -> Catalog:
    return Catalog.from_document({"format": 1, "entries": entries}, "hash")


def test_a_row_that_fits_is_read() -> None:
    assert read(fx=[FX]).fx[0].units_per_usd == 0.9


def test_rows_are_in_the_order_of_their_short_names() -> None:
    assert [row.slug for row in read(fx=[FX, FX | {"slug": "aud"}]).fx] == ["aud", "eur"]


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format: expected 1, got 2"):
        Catalog.from_document({"format": 2, "entries": {}}, "hash")


@pytest.mark.parametrize(
    ("kind", "row", "problem"),
    [
        ("fx", FX | {"units_per_usd": "0.9"}, r"fx\[eur\].units_per_usd: expected float, got '0.9'"),
        ("fx", FX | {"units_per_usd": True}, r"fx\[eur\].units_per_usd: expected float, got True"),
        ("fx", {"slug": "eur"}, r"fx\[eur\]: .*missing .*currency"),
        ("models", {"slug": "m", "tasks": "chat"}, r"models\[m\].tasks: expected a list, got 'chat'"),
        ("models", {"slug": "m", "weights_gb": [1]}, r"models\[m\].weights_gb: expected an object, got \[1\]"),
        ("devices", {"slug": "d", "price": 9}, r"devices\[d\].price: expected an object, got 9"),
    ],
)
def test_a_row_that_does_not_fit_is_named(kind: str, row: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read(**{kind: [row]})
