"""Imported first by our workers: pyarrow shall not bring pandas along.

It imports pandas, where that is installed, at the first table that it makes from Python's lists, to
know whether it was given a frame. A worker gives it none, and would hold 50 MB for the question.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NoPandas(MetaPathFinder):
    """Answers that there is none."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError("a worker makes its tables without pandas", name=fullname)
        return None


sys.meta_path.insert(0, _NoPandas())
