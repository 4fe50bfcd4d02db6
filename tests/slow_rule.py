"""A rule that never comes to an end, for tests of what gives up on a note."""

from __future__ import annotations

from pathlib import Path

WORDS = f"slowly {'a' * 60} now"
# Python tries two to the sixtieth ways to match this in WORDS.
RULE = """\
[[rule]]
id = "slow.words"
fact = "side"
value = "left"
pattern = "slowly (?:[a-z]+[a-z]*)+9"
examples = ["Slowly abc9."]
non_examples = ["Quickly."]
"""


def slow_rules(folder: Path) -> Path:
    """A new folder of rules there that holds this rule alone."""
    rules = folder / "rules"
    (rules / "facts").mkdir(parents=True)
    (rules / "facts" / "slow.toml").write_text(RULE)
    return rules
