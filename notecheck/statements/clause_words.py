"""Words by which clauses are told apart, from `patterns/structure/clauses.toml`."""

from __future__ import annotations

from functools import cache

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable

_Set = frozenset[str]


class ClauseWords(WordTable):
    """The lists; the file's remarks say what each is for."""

    relative: _Set
    of_persons: _Set
    pointing: _Set
    which: _Set
    floating: _Set
    articles: _Set
    persons: _Set
    before_verb: _Set
    to: _Set
    by: _Set
    joins: _Set
    choice: _Set
    alternatives: _Set
    nothing: _Set
    participle_ends: tuple[str, ...]
    might: _Set
    can: _Set
    come_about: _Set
    be: _Set
    next: _Set
    sides: _Set
    limbs: _Set
    inserting: _Set
    finite: _Set
    no_subject_end: _Set
    supposing: _Set
    supposing_perfect: _Set
    perfect: _Set
    aim: _Set
    turns_meaning: _Set
    contrasts: _Set
    sets_apart: _Set
    ticks: _Set
    carried_out: _Set


@cache
def clause_words() -> ClauseWords:
    """The file, read once. Raises RulesError for one that is wrong."""
    return load_toml(pattern_file("structure/clauses.toml"), ClauseWords)
