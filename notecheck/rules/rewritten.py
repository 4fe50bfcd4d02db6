"""Words of rules that no text holds when it is read: slips, and names that are read as another.

Before anything is matched, what `lexicon/spelling.toml` lists is put in place of them, so that an
entry with one of them can never match.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from notecheck.errors import RulesError
from notecheck.rules.file_models import SpellingFile
from notecheck.rules.findings import Finding, Place
from notecheck.rules.model import TermRecord
from notecheck.rules.phrase import Gap, Word, parse
from notecheck.rules.read import RuleFolder, read_folder
from notecheck.rules.site import folder_files

_WORDS_ONLY = ("structure", "timeline", "pasted")  # folders of lists that code reads by itself
_NO_TEXT = frozenset({"compound", "entity"})  # pairs of lists, and patterns
_ANY_WORD = "\n"  # what stands for words that a phrase does not tell


def rewritten_findings(root: Path, site: Path | None) -> Iterator[Finding]:
    """The entries below `root` that our spelling rewrites, and those of `site` that both do."""
    ours = read_folder(root, [])
    yield from _Rewriting(ours.spelling).findings(ours, root)
    if site:
        own = read_folder(site, [])
        yield from _Rewriting(ours.spelling.with_more(own.spelling)).findings(own, site)


class _Rewriting:
    def __init__(self, spelling: SpellingFile) -> None:
        self._read_as = {
            " ".join(said.split()): meant.lower() for said, meant in spelling.read_as.items()
        }
        ways = sorted(self._read_as, key=len, reverse=True)
        said = "|".join(re.escape(way).replace(r"\ ", "[ -]+") for way in ways)
        self._said = re.compile(rf"(?<![a-z0-9])(?:{said})(?![a-z0-9])") if ways else None
        self._most_words = max((len(way.split()) for way in ways), default=0)

    def findings(self, folder: RuleFolder, root: Path) -> Iterator[Finding]:
        for name, term in folder.words.items():
            for word in term.record.words:
                yield from self._faults(term.place, name, word, self._of_list(term.record, word))
        for name, frame in folder.frames.items():
            for phrase in frame.record.phrases:
                yield from self._faults(frame.place, name, phrase, self._of_phrase(phrase))
        for name, context in folder.contexts.items():
            for literal in context.record.literals:
                yield from self._faults(context.place, name, literal, self._of_text(literal))
        for name, section in folder.sections.items():
            record = section.record
            for title in record.all_titles:
                yield from self._faults(section.place, name, title, self._of_text(title))
        for folder_name in _WORDS_ONLY:
            for path in folder_files(root, folder_name):
                yield from self._of_file(path)

    def _faults(
        self, place: Place, subject: str, entry: str, rewritten: Iterator[tuple[str, str]]
    ) -> Iterator[Finding]:
        for said, meant in dict.fromkeys(rewritten):
            fault = f'"{entry}": "{said}" is read as "{meant}": write that, or leave it out'
            yield Finding(place, subject, fault)

    def _of_list(self, record: TermRecord, word: str) -> Iterator[tuple[str, str]]:
        if record.kind in _NO_TEXT:
            return iter(())
        return self._of_phrase(word) if record.kind == "phrase" else self._of_text(word)

    def _of_text(self, text: str) -> Iterator[tuple[str, str]]:
        for found in self._said.finditer(text) if self._said else ():
            meant = self._read_as[" ".join(found[0].replace("-", " ").split())]
            if meant != found[0]:
                yield found[0], meant

    def _of_phrase(self, phrase: str) -> Iterator[tuple[str, str]]:
        """What is rewritten in any way to say a phrase; no more words are kept than a slip has."""
        ends = {""}
        with suppress(RulesError):  # a phrase that cannot be read is told by itself
            for item in parse(phrase):
                if isinstance(item, Gap):
                    ends = {_ANY_WORD}
                    continue
                ways = {
                    " ".join(step.text if isinstance(step, Word) else _ANY_WORD for step in way)
                    for way in item.ways
                }
                ways |= {""} if item.optional else set()
                said = {f"{end} {way}".strip(" ") for end in ends for way in ways}
                for one in said:
                    yield from self._of_text(one)
                ends = {self._end_of(one) for one in said}

    def _end_of(self, said: str) -> str:
        words = said.rpartition(_ANY_WORD)[2].split()
        return " ".join(words[-self._most_words + 1 :]) if self._most_words > 1 else ""

    def _of_file(self, path: Path) -> Iterator[Finding]:
        """Of a file of lists that are no rules: every string in it is a word of notes."""
        text = path.read_text(encoding="utf-8")
        with suppress(tomllib.TOMLDecodeError):  # whoever reads the file tells it
            for word in _strings_in([*tomllib.loads(text).values()]):  # the names of keys are none
                line = next((n for n, row in enumerate(text.splitlines(), 1) if word in row), 1)
                yield from self._faults(Place(path, line), path.name, word, self._of_text(word))


def _strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings_in(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _strings_in(one)
