"""``manage.py probe`` against a local server with known timing, and what it says when the server misbehaves."""

import io
import json
import os
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from django.core.management import CommandError, call_command

from advisor.catalog.probe.measuring import summarized
from advisor.catalog.probe.telling import format_in
from advisor.catalog.probe.wire import Answer, ProbeError, server_at
from tests.openai_server import Behavior, openai_server

SET_UP = ("--model", "qwen3-8b", "--device", "rtx-4090", "--catalog", "shipped")
QUICK = ("--users", "1", "--runs", "1", "--output-tokens", "16")


@pytest.fixture
def server() -> Iterator[tuple[str, Behavior]]:
    with openai_server() as started:
        yield started


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("probe", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def document(*arguments: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(run(*arguments, "--format", "json"))
    return read


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as raised:
        run(*arguments)
    return str(raised.value)


def test_known_timing_is_measured(server: tuple[str, Behavior]) -> None:
    address, behavior = server
    behavior.first_s, behavior.gap_s = 0.2, 0.025
    found = document(address, *SET_UP, "--users", "1,2", "--runs", "3", "--output-tokens", "24")
    one, two = found["measured"]["levels"]
    # a piece each 0.025 s is 40 tokens a second; a busy machine may deliver later, never earlier
    assert (one["users"], one["answers"], two["users"], two["answers"]) == (1, 3, 2, 6)
    for level in (one, two):
        assert 34 < level["per_user_tps"]["median"] < 42
        assert level["per_user_tps"]["low"] <= level["per_user_tps"]["median"] <= level["per_user_tps"]["high"]
        assert 0.195 < level["first_token_s"]["median"] < 0.3
    # 24 tokens in 23 gaps of 0.025 s is 41.7 a second, and twice that for two users
    assert 36 < one["total_tps"]["median"] < 43
    assert 70 < two["total_tps"]["median"] < 86
    assert found["measured"]["counted_by"] == "usage"
    assert (found["measured"]["prompt_tokens"], found["measured"]["output_tokens"]) == (500, 24)


def answer(first: float, last: float, tokens: int | None, pieces: int = 30, sent: float = 0.0, **more: int) -> Answer:
    return Answer(sent, first, last, pieces, more.get("prompt", 500), more.get("cached", 0), tokens)


def test_figures_are_worked_out_by_hand() -> None:
    rounds = [
        (1, [answer(0.5, 1.5, 21)]),  # 20 tokens in 1 s = 20; all together 21 / 1 = 21
        (1, [answer(0.7, 1.7, 41)]),  # 40 and 41
        (1, [answer(0.6, 1.6, 31)]),  # 30 and 31
        (2, [answer(0.5, 2.5, 21), answer(1.0, 3.0, 41)]),  # 10 and 20; (21 + 41) / (3.0 - 0.5) = 24.8
    ]
    found = summarized("m", 3, rounds)
    one, two = found.levels
    assert (one.per_user_tps.low, one.per_user_tps.median, one.per_user_tps.high) == pytest.approx((20, 30, 40))
    assert (one.total_tps.low, one.total_tps.median, one.total_tps.high) == pytest.approx((21, 31, 41))
    assert one.first_token_s.median == pytest.approx(0.6)
    assert (two.per_user_tps.low, two.per_user_tps.median, two.per_user_tps.high) == pytest.approx((10, 15, 20))
    assert two.total_tps.median == pytest.approx(24.8)
    assert (found.output_tokens, found.counted_by, found.cached) == (31, "usage", False)


def test_pieces_are_counted_only_when_the_server_counts_nothing_and_that_is_said() -> None:
    found = summarized("m", 1, [(2, [answer(0.0, 1.0, 99, pieces=41), answer(0.0, 1.0, None, pieces=41)])])
    assert found.counted_by == "pieces"
    assert found.levels[0].per_user_tps.median == pytest.approx(40)


def test_a_prompt_from_the_cache_is_noticed() -> None:
    assert not summarized("m", 1, [(1, [answer(0.0, 1.0, 20, cached=50)])]).cached
    assert summarized("m", 1, [(1, [answer(0.0, 1.0, 20, cached=51)])]).cached


def test_an_answer_too_short_or_in_one_piece_cannot_be_timed() -> None:
    with pytest.raises(ProbeError, match="ended after 15 tokens"):
        summarized("m", 1, [(1, [answer(0.0, 1.0, 15)])])
    with pytest.raises(ProbeError, match="came in one piece"):
        summarized("m", 1, [(1, [answer(1.0, 1.0, 20)])])


def test_the_table_shows_spread_band_and_memory(server: tuple[str, Behavior]) -> None:
    text = run(server[0], *SET_UP, *QUICK)
    assert "qwen3-8b, Q4_K_M, llama.cpp, on rtx-4090" in text
    assert "first token, s" in text
    assert "median (lowest - highest)" in text
    # 50 tokens a second, where a graphics card of 1,008 GB/s reads a file of 5 GB well over a hundred times
    assert "below the engine's band" in text
    assert "memory: the server does not tell" in text


def test_inside_and_outside_come_with_how_far(server: tuple[str, Behavior]) -> None:
    rows = document(server[0], *SET_UP, *QUICK)["comparison"]["compared"]
    speed = next(row for row in rows if row["figure"] == "per_user_tps")
    assert not speed["inside"]
    assert speed["off"] == pytest.approx(speed["measured"] / speed["band"][0] - 1)
    server[1].gap_s = 1 / speed["band"][1]
    again = document(server[0], *SET_UP, *QUICK, "--output-tokens", "64")["comparison"]["compared"]
    assert next(row for row in again if row["figure"] == "per_user_tps")["off"] >= speed["off"]


def test_it_warms_up_first_and_never_repeats_a_prompt(server: tuple[str, Behavior]) -> None:
    run(server[0], *SET_UP, "--users", "1,2", "--runs", "2", "--output-tokens", "20")
    asked = server[1].asked
    assert len(asked) == 1 + 2 * 1 + 2 * 2
    assert [request["max_tokens"] for request in asked] == [16] + [20] * 6
    assert len({request["messages"][0]["content"][:30] for request in asked}) == 7
    assert all(request["stream_options"] == {"include_usage": True} for request in asked)


def test_thoughts_count_as_the_first_token(server: tuple[str, Behavior]) -> None:
    server[1].thoughts, server[1].first_s, server[1].gap_s = 10, 0.05, 0.03
    found = document(server[0], *SET_UP, *QUICK)
    assert found["measured"]["levels"][0]["first_token_s"]["median"] < 0.2


def test_a_cached_prompt_is_not_compared(server: tuple[str, Behavior]) -> None:
    server[1].cached_tokens = 400
    found = document(server[0], *SET_UP, *QUICK)
    assert [row["figure"] for row in found["comparison"]["compared"]] == ["per_user_tps"]
    assert "came from a cache" in found["comparison"]["reason"]


def test_guessed_counts_are_marked(server: tuple[str, Behavior]) -> None:
    server[1].usage = False
    assert "this is a guess" in run(server[0], *SET_UP, *QUICK)


def test_an_end_without_the_closing_word_is_accepted_after_a_finish(server: tuple[str, Behavior]) -> None:
    server[1].closing = False
    assert "tokens/s" in run(server[0] + "/v1/", *SET_UP, *QUICK)


# What servers tell about themselves.

VLLM_METRICS = 'vllm:cache_config_info{block_size="16",cache_dtype="auto",num_gpu_blocks="573"} 1.0\n'


def test_vllm_tells_the_room_of_its_cache(server: tuple[str, Behavior]) -> None:
    server[1].models = [{"id": "Qwen/Qwen3-8B-FP8", "owned_by": "vllm"}]
    server[1].pages["/metrics"] = "# HELP\n" + VLLM_METRICS
    found = document(server[0], *SET_UP, *QUICK)
    assert found["setup"]["runtime"] == "vllm"
    assert found["setup"]["weights"] == "FP8"
    assert found["told"]["cache_tokens"] == 573 * 16
    assert "room for 9,168 tokens" in run(server[0], *SET_UP, *QUICK)


def test_llama_cpp_tells_the_size_of_its_weights(server: tuple[str, Behavior]) -> None:
    server[1].models = [{"id": "../m/Qwen3-8B-Q4_K_M.gguf", "owned_by": "llamacpp", "meta": {"size": 5_000_000_000}}]
    found = document(server[0], *SET_UP, *QUICK)
    assert (found["told"]["runtime"], found["told"]["weights_gb"]) == ("llama.cpp", 5.0)
    assert "weights: 5.0 GB, the engine says" in run(server[0], *SET_UP, *QUICK)


def test_ollama_tells_its_format_and_memory(server: tuple[str, Behavior]) -> None:
    server[1].models = [{"id": "qwen3:8b", "owned_by": "library"}]
    loaded = {"name": "qwen3:8b", "size": 6_591_830_464, "details": {"quantization_level": "Q4_K_M"}}
    server[1].pages["/api/ps"] = json.dumps({"models": ["odd", {"name": "other"}, loaded]})
    found = document(server[0], *SET_UP, *QUICK)
    assert (found["setup"]["runtime"], found["setup"]["weights"]) == ("ollama", "Q4_K_M")
    assert found["told"]["memory_gb"] == pytest.approx(6.59183)
    assert "memory held: 6.6 GB, the engine says" in run(server[0], *SET_UP, *QUICK)


@pytest.mark.parametrize(
    "pages",
    [
        {"/metrics": "vllm:something 1"},
        {"/metrics": 'vllm:cache_config_info{num_gpu_blocks="None",block_size="16"} 1'},
        {"/api/ps": "[1]"},
        {"/api/ps": "{"},
        {"/api/ps": '{"models": 3}'},
        {"/api/ps": '{"models": [{"name": "Qwen3-8B-Q4_K_M.gguf", "size": true, "details": []}]}'},
    ],
)
def test_odd_words_about_itself_are_unknown_and_do_no_harm(server: tuple[str, Behavior], pages: dict[str, str]) -> None:
    server[1].pages = pages
    told = document(server[0], *SET_UP, *QUICK)["told"]
    assert (told["weights_gb"], told["memory_gb"], told["cache_tokens"]) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("../models/Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", "Q4_K_M"),
        ("Qwen/Qwen3-8B-FP8", "FP8"),
        ("gemma3:4b-it-q4_K_M", "Q4_K_M"),
        ("Qwen/Qwen3-8B", None),
        ("Qwen3-8B-GPTQ-Int8", None),
    ],
)
def test_a_format_is_read_from_a_name_only_when_it_names_one(name: str, known: str | None) -> None:
    assert format_in(name) == known


