"""Puts what is worked out of our own rules into a wheel, for the Python that builds it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PreparedRules(BuildHookInterface):  # type: ignore[misc]  # hatchling tells no types
    """Hatch runs it before a wheel is made; a checkout's rules change, so it is given none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from notecheck.rules.kept import SETTING
        from notecheck.rules.load import load_rules

        self._made = Path(tempfile.mkdtemp())
        os.environ[SETTING] = str(self._made)
        load_rules(root / "patterns", kept=True)
        for made in self._made.iterdir():
            build_data["force_include"][str(made)] = f"notecheck/rules/built/{made.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            shutil.rmtree(self._made)
