"""What state a clause gives a thing: "dead bone", "the end of the bone was yellow and dry"."""

from __future__ import annotations

from notecheck.rules.word_lists import AUXILIARY, CONJUNCTION, JOINED, LINKS, OF
from notecheck.statements.clause_words import clause_words
from notecheck.statements.clauses import Clause
from notecheck.statements.terms import Hit

_GAP = 2  # words of no list between an adjective and its noun: "dead and foul smelling bone"


def state_of(clause: Clause, states: frozenset[str], things: frozenset[str]) -> list[Hit] | None:
    """The first word for a state of these lists, and the thing of these lists that is in it.

    An adjective or participle describes the noun after it, or else the subject before it.
    """
    for at, state in enumerate(clause.hits):
        if not state.classes.isdisjoint(states):
            thing = thing_in_state(clause, at, things)
            if thing is not None:
                return [state, thing]
    return None


def thing_in_state(clause: Clause, at: int, things: frozenset[str]) -> Hit | None:
    """The thing of these lists that a word of the clause says to be in a state, or None."""
    if clause.hits[at].form not in (None, "done", "ing"):
        return None
    subject, noun = _subject_before(clause, at), _noun_after(clause, at)
    # "there was dead bone" has no subject
    said_of = (subject or noun) if _after_auxiliary(clause, at) else (noun or subject)
    return next((thing for thing in said_of if not thing.classes.isdisjoint(things)), None)


def _after_auxiliary(clause: Clause, at: int) -> bool:
    """Whether a state is a predicate: "was dead", "looked grey", and not "was a dead end"."""
    state = clause.hits[at]
    before = clause.hits[at - 1] if at else None
    return (
        before is not None
        and AUXILIARY in before.classes
        and state.first - before.last <= _GAP + 1
        and clause.words[state.first - 1].text not in clause_words().articles
    )


def _noun_after(clause: Clause, at: int) -> list[Hit]:
    """The noun that an adjective stands before, and what that is of: "dead end of the femur"."""
    last = clause.hits[at].last
    found: list[Hit] = []
    for hit in clause.hits[at + 1 :]:
        if hit.first - last > _GAP + 1 or any(
            clause.words[p].text in ".;:" for p in range(last, hit.first)
        ):
            break
        if not found and clause.words[hit.first].text == "," and _ends_noun(clause, at, hit, last):
            break
        if hit.links:
            found.append(hit)
        elif found and _joins(clause, hit):
            pass  # "dead fascia and muscle"
        elif OF not in hit.classes and (
            found
            or not hit.classes.isdisjoint(LINKS | {AUXILIARY})
            or (hit.form is not None and not hit.attributive)
        ):
            break
        last = hit.last
    return found


def _ends_noun(clause: Clause, at: int, comma: Hit, last: int) -> bool:
    """Whether a comma parts an adjective from the thing after it.

    It does behind a noun of no list, and between a predicate and another subject: "infected plate,
    femur", "was infected, femur sound"; but "soft, yellow bone".
    """
    named = any(clause.words[place].text.isalpha() for place in range(last + 1, comma.first))
    another = any(h.first == comma.last + 1 and h.links for h in clause.hits)
    return named or (another and _after_auxiliary(clause, at))


def _joins(clause: Clause, hit: Hit) -> bool:
    """Whether a hit joins the thing before it to one right after it.

    A comma does where things alone stand up to the "and": "dead skin, fat and muscle".
    """
    rest = [h for h in clause.hits if h.first > hit.last]
    while CONJUNCTION in hit.classes and rest and rest[0].links and _is_next(clause, hit, rest[0]):
        if clause.words[hit.last].text != ",":
            return True
        if len(rest) < 2 or rest[1].first != rest[0].last + 1:
            return False
        hit, rest = rest[1], rest[2:]
    return False


def _is_next(clause: Clause, hit: Hit, thing: Hit) -> bool:
    """Whether a thing stands right behind, or behind one word of its own: "and gluteal muscle"."""
    between = clause.words[hit.last + 1].text
    return thing.first == hit.last + 1 or (thing.first == hit.last + 2 and between.isalpha())


def _subject_before(clause: Clause, at: int) -> list[Hit]:
    """The nearest subject before a predicate, with what that is of or joined to."""
    found: list[Hit] = []
    for hit in reversed(clause.hits[:at]):
        if not hit.links or (not found and _is_measured(clause, hit)):
            continue  # "a neuroma 3 cm wide stuck to bone"
        beside = _right_before(clause, hit, clause.hits[at])  # "with bone (now) visible"
        if (beside or "" in hit.links) and not hit.attributive:
            found.append(hit)
            if hit.links.isdisjoint({OF, JOINED}):
                break
    return found


def _right_before(clause: Clause, hit: Hit, state: Hit) -> bool:
    """Whether no more than an adverb stands between a thing and what is said of it."""
    between = range(hit.last + 1, state.first)
    known = any(h.first in between for h in clause.hits)
    return len(between) <= 1 and not known and all(clause.words[p].text.isalpha() for p in between)


def _is_measured(clause: Clause, hit: Hit) -> bool:
    """Whether a number stands before a thing, so that it is a unit."""
    return hit.first > clause.first and clause.words[hit.first - 1].text[0].isdigit()
