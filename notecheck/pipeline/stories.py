"""Tells the operation's own story from what only names it, with no heading over it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notecheck.pipeline.lines import BLANK_LINE, LINE_END
from notecheck.pipeline.section import Section
from notecheck.pipeline.story_words import story_words

LONG_TITLE_BODY = 160  # characters under a heading, beyond which it does more than name
_LONG_SECOND_TITLE = 90
_MANY_DEEDS, _SOME_DEEDS = 3, 2
_MANY_SENTENCES = 3
_FULL_STOP = re.compile(r"[a-z)]\. ")
_LIST_ITEM = re.compile(r"[ \t]*(?:\d{1,2}|[a-z])[.)]")
_ENDS_ANEW = re.compile(r"[.:;!?)]\s*$")


def tells_operation(text: str, section: Section, headed: Sequence[Section]) -> bool:
    """Whether an operation is told under a heading: a description's, or a second title's."""
    if section.category == "procedure_title":
        named = any(s.category == "procedure_title" for s in headed if s.start < section.start)
        return is_narrative(text, section, named=named)
    return section.category == "description"


def is_narrative(text: str, section: Section, *, named: bool) -> bool:
    """Whether what stands under a title tells the operation instead of naming it.

    Once an earlier heading has `named` the operation, several sentences are enough.
    """
    whole = text[section.body : section.end].lstrip()
    body = BLANK_LINE.split(whole, maxsplit=1)[0].lower()
    words = story_words()
    return len(body) > (_LONG_SECOND_TITLE if named else LONG_TITLE_BODY) and (
        bool(words.narrative.search(body))
        or len(words.done.findall(body)) >= _MANY_DEEDS
        or (named and len(_FULL_STOP.findall(body)) >= _MANY_SENTENCES)
    )


def split_before_operation(
    text: str, normalized: str, section: Section
) -> tuple[Section, list[Section]]:
    """Cut a section where, with no empty line and no heading, lines begin that tell the operation.

    Returns what is left of the section, and the unheaded rest if there is one.
    """
    for line_end in LINE_END.finditer(text, section.body, section.end):
        before = normalized[section.body : line_end.start()]
        after = normalized[line_end.end() : section.end]
        if not before.strip():
            continue
        if _begins_story(before):
            break
        # However short, what follows "R thigh prepped." is the operation.
        prepared = story_words().prepared.match(normalized, line_end.end())
        told = _deeds(after) >= (_SOME_DEEDS if prepared else _MANY_DEEDS)
        if not told or (len(after) <= LONG_TITLE_BODY and not prepared):
            break
        if _begins_anew(text, before, line_end.end()):
            rest = Section(line_end.end(), line_end.end(), section.end, None)
            return Section(section.start, section.body, line_end.end(), section.record), [rest]
    return section, []


def _begins_story(words: str) -> bool:
    """Whether the operation is told from the very first line, under whatever heading."""
    deeds = _deeds(words)
    told = story_words()
    return deeds >= _MANY_DEEDS or bool(
        told.narrative.search(words) or (deeds and told.was.search(words))
    )


def _deeds(words: str) -> int:
    told = story_words()
    return len(told.done.findall(words)) + len(told.tools.findall(words))


def _begins_anew(text: str, before: str, start: int) -> bool:
    """Whether the line at `start` is a statement of its own, no item of the list before it."""
    if _LIST_ITEM.match(before.lstrip()) and _LIST_ITEM.match(text, start):
        return False
    first = text[start : start + 40].lstrip(" \t>*-")[:1]
    return first.isupper() or first.isdigit() or bool(_ENDS_ANEW.search(before))
