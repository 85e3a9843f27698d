"""Where a model could be trained further: on the business's own machine, or on one rented by the hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.engine.answers import Adaptation, Job
from advisor.engine.business import Business
from advisor.engine.catalog import Model
from advisor.engine.efficiency import peak_tflops
from advisor.engine.filters import place_failure
from advisor.engine.memory import usable_gb
from advisor.engine.places import Place, machines
from advisor.engine.shapes import active_b
from advisor.engine.types import Route

TRAINING_RUNTIMES = ("pytorch-cuda", "llamafactory")  # what adapters on 4-bit weights are published for


def is_trained(job: Job, business: Business) -> bool:
    """Whether this job's model is to be trained further."""
    return business.adaptation is Adaptation.FINE_TUNING and job is business.jobs[0].job


@dataclass(frozen=True)
class Trainer:
    """Where a model would be trained: the business's own machine, or one rented by the hour."""

    model: Model
    place: Place


def trainer(model: Model | None, place: Place, business: Business) -> Trainer | None:
    """Where a model that runs at ``place`` can be trained: there, unless it is rented, else on the cheapest to rent.

    None for hosted models, which are run as they are, and where the answers allow no machine that is large enough.
    """
    if model is None or place.device is None or not model.params_total_b or not active_b(model):
        return None
    if place.route is not Route.RENTED_SERVER and _can_train(place, model, business):
        return Trainer(model, place)
    rented = [
        (offered.offer.price_hour / peak_of(offered), offered.key, offered)
        for offered in machines(business)
        if offered.offer is not None
        and offered.offer.price_hour is not None
        and _can_train(offered, model, business)
        and place_failure(offered, business) is None
    ]
    return Trainer(model, min(rented, key=lambda item: item[:2])[2]) if rented else None


def trainable(models: Sequence[Model], places: Sequence[Place], business: Business) -> NDArray[np.bool_]:
    """Whether each model can be trained when it runs at each place: shape (models, places)."""
    rented = next((place for place in places if place.route is Route.RENTED_SERVER), None)
    found = np.zeros((len(models), len(places)), dtype=bool)
    for row, model in enumerate(models):
        if rented is not None and trainer(model, rented, business) is not None:
            found[row] = True
        else:
            found[row] = [trainer(model, place, business) is not None for place in places]
    return found


def _can_train(place: Place, model: Model, business: Business) -> bool:
    """Whether the usual training programs run there and the model with its adapters fits."""
    device = place.device
    assert device is not None
    if not any(runtime.startswith(TRAINING_RUNTIMES) for runtime in device.runtimes) or not device.fp16_tflops:
        return False
    per_b = business.numbers["fine_tuning_memory_per_b"].central
    usable = usable_gb(device, place.cards)
    return usable is not None and usable >= per_b * (model.params_total_b or 0.0)


def peak_of(place: Place) -> float:
    assert place.device is not None
    return peak_tflops(place.device, "vllm") * place.cards
