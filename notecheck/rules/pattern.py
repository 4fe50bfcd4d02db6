"""The pattern language of `patterns/`, and its translation into regular expressions.

A pattern is a regular expression over lower-case text with three additions:

* a blank matches any run of blanks, line breaks and hyphens, so that `above knee` also reads
  "above-knee" and a phrase broken over two lines (` ?` is a run that may be empty);
* `{name}` stands for the lexicon's entry of that name;
* `<5>` between two blanks stands for up to five words of any kind, but never for a word that
  turns the meaning round (not, without, if, would, ...), nor past a semicolon.

Every pattern matches whole words only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

import regex

from notecheck.errors import InputError, RulesError
from notecheck.rules.literals import required_literals

_BLANK = r"[\s\-]+"
_ANY_BLANK = "[\\\\s\\\\-]*"
_OPTIONAL_BLANK = re.compile(" [?*]")
_AFTER_WORD = r"[,:.)\"']{0,2}"
_TURNS_MEANING = (
    "not|never|without|nor|no|none|if|unless|would|should|could|may|might|but|cannot|neither"
)
_WORD = rf"(?!(?:{_TURNS_MEANING})\b)[^\s;]+{_BLANK}"
_BLANK_IN_CLASS = re.compile(r"(?<!\\)\[[^\]]* [^\]]*\]")
_MACRO = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_GAP = re.compile(r" ?<(\d+)> ?")
_TIMEOUT_SECONDS = 1.0


def expand(source: str, lexicon: Mapping[str, str], _trail: tuple[str, ...] = ()) -> str:
    """Replace every `{name}` in `source` by the lexicon's entry, entries within entries too.

    Raises RulesError for an unknown name and for an entry that contains itself.
    """

    def entry(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in lexicon:
            raise RulesError(f"the lexicon has no entry {{{name}}}")
        if name in _trail:
            raise RulesError(f"the lexicon's entry {{{name}}} contains itself")
        return f"(?:{expand(lexicon[name], lexicon, (*_trail, name))})"

    return _MACRO.sub(entry, source)


def translate(source: str, lexicon: Mapping[str, str]) -> str:
    """Turn a pattern into the text of a regular expression.

    Raises RulesError for a blank inside a character class, which could not mean a run of blanks.
    """
    plain = " ".join(expand(source, lexicon).split())
    if _BLANK_IN_CLASS.search(plain):
        raise RulesError("a blank stands inside [...]: write \\s there")
    parts = _GAP.split(plain)
    gaps = [f"(?:{_AFTER_WORD}{_BLANK}|(?<=[\\s\\-]))(?:{_WORD}){{0,{n}}}?" for n in parts[1::2]]
    texts = [_OPTIONAL_BLANK.sub(_ANY_BLANK, part).replace(" ", _BLANK) for part in parts[0::2]]
    body = texts[0] + "".join(gap + text for gap, text in zip(gaps, texts[1:], strict=True))
    return rf"(?<![a-z0-9])(?:{body})(?![a-z0-9])"


class Pattern:
    """A compiled pattern that first asks, cheaply, whether it can match at all."""

    def __init__(self, source: str, lexicon: Mapping[str, str]) -> None:
        self.text = translate(source, lexicon)
        self.literals = required_literals(self.text)

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return regex.compile(self.text)

    def possible(self, normalized: str) -> bool:
        """False when `normalized` lacks every word that a match would have to contain."""
        return not self.literals or any(literal in normalized for literal in self.literals)

    def find(self, normalized: str, start: int, end: int) -> list[regex.Match[str]]:
        """All matches within `normalized[start:end]`.

        Raises InputError when that takes longer than a second: a text that no surgeon dictated.
        """
        try:
            return list(self._compiled.finditer(normalized, start, end, timeout=_TIMEOUT_SECONDS))
        except TimeoutError:
            raise InputError("a passage takes too long to read: is this a note?") from None

    def search(self, normalized: str, start: int, end: int) -> regex.Match[str] | None:
        """The first match within `normalized[start:end]`. Raises InputError as `find` does."""
        try:
            return self._compiled.search(normalized, start, end, timeout=_TIMEOUT_SECONDS)
        except TimeoutError:
            raise InputError("a passage takes too long to read: is this a note?") from None
