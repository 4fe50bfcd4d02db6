"""Word lists that hold the words of another: "{dead_state} tissue" is each of those before it.

So words that mean one thing stand in one place, and a list that has one of them has all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from notecheck.rules.findings import Finding
from notecheck.rules.model import TermRecord
from notecheck.rules.read import Placed

_NAMED = re.compile(r"\{([a-z_]+)\}")
# Lists of phrases name others themselves, when they are matched; a pattern's braces count.
_OF_WORDS = frozenset({"noun", "verb", "material", "word"})


def with_shared_words(
    lists: Mapping[str, Placed[TermRecord]], findings: list[Finding]
) -> dict[str, Placed[TermRecord]]:
    """The lists with the words of those that they name; what names none is added to `findings`."""
    return {name: _whole(placed, lists, findings) for name, placed in lists.items()}


def _whole(
    placed: Placed[TermRecord],
    lists: Mapping[str, Placed[TermRecord]],
    findings: list[Finding],
) -> Placed[TermRecord]:
    record = placed.record
    if record.kind not in _OF_WORDS or not any("{" in word for word in record.words):
        return placed
    words: dict[str, None] = {}
    for word in record.words:
        named = _NAMED.search(word)
        if named is None:
            words[word] = None
            continue
        base = lists.get(named[1])
        if (
            base is None
            or base.record.kind not in _OF_WORDS
            or any("{" in w for w in base.record.words)
        ):
            fault = f"`{{{named[1]}}}` is no list of plain words"
            findings.append(Finding(placed.place, record.id, fault))
            continue
        words |= dict.fromkeys(word.replace(named[0], shared) for shared in base.record.words)
    return Placed(record.model_copy(update={"words": tuple(words)}), placed.place)
