"""Finds the clauses that stand between a subject and its verb, by the words of grammar alone.

In "the bone, where the flap would end, was dead" and "the skin that had been spared was closed"
what is told of the flap and of the sparing says nothing of what follows the clause. What stands
before it is what it is told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notecheck.statements.clause_words import clause_words
from notecheck.statements.words import Word, Wording

_LONGEST = 24  # words
_TO_RELATIVE = 3  # words: "through the end of which"


def inserted_clauses(sentence: Wording) -> list[tuple[int, int]]:
    """Where they stand in a normalised sentence, in order, as (start, end)."""
    grammar = clause_words()
    if grammar.inserting.isdisjoint(sentence.texts):
        return []  # most: where the words stand need not be known
    words = sentence.words
    found: list[tuple[int, int]] = []
    free = 0
    for at, word in enumerate(words):
        if at < free:
            continue
        end = _end_between_commas(words, at) if word.text == "," else _end_of_restrictive(words, at)
        if end is not None and _awaits_verb(words, at):
            found.append((word.start, words[end].start))
            free = end
    return found


def without(text: str, clauses: Sequence[tuple[int, int]]) -> str:
    """The text with blanks for the clauses; same length."""
    rest: list[str] = []
    done = 0
    for start, end in clauses:
        rest += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*rest, text[done:]])


def _end_between_commas(words: Sequence[Word], comma: int) -> int | None:
    """The verb that goes on behind a clause which a comma opens and another closes."""
    grammar = clause_words()
    opening = [word.text for word in words[comma + 1 : comma + 2 + _TO_RELATIVE]]
    if not opening or not (
        opening[0] in grammar.inserting
        or (opening[0] not in grammar.finite and not grammar.which.isdisjoint(opening))
    ):
        return None
    for place in range(comma + 3, min(comma + _LONGEST, len(words) - 1)):
        if words[place].text == "," and words[place + 1].text in grammar.finite:
            return place + 1
    return None


def _end_of_restrictive(words: Sequence[Word], at: int) -> int | None:
    """The second verb behind a relative pronoun that its own verb follows: "that was left was"."""
    grammar = clause_words()
    if words[at].text not in grammar.relative or at + 1 >= len(words):
        return None
    if at == 0 or not words[at - 1].text.isalpha() or words[at + 1].text not in grammar.finite:
        return None
    for place in range(at + 3, min(at + _LONGEST, len(words))):
        before = words[place - 1].text
        if not words[place].text[0].isalnum():
            return None
        if words[place].text in grammar.finite and before not in grammar.finite:
            return None if before in grammar.no_subject_end else place
    return None


def _awaits_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a subject without a verb stands right before a place."""
    finite = clause_words().finite
    named = False
    for text in _back_to_joint(words, at):
        if text in finite:
            return False
        named = named or text.isalpha()
    return named


def _back_to_joint(words: Sequence[Word], at: int) -> Iterator[str]:
    for place in range(at - 1, -1, -1):
        text = words[place].text
        if not text[0].isalnum() or text in clause_words().joins:
            return
        yield text
