"""What a record asks of the words round its cue before it says anything of a mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Span

from notecheck.pipeline.cues import touches
from notecheck.rules.model import ContextRecord
from notecheck.rules.word_table import any_of
from notecheck.statements.clause_words import clause_words

_THEN = 2  # words
_LED_BY = 6  # words
_BEFORE_RELATIVE = 6  # words of the person's own: "his neighbor from the old house, who ..."


def speaks_of(record: ContextRecord, target: Span, cue_start: int, cue_end: int) -> bool:
    """Whether the record, found at these tokens, says anything of this target."""
    if not touches(record, target.label_):
        return False
    if cue_start < target.end and target.start < cue_end:
        # A "not" within a phrase belongs to it ("muscle was not contractile"); "opposite" does not.
        if not record.amid:
            return record.reason in ("other_limb", "restored")
        then = target.doc[cue_end : cue_end + _THEN]
        return not (_any_in(record.unless_then, then) or _is_led(record, target, cue_start))
    after_cue = target.start >= cue_end
    if record.amid and not after_cue:
        return False
    if record.direction == ("BACKWARD" if after_cue else "FORWARD"):
        return False
    begins = _behind_relative(target.doc, cue_end) if record.unless_then else cue_end
    begins = begins if begins <= target.start else cue_end
    distance = target.start - begins if after_cue else cue_start - target.end
    if record.max_scope is not None and distance >= record.max_scope:
        return False
    return _is_placed(record, target, cue_start, begins)


def _is_placed(record: ContextRecord, target: Span, cue_start: int, cue_end: int) -> bool:
    """Whether the words that the record asks for, or forbids, beside cue and target allow it."""
    doc = target.doc
    if record.unless_then and _any_in(record.unless_then, doc[cue_end : cue_end + _THEN]):
        return False
    if record.only_then and not _is_led_on(record, doc, cue_end):
        return False
    first, last = min(cue_end, target.end), max(cue_start, target.start)
    if record.unless_between and _any_in(record.unless_between, doc[first:last]):
        return False
    if _is_led(record, target, cue_start):
        return False
    line = target.sent
    if record.opens and doc[cue_start].sent.start != cue_start:
        return False
    if record.beside and not _any_in(record.beside, doc[cue_end : line.end]):
        return False
    if not (record.only_after or record.only_before or record.unless_followed):
        return True  # most: spaCy puts a `Doc`'s text together anew whenever it is asked for
    text = doc.text
    if record.unless_followed and target.start >= cue_end:
        after = text[doc[cue_end - 1].idx + len(doc[cue_end - 1]) : line.end_char]
        if _holds(record.unless_followed, after):
            return False
    before = text[line.start_char : doc[cue_start].idx]
    behind = text[target.end_char : line.end_char]
    return _holds(record.only_after, before) and _holds(record.only_before, behind)


def _is_led(record: ContextRecord, target: Span, cue_start: int) -> bool:
    """Whether a word that takes the cue back stands a few words before it."""
    if not record.unless_led_by:
        return False
    first = max(target.sent.start, cue_start - _LED_BY)
    return _any_in(record.unless_led_by, target.doc[first:cue_start])


def _any_in(words: frozenset[str], tokens: Span) -> bool:
    return any(token.text in words for token in tokens)


def _is_led_on(record: ContextRecord, doc: Doc, cue_end: int) -> bool:
    """Whether the word after the cue is one of those before which alone the record speaks."""
    after = doc[cue_end].text if cue_end < len(doc) else "\n"
    return after == "\n" or after in record.only_then


def _behind_relative(doc: Doc, place: int) -> int:
    """Where the sentence goes on behind "..., who is a nurse, " if that follows soon, or `place`.

    What follows a person's name is said of the person all the same.
    """
    relative = clause_words().of_persons
    line = doc[place].sent.end if place < len(doc) else place
    opened = place - 1  # "his wife who ...": a cue may end with it
    if doc[opened].text not in relative:
        comma = _comma(doc, place, min(place + _BEFORE_RELATIVE, line))
        if comma is None or not _any_in(relative, doc[comma + 1 : comma + 1 + _THEN]):
            return place
        opened = comma
    end = _comma(doc, opened + 1, line)
    return place if end is None else end + 1


def _comma(doc: Doc, first: int, last: int) -> int | None:
    return next((token.i for token in doc[first:last] if token.text == ","), None)


def _holds(phrases: Sequence[str], words: str) -> bool:
    """Whether one of the phrases stands among the words; so it does where none is asked for."""
    return not phrases or _expression(tuple(phrases)).search(words) is not None


@cache
def _expression(phrases: tuple[str, ...]) -> re.Pattern[str]:
    words = [phrase for phrase in phrases if phrase[0].isalnum()]
    signs = [phrase for phrase in phrases if not phrase[0].isalnum()]  # "; we", right after a word
    ways = [rf"(?<!\w){any_of(words)}"] * bool(words) + [any_of(signs)] * bool(signs)
    return re.compile(rf"(?:{'|'.join(ways)})(?!\w)")
