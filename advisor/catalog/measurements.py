"""What changes measurements, and how the site reads the published ones."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from advisor.catalog.models import AIModel, Device, Measurement

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from advisor.catalog.probe.measuring import Level
    from advisor.catalog.probe.report import Probe
    from advisor.engine.catalog import Catalog, MeasuredSpeed


class NotSubmitted(Exception):
    """The measurement cannot be stored; the message is a sentence for the person who asked."""


class AlreadyReviewed(Exception):
    """Somebody else decided meanwhile."""


@transaction.atomic
def submit(*, probe: Probe, measured_on: date, by: str = "", notes: str = "") -> Measurement:
    """Store a probe for review.

    Raises:
        NotSubmitted: its tokens were guessed, or its model or device is no draft of this catalog.
    """
    setup, measured = probe.setup, probe.measured
    if measured.counted_by != "usage" or measured.prompt_tokens is None:
        raise NotSubmitted(
            "Not submitted: the server does not count its tokens, and guessed counts are no measurement."
        )
    if not AIModel.objects.filter(slug=setup.model).exists():
        raise NotSubmitted(f"Not submitted: there is no model {setup.model} in this catalog.")
    if not Device.objects.filter(slug=setup.device).exists():
        raise NotSubmitted(f"Not submitted: there is no device {setup.device} in this catalog.")
    name = f"{setup.model[:80]}-{setup.weights}-{setup.device[:80]}-{measured_on:%Y%m%d}-{uuid.uuid4().hex[:6]}"
    return Measurement.objects.create(
        slug=name.lower().replace("_", "-"),
        model_id=setup.model,
        weights=setup.weights,
        runtime=setup.runtime,
        device_id=setup.device,
        device_count=setup.device_count,
        prompt_tokens=measured.prompt_tokens,
        output_tokens=measured.output_tokens,
        speeds=[_speed(level) for level in measured.levels],
        weights_gb=probe.told.weights_gb,
        memory_gb=probe.told.memory_gb,
        comparison=probe.to_document()["comparison"],
        measured_on=measured_on,
        submitted_by=by,
        notes=notes,
    )


def _speed(level: Level) -> dict[str, Any]:
    """One row of ``engine.catalog.MeasuredSpeed``; three decimals are finer than any repetition."""
    each = level.per_user_tps
    return {
        "users": level.users,
        "low": round(each.low, 3),
        "central": round(each.median, 3),
        "high": round(each.high, 3),
        "total": round(level.total_tps.median, 3),
        "first_token_s": round(level.first_token_s.median, 3),
        "answers": level.answers,
    }


@transaction.atomic
def review(
    *, measurement: Measurement, decision: str, reason: str, by: AbstractBaseUser | None, seen_state: str
) -> Measurement:
    """Accept or reject; a decision may be changed later, with its own reason. The history keeps all of them.

    Raises:
        AlreadyReviewed: its state is no longer the one the reviewer was shown.
    """
    row = Measurement.objects.select_for_update().get(pk=measurement.pk)
    if row.state != seen_state:
        raise AlreadyReviewed(row.state)
    row.state, row.reason = decision, reason
    row.reviewed_at, row.reviewed_by_id = timezone.now(), None if by is None else by.pk
    row.save()
    return row


def accepted_rows() -> list[dict[str, Any]]:
    """The rows that the next version publishes, in order of their short names."""
    accepted = Measurement.objects.filter(state=Measurement.State.ACCEPTED).order_by("slug")
    return [measurement.to_row() for measurement in accepted]


@dataclass(frozen=True)
class MeasuredRow:
    """One published measurement, as a page shows it."""

    device: str
    device_count: int
    format: str
    runtime: str
    day: date
    notes: str
    prompt_tokens: int
    output_tokens: int
    speeds: tuple[MeasuredSpeed, ...]


def measured_rows(catalog: Catalog, model: str) -> tuple[MeasuredRow, ...]:
    """The published measurements of one model for ``catalog/_measured.html``, newest first."""
    names = {device.slug: device.name for device in catalog.devices}
    found = sorted(
        (row for row in catalog.measurements if row.model == model), key=lambda row: (row.as_of or "", row.slug)
    )
    return tuple(
        MeasuredRow(
            device=names.get(row.device, row.device),
            device_count=row.device_count,
            format=row.format,
            runtime=row.runtime,
            day=date.fromisoformat(row.as_of or ""),
            notes=row.notes or "",
            prompt_tokens=row.prompt_tokens,
            output_tokens=row.output_tokens,
            speeds=row.speeds,
        )
        for row in reversed(found)
    )
