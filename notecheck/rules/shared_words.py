"""Word lists that hold the words of another: "{dead_state} tissue" is each of those before it.

So words that mean one thing stand in one place, and a list that has one of them has all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from notecheck.rules.findings import Finding
from notecheck.rules.model import TermRecord
from notecheck.rules.read import Placed

_NAMED = re.compile(r"\{([a-z_]+)\}")
# Lists of phrases name others themselves, when they are matched; a pattern's braces count.
_OF_WORDS = frozenset({"noun", "verb", "material", "word"})


def with_shared_words(
    lists: Mapping[str, Placed[TermRecord]],
    lexicon: Mapping[str, Sequence[str]],
    findings: list[Finding],
) -> dict[str, Placed[TermRecord]]:
    """The lists with the words of those that they name; what names none is added to `findings`.

    `lexicon` are the lists of words that the lexicon takes from other files.
    """
    shared = {**_plain(lists), **lexicon}
    return {name: _whole(placed, shared, findings) for name, placed in lists.items()}


def lists_shared(lists: Mapping[str, Placed[TermRecord]]) -> frozenset[str]:
    """The names of the lists whose words these lists take in."""
    records = (placed.record for placed in lists.values() if placed.record.kind in _OF_WORDS)
    return frozenset(name for r in records for word in r.words for name in _NAMED.findall(word))


def _plain(lists: Mapping[str, Placed[TermRecord]]) -> dict[str, Sequence[str]]:
    """The lists that hold words and name no other list."""
    return {
        name: placed.record.words
        for name, placed in lists.items()
        if placed.record.kind in _OF_WORDS and not any("{" in word for word in placed.record.words)
    }


def _whole(
    placed: Placed[TermRecord], shared: Mapping[str, Sequence[str]], findings: list[Finding]
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
        if named[1] not in shared:
            fault = f"`{{{named[1]}}}` is no list of plain words"
            findings.append(Finding(placed.place, record.id, fault))
            continue
        words |= dict.fromkeys(word.replace(named[0], one) for one in shared[named[1]])
    return Placed(record.model_copy(update={"words": tuple(words)}), placed.place)
