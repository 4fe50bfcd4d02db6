"""README's audit is run as it stands there, and its queries give the answers shown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from .cases import ROOT

README = (ROOT / "notecheck" / "audit" / "README.md").read_text(encoding="utf-8")


def blocks(mark: str) -> dict[str, str]:
    """The fenced blocks that follow comments `<!-- mark: name -->`, by name."""
    return dict(re.findall(rf"<!-- {mark}: (\w+) -->\n```\w+\n(.*?)```", README, re.S))


def test_the_queries_give_the_answers_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shown,) = re.findall(r"<!-- audit -->\n```bash\nnotecheck (.*?)\n```", README)
    words = [str(ROOT / word) if word.startswith("tests/") else word for word in shown.split()]
    monkeypatch.chdir(tmp_path)
    subprocess.run([sys.executable, "-m", "notecheck", *words], check=True, capture_output=True)
    queries, answers = blocks("query"), blocks("answer")
    assert len(queries) == 3 and set(queries) == set(answers)
    for name, query in queries.items():
        assert str(duckdb.sql(query)).strip() == answers[name].strip()
    # pandas gives what DuckDB gave.
    (recipe,) = re.findall(r"<!-- pandas -->\n```python\n(.*?)```", README, re.DOTALL)
    *lines, last = recipe.strip().splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)
    table = eval(last, names)
    asked = duckdb.sql(queries["lacking"]).fetchall()
    assert {(row.Index, row.conflict, row.missing, row.partial) for row in table.itertuples()} == {
        tuple(row) for row in asked
    }
