"""A catalog ten times as large as the shipped one, made the same way each time, to see how the engine's time grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from advisor.engine.catalog import ApiPrice, Catalog, CloudOffer, Device, Entry, Model, Score, Seat, SupportOffer

Row = TypeVar("Row", bound=Entry)
STEP = 0.004  # figures of neighboring copies differ by this share: alike, but never equal


def enlarged(catalog: Catalog, times: int) -> Catalog:
    """Every model, device, offer and price ``times`` over, with new names and slightly other figures."""
    return replace(
        catalog,
        content_hash=f"{catalog.content_hash} x {times}",
        models=_copies(catalog.models, _model, times),
        devices=_copies(catalog.devices, _device, times),
        cloud_offers=_copies(catalog.cloud_offers, _offer, times),
        api_prices=_copies(catalog.api_prices, _price, times),
        seats=_copies(catalog.seats, _seat, times),
        support_offers=_copies(catalog.support_offers, _support, times),
    )


def _copies(rows: tuple[Row, ...], change: Callable[[Row, int, float], Row], times: int) -> tuple[Row, ...]:
    made = [*rows]
    for number in range(1, times):
        for place, row in enumerate(rows):
            by = 1 + STEP * (number if (number + place) % 2 else -number)
            made.append(change(row, number, by))
    return tuple(sorted(made, key=lambda row: row.slug))


def _slug(slug: str, number: int) -> str:
    return f"{slug}-copy-{number}"


def _times(value: float | None, by: float) -> float | None:
    return None if value is None else value * by


def _model(row: Model, number: int, by: float) -> Model:
    return replace(
        row,
        slug=_slug(row.slug, number),
        name=f"{row.name} {number}",
        params_total_b=_times(row.params_total_b, by),
        params_active_b=_times(row.params_active_b, by),
        params_effective_b=_times(row.params_effective_b, by),
        weights_gb={name: size * by for name, size in row.weights_gb.items()},
        vram_min_gb={name: size * by for name, size in row.vram_min_gb.items()},
        quality=tuple(_score(score, by) for score in row.quality),
    )


def _score(score: Score, by: float) -> Score:
    return replace(score, score=score.score * by)


def _device(row: Device, number: int, by: float) -> Device:
    return replace(
        row,
        slug=_slug(row.slug, number),
        name=f"{row.name} {number}",
        bandwidth_gbs=_times(row.bandwidth_gbs, by),
        fp16_tflops=_times(row.fp16_tflops, by),
        power_watts=_times(row.power_watts, by),
        price=replace(row.price, amount=_times(row.price.amount, by)),
    )


def _offer(row: CloudOffer, number: int, by: float) -> CloudOffer:
    return replace(
        row,
        slug=_slug(row.slug, number),
        device=None if row.device is None else _slug(row.device, number),
        price_hour=_times(row.price_hour, by),
        price_month=_times(row.price_month, by),
    )


def _price(row: ApiPrice, number: int, by: float) -> ApiPrice:
    return replace(
        row,
        slug=_slug(row.slug, number),
        model_name=f"{row.model_name} {number}",
        model=None if row.model is None else _slug(row.model, number),
        input=_times(row.input, by),
        output=_times(row.output, by),
        cached_input=_times(row.cached_input, by),
        price=_times(row.price, by),
    )


def _seat(row: Seat, number: int, by: float) -> Seat:
    price = _times(row.price, by)
    return replace(row, slug=_slug(row.slug, number), price=price, product=f"{row.product} {number}")


def _support(row: SupportOffer, number: int, by: float) -> SupportOffer:
    return replace(
        row,
        slug=_slug(row.slug, number),
        offer=f"{row.offer} {number}",
        price=_times(row.price, by),
        price_low=_times(row.price_low, by),
        price_high=_times(row.price_high, by),
    )
