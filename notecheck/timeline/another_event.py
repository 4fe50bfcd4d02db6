"""Which words beside an act tell another event, whose time is none of the act's.

"AKA, admitted 2/24"; "AKA with drainage since 3/1"; "on 3/20 pus came from the AKA stump". The
words are data: see `notecheck.timeline.time_words`.
"""

from __future__ import annotations

import re

from notecheck.timeline.time_words import time_expressions

# "AKA (infected knee) 2019": an aside with no time of its own.
_ASIDE = re.compile(r"\([^()\d]*\)")


def before_another_event(words: str) -> str:
    """The words behind an act up to those that tell another event.

    What begins the event's own statement goes with it: "AKA; in March the stump broke open".
    """
    first = _first_event(words)
    if first is None:
        return words
    parted = _parted(words, first)
    return words[: parted[-1] if parted else first]


def after_another_event(words: str, behind: str) -> str:
    """The words before an act as far as a time among them may be the act's.

    `behind` are the words right behind the act. Where they name what is there ("the AKA stump") or
    what befell it ("the AKA was red"), or the time is one since which something is so, it is none.
    """
    expressions = time_expressions()
    if expressions.what_is_there.match(behind) or _befell(behind):
        return ""
    if expressions.since.search(words) and not expressions.brought_about.search(words):
        return ""
    ends = [
        trouble.end()
        for trouble in expressions.troubles.finditer(words)
        if not _is_reason(words, trouble.start())
        and not expressions.brought_about.search(words, trouble.end())
    ]
    return words[max(ends, default=0) :]


def _first_event(words: str) -> int | None:
    """Where the first words of another event begin."""
    expressions = time_expressions()
    words = _ASIDE.sub(lambda aside: " " * len(aside[0]), words)
    events = [told.start() for told in expressions.happened.finditer(words)]
    events += [
        told.start()
        for told in expressions.troubles.finditer(words)
        if not _is_reason(words, told.start())
    ]
    events += [
        told.start()
        for told in expressions.since.finditer(words)
        if not expressions.of_the_limb.fullmatch(words[: told.start()])
        and not _is_reason(words, told.start())
    ]
    return min(events, default=None)


def _befell(behind: str) -> bool:
    """Whether the statement that an act stands in goes on to another event."""
    parted = time_expressions().parting.search(behind)
    return _first_event(behind[: parted.start()] if parted else behind) is not None


def _is_reason(words: str, place: int) -> bool:
    """Whether the statement that `place` stands in tells a reason before it."""
    begins = max(_parted(words, place), default=0)
    return bool(time_expressions().reasons.search(words, begins, place))


def _parted(words: str, place: int) -> list[int]:
    """Where statements of a list are parted before `place`."""
    return [mark.start() for mark in time_expressions().parting.finditer(words, 0, place)]
