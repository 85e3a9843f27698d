"""Fitting a model to the main job: instructions, then looking things up, then training it further.

Each step has its own cost and asks for its own data. Instructions are always counted; looking things up comes with
jobs that search documents and can be switched on for others; training can be switched on where the business runs
the model itself. No gain in quality is counted for any of them: nothing measured speaks to it for one business.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.engine.answers import Adaptation, Job
from advisor.engine.catalog import Catalog, JobProfile, Number

# Jobs done by models that read no instructions worth the name, or no text at all: neither search nor training as
# reckoned here speaks to them.
NO_TEXT = frozenset({Job.READ_DOCUMENTS, Job.PICTURES, Job.THREE_D, Job.CAMERA_INSPECTION})


def with_search(profile: JobProfile, catalog: Catalog) -> JobProfile:
    """The profile of a job that looks things up for every request: passages are read on top, an index stands beside."""
    model = next(row for row in catalog.job_profiles if row.slug == Job.FIND_IN_DOCUMENTS)
    passages = added_tokens(catalog)
    context = max(profile.context_needed_tokens, model.context_needed_tokens, key=lambda number: number.central)
    fresh = profile.input_tokens.central / (profile.input_tokens.central + passages.central)
    needed = [companion for companion in model.companions if companion.task != "rerank"]
    known = {companion.task for companion in profile.companions}
    return replace(
        profile,
        input_tokens=replace(
            profile.input_tokens,
            low=profile.input_tokens.low + passages.low,
            central=profile.input_tokens.central + passages.central,
            high=profile.input_tokens.high + passages.high,
        ),
        # Passages change with each request, so the text that is read again is the same amount of a longer prompt.
        cached_prefix_share=_times(profile.cached_prefix_share, fresh),
        context_needed_tokens=context,
        companions=(*profile.companions, *(row for row in needed if row.task not in known)),
    )


def _times(number: Number, by: float) -> Number:
    return replace(number, low=number.low * by, central=number.central * by, high=number.high * by)


def added_tokens(catalog: Catalog) -> Number:
    """Tokens of the passages a search puts before the model with each request."""
    facts = {row.key: row for row in catalog.token_facts}
    passage, found = facts["chunk_tokens"], facts["retrieved_passages"]
    return Number(
        low=(found.low or found.central) * (passage.low or passage.central),
        central=found.central * passage.central,
        high=(found.high or found.central) * (passage.high or passage.central),
        unit="tokens/request", grade=passage.grade, source=passage.source, as_of=passage.as_of,
    )  # fmt: skip


def chosen(main: Job, asked: Adaptation | None) -> Adaptation:
    """The step the main job is fitted with: what was asked for, else the cheapest that does the job."""
    if main in NO_TEXT:
        return Adaptation.PROMPT
    if main is Job.FIND_IN_DOCUMENTS and asked is not Adaptation.FINE_TUNING:
        return Adaptation.SEARCH
    return asked or Adaptation.PROMPT
