"""What a note brings in that is said to every patient: leaflets, lessons, texts of a library.

"Leaflet: a stump is revised when the bone is exposed." The words are data:
`patterns/pasted/general.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from notecheck.pipeline.mentions import AnalysedDocument, Mention, Sentence
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# Right behind an introduction.
_QUOTED = re.compile(r"[:\w]?[ ]?([\"'])[^\"]{3,1500}?(?<=[.\w*])\1(?!\w)")
_LONGEST_TITLE = 60  # characters: 'Booklet "Your new limb": ...'
_PAGE = r"(?<=\w), \w+ \d+\.(?= )"  # "Class handout, page 2. "
_WAY = r"[^.;:\"\n]"  # one character of the way from a paper to what it says


class _Loose(WordTable):
    documents: frozenset[str]
    facts: frozenset[str]
    tied_by: Words


class _GeneralFile(WordTable):
    """The file; its remarks say what its words are for."""

    paper: Words
    of_nobody: Words
    says: Words
    no_way: Words
    of_this_patient: Words
    of_anybody: Words
    loose: _Loose


@dataclass(frozen=True, slots=True)
class _GeneralWords:
    """The file's expressions: what brings in such words, and what turns from them.

    From what is `of_nobody` nothing on its line turns.
    """

    brings: re.Pattern[str]
    of_nobody: re.Pattern[str]
    of_this_patient: re.Pattern[str]
    of_anybody: re.Pattern[str]
    tied_by: re.Pattern[str]


@cache
def _file() -> _GeneralFile:
    """Read once. Raises RulesError for a file that is wrong."""
    return load_toml(pattern_file("pasted/general.toml"), _GeneralFile)


@cache
def _words() -> _GeneralWords:
    file = _file()
    paper = any_of(file.paper)
    way = rf"(?:(?!\b{any_of(file.no_way)}\b){_WAY})"
    return _GeneralWords(
        brings=re.compile(
            rf"\b{paper}\b{way}{{0,60}}?"
            rf"(?::|\"|(?<= )'(?=\w)|\b{any_of(file.says)}\b|[ \t]*(?=\n)|{_PAGE})",
            re.I,
        ),
        of_nobody=re.compile(rf"\b{any_of(file.of_nobody)}\b[^.;:\n]{{0,40}}:([^\n]+)", re.I),
        of_this_patient=re.compile(rf"\b{any_of(file.of_this_patient)}\b", re.I),
        of_anybody=re.compile(rf"\b{any_of(file.of_anybody)}\b", re.I),
        tied_by=re.compile(rf"\b{any_of(file.loose.tied_by)}\b"),
    )


def may_speak_to_all(note: AnalysedDocument) -> bool:
    """Whether a document is of a kind that speaks to all as often as of one; no addendum does."""
    return note.document.type in _file().loose.documents and not any(note.of("addendum"))


def is_untied(note: AnalysedDocument, mention: Mention) -> bool:
    """Whether a paper that may speak to all tells a reason and of nobody: "call for pus".

    A heading may tie what it is over: "Dx: gangrene".
    """
    section = mention.sentence.section
    return (
        mention.fact in _file().loose.facts
        and not _words().tied_by.search(note.sentence_text(mention.sentence))
        and not _words().tied_by.search(note.normalized, section.start, section.body)
    )


def said_to_all(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The stretches, (start, end), of `text` that are said to every patient."""
    words, file, told = _words(), _file(), text.lower()
    # Most notes have none of these words, which is quickly seen.
    if any(head in told for head in file.of_nobody):
        yield from (match.span(1) for match in words.of_nobody.finditer(text))
    if not any(paper in told for paper in file.paper):
        return
    ends = [sentence.end for sentence in sentences]
    for match in words.brings.finditer(text):
        start = match.end()
        if quoted := _QUOTED.match(text, start - 1):
            yield start, quoted.end()
            if quoted.end() - start > _LONGEST_TITLE:
                continue
            start = quoted.end()
        end = start
        last = _block_end(text, start)
        for place in range(bisect_right(ends, start), len(sentences)):
            sentence = sentences[place]
            if sentence.start >= last:
                break
            said = words.of_anybody.sub("", text[max(start, sentence.start) : sentence.end])
            if words.of_this_patient.search(said):
                break
            end = sentence.end
        if end > start:
            yield start, end


def _block_end(text: str, start: int) -> int:
    """Where what stands behind an introduction ends: with its line, or with the lines below it."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if text[start:end].strip():
        return end
    blank = _BLANK_LINE.search(text, start)
    return blank.start() if blank else len(text)
