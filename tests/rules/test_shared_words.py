"""A word list may hold the words of another, so that words of one meaning stand in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck.rules.load import load_rules, read_rules

from .folders import rules_folder

LISTS = """\
[[term]]
id = "dull"
kind = "word"
says = "Colours."
words = ["grey", "brown"]

[[term]]
id = "dull_thing"
kind = "noun"
says = "Things."
words = ["{dull} patch", "stain"]
"""
