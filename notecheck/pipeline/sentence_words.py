"""Words that tell where a sentence ends, from `patterns/structure/sentences.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of, none_before


class _RunOn(WordTable):
    ties: Words
    openers: Words
    determiners: Words
    articles: Words
    numbers: Words
    verbs: Words
    before_person: Words
    persons: Words
    before_verb: Words
    did: Words


class _SentenceFile(WordTable):
    """The lists; the file's remarks say what each is for."""

    abbreviations: Words
    units: Words
    run_on: _RunOn


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """`stop` finds a stop between words, `clause` the blank before a new subject with its verb.

    `no_unit` holds where no unit of a number ends with its stop.
    """

    stop: re.Pattern[str]
    clause: re.Pattern[str]
    no_unit: str


@cache
def sentence_words() -> SentenceWords:
    """Made once. Raises RulesError for a file that is wrong."""
    file = load_toml(pattern_file("structure/sentences.toml"), _SentenceFile)
    return SentenceWords(
        # It begins with the signs at which it can match, and then looks back over its own. A row of
        # dots leads from a label to its value.
        stop=re.compile(
            rf"[.!?](?<!\b[a-z].){_none_ends_with(file.abbreviations)}"
            r"(?<!\..)(?:(?<=\.)(?!\.)|(?<=[!?])[!?]{0,11})[)\"'\]]{0,4},?(?:\s+(?=[^\s]))"
        ),
        clause=re.compile(rf"\s{none_before(file.run_on.ties)}{_new_subject(file.run_on)}"),
        no_unit="".join(rf"(?<!\d {re.escape(unit)}\. )" for unit in file.units),
    )


def _none_ends_with(words: Words) -> str:
    """An expression that holds behind the sign after what ends with no word of these.

    Python looks back by one length.
    """
    by_length = groupby(sorted(words, key=len), key=len)
    return "".join(rf"(?<!\b{any_of(list(alike))}.)" for _, alike in by_length)


def _new_subject(words: _RunOn) -> str:
    of_number = rf"(?!\s{any_of(words.numbers)})"
    thing = rf"(?:{any_of(words.determiners)}|{any_of(words.articles)}{of_number})"
    return (
        rf"(?=(?:{any_of(words.openers)}\s+){{0,2}}{thing}\s+(?:[a-z'/-]+\s+){{1,6}}?"
        rf"{any_of(words.verbs)}\b"
        rf"|(?:{any_of(words.before_person)}\s+){{0,2}}{any_of(words.persons)}"
        rf"\s+(?:{any_of(words.before_verb)}\s+)?(?:[a-z]+ed|{any_of(words.did)})\b)"
    )
