"""A rule that never comes to an end, for tests of what gives up on a note."""

from __future__ import annotations

from pathlib import Path

# With a 9 behind it, because an expression is tried only where its signs stand.
WORDS = f"slowly {'a' * 60} now 9"
# Python tries two to the sixtieth ways to match this in WORDS.
SLOW_LIST = """\
[[term]]
id = "slow_words"
kind = "entity"
says = "Words that take for ever."
words = ["slowly (?:[a-z]+[a-z]*)+9"]
"""
_FRAME = """\
[[frame]]
id = "slow.words"
fact = "side"
value = "left"
phrases = ["{slow_words}"]
cases = [{ text = "Slowly abc9.", gives = "left" }, { text = "Quickly.", gives = "none" }]
"""


def slow_rules(folder: Path) -> Path:
    """A new folder of rules there that holds this rule alone."""
    rules = folder / "rules"
    for kind, text in (("terms", SLOW_LIST), ("frames", _FRAME)):
        (rules / kind).mkdir(parents=True)
        (rules / kind / "slow.toml").write_text(text)
    return rules
