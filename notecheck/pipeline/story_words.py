"""The expressions by which a note tells the operation, or the patient's story, with no heading.

Their words are data: `patterns/structure/stories.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of

_INITIALS = r"\.?(?: ?[a-z]\.){0,3}"  # "Mr. D. K. is": the stops of a title and a name


class _Narrative(WordTable):
    was: Words
    done: Words
    phrases: Words
    made: Words
    surgeon: Words
    surgeon_did: Words


class _Steps(WordTable):
    done: Words
    tools: Words
    prepared: Words


class _Begins(WordTable):
    who: Words
    was: Words
    moved: Words
    theatre: Words
    ready: Words
    incision: Words
    leads: Words


class _Sentence(WordTable):
    article: Words
    who: Words
    age: Words
    spelt_age: Words
    told: Words


class _Line(WordTable):
    points: Words
    this: Words
    who: Words
    opens: Words
    now: Words
    title: Words
    told: Words


class _Lost(WordTable):
    side: Words
    lost: Words


class _Spoken(WordTable):
    points: Words
    opens: Words
    this: Words
    told: Words
    person: Words


class _StoryFile(WordTable):
    """The file; its own remarks say what each table is for."""

    narrative: _Narrative
    steps: _Steps
    begins: _Begins
    sentence: _Sentence
    line: _Line
    lost: _Lost
    spoken: _Spoken


@dataclass(frozen=True, slots=True)
class StoryWords:
    """The file's expressions, for normalised text.

    `narrative` somebody tells the operation; `was` a verb of such a sentence; `done` and `tools`
    its deeds and what they are done with; `prepared` a line or sentence that begins it, however
    short; `begins` where it begins in the midst of a section; `sentence`, `line` and `spoken` where
    the patient's story begins behind a title or a diagnosis: in a sentence, on a line, in speech
    without stops.
    """

    narrative: re.Pattern[str]
    was: re.Pattern[str]
    done: re.Pattern[str]
    tools: re.Pattern[str]
    prepared: re.Pattern[str]
    begins: re.Pattern[str]
    sentence: re.Pattern[str]
    line: re.Pattern[str]
    spoken: re.Pattern[str]


@cache
def story_words() -> StoryWords:
    """The expressions, made once. Raises RulesError for a file that is wrong."""
    file = load_toml(pattern_file("structure/stories.toml"), _StoryFile)
    steps, was = file.steps, any_of(file.narrative.was)
    prepared = rf"(?:[\w/]+ ){{1,5}}(?:{was} )?{any_of(steps.prepared)}\b"
    return StoryWords(
        narrative=_narrative(file.narrative),
        was=re.compile(rf"\b{was}\b"),
        done=re.compile(rf"\b{any_of(steps.done)}\b"),
        tools=re.compile(rf"\b{any_of(steps.tools)}\b"),
        prepared=re.compile(rf"[ \t]*{prepared}"),
        begins=_begins(file.begins, prepared),
        sentence=_sentence(file.sentence),
        line=re.compile(f"{_line(file.line)}|{_lost(file.lost)}"),
        spoken=_spoken(file.spoken),
    )


def _narrative(words: _Narrative) -> re.Pattern[str]:
    was, done, phrases, made = map(any_of, (words.was, words.done, words.phrases, words.made))
    return re.compile(
        rf"\b{was}\b[^.]{{0,80}}\b{done}\b|\b{phrases}\b|\b{made}\b[^.]{{0,60}}\b{was}\b"
        rf"|\b{any_of(words.surgeon)} {any_of(words.surgeon_did)}\b"
    )


def _begins(words: _Begins, prepared: str) -> re.Pattern[str]:
    who, was, moved = map(any_of, (words.who, words.was, words.moved))
    return re.compile(
        rf"\b{who}\b[^.]{{0,40}}\b{was}\b[^.]{{0,60}}\b{moved}\b[^.]{{0,40}}\b{any_of(words.theatre)}"
        rf"|\b{any_of(words.ready)}\b"
        rf"|(?<=[.;] )(?:{any_of(words.incision)} {any_of(words.leads)}\b|{prepared})"
    )


def _sentence(words: _Sentence) -> re.Pattern[str]:
    article, who, age = map(any_of, (words.article, words.who, words.age))
    return re.compile(
        rf"(?:(?<=[.!?)] )|(?<=  ))(?=(?:{article} )?"
        rf"(?:{who}|\d+[ -]?{age}|(?:[a-z]+-)?[a-z]+-{any_of(words.spelt_age)})\b"
        rf"{_INITIALS}[^.]{{0,40}}\b{any_of(words.told)}\b)"
    )


def _line(words: _Line) -> str:
    this, who, opens, now = map(any_of, (words.this, words.who, words.opens, words.now))
    return (
        rf"[ ]*(?:{any_of(words.points)} (?:[\w.-]+ ){{0,5}}?{this}|{who}\b|{opens}|{now} \d+)\b"
        rf"{_INITIALS}[^.]{{0,60}}(?:{any_of(words.title)}\. )?[^.]{{0,40}}\b{any_of(words.told)}\b"
    )


def _lost(words: _Lost) -> str:
    return rf"[ ]*(?:{any_of(words.side)} )?{any_of(words.lost)}\b[^.\n]{{0,20}}\b(?:19|20)\d\d\b"


def _spoken(words: _Spoken) -> re.Pattern[str]:
    opens, this, told, person = map(any_of, (words.opens, words.this, words.told, words.person))
    return re.compile(
        rf"(?<=\s)(?=(?:{opens}|{any_of(words.points)} (?:\w+ ){{0,4}}{this})\s"
        rf"(?:{told}|[a-z]+ed|(?:\w+\s){{0,3}}{person})\b)"
    )
