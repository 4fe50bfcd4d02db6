"""Which mentions of a sentence a context cue may speak of, asked of its words alone.

Most sentences hold no cue, or none for what they mention: they need no tokens and no ConText. What
is found possible here is decided by ConText; nothing that ConText could find is missed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from notecheck.pipeline.mentions import Mention
from notecheck.rules.model import ContextRecord
from notecheck.statements.needed_words import NeededWords

# Cues are matched by tokens, and the tokenizer divides no such run.
_find_runs = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]").findall
_SAY_NOTHING = ("none", "terminate")


class CueIndex:
    """Finds cues by the words of their tokens."""

    def __init__(self, records_by_cue: Mapping[str, Sequence[ContextRecord]]) -> None:
        """`records_by_cue` are each cue's own; what it takes over a shorter one in it says too."""
        # Most cues speak of the same facts as many others.
        self._alike: dict[tuple[frozenset[str], frozenset[str]], int] = {}
        for place, records in enumerate(records_by_cue.values()):
            for record in records:
                if record.reason not in _SAY_NOTHING:
                    of = frozenset(record.facts), frozenset(record.not_facts)
                    self._alike[of] = self._alike.get(of, 0) | 1 << place
        self._index = NeededWords([_words_of(cue) for cue in records_by_cue])
        self._speaking_of: dict[str, int] = {}

    def possible(self, words: str) -> int:
        """The cues, as bits, that may stand in the normalised sentence `words`."""
        return self._index.possible(_find_runs(words))

    def spoken_of(self, cues: int, mentions: Sequence[Mention]) -> list[Mention]:
        """Those `mentions` of a sentence that one of these cues, as bits, may speak of."""
        return [m for m in mentions if cues & self._that_speak_of(m.fact)]

    def _that_speak_of(self, fact: str) -> int:
        """The cues, as bits, that can say something of a fact."""
        if fact not in self._speaking_of:
            found = 0
            for (facts, not_facts), cues in self._alike.items():
                if fact not in not_facts and (not facts or fact in facts):
                    found |= cues
            self._speaking_of[fact] = found
        return self._speaking_of[fact]


def _words_of(cue: str) -> list[frozenset[str]]:
    """The words of its tokens, each by itself, the longest first: they are the rarest."""
    return [frozenset({run}) for run in sorted(set(_find_runs(cue.lower())), key=len, reverse=True)]


def touches(record: ContextRecord, fact: str) -> bool:
    """Whether the record is meant for mentions of this fact."""
    return fact not in record.not_facts and (not record.facts or fact in record.facts)
