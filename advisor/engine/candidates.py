"""What could do one job at one place: the model, how it is sized there, and the models it pulls in.

A ``Candidate`` is an option that passed every rule. ``Removed`` is one that did not, with the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from advisor.engine import capacity, facts, media, memory, speed
from advisor.engine.answers import Job
from advisor.engine.business import Business
from advisor.engine.catalog import ApiPrice, JobProfile, Model
from advisor.engine.companions import Companions, Helper
from advisor.engine.demand import MEDIA_TASK, Load
from advisor.engine.filters import Failure, failure, first, model_failure, place_failure
from advisor.engine.places import Place, hosted, machines
from advisor.engine.quality import Quality, coarse, judge, yardsticks
from advisor.engine.types import Rule

PHOTO_PROMPT_TOKENS = 1024.0  # where a job's prompt is a picture; the catalog's central figure for a photo
SLOTS = (1, 2, 4, 8, 16, 32)  # sequences at once; a small firm's single machine is planned for at most 32; own choice
# What picture and 3D programs are published for: PyTorch or MLX, and for 3D the makers' CUDA code.
MEDIA_RUNTIMES = {"image_gen": ("pytorch", "torch", "mlx"), "3d_gen": ("pytorch-cuda",)}
COARSE_FORMATS = frozenset({"Q4_K_M", "AWQ", "NVFP4"})  # about 4 bits where the maker released more
# A summary of a meeting is a text like any other: judged by the floors of writing. Own choice.
FLOORS_FROM = {Job.MEETING_NOTES: Job.WRITE_REPLY}


@dataclass(frozen=True)
class Running:
    """One model on one machine. Memory in GB; ``per_hour`` requests (or media units) at the wait target."""

    format: str | None
    needed_gb: float
    slots: int
    tokens_per_s: tuple[float, float, float] | None
    per_hour: float
    seconds_each: float


@dataclass(frozen=True)
class Candidate:
    job: Job
    model: Model | None  # None: a service that does not name its model
    name: str
    place: Place
    quality: Quality
    price: ApiPrice | None = None
    running: Running | None = None
    helpers: tuple[Helper, ...] = ()
    easy: Candidate | None = None  # routing: takes the easy share of requests

    @property
    def points(self) -> float:
        return self.quality.rank


@dataclass(frozen=True)
class Removed:
    job: Job
    model: Model
    place: Place
    failure: Failure


@dataclass(frozen=True)
class Options:
    """Every option considered, once: offered or removed."""

    candidates: tuple[Candidate, ...]
    removed: tuple[Removed, ...]


def options(business: Business, loads: tuple[Load, ...], ignoring: Rule | None = None) -> Options:
    """Evaluate every model at every place for every job; ``ignoring`` leaves one rule out."""
    sticks = yardsticks(business.catalog)
    licenses = {license_.slug: license_ for license_ in business.catalog.licenses}
    hosts = [(place, rows, place_failure(place, business, ignoring)) for place, rows in hosted(business.catalog)]
    boxes = [(place, place_failure(place, business, ignoring)) for place in machines(business)]
    companions = Companions(business, ignoring)
    candidates: list[Candidate] = []
    removed: list[Removed] = []
    for load in loads:
        floors_of = _floors_of(load, business)
        for model in business.catalog.models:
            judged = judge(model, floors_of, business.error_harm, sticks)
            of_model = model_failure(model, load, business, licenses[model.license], judged, ignoring)
            for place, rows, of_place in hosts:
                for row in rows:
                    if row.model == model.slug:
                        found = first(of_model, of_place) or _hosted(load, model, judged, place, row, companions)
                        _sort(found, load, model, place, candidates, removed)
            sized: dict[tuple[str, int, float | None], Running | Failure] = {}
            for place, of_place in boxes:
                found = first(of_model, of_place) or _on_machine(load, model, judged, place, companions, sized)
                _sort(found, load, model, place, candidates, removed)
    return Options(tuple(candidates), tuple(removed))


def _floors_of(load: Load, business: Business) -> JobProfile:
    """The profile whose floors the main model must pass: the floors of meeting notes speak to the speech model."""
    return facts.job_profile(business.catalog, FLOORS_FROM.get(load.job, load.job))


def _sort(
    found: Candidate | Failure,
    load: Load,
    model: Model,
    place: Place,
    candidates: list[Candidate],
    removed: list[Removed],
) -> None:
    if isinstance(found, Candidate):
        candidates.append(found)
    else:
        removed.append(Removed(load.job, model, place, found))


def _hosted(
    load: Load, model: Model, judged: Quality, place: Place, row: ApiPrice, companions: Companions
) -> Candidate | Failure:
    if row.context_tokens is not None and row.context_tokens < load.context_tokens:
        return failure(Rule.ABILITY, task="long_texts")
    helpers, missing = companions.of(load, place)
    if missing is not None:
        return missing
    return Candidate(load.job, model, row.model_name, place, judged, price=row, helpers=helpers)


def _on_machine(
    load: Load, model: Model, judged: Quality, place: Place, companions: Companions,
    sized: dict[tuple[str, int, float | None], Running | Failure],
) -> Candidate | Failure:  # fmt: skip
    """``sized`` remembers the same device at other places: one card is offered by many."""
    assert place.device is not None
    key = (place.device.slug, place.cards, place.device.memory_gb)
    if key not in sized:
        sized[key] = _run_media(load, model, place) if _is_media(load, model) else _run_text(load, model, place)
    runs = sized[key]
    if not isinstance(runs, Running):
        return runs
    helpers, missing = companions.of(load, place)
    if missing is not None:
        return missing
    usable = memory.usable_gb(place.device, place.cards) or 0.0
    total = runs.needed_gb + sum(helper.needed_gb for helper in helpers)
    if total > usable:
        return failure(Rule.MEMORY, needed=round(total, 1), usable=round(usable, 1))
    if runs.format in COARSE_FORMATS:
        judged = coarse(judged)
    return Candidate(load.job, model, model.name, place, judged, running=runs, helpers=helpers)


def _is_media(load: Load, model: Model) -> bool:
    return load.job in MEDIA_TASK and "text-llm" not in model.modalities


def _run_text(load: Load, model: Model, place: Place) -> Running | Failure:
    """Size a language model: the finest format that fits, then as many sequences at once as the peak asks for."""
    assert place.device is not None
    usable = memory.usable_gb(place.device, place.cards)
    if usable is None:
        return failure(Rule.MEMORY, needed=None, usable=None)
    form = _finest_format(load, model, place, usable)
    if not isinstance(form, str):
        return form
    profile = load.profile
    prompt = float(profile.input_tokens.central) or PHOTO_PROMPT_TOKENS
    answer = max(1.0, profile.output_tokens.central * profile.reasoning_multiplier.central)
    wanted, wait = profile.tokens_per_s_per_user, profile.wait_first_word_s
    best: Running | None = None
    for slots in SLOTS:
        tokens_per_s = _decode(model, form, place, int(prompt), slots)
        read = speed.prefill_band(model, form, place.device, place.cards, int(prompt), memory.runtime_for(place.device))
        if tokens_per_s is None or read is None:
            return failure(Rule.SPEED, reachable=None, wanted=wanted.central if wanted else None)
        slow = wanted is not None and tokens_per_s[1] < wanted.central
        late = wait is not None and prompt / read[1] > 2 * wait.high
        if best is None and (slow or late):
            return failure(
                Rule.SPEED, reachable=round(tokens_per_s[1], 1) if slow else None, wanted=wanted and wanted.central
            )
        needed = _need(model, form, place, load.context_tokens, slots)
        if best is not None and (slow or needed > usable):
            break
        seconds = prompt / read[1] + answer / tokens_per_s[1]
        per_hour = capacity.requests_per_hour(slots, seconds, wait.central if wait else None)
        best = Running(form, needed, slots, tokens_per_s, per_hour, seconds)
        if per_hour >= float(load.peak_per_hour[0]):
            break
    assert best is not None
    return best


def _finest_format(load: Load, model: Model, place: Place, usable: float) -> str | Failure:
    assert place.device is not None
    needed = []
    for form in memory.default_formats(model, place.device):
        needed.append(_need(model, form, place, load.context_tokens, 1))
        if needed[-1] <= usable:
            return form
    known = [size for size in needed if size < inf]
    return failure(Rule.MEMORY, needed=round(min(known), 1) if known else None, usable=round(usable, 1))


def _run_media(load: Load, model: Model, place: Place) -> Running | Failure:
    """Size a page reader, picture or 3D model by its own memory and seconds a unit; it sits on one card."""
    assert place.device is not None
    programs = MEDIA_RUNTIMES.get(MEDIA_TASK[load.job])
    if programs and not any(runtime.startswith(programs) for runtime in place.device.runtimes):
        return failure(Rule.SPEED, reachable=None, wanted=None)
    sized = media.memory_gb(model, place.device)
    usable = memory.usable_gb(place.device, 1)  # these programs do not spread over cards
    if sized is None or usable is None or sized[0] > usable:
        return failure(Rule.MEMORY, needed=round(sized[0], 1) if sized else None, usable=usable)
    each = media.seconds_per(model, MEDIA_TASK[load.job], place.device)
    if each is None:
        return failure(Rule.SPEED, reachable=None, wanted=None)
    wanted = load.profile.seconds_per_image
    if wanted is not None and each[1] > 10 * wanted.high:
        return failure(Rule.SPEED, reachable=round(each[1], 1), wanted=wanted.high)
    per_hour = capacity.requests_per_hour(1, each[1], None) * place.cards
    return Running(None, sized[0], 1, None, per_hour, each[1])


def _need(model: Model, form: str, place: Place, context: int, slots: int) -> float:
    assert place.device is not None
    needed = memory.need(
        model, form, memory.runtime_for(place.device), context, slots, device_count=place.cards, device=place.device
    ).needed_gb
    return inf if needed is None else needed


def _decode(model: Model, form: str, place: Place, context: int, slots: int) -> tuple[float, float, float] | None:
    assert place.device is not None
    return speed.decode_band(model, form, place.device, place.cards, context, slots, memory.runtime_for(place.device))
