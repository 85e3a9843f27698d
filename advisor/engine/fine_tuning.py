"""Training a model further on a business's own examples: hours of people, hours of a rented or owned machine.

``hours of machine = 6 x active parameters x tokens x passes x runs / (16-bit peak x share reached)``: six operations
per parameter and token are two forward and four backward (Kaplan et al., https://arxiv.org/abs/2001.08361). Adapters
need less backward work; the share of the peak that training reaches is the wider uncertainty. Memory is that of
adapters on weights of 4 bits (QLoRA). Training is repeated when a better original is taken over.
"""

from __future__ import annotations

import numpy as np

from advisor.engine.answers import Adaptation
from advisor.engine.candidates import Candidate
from advisor.engine.demand import Load
from advisor.engine.sample import Array
from advisor.engine.setup import Case, overhead, power
from advisor.engine.shapes import active_b
from advisor.engine.trainers import Trainer, peak_of, trainer
from advisor.engine.types import Grade
from advisor.engine.units import MONTHS_PER_YEAR
from advisor.engine.working import Line, Working

OPERATIONS_PER_PARAMETER = 6
LEAST_HOURS = 1.0  # of a rented machine, by the hour at least; assumed, many bill by the minute or second


def fine_tuning(case: Case, work: Working) -> Line | None:
    """The line of the main job's model, where training is switched on and can be done."""
    if case.business.adaptation is not Adaptation.FINE_TUNING:
        return None
    return training_line(case, work)


def training_line(case: Case, work: Working) -> Line | None:
    """Examples, first training, and training again each year; None where it cannot be done."""
    candidate = main_candidate(case)
    found = trainer(candidate.model, candidate.place, case.business) if candidate is not None else None
    if candidate is None or found is None:
        return None
    load = next(load for load in case.loads if load.job == candidate.job)
    machine, on_machine = _machine_cost(found, load, case, work)
    evaluation, by_hour = work.use("fine_tuning_evaluation"), work.use("it_hourly")
    each = evaluation * by_hour + machine
    examples = work.use("fine_tuning_examples") / 100 * work.use("fine_tuning_per_100_examples")
    once = examples * work.use("staff_hourly") + work.use("fine_tuning_setup") * by_hour + each
    yearly = work.use("fine_tuning_trainings_year")
    work.horizon()
    return work.line(
        "fine_tuning",
        "fine_tuning_examples / 100 * fine_tuning_per_100_examples * staff_hourly + fine_tuning_setup * it_hourly"
        f" + (fine_tuning_evaluation * it_hourly + {on_machine})"
        f" * (1 + fine_tuning_trainings_year * horizon / {MONTHS_PER_YEAR})",
        once=once, month=each * yearly / MONTHS_PER_YEAR,
    )  # fmt: skip


def _machine_cost(found: Trainer, load: Load, case: Case, work: Working) -> tuple[Array, str]:
    """One training: hours x rent, or x electricity on the business's own machine."""
    hours, expression = _hours(found, load, work)
    place = found.place
    if place.offer is None:
        watts, more = power(place, case.factors).working, overhead(place, case.factors)
        work.note("training_watts", watts, "watts", Grade.ASSUMED)
        work.note("training_pue", more, "ratio", Grade.ASSUMED)
        cost = hours * watts / 1000 * more * work.use("electricity")
        return cost, f"{expression} * training_watts / 1000 * training_pue * electricity"
    offer = place.offer
    unit = f"{offer.currency}/hour"
    work.note("training_rent_hour", offer.price_hour or 0.0, unit, offer.grade, offer.source, offer.as_of)
    rate, exchanged = work.abroad(offer.currency)
    cost = hours * (offer.price_hour or 0.0) * work.use("price") * rate
    return cost, f"{expression} * training_rent_hour * price{exchanged}"


def _hours(found: Trainer, load: Load, work: Working) -> tuple[Array, str]:
    """Hours of one training with its tries: billions of parameters, TFLOPS and seconds leave a factor of 1,000."""
    device = found.place.device
    assert device is not None
    active, peak = active_b(found.model) or 0.0, peak_of(found.place)
    work.note("active_parameters", active, "billion parameters", Grade.MAKER)
    each = (load.input_tokens + load.output_tokens) / (load.requests + 1e-12)
    work.note("tokens_per_example", each, "tokens/request", Grade.DERIVED)
    work.note("training_tflops", peak, "TFLOPS", device.grade, device.source, device.as_of)
    shown = work.use("fine_tuning_examples") * each * work.use("fine_tuning_epochs") * work.use("fine_tuning_runs")
    operations = OPERATIONS_PER_PARAMETER * active * shown
    hours: Array = np.maximum(LEAST_HOURS, operations / (peak * work.use("fine_tuning_of_peak") * 3600 * 1000))
    return hours, (
        f"max({LEAST_HOURS:g}, {OPERATIONS_PER_PARAMETER} * active_parameters * fine_tuning_examples"
        " * tokens_per_example * fine_tuning_epochs * fine_tuning_runs"
        " / (training_tflops * fine_tuning_of_peak * 3600 * 1000))"
    )


def main_candidate(case: Case) -> Candidate | None:
    main = case.business.jobs[0].job
    return next((candidate for candidate in case.setup.candidates if candidate.job == main), None)