# What is said when it does not work.


def test_a_server_that_is_not_there(server: tuple[str, Behavior]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert refusal(address, *SET_UP).startswith(f"{address} cannot be reached: ")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": 500, "refusal": "<h1>broken</h1>"}, "refused with status 500: <h1>broken</h1>"),
        ({"status": 404, "refusal": '{"error": {"message": "no  model"}}'}, "refused with status 404: no model"),
        ({"status": 400, "refusal": '{"error": "bad"}'}, "refused with status 400: bad"),
        ({"status": 429, "refusal": ""}, "refused with status 429: no reason given"),
        ({"status": 500, "refusal": "x" * 200_000}, "refused with status 500: xxx"),
        ({"content_type": "application/json"}, "does not stream its answers"),
        ({"broken_after": 3}, "is not the JSON of an OpenAI-compatible server"),
        ({"cut_after": 3}, "closed the connection in the middle of an answer"),
        ({"done": False}, "closed the connection in the middle of an answer"),
        ({"error_after": 3}, "gave up in the middle: out of memory"),
        ({"endless_line": True}, "a line that does not end"),
        ({"tokens": 5}, "ended after 5 tokens"),
        ({"at_once": True, "tokens": 40}, "came in one piece"),
        ({"cut_after": 0}, "closed the connection in the middle of an answer"),
        ({"location": "https://example.com/"}, "sends its visitors elsewhere (status 307)"),
        ({"models": []}, "serves no model"),
        ({"models": [{"id": "a"}, {"id": "b"}]}, "serves 2 models; name one with --served-name: a, b"),
        ({"models": [{"name": "a"}]}, "lists no models"),
        ({"models": [{"id": "Qwen3-8B-BF16"}]}, "does not tell what program it is; give it with --runtime"),
        ({"models": [{"id": "Qwen3-8B"}]}, "does not tell its weight format; give it with --weights"),
    ],
)  # fmt: skip
def test_each_fault_ends_in_one_sentence(server: tuple[str, Behavior], changes: dict[str, Any], sentence: str) -> None:
    for name, value in changes.items():
        setattr(server[1], name, value)
    said = refusal(server[0], *SET_UP, *QUICK)
    assert sentence in said
    assert "\n" not in said
    assert len(said) < 400


