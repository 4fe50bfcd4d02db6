"""A worker holds no pandas, and makes its tables nevertheless."""

from __future__ import annotations

import subprocess
import sys

import pytest

from notecheck.audit.pool import PRELOADED

MAKES_A_TABLE = """
import sys
import pyarrow as pa
assert pa.Table.from_pylist([{"a": 1}]).to_pylist() == [{"a": 1}]
print("pandas" in sys.modules)
"""


@pytest.mark.parametrize(("preloaded", "holds_it"), [(PRELOADED, "False"), (PRELOADED[1:], "True")])
def test_only_without_the_first_of_what_is_preloaded_pandas_comes_along(
    preloaded: list[str], holds_it: str
) -> None:
    pytest.importorskip("pandas")
    imports = "".join(f"import {name}\n" for name in preloaded)
    done = subprocess.run(
        [sys.executable, "-c", imports + MAKES_A_TABLE], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == holds_it
