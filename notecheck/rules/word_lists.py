"""Word lists that the reading of statements asks for by name."""

from __future__ import annotations

# Prepositions: a frame's `where` names one of these and a list of things.
LINKS = frozenset({"to", "over", "through", "with", "from", "in", "of", "for", "under"})
JOINED = "and"  # said beside another thing: "quadriceps and hamstrings"
GRAMMAR = LINKS | {
    "auxiliary", "determiner", "pronoun", "conjunction", "thinking", "deny_verb", "deny_thing",
    "undone", "later", "excess",
}  # fmt: skip
A_DATE = "a_date"  # a day such as 3/14 or 3/14/2026, or a year
OTHER_ACT = "other_act"  # a participle that no list holds
COVERING = "covering"  # words for "over what was told before"; a bare "over" is one of them too
