"""Tells the operation's own story from what only names it, with no heading over it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notecheck.pipeline.layout import Layout
from notecheck.pipeline.lines import BLANK_LINE, LINE_END, LIST_ITEM
from notecheck.pipeline.section import Section
from notecheck.pipeline.story_words import story_words
from notecheck.pipeline.wrapping import SHORTEST_WRAPPED_LINE, WIDEST_WRAPPED_LINE
from notecheck.rules.model import SectionRecord

LONG_TITLE_BODY = 160  # characters under a heading, beyond which it does more than name
_LONG_SECOND_TITLE = 90
_LONGEST_FIELD = 100  # characters of its line
_MANY_DEEDS, _SOME_DEEDS = 3, 2
_MANY_SENTENCES, _SOME_SENTENCES = 3, 2
_FULL_STOP = re.compile(r"[a-z)]\. ")
_ENDS_ANEW = re.compile(r"[.:;!?)]\s*$")


def tells_operation(page: Layout, section: Section, headed: Sequence[Section]) -> bool:
    """Whether an operation is told under a heading: a description's, or a second title's."""
    if section.category == "procedure_title":
        named = any(s.category == "procedure_title" for s in headed if s.start < section.start)
        return is_narrative(page, section, named=named)
    return section.category == "description"


def is_narrative(page: Layout, section: Section, *, named: bool) -> bool:
    """Whether what stands under a title tells the operation instead of naming it.

    Once an earlier heading has `named` the operation, several sentences are enough.
    """
    content = page.content_of(section)
    blank = BLANK_LINE.search(page.text, content, section.end)
    end = blank.start() if blank else section.end
    paragraph = paragraph_begins(page, content, end)
    body = page.normalized[content : end if paragraph is None else paragraph]
    words = story_words()
    return len(body) > (_LONG_SECOND_TITLE if named else LONG_TITLE_BODY) and (
        bool(words.narrative.search(body))
        or len(words.done.findall(body)) >= _MANY_DEEDS
        or (named and len(_FULL_STOP.findall(body)) >= _MANY_SENTENCES)
    )


def split_before_operation(
    page: Layout, section: Section, told: SectionRecord | None
) -> tuple[Section, list[Section]]:
    """Cut a section where, with no empty line and no heading, lines begin that tell the operation.

    Returns what is left of the section, and the unheaded rest if there is one, which goes on with
    what was `told` before the section.
    """
    text, normalized = page.text, page.normalized
    for line_end in LINE_END.finditer(text, section.body, section.end):
        before = normalized[section.body : line_end.start()]
        after = normalized[line_end.end() : section.end]
        if not before.strip():
            continue
        if _begins_story(before):
            break
        # However short, what follows "R thigh prepped." is the operation.
        prepared = story_words().prepared.match(normalized, line_end.end())
        tells = _deeds(after) >= (_SOME_DEEDS if prepared else _MANY_DEEDS)
        if not tells or (len(after) <= _LONG_SECOND_TITLE and not prepared):
            break
        if _begins_anew(text, before, line_end.end()):
            rest = Section(line_end.end(), line_end.end(), section.end, told)
            return Section(section.start, section.body, line_end.end(), section.record), [rest]
    return section, []


def paragraph_begins(page: Layout, content: int, end: int) -> int | None:
    """Where, between `content` and `end`, a line begins that is a paragraph of its own.

    It is longer than a machine wraps lines, or wrapped and its first line holds several sentences;
    what stands above it, a field, has ended with its own line though no empty line says so. So has
    a paragraph, where no empty line parts any of the text as far as there.
    """
    text, normalized, above = page.text, page.normalized, content
    for line_end in LINE_END.finditer(text, content, end):
        is_field = line_end.start() - above <= _LONGEST_FIELD
        above = start = line_end.end()
        if not is_field and page.parted_before(end):
            continue
        after = LINE_END.search(text, start, end)
        line = normalized[start : after.start() if after else end]
        if (
            len(line) >= SHORTEST_WRAPPED_LINE
            and _until_blank_line(text, start) > LONG_TITLE_BODY
            and (
                len(_FULL_STOP.findall(line)) >= _SOME_SENTENCES
                or (is_field and len(line) > WIDEST_WRAPPED_LINE)
            )
            and _begins_anew(text, normalized[content : line_end.start()], start)
        ):
            return start
    return None


def _until_blank_line(text: str, start: int) -> int:
    """How many characters stand from `start` to the next empty line."""
    blank = BLANK_LINE.search(text, start)
    return (blank.start() if blank else len(text)) - start


def _begins_story(words: str) -> bool:
    """Whether the operation is told from the very first line, under whatever heading."""
    deeds = _deeds(words)
    told = story_words()
    return deeds >= _MANY_DEEDS or bool(
        told.narrative.search(words) or (deeds and told.was.search(words))
    )


def tells_deeds(normalized: str, start: int, end: int) -> bool:
    """Whether this stretch tells an operation, however short it is."""
    return _deeds(normalized[start:end]) >= _MANY_DEEDS


def _deeds(words: str) -> int:
    told = story_words()
    return len(told.done.findall(words)) + len(told.tools.findall(words))


def _begins_anew(text: str, before: str, start: int) -> bool:
    """Whether the line at `start` is a statement of its own, no item of the list before it.

    One that bears the mark of that list's first item begins another list.
    """
    first_item, item = LIST_ITEM.match(before.lstrip()), LIST_ITEM.match(text, start)
    if first_item and item and first_item[0].strip() != item[0].strip().casefold():
        return False
    first = text[start : start + 40].lstrip(" \t>*-")[:1]
    return first.isupper() or first.isdigit() or bool(_ENDS_ANEW.search(before))
