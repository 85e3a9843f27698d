"""Why a model does not come into question at a place: what it would need beside it, memory, speed."""

from dataclasses import replace

from advisor.engine import demand
from advisor.engine.answers import Job, Rules
from advisor.engine.candidates import Removed
from advisor.engine.catalog import ApiPrice
from advisor.engine.companions import Companions
from advisor.engine.options import options
from advisor.engine.types import Rule
from tests.engine.hand_made import HOST, PRICE, device, firm, model, only

TEXT = model("gemma-4-12b")
SERVER = device("l40s")


def offered_and_removed(job: Job, facts, units: float = 10.0):
    business = firm(job, units, facts=facts)
    return options(business, demand.loads(business, business.middle))


def reason(removed: Removed) -> tuple[Rule, object, object]:
    rule, note = removed.failure
    return rule, note.values.get("task"), note.values.get("needed")


def test_notes_of_meetings_need_a_model_that_hears() -> None:
    hosting: ApiPrice = replace(PRICE, model=TEXT.slug, open_weights=True)
    found = offered_and_removed(Job.MEETING_NOTES, only(TEXT, devices=(SERVER,), prices=(hosting,)))
    assert found.candidates == ()
    assert {item.place.route: reason(item) for item in found.removed} == {
        "hosted_api": (Rule.ABILITY, "stt", None),
        "own_server": (Rule.ABILITY, "stt", None),
    }


def test_with_one_that_hears_they_can_be_had() -> None:
    found = offered_and_removed(Job.MEETING_NOTES, only(TEXT, model("parakeet-tdt-0-6b-v3"), devices=(SERVER,)))
    assert {helper.model and helper.model.slug for item in found.candidates for helper in item.helpers} == {
        "parakeet-tdt-0-6b-v3"
    }


def test_a_machine_whose_memory_nobody_knows_carries_nothing() -> None:
    unknown = device("l40s", memory_gb=None, usable_memory_gb=None)
    found = offered_and_removed(Job.WRITE_REPLY, only(TEXT, devices=(unknown,)))
    assert {reason(item) for item in found.removed} == {(Rule.MEMORY, None, None)}
    assert found.candidates == ()


def test_a_job_larger_than_one_machine_fills_it_and_asks_for_more_machines() -> None:
    # Ten million texts a week are about 7,000 in the busiest minute: no single machine answers them in time.
    found = offered_and_removed(Job.WRITE_REPLY, only(model("qwen3-5-2b"), devices=(device("h200-141gb"),)), units=1e7)
    business = firm(Job.WRITE_REPLY, 1e7)
    (load,) = demand.loads(business, business.middle)
    running = [item.running for item in found.candidates]
    assert running
    assert all(item is not None and item.slots == 32 for item in running)
    assert all(item is not None and item.per_hour < load.peak_per_hour[0] for item in running)


def test_a_picture_that_takes_ten_times_too_long_is_no_option() -> None:
    slow = device("l40s", fp16_tflops=0.05)
    found = offered_and_removed(Job.PICTURES, only(model("z-image-turbo"), devices=(slow,)))
    assert {item.failure[0] for item in found.removed} == {Rule.SPEED}
    wanted = firm(Job.PICTURES).jobs[0].profile.seconds_per_image
    assert wanted is not None
    assert all(float(item.failure[1].values["reachable"]) > 10 * wanted.high for item in found.removed)


def test_where_the_proven_companion_does_not_fit_beside_the_model_the_smallest_does() -> None:
    # Of two that hear, Parakeet has a score and Whisper, made smaller here, has none. Beside a model that leaves room
    # for both the proven one is taken; on a card with half a GB more than the model needs, the small one.
    proven = model("parakeet-tdt-0-6b-v3")
    small = replace(model("whisper-large-v3-turbo"), params_total_b=0.05, vram_min_gb={}, quality=())

    def alone(*hearing, gb: float):
        card = device("l40s", memory_gb=gb, usable_memory_gb=gb)
        found = offered_and_removed(Job.MEETING_NOTES, only(TEXT, *hearing, devices=(card,))).candidates
        return [item for item in found if item.place.cards == 1]

    (roomy,) = alone(proven, small, gb=48.0)
    assert [helper.model and helper.model.slug for helper in roomy.helpers] == [proven.slug]
    least = min(item.running.needed_gb for gb in range(9, 24) for item in alone(small, gb=float(gb)) if item.running)
    beside = sum(helper.needed_gb for item in alone(small, gb=48.0) for helper in item.helpers)
    (tight,) = alone(proven, small, gb=least + beside + 0.5)
    assert [helper.model and helper.model.slug for helper in tight.helpers] == [small.slug]
    assert alone(proven, gb=least + beside + 0.5) == []


def test_a_companion_that_breaks_a_rule_is_missing_for_that_rule() -> None:
    search = model("bge-m3")
    facts = only(model("qwen3-8-27b"), search)
    business = firm(Job.FIND_IN_DOCUMENTS, facts=facts, rules=Rules(avoid_suppliers=(search.publisher,)))
    _, missing = Companions(business).of(demand.loads(business, business.middle)[0], HOST)
    assert missing is not None
    assert missing[0] is Rule.AVOID_SUPPLIER
    assert missing[1].values["companion"] == "embedding"
