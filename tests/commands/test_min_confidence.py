"""`hook --min-confidence` lets nothing out that it is not sure enough of."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from claims.charts import encounter


@pytest.mark.parametrize(("least", "verdict", "status"), [("0", "release", 0), ("1", "review", 1)])
def test_a_release_of_less_confidence_is_looked_at(least: str, verdict: str, status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "hook", "--fail-on", "review",
         "--min-confidence", least],
        input=json.dumps(encounter()), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    release = json.loads(done.stdout)["release"]
    assert (release["verdict"], done.returncode) == (verdict, status)
    assert [r["kind"] for r in release["reasons"]] == (["confidence"] if status else [])