def test_a_silent_server_is_not_waited_for_forever(server: tuple[str, Behavior]) -> None:
    server[1].silent = True
    assert "was silent for 1 seconds" in refusal(server[0], *SET_UP, *QUICK, "--wait", "1")


def test_an_empty_answer_is_said(server: tuple[str, Behavior]) -> None:
    server[1].tokens = -1
    assert "without a single word" in refusal(server[0], *SET_UP, *QUICK)


def test_the_key_is_sent_and_never_shown(server: tuple[str, Behavior], monkeypatch: pytest.MonkeyPatch) -> None:
    server[1].key = "sk-very-secret"
    assert "wants another key (status 401); put it into PROBE_API_KEY." in refusal(server[0], *SET_UP, *QUICK)
    monkeypatch.setenv("PROBE_API_KEY", "sk-other")
    assert "sk-other" not in refusal(server[0], *SET_UP, *QUICK)
    monkeypatch.setenv("PROBE_API_KEY", "sk-very-secret")
    assert "sk-very-secret" not in run(server[0], *SET_UP, *QUICK)
    server[1].error_after = 2
    assert "your key *** was charged" in refusal(server[0], *SET_UP, *QUICK)


def test_a_key_with_a_line_break_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBE_API_KEY", "a\nHost: b")
    assert refusal("http://localhost", *SET_UP) == "PROBE_API_KEY holds characters that no key has."


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://localhost", "http://", "file:///etc/passwd", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert "is no address of a server" in refusal(address, *SET_UP)


