"""Parsed patterns that share the parsed terms of the lexicon.

A rule's expression is mostly terms of the lexicon, and the same terms in many rules. Parsed for
each rule anew they would take longer than everything else that starts up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from re import _constants as op  # type: ignore[attr-defined]  # typeshed leaves it out
from re import _parser as parser  # type: ignore[attr-defined]  # typeshed leaves it out

from notecheck.rules.pattern_text import translate
from notecheck.rules.regex_tree import TERM, Item, Term, alternatives, with_alternatives

_FIRST_SIGN = 0xE000  # characters of no script, which stand for the terms


class Trees:
    """Parses patterns of one lexicon."""

    def __init__(self, lexicon: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._names = dict(enumerate(lexicon, _FIRST_SIGN))
        self._signs = {name: chr(sign) for sign, name in self._names.items()}
        self._terms: dict[str, Term] = {}

    def of(self, source: str) -> list[Item]:
        """The items of a pattern, its terms as items of their own.

        `source` is a pattern that can be translated. Raises re.error where it is no expression.
        """
        try:
            return self._with_terms(parser.parse(translate(source, self._signs)))
        except re.error:  # unless it is the parts alone that are none
            return list(parser.parse(translate(source, self._lexicon)))

    def _with_terms(self, items: Sequence[Item]) -> list[Item]:
        return [self._with_term(item) for item in items]

    def _with_term(self, item: Item) -> Item:
        code, argument = item
        if code is op.LITERAL:
            return (TERM, self._term(self._names[argument])) if argument in self._names else item
        if code is op.IN and any(kind is op.LITERAL and c in self._names for kind, c in argument):
            # The parser takes alternatives of one character for a class of characters.
            ways = [[member] for member in argument if member[0] is op.LITERAL]
            ways += [[(op.IN, [member])] for member in argument if member[0] is not op.LITERAL]
            return op.BRANCH, (None, [self._with_terms(way) for way in ways])
        inside = [self._with_terms(way) for way in alternatives(item)]
        return with_alternatives(item, inside) if inside else item

    def _term(self, name: str) -> Term:
        if name not in self._terms:
            text = translate(self._lexicon[name], self._signs, whole_words=False)
            self._terms[name] = Term(self._with_terms(parser.parse(text)))
        return self._terms[name]
