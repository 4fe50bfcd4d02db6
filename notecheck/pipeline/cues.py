"""Which mentions of a sentence a context cue may speak of, asked of its words alone.

Most sentences hold no cue, or none for what they mention: they need no tokens and no ConText. What
is found possible here is decided by ConText; nothing that ConText could find is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from notecheck.pipeline.mentions import Mention
from notecheck.rules.model import ContextRecord
from notecheck.rules.word_index import bits
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
        self._cues = list(records_by_cue)
        self._records = records_by_cue
        self._speaking_of: dict[str, int] = {}

    def possible(self, words: str) -> int:
        """The cues, as bits, that may stand in the normalised sentence `words`."""
        return self._index.possible(_find_runs(words))

    def spoken_of(
        self, cues: int, words: str, start: int, mentions: Sequence[Mention]
    ) -> list[Mention]:
        """Those `mentions` of a sentence that one of these cues, as bits, may speak of.

        The cue stands whole in the normalised sentence `words`, which begins at `start` of its
        document, and it does not look away from the mention.
        """
        asked = [m for m in mentions if cues & self._that_speak_of(m.fact)]
        standing = list(self._standing(cues, words)) if asked else []
        return [
            m
            for m in asked
            if any(
                (record.direction != "FORWARD" or start + first < m.end)
                and (record.direction != "BACKWARD" or m.start < start + last)
                and touches(record, m.fact)
                and heeds(m, record)
                for record, first, last in standing
            )
        ]

    def _standing(self, cues: int, words: str) -> Iterator[tuple[ContextRecord, int, int]]:
        """The records of those cues that stand whole in a sentence, and between which places."""
        row = f" {' '.join(_find_runs(words))} "
        for place in bits(cues):
            cue = self._cues[place]
            if _row_of(cue) in row:
                first, last = _around(cue, words)
                for record in self._records[cue]:
                    if record.reason not in _SAY_NOTHING:
                        yield record, first, last

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


@lru_cache(maxsize=10_000)  # of more than that few ever stand in notes
def _row_of(cue: str) -> str:
    """The runs of which its tokens are made, with blanks around them."""
    return f" {' '.join(_find_runs(cue.lower()))} "


def _around(cue: str, words: str) -> tuple[int, int]:
    """Where a cue begins that stands in `words` for the first time, and ends for the last time."""
    if cue.replace(" ", "").isalpha() and cue in words:
        return words.find(cue), words.rfind(cue) + len(cue)
    return 0, len(words)  # its signs and figures may stand with other blanks between them


def heeds(mention: Mention, record: ContextRecord) -> bool:
    """Whether a mention takes what such a cue says: a clause has told its denials itself."""
    if mention.tells & record.not_tells:
        return False
    return mention.clause is None or record.reason != "negated"


def touches(record: ContextRecord, fact: str) -> bool:
    """Whether the record is meant for mentions of this fact."""
    return fact not in record.not_facts and (not record.facts or fact in record.facts)
