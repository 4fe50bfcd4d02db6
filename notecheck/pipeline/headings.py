"""Finds the headings of a note, whatever form the note came in.

Headings may stand on a line of their own, before a colon, before a run of blanks, glued to the
text before and after them ("...stump.PROCEDURE:Left..."), or, in speech-recognised text, bare in
the middle of a line. Known headings are data (`patterns/sections/`, and what their words are not:
`patterns/structure/headings.toml`); an unknown label at the start of a line ends a section too, and
what follows it has no category.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from notecheck.pipeline.lines import begins_line
from notecheck.pipeline.speech import is_unpunctuated
from notecheck.pipeline.wrapping import SHORTEST_WRAPPED_LINE
from notecheck.rules.files import pattern_file
from notecheck.rules.model import Phrases, SectionRecord
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable, any_of, none_before

_LONGEST_TITLE = 70  # characters
_MOST_WORDS_OF_LABEL = 5
_LONGEST_WORD_BEFORE = _LOOK_BACK = 12
_SHORTEST_ALONE, _SHORTEST_BEFORE_STOP, _SHORTEST_IN_SMALL_LETTERS = 4, 5, 4
_LONGEST_HEADLINE = 140
_BLANKS = " -"  # of a title
# The beginning of a word, or a capital glued to what stands before it.
_MAY_BEGIN_TITLE = re.compile(r"(?<![^\W_])[^\W\d_]|(?<![A-Z])[A-Z]")
_TITLE_MAY_FOLLOW = re.compile(r"(?:^|[\n.;,:!?)\]}*_\"'>-]|\d[.)])[ \t]*$")
_SENTENCE_ENDS = re.compile(r"[a-z0-9)][.;][ \t]+$")
_LINE_LABEL = re.compile(r"^[ \t]*(?:[-*#>]+[ \t]*)?([A-Za-z][\w /&()'.+-]{1,45}?)[ \t]*:", re.M)
_STOP_IN_LABEL = re.compile(r"[a-z]{3}\. ")  # the end of a sentence, on a line that wraps
_LINE_ALONE = re.compile(r"^[ \t=*#_-]*([A-Za-z][\w /&(),'.-]{1,60}?)[ \t=*#_-]*$", re.M)
_LINE_COLUMN = re.compile(
    r"^[ \t]*([A-Za-z][\w/&()'.-]*(?: [\w/&()'.-]+){0,4})(?:\t| {2,}| - )(?=\S)", re.M
)
_LINE_STOP = re.compile(r"^[ \t]*([A-Z][\w /&()'-]{3,40}?)\.(?=[ \t]+\S)", re.M)
# The forms of a line that is, or begins with, a known title of so many letters or more.
_OF_A_LINE = (
    (_LINE_ALONE, _SHORTEST_ALONE), (_LINE_COLUMN, 1), (_LINE_STOP, _SHORTEST_BEFORE_STOP),
)  # fmt: skip
# "PART 2. The skin ..." and "STUMP. With him ...": a heading that runs into its text.
_LINE_CAPITALS = re.compile(r"^[ \t]*([A-Z][A-Z0-9 /&-]{2,30})\.(?=[ \t]+[A-Z][a-z])", re.M)
# "PROCEDURE Left above-knee amputation": capitals that lead a line whose next word is in none.
_LED_BY_CAPITALS = re.compile(
    r"^[ \t]*((?:[A-Z][A-Z/&-]+ ){1,5})[ \t]*(?=[A-Z]?[a-z]|\d)", re.M
)  # fmt: skip
_FEWEST_LED_BY_CAPITALS = 3  # lines of a note that is laid out so
_PARENTHESIS = re.compile(r"[ \t]*\([^()\n]{0,80}\)[ \t]*$")


class Heading(NamedTuple):
    """`text[start:body]` is a heading; one of no record ends a section and says something itself,
    so that its own words are read."""

    start: int
    body: int
    record: SectionRecord | None


class _HeadingWords(WordTable):
    """The words of `patterns/structure/headings.toml`; its remarks say what they are for."""

    no_heading_after: tuple[str, ...]
    no_heading_before: tuple[str, ...]
    no_title_before: tuple[str, ...]
    leads_to_noun: tuple[str, ...]
    end_of_copy: Phrases


@cache
def heading_words() -> _HeadingWords:
    """The file, read once. Raises RulesError for one that is wrong."""
    return load_toml(pattern_file("structure/headings.toml"), _HeadingWords)


class HeadingFinder:
    """Finds the headings of a rule set."""

    def __init__(self, records: Iterable[SectionRecord]) -> None:
        records = tuple(records)
        self._by_title: dict[str, SectionRecord] = {}
        self._headlines = [
            (record, re.compile(record.headline)) for record in records if record.headline
        ]
        for record in records:
            for title in record.all_titles:
                self._by_title.setdefault(_title_key(title), record)
        # Few colons follow the last word of a title: the others need no closer look.
        parts = [title for record in records for title in record.part_titles]
        self._parts = frozenset(map(_title_key, parts))
        self._last_words = tuple({title.split()[-1] for title in self._by_title})
        bare = [title for record in records for title in record.bare_titles]
        spoken = [title for record in records for title in record.spoken_titles]
        # Found with any blanks between their words, or with none: "operativeprocedure".
        self._bare_titles = self._run_together(bare)
        self._spoken_titles = self._run_together(spoken)
        words = heading_words()
        self._bare = re.compile(
            rf"({_alternatives(bare)})(?![ ]+{any_of(words.no_title_before)}\b)"
            r"\s*(?:\([^)\n]*\))?[ ]*[:-]?"
        )
        self._spoken = re.compile(
            rf"(?<![a-z]){none_before(words.no_heading_after)}\b({_alternatives(spoken)})\b"
            rf"(?!\s{any_of(words.no_heading_before)}\b)"
        )

    def find(self, text: str, normalized: str) -> list[Heading]:
        """The headings in the order of the text; none begins within another.

        `normalized` is the text's same-length copy from `notecheck.pipeline.normalize`.
        """
        starts: dict[int, Heading] = {}
        for heading in self._headings(text, normalized):
            known = starts.get(heading.start)
            if (
                known is None
                or known.body < heading.body
                or (known.record is None and heading.record is not None)
            ):
                starts[heading.start] = heading
        ordered: list[Heading] = []
        for _, heading in sorted(starts.items()):
            if not ordered or heading.start >= ordered[-1].body:
                ordered.append(heading)
        return ordered

    def headline(self, words: str) -> SectionRecord | None:
        """The record of which `words`, normalised, are the headline; None for any other line."""
        if len(words) > _LONGEST_HEADLINE:
            return None
        return next((record for record, line in self._headlines if line.fullmatch(words)), None)

    def _headings(self, text: str, normalized: str) -> Iterator[Heading]:
        titles: dict[int, int] = {}  # where each begins, by its colon
        for match in re.finditer(":", normalized):
            found = self._title_before(text, normalized, match.start())
            if found:
                start, record = found
                titles[match.start()] = start
                part = _title_key(normalized[start : match.start()]) in self._parts
                yield Heading(start, start if part else match.end(), record)
        if is_unpunctuated(normalized):
            for match in self._spoken.finditer(normalized):
                record = self._spoken_titles[_run_together(match[1])]
                yield Heading(match.start(1), match.end(1), record)
        run_together = _run_together(normalized)
        if any(title in run_together for title in self._bare_titles):
            for match in self._bare.finditer(normalized):
                record = self._bare_titles[_run_together(match[1])]
                yield Heading(match.start(), match.end(), record)
        for form, shortest in _OF_A_LINE:
            for match in form.finditer(text):
                known = self._by_title.get(_title_key(normalized[match.start(1) : match.end(1)]))
                if known and len(match[1]) >= shortest:
                    yield Heading(match.start(1), match.end(), known)
        led = list(self._led_by_capitals(text))
        if len(led) >= _FEWEST_LED_BY_CAPITALS:
            yield from led
        yield from _unknown_labels(text, titles)

    def _led_by_capitals(self, text: str) -> Iterator[Heading]:
        """Lines that begin with a known title in capitals and go on without a stop."""
        for match in _LED_BY_CAPITALS.finditer(text):
            known = self._by_title.get(_title_key(match[1]))
            if known and len(match[1].strip()) >= _SHORTEST_ALONE:
                yield Heading(match.start(1), match.end(1), known)

    def _title_before(
        self, text: str, normalized: str, colon: int
    ) -> tuple[int, SectionRecord] | None:
        """The longest known title that ends at `colon` and stands where a heading may stand."""
        inside = _PARENTHESIS.search(normalized, max(0, colon - 90), colon)
        for end in [colon, inside.start()] if inside else [colon]:
            first = max(0, end - _LONGEST_TITLE)
            words = normalized[first:end]
            if not words.rstrip(_BLANKS).endswith(self._last_words):
                continue
            for match in _MAY_BEGIN_TITLE.finditer(text[first:end]):
                record = self._by_title.get(_title_key(words[match.start() :]))
                if record and _may_be_heading(text, first + match.start(), end):
                    return first + match.start(), record
        return None

    def _run_together(self, titles: Iterable[str]) -> dict[str, SectionRecord]:
        return {_run_together(title): self._by_title[_title_key(title)] for title in titles}


def _unknown_labels(text: str, titles: dict[int, int]) -> Iterator[Heading]:
    """Labels at the start of a line that are no known title; `titles` are the known ones' starts,
    by their colons."""
    for match in _LINE_CAPITALS.finditer(text):
        yield Heading(match.start(1), match.start(1), None)
    for match in _LINE_LABEL.finditer(text):
        clock = match[1][-1].isdigit() and text[match.end() : match.end() + 1].isdigit()
        if len(match[1].split()) > _MOST_WORDS_OF_LABEL or clock or _STOP_IN_LABEL.search(match[1]):
            continue
        if match[1][0].islower() and _goes_on(text, match.start(1)):
            continue
        known = titles.get(match.end() - 1)
        if known is None or known <= match.start(1):
            yield Heading(match.start(1), match.start(1), None)


def _goes_on(text: str, start: int) -> bool:
    """Whether the line at `start` goes on with the sentence of a long line above it."""
    line = text.rfind("\n", 0, start)
    above = text[text.rfind("\n", 0, max(line, 0)) + 1 : max(line, 0)].rstrip()
    return len(above) >= SHORTEST_WRAPPED_LINE and above[-1] not in ".:;!?"


def _may_be_heading(text: str, start: int, end: int) -> bool:
    if begins_line(text, start):
        return True
    if text[max(0, start - 3) : start].rstrip(_BLANKS).endswith("&"):
        return False  # "H&P: 61M ...": no plan
    before = text[max(0, start - _LONGEST_WORD_BEFORE) : start].lower().split()
    if before and text[start - 1] == " " and before[-1] in heading_words().leads_to_noun:
        return False  # "the template, made from CT: ..."
    glued = text[start - 1].isalnum()
    if text[start - 1] in ".;" and end - start >= _SHORTEST_IN_SMALL_LETTERS:
        return True  # "Same.operation:Revision": glued to what stands before it
    if end - start < _SHORTEST_IN_SMALL_LETTERS and (glued or not text[start:end].isupper()):
        # "Dx: gangrene. Op: re-amputation": behind a full stop, with a capital.
        return text[start].isupper() and bool(_SENTENCE_ENDS.search(_just_before(text, start)))
    return text[start].isupper() and (
        glued
        or bool(_TITLE_MAY_FOLLOW.search(_just_before(text, start)))
        or text[start:end].isupper()
        or text[max(0, start - 2) : start] == "  "
    )


def _just_before(text: str, start: int) -> str:
    return text[max(0, start - _LOOK_BACK) : start]


def _alternatives(titles: Iterable[str]) -> str:
    every = sorted(set(titles), key=len, reverse=True)
    return "|".join(re.escape(title).replace(r"\ ", r"[\s-]*") for title in every)


def _run_together(normalized: str) -> str:
    return normalized.replace(" ", "").replace("-", "")


def _title_key(title: str) -> str:
    return " ".join(title.lower().replace("-", " ").split())
