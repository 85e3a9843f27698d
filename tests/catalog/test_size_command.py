"""``manage.py size``: lines in, lines out, in order."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from advisor.catalog import services
from advisor.catalog.management.commands import size

ROOT = Path(__file__).resolve().parents[2]
INLINE = {
    "model": {"params_total_b": 8.03, "n_layers": 32, "n_kv_heads": 8, "head_dim": 128},
    "format": "F16",
    "device": {"kind": "consumer_gpu", "vendor": "NVIDIA", "memory_gb": 24, "bandwidth_gbs": 1008},
    "context_tokens": 8192,
}


def run(monkeypatch: pytest.MonkeyPatch, sent: bytes, **options: Any) -> list[dict[str, Any]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sent)))
    out = io.StringIO()
    try:
        call_command("size", stdout=out, **options)
    finally:
        replies = [json.loads(line) for line in out.getvalue().splitlines()]
    return replies


def line(**changes: Any) -> bytes:
    return json.dumps(INLINE | changes).encode() + b"\n"


def test_each_line_is_answered_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    replies = run(monkeypatch, line(format="F16") + line(format="Q8_0") + line(format="F16", context_tokens=0))
    # 8.03 x 16 / 8 = 16.06 GB and 8.03 x 8.5 / 8 = 8.53 GB
    assert [reply["weights_gb"] for reply in replies] == pytest.approx([16.06, 8.531875, 16.06], rel=1e-5)
    assert replies[2]["kv_cache_gb"] == 0


def test_a_bad_line_is_answered_in_its_place_and_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = line() + b"not json\n" + line(format="Q9") + b"\n" + b"\xff\xfe\n" + b"[" * 100_000 + b"\n[1]\n" + line()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sent)))
    out = io.StringIO()
    with pytest.raises(CommandError, match="6 lines could not be answered") as raised:
        call_command("size", stdout=out)
    assert raised.value.returncode == 1
    replies = [json.loads(text) for text in out.getvalue().splitlines()]
    assert ["error" in reply for reply in replies] == [False, True, True, True, True, True, True, False]
    assert replies[2]["error"].startswith("format: unknown weight format 'Q9'")


def test_slugs_are_looked_up_in_the_shipped_data(monkeypatch: pytest.MonkeyPatch) -> None:
    reply = run(monkeypatch, line(model="qwen3-8b", device="rtx-4090", format="Q4_K_M"))[0]
    # Qwen3 8B: 36 layers x 8 heads x 128 x 4 bytes x 8,192 tokens = 1,152 MiB
    assert reply["kv_cache_gb"] == pytest.approx(1.20796, abs=1e-5)
    assert reply["fits"] is True


def test_requests_with_all_figures_read_no_catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError

    monkeypatch.setattr(services, "shipped_catalog", refuse)
    assert run(monkeypatch, line())[0]["fits"] is True


@pytest.mark.django_db
def test_a_published_version_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    services.load_shipped()
    version = services.publish(by=None, note="first")
    reply = run(monkeypatch, line(model="qwen3-8b", format="BF16"), catalog=str(version.number))[0]
    assert reply["weights_gb"] == 16.4


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["999", "latest"])
def test_a_version_that_does_not_exist_stops_the_run(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    with pytest.raises(CommandError, match="no published version"):
        run(monkeypatch, line(model="qwen3-8b"), catalog=wanted)


def test_the_process_ends_with_status_one_after_a_bad_line() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "size"],
        cwd=ROOT, input=line() + b"x\n" + line(), capture_output=True, check=False, timeout=120, env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 1
    assert ["error" in json.loads(text) for text in done.stdout.splitlines()] == [False, True, False]


def test_every_reply_is_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    class Out(io.StringIO):
        def flush(self) -> None:
            seen.append(len(self.getvalue().splitlines()))

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line() * 3)))
    call_command(size.Command(), stdout=Out())
    assert sorted(set(seen)) == [1, 2, 3]
