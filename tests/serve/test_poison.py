"""Checks that hold a worker as long as they may do not keep others from their answers."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from slow_rule import WORDS, slow_rules

from notecheck.serve.keys import add_key
from notecheck.serve.scopes import Scope

from .encounters import encounter
from .service import serving

SETTINGS = "[workers]\ncount = 2\ncheck_seconds = 5\n[limits]\nclient_at_once = 8\n"


def poison(number: int) -> dict[str, object]:
    made = encounter(f"P{number}")
    made["documents"][0]["text"] += f" The stump was amputated {WORDS} {number}."
    return made


def test_innocents_are_answered_in_time_whatever_another_client_asks(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    ours, theirs = (
        {"authorization": f"Bearer {add_key(keys, name, (Scope.CHECK,), None)}"}
        for name in ("ours", "theirs")
    )
    (tmp_path / "serve.toml").write_text(f'keys = "{keys}"\n{SETTINGS}')
    options = ("--settings", str(tmp_path / "serve.toml"), "--rules", str(slow_rules(tmp_path)))
    with (
        serving(*options, folder=tmp_path) as served,
        ThreadPoolExecutor(8) as pool,
        httpx.Client(base_url=served.url, timeout=120) as client,
    ):

        def ask(body: dict[str, object], headers: dict[str, str]) -> httpx.Response:
            return httpx.post(f"{served.url}/v1/check", json=body, headers=headers, timeout=120)

        def innocent(number: int) -> float:
            begun = time.monotonic()
            answer = client.post("/v1/check", json=encounter(f"I{number}"), headers=ours)
            assert answer.status_code == 200, (answer.text, served.said, time.monotonic() - begun)
            time.sleep(0.05)
            return time.monotonic() - begun

        quiet = max(innocent(number) for number in range(20))  # a busy machine is no poison
        poisoned = [pool.submit(ask, poison(number), theirs) for number in range(8)]
        taken = []
        while not all(one.done() for one in poisoned):
            taken.append(innocent(len(taken)))
        assert {one.result().status_code for one in poisoned} <= {503, 504}
        assert len(taken) >= 20
        assert sorted(taken)[int(0.99 * len(taken)) - 1] < max(1.0, 4 * quiet), sorted(taken)[-5:]
        known = next(n for n, one in enumerate(poisoned) if one.result().status_code == 504)
        assert "this very content" in ask(poison(known), theirs).json()["detail"]
