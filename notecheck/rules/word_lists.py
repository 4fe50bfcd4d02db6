"""Word lists that the reading of statements asks for by name."""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.phrase import lists_in

# The keys of a frame that hold ids of word lists; those of `PLACES` may name a link before one.
LISTS = (
    "told_by", "act", "part", "also", "then", "being", "within", "beside", "only", "not_part",
    "not_of", "put_off", "unless", "nowhere", "near", "not_near",
    "said_of", "not_said_of", "mask",
)  # fmt: skip
PLACES = ("where", "not_where")
# Prepositions: a frame's `where` names one of these and a list of things.
TO, OVER, WITH, IN, OF, FOR = "to", "over", "with", "in", "of", "for"
LINKS = frozenset({TO, OVER, "through", WITH, "from", IN, OF, FOR, "under"})
JOINED = "and"  # said beside another thing: "quadriceps and hamstrings"
# What holds a clause together.
AUXILIARY, CONJUNCTION, ABBREVIATION = "auxiliary", "conjunction", "abbreviation"
DETERMINER, PRONOUN = "determiner", "pronoun"
# What denies an act or a thing, and what puts it off; see `notecheck.statements.denial`.
DENY_VERB, DENY_THING, UNDONE, EXCESS = "deny_verb", "deny_thing", "undone", "excess"
DENIALS = frozenset({DENY_VERB, DENY_THING, UNDONE, EXCESS})
THINKING, WEIGHING, LATER = "thinking", "weighing", "later"
# What sounds like a denial, or like a word of another list, and is none.
NO_DENIAL, OTHER_MEANING = "no_denial", "other_meaning"
USING = "using"  # ends a clause as other verbs do, and tells of nothing
# The lists that every fact is read with.
GRAMMAR = LINKS | DENIALS | {
    AUXILIARY, CONJUNCTION, ABBREVIATION, DETERMINER, PRONOUN, THINKING, WEIGHING, LATER,
    NO_DENIAL, OTHER_MEANING, USING,
}  # fmt: skip
A_DATE = "a_date"  # a day such as 3/14 or 3/14/2026, or a year
LIKEWISE = "likewise"  # "the fascia likewise": asked for where a frame reads with it
OTHER_ACT = "other_act"  # a participle that no list holds
COVERING = "covering"  # words for "over what was told before"; a bare "over" is one of them too


def lists_named(frames: Iterable[FrameRecord], terms: Iterable[TermRecord]) -> set[str]:
    """The ids of the word lists that frames name, those that a compound is made of among them."""
    named = {name for frame in frames for key in LISTS for name in getattr(frame, key)}
    named |= {p.rpartition(" ")[2] for f in frames for key in PLACES for p in getattr(f, key)}
    compounds = [term for term in terms if term.kind == "compound"]
    found: set[str] = set()
    while found != named:  # a compound may be made of compounds
        found = set(named)
        named |= {p for t in compounds if t.id in found for pair in t.words for p in pair.split()}
    return found


# The keys of a frame of phrases that hold ids of word lists.
BESIDE_PHRASES = (
    "nowhere", "not_before", "only_before", "not_after", "not_between", "not_shared", "until",
)  # fmt: skip


def lists_of_phrases(frames: Iterable[FrameRecord], terms: Iterable[TermRecord]) -> frozenset[str]:
    """The ids of the word lists that frames of phrases name, and of those within these lists."""
    made = {t.id: frozenset().union(*map(lists_in, t.words)) for t in terms if t.kind == "phrase"}
    frames = list(frames)
    named = {n for f in frames for key in BESIDE_PHRASES for n in getattr(f, key)}
    named |= {n for f in frames for one in f.spread() for p in one.phrases for n in lists_in(p)}
    named |= made.keys()
    found: set[str] = set()
    while found != named:  # a list of phrases may name another
        found = set(named)
        named |= {name for one in found for name in made.get(one, ())}
    return frozenset(found)
