"""Where a section ends before the next heading does it.

What ends it, by its record: an empty line, its own line's end, so many spoken words; and whatever
its record says, where the operation or the patient's story begins.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from notecheck.pipeline.headings import heading_words
from notecheck.pipeline.layout import Layout
from notecheck.pipeline.lines import BLANK_LINE, LINE_END, begins_line
from notecheck.pipeline.section import Section
from notecheck.pipeline.stories import LONG_TITLE_BODY, paragraph_begins, tells_deeds
from notecheck.pipeline.story_words import story_words
from notecheck.rules.word_table import any_of

# A line that begins like a sentence of its own, after a field: "EBL 100.\nThe stump was ...".
# So does one that begins with a number, an age, which is no number of a list.
_NEW_STATEMENT = re.compile(
    r"(?:\r?\n|\r)(?=[ \t]*(?:[A-Z]|\d{2,3}(?![\d.)]))[^\n:]{0,40} [a-z][^\n:]{0,25}[a-z. ])"
)
# A line in capitals below a field in small letters is no part of the field.
_IN_CAPITALS = re.compile(r"\n+(?=[ \t]*[A-Z][A-Z ,/&-]{4,}[ \t]*$)", re.M)
_SMALL_LETTER = re.compile("[a-z]")
_SENTENCE_END = re.compile(r"[a-z)0-9][.;]\s+(?=[A-Z])")
_SPOKEN_WORD = re.compile(r"\S+")


def section_end(page: Layout, section: Section, *, told_later: bool) -> int:
    """Where `section` ends, its own end at the latest.

    `told_later` is whether a later heading stands over the operation itself.
    """
    record = section.record
    if record is None:
        return section.end
    text, normalized = page.text, page.normalized
    end, content = section.end, page.content_of(section)
    if record.ends == "line":
        end = _before(_NEW_STATEMENT.search(text, content, end), end)
    if record.inline and not begins_line(text, section.start):
        # "MRI: ..." in the middle of a story heads its own sentence, not the rest of the story.
        stop = _SENTENCE_END.search(text, section.body, end)
        if stop and (
            end - stop.end() > LONG_TITLE_BODY or tells_deeds(normalized, stop.end(), end)
        ):
            end = stop.end()
    if record.ends in ("blank_line", "line"):
        end = _before(BLANK_LINE.search(text, content, end), end)
    if record.ends in ("blank_line", "line"):
        paragraph = paragraph_begins(page, content, end)
        end = end if paragraph is None else paragraph
        end = _capitals_below(text, content, end)
    words = story_words()
    if record.spoken_words:
        lines = (line.end() for line in LINE_END.finditer(text, section.body, end))
        end = next((line for line in lines if words.line.match(normalized, line, end)), end)
    # A history that comes before the operation's own heading tells of earlier ones.
    before_operation = told_later and record.retells
    if record.category != "description" and not before_operation:
        begins = words.begins.search(normalized, section.body, end)
        end = max(section.body, begins.start()) if begins else end
    # Behind a title, a diagnosis or a list of old diseases the patient's story is another section;
    # it is what the reasons before the operation are told by.
    if record.ends in ("blank_line", "line") and (record.reason or not before_operation):
        story = words.spoken if page.unpunctuated else words.sentence
        end = _before(story.search(normalized, section.body, end), end)
    if page.unpunctuated and record.spoken_words:
        spoken = _SPOKEN_WORD.finditer(normalized, section.body, end)
        end = _before(next(islice(spoken, record.spoken_words, None), None), end)
    if record.category == "quoted_report":
        end = _end_of_quote(normalized, section.body, end)
    return end


def _capitals_below(text: str, start: int, end: int) -> int:
    """Where the first line in capitals begins below one with a small letter; else `end`."""
    for below in _IN_CAPITALS.finditer(text, start, end):
        line = max(start, text.rfind("\n", start, below.start()) + 1)
        if _SMALL_LETTER.search(text, line, below.start()):
            return below.end()
    return end


def _before(match: re.Match[str] | None, end: int) -> int:
    return match.start() if match else end


@cache
def _copy_ends() -> re.Pattern[str]:
    return re.compile(rf"\[?\b{any_of(heading_words().end_of_copy)}[^\n\]]*\]?")


def _end_of_quote(normalized: str, body: int, end: int) -> int:
    """Where a copied report says that it ends, or its quotation mark is closed."""
    said = _copy_ends().search(normalized, body, end)
    end = said.end() if said else end
    if normalized[body:end].lstrip()[:1] == '"':
        first = normalized.index('"', body)
        closing = normalized.find('"', first + 1, end)
        end = closing + 1 if closing > 0 else end
    return end
