"""How fast a server is: rounds of 1, 2, 4 ... users at once, repeated, with the middle and the extremes of each."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from threading import Barrier

from advisor.catalog.probe.wire import Answer, ProbeError, Server

LEAST_TOKENS = 16  # a shorter answer says more about its beginning and end than about its speed; own choice
MOST_USERS = 256
WARM_UP_TOKENS = 16
# Share of a prompt that may come from a cache before the first token tells nothing about reading prompts; own choice.
CACHED_SHARE = 0.1
# About 1.35 tokens an English word (the catalog's own conversion), so that the prompt is about as long as asked.
WORDS_PER_TOKEN = 1 / 1.35
SENTENCE = "The harbor of the small town was quiet that morning, and the people at the market spoke about the weather. "


@dataclass(frozen=True)
class Plan:
    """What to measure. ``prompt_tokens`` is a wish; what it really was comes back from the server."""

    users: tuple[int, ...] = (1, 2, 4, 8)
    runs: int = 3
    prompt_tokens: int = 512
    output_tokens: int = 256


@dataclass(frozen=True)
class Spread:
    """Lowest, median and highest of what was seen."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Level:
    """What so many users at once saw: tokens a second for each and for all together, seconds to the first token."""

    users: int
    answers: int
    per_user_tps: Spread
    total_tps: Spread
    first_token_s: Spread


@dataclass(frozen=True)
class Measured:
    """``counted_by`` says where token counts come from: "usage" (the server) or "pieces" (guessed, one token each)."""

    served_name: str
    runs: int
    prompt_tokens: int | None
    output_tokens: int
    counted_by: str
    cached: bool  # part of the prompts came from a cache, so the first token came early
    levels: tuple[Level, ...]


def measure(server: Server, served_name: str, plan: Plan, say: Callable[[str], object]) -> Measured:
    """Warm up once, then measure each number of users ``plan.runs`` times.

    Raises:
        ProbeError: one answer failed, or answers are too short to time; nothing half measured comes back.
    """
    numbers = count(1)
    say("warming up")
    server.ask(_request(served_name, next(numbers), plan.prompt_tokens, WARM_UP_TOKENS))
    rounds: list[tuple[int, list[Answer]]] = []
    for users in plan.users:
        for run in range(1, plan.runs + 1):
            say(f"{users} at once, run {run} of {plan.runs}")
            requests = [
                _request(served_name, next(numbers), plan.prompt_tokens, plan.output_tokens) for _ in range(users)
            ]
            rounds.append((users, _at_once(server, requests)))
    return summarized(served_name, plan.runs, rounds)


def _at_once(server: Server, requests: list[dict[str, object]]) -> list[Answer]:
    """Send all at the same moment; the first that fails ends the probe once the others are through."""
    together = Barrier(len(requests))

    def ask(request: dict[str, object]) -> Answer:
        together.wait()
        return server.ask(request)

    with ThreadPoolExecutor(max_workers=len(requests)) as pool:
        return list(pool.map(ask, requests))


def _request(served_name: str, number: int, prompt_tokens: int, output_tokens: int) -> dict[str, object]:
    """Each prompt starts with words of its own, so that no cache of earlier prompts shortens its reading."""
    sentences = max(1, round(prompt_tokens * WORDS_PER_TOKEN / len(SENTENCE.split())))
    text = f"Story number {number}, told for listener {number * 7919}. " + SENTENCE * sentences
    text += "Go on with this story in great detail for at least two thousand words, and do not stop early."
    return {
        "model": served_name,
        "messages": [{"role": "user", "content": text}],
        "max_tokens": output_tokens,
        "temperature": 0,
    }


def summarized(served_name: str, runs: int, rounds: Iterable[tuple[int, list[Answer]]]) -> Measured:
    """Turn timed answers into figures.

    A user's speed is (tokens - 1) / (last - first piece): the first token ends the reading of the prompt. All together
    is the tokens of a round over the time from its first to its last piece.

    Raises:
        ProbeError: an answer is too short.
    """
    rounds = list(rounds)
    answers = [answer for _, together in rounds for answer in together]
    by_usage = all(answer.completion_tokens is not None for answer in answers)
    tokens = {id(answer): _tokens(answer, by_usage) for answer in answers}
    if min(tokens.values()) < LEAST_TOKENS:
        raise ProbeError(
            f"An answer ended after {min(tokens.values())} tokens, too few to time; "
            "ask for more with --output-tokens, or measure a model that writes longer answers."
        )
    if any(answer.last <= answer.first for answer in answers):
        raise ProbeError("The whole answer came in one piece, so its speed cannot be told; switch buffering off.")
    prompts = [answer.prompt_tokens for answer in answers if answer.prompt_tokens is not None]
    return Measured(
        served_name=served_name,
        runs=runs,
        prompt_tokens=round(statistics.median(prompts)) if len(prompts) == len(answers) else None,
        output_tokens=round(statistics.median(tokens.values())),
        counted_by="usage" if by_usage else "pieces",
        cached=any(answer.cached_tokens > CACHED_SHARE * (answer.prompt_tokens or 0) for answer in answers),
        levels=tuple(
            _level(users, [together for number, together in rounds if number == users], tokens)
            for users in dict.fromkeys(number for number, _ in rounds)
        ),
    )


def _tokens(answer: Answer, by_usage: bool) -> int:
    return answer.completion_tokens if by_usage and answer.completion_tokens is not None else answer.pieces


def _level(users: int, rounds: list[list[Answer]], tokens: dict[int, int]) -> Level:
    answers = [answer for together in rounds for answer in together]
    return Level(
        users=users,
        answers=len(answers),
        per_user_tps=_spread((tokens[id(answer)] - 1) / (answer.last - answer.first) for answer in answers),
        total_tps=_spread(
            sum(tokens[id(answer)] for answer in together)
            / (max(answer.last for answer in together) - min(answer.first for answer in together))
            for together in rounds
        ),
        first_token_s=_spread(answer.first - answer.sent for answer in answers),
    )


def _spread(values: Iterable[float]) -> Spread:
    seen = sorted(values)
    return Spread(seen[0], statistics.median(seen), seen[-1])