@pytest.mark.parametrize(
    "address", ["http://me:secret@localhost", "http://localhost/?key=secret", "http://localhost/#x"]
)
def test_an_address_with_a_secret_is_refused_without_repeating_it(address: str) -> None:
    said = refusal(address, *SET_UP)
    assert "plain address" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--model", "nothing", "--device", "rtx-4090", "--weights", "FP8"), "'nothing' is not in the catalog"),
        (("--model", "qwen3-8b", "--device", "toaster", "--weights", "FP8"), "'toaster' is not in the catalog"),
        (("--model", "qwen3-8b", "--device", "rtx-4090", "--weights", "Q99"), "unknown weight format 'Q99'"),
        (("--model", "qwen3-8b", "--device", "rtx-4090", "--weights", "FP8", "--runtime", "odd"), "unknown 'odd'"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_told_before_the_server_is_asked(arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in refusal("http://127.0.0.1:9", *arguments, "--catalog", "shipped")


def test_a_runtime_that_the_server_is_not(server: tuple[str, Behavior]) -> None:
    server[1].pages["/metrics"] = VLLM_METRICS
    said = refusal(server[0], *SET_UP, *QUICK, "--runtime", "llama.cpp")
    assert said == "--runtime says llama.cpp, but the server is vllm."


@pytest.mark.parametrize("wrong", [("--users", "0"), ("--users", "1,x"), ("--runs", "0"), ("--output-tokens", "3")])
def test_impossible_options_are_refused(wrong: tuple[str, str]) -> None:
    assert "a whole number from" in refusal("http://localhost", *SET_UP, *wrong)


def test_what_is_given_need_not_be_told(server: tuple[str, Behavior]) -> None:
    server[1].models = [{"id": "my-model"}]
    found = document(server[0], *SET_UP, *QUICK, "--weights", "bf16", "--runtime", "sglang")
    assert (found["setup"]["weights"], found["setup"]["runtime"]) == ("F16", "sglang")
    server[1].pages["/metrics"] = VLLM_METRICS
    assert document(server[0], *SET_UP, *QUICK, "--weights", "bf16")["setup"]["runtime"] == "vllm"


def test_several_models_need_a_name(server: tuple[str, Behavior]) -> None:
    server[1].models = [{"id": "a-FP8"}, {"id": "b-FP8"}]
    found = document(server[0], *SET_UP, *QUICK, "--served-name", "b-FP8")
    assert found["measured"]["served_name"] == "b-FP8"
    assert {request["model"] for request in server[1].asked} == {"b-FP8"}
    assert "serves no model called c." in refusal(server[0], *SET_UP, *QUICK, "--served-name", "c")


def test_an_answer_without_end_is_ended(server: tuple[str, Behavior]) -> None:
    moments = iter([0.0, 1.0, 2.0, 3.0, *[4000.0] * 100])
    opened = server_at(server[0], "")
    request = {"model": "m", "messages": [], "max_tokens": 50}
    with opened.client, pytest.raises(ProbeError, match="still answering after 30 minutes"):
        opened.ask(request, clock=lambda: next(moments))


def test_a_version_that_does_not_exist_is_named(db: None) -> None:
    assert "no published version '9'" in refusal("http://localhost", "--model", "m", "--device", "d", "--catalog", "9")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (httpx2.ConnectTimeout("late"), "did not take the connection within 10 seconds"),
        (httpx2.ReadTimeout("late"), "was silent for 120 seconds"),
        (httpx2.ReadError("gone"), "closed the connection in the middle"),
        (httpx2.UnsupportedProtocol("odd sk-1"), "could not be asked: odd ***"),
    ],
)
def test_every_way_a_connection_fails_has_its_sentence(error: httpx2.HTTPError, sentence: str) -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise error

    opened = replace(server_at("http://localhost", "sk-1"), client=httpx2.Client(transport=httpx2.MockTransport(fail)))
    opened.client.timeout = 120
    with pytest.raises(ProbeError, match=re.escape(sentence)):
        opened.models()
    assert opened.told("/metrics") is None


@pytest.mark.skipif("REAL_SERVER" not in os.environ, reason="REAL_SERVER=http://127.0.0.1:8000 measures a real server")
def test_a_real_server_can_be_measured() -> None:
    """REAL_SERVER_SETUP may hold more, such as "--served-name m --weights FP8 --runtime vllm"."""
    more = os.environ.get("REAL_SERVER_SETUP", "--weights Q4_K_M --runtime llama.cpp").split()
    found = document(os.environ["REAL_SERVER"], *SET_UP, "--users", "1,2", "--runs", "2", *more)
    assert found["measured"]["counted_by"] == "usage"
    one, two = found["measured"]["levels"]
    assert 0 < one["per_user_tps"]["low"] <= one["per_user_tps"]["median"] <= one["per_user_tps"]["high"]
    assert two["total_tps"]["median"] > one["total_tps"]["median"] / 2
