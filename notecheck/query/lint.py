"""Refuses what a compliant query must not say, and misses what it must have.

It reads the text or the JSON that `notecheck query` prints, and queries that people wrote: a text
with a `Subject:` line, quotations in double marks, a question, and options behind `[ ]` or a box.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import Field, ValidationError

from notecheck.codes.model import Data
from notecheck.errors import InputError
from notecheck.query.model import Query, QueryFile
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.wrong_values import sentence

_QUOTED = re.compile(r'"[^"]{0,2000}"|\u201c[^\u201d]{0,2000}\u201d')
_OPTION = re.compile(r"^\s*(?:[-*]\s*)?(?:\[ ?\]|\u2610)\s*(?P<text>.+)$")
_SUBJECT = re.compile(
    r"^\s*(?:subject|title|topic|re|regarding|concerning|query(?: \d+ of \d+)?):\s*(?P<text>.+)$",
    re.I,
)
_HEADLINE = re.compile(r"^Query \d+ of \d+: ")
_OTHER = re.compile(r"\bother\b", re.I)
_UNABLE = re.compile(
    r"\b(?:(?:unable|cannot|not able|impossible) (?:to )?(?:be )?determined?|undetermined)\b", re.I
)
_DENIAL = re.compile(r"\s*(?:no|not|none)\b", re.I)
_WORD = re.compile(r"[a-z]{4,}")


class LintRule(Data):
    """Words that no query uses: a pattern and what is wrong with what it finds.

    With `subject` it is held against the subject alone.
    """

    id: str
    fault: str
    pattern: str
    subject: bool = False


class LintFile(Data):
    rule: tuple[LintRule, ...] = Field(min_length=1)


@dataclass(frozen=True)
class QueryFault:
    """One fault; `where` is a line of the file or a query's id with the field."""

    where: str
    rule: str
    fault: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.fault}"


@dataclass(frozen=True)
class _Line:
    where: str
    text: str  # with quotations taken out


@dataclass(frozen=True)
class _Draft:
    """One query as the rules read it."""

    where: str
    subject: _Line | None
    lines: tuple[_Line, ...]
    options: tuple[_Line, ...]
    quoted: str  # the quotations, one after another


@cache
def _rules() -> tuple[tuple[LintRule, re.Pattern[str]], ...]:
    rules = load_toml(pattern_file("queries/lint.toml"), LintFile).rule
    return tuple((rule, re.compile(rule.pattern, re.I)) for rule in rules)


def lint_text(text: str, name: str) -> list[QueryFault]:
    """The faults of a file of queries, in the order of the file; `name` is how places name it.

    Raises InputError for JSON that is no file of queries, and for a file with nothing in it.
    """
    if not text.strip():
        raise InputError("there is no query in it", where=name)
    drafts = _from_json(text, name) if text.lstrip().startswith("{") else _from_text(text, name)
    return [fault for draft in drafts for fault in _faults(draft)]


def lint_query(query: Query) -> list[QueryFault]:
    """The faults of one query."""
    return list(_faults(_draft(query)))


def _faults(draft: _Draft) -> Iterator[QueryFault]:
    for line in draft.lines:
        for rule, pattern in _rules():
            if not rule.subject and pattern.search(line.text):
                yield QueryFault(line.where, rule.id, rule.fault)
    told = " ".join(option.text for option in draft.options)
    if not any("?" in line.text for line in draft.lines):
        yield QueryFault(draft.where, "no-question", "asks no question")
    if not draft.quoted:
        yield QueryFault(draft.where, "no-indicator", "quotes nothing from the record")
    if draft.options and not _OTHER.search(told):
        yield QueryFault(draft.where, "no-other", "the options have no `other`")
    if draft.options and not _UNABLE.search(told):
        yield QueryFault(draft.where, "no-unable", "the options have no `unable to determine`")
    if draft.subject:
        yield from _subject(draft, draft.subject)


def _subject(draft: _Draft, subject: _Line) -> Iterator[QueryFault]:
    """A subject that names a finding, or says what an option says, gives the answer away.

    What the record itself says in the quotations is no option's word any more.
    """
    for rule, pattern in _rules():
        if rule.subject and pattern.search(subject.text):
            yield QueryFault(subject.where, rule.id, rule.fault)
    words = set(_WORD.findall(subject.text.lower()))
    recorded = set(_WORD.findall(draft.quoted.lower()))
    for option in draft.options:
        said = set(_WORD.findall(option.text.lower())) - recorded
        if said and said <= words and not _DENIAL.match(option.text):
            yield QueryFault(subject.where, "subject", "the subject gives an answer")


def _unquoted(text: str) -> str:
    return _QUOTED.sub(" ", text)


def _from_json(text: str, name: str) -> Iterator[_Draft]:
    try:
        file = QueryFile.model_validate(json.loads(text))
    except ValueError as error:
        place = ""
        if isinstance(error, ValidationError):
            place = f": {sentence(error)}"
        raise InputError(f"is no JSON of queries{place}", where=name) from None
    return map(_draft, file.queries)


def _draft(query: Query) -> _Draft:
    def line(field: str, text: str) -> _Line:
        return _Line(f"{query.id}.{field}", _unquoted(text))

    subject = line("subject", query.subject)
    options = tuple(line("options", option) for option in query.options)
    lines = (
        line("to", query.to),
        subject,
        line("question", query.question),
        *options,
        line("instruction", query.instruction),
    )
    quoted = " ".join(indicator.text for indicator in query.indicators)
    return _Draft(query.id, subject, lines, options, quoted)


def _from_text(text: str, name: str) -> Iterator[_Draft]:
    """One query, or as many as there are headlines of `notecheck query`."""
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(_without_quotes(text).split("\n"), start=1):
        if _HEADLINE.match(line) and blocks[-1]:
            blocks.append([])
        blocks[-1].append((number, line))
    quotations = [" ".join(_QUOTED.findall(part)) for part in _blocks_of(text, blocks)]
    for block, quoted in zip(blocks, quotations, strict=True):
        lines = tuple(_Line(f"{name}:{number}", line) for number, line in block)
        subject = next(
            (_Line(line.where, m["text"]) for line in lines if (m := _SUBJECT.match(line.text))),
            None,
        )
        options = tuple(
            _Line(line.where, m["text"]) for line in lines if (m := _OPTION.match(line.text))
        )
        yield _Draft(lines[0].where, subject, lines, options, quoted)


def _without_quotes(text: str) -> str:
    """The text with its quotations blanked, line for line."""
    return _QUOTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _blocks_of(text: str, blocks: list[list[tuple[int, str]]]) -> Iterator[str]:
    lines = text.split("\n")
    for block in blocks:
        yield "\n".join(lines[block[0][0] - 1 : block[-1][0]])
