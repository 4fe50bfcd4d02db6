"""Gives the things of a clause their roles: what ties each to it, and what a pronoun stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notecheck.rules.word_lists import (
    A_DATE,
    AUXILIARY,
    CONJUNCTION,
    COVERING,
    DENY_THING,
    DENY_VERB,
    DETERMINER,
    JOINED,
    LINKS,
    NO_DENIAL,
    OF,
    OVER,
    PRONOUN,
    WITH,
)
from notecheck.statements.clause_words import clause_words
from notecheck.statements.clauses import Clause, is_attributive
from notecheck.statements.terms import Hit

_UNTIED = frozenset({""})
_GOES_ON = frozenset({AUXILIARY, CONJUNCTION})
_BEFORE_BASE = frozenset({AUXILIARY, CONJUNCTION, DENY_VERB})
_PHRASE = frozenset({DETERMINER, DENY_THING, PRONOUN})  # what a noun may follow
_COVERING = frozenset({COVERING})
_OF_VERB = 2  # words: "was then performed"
_NEAR = 8  # words between a link and the thing that it ties


def give_roles(
    clauses: Sequence[Clause],
    before: frozenset[str],
    things: frozenset[str],
    nouns: frozenset[str],
) -> None:
    """Set `links` and `attributive` of all hits, and let pronouns be what they stand for.

    `things` are the lists of things, of which `nouns` can stand before another as its adjective.
    `before` are the lists of things that the sentence before tells of.
    """
    known = before
    last: Hit | None = None
    for clause in clauses:
        _link(clause, things, nouns)
        named: frozenset[str] = frozenset()
        tied: frozenset[str] = frozenset()
        for hit in clause.hits:
            named_last = _told_right_before(clause, hit, things)
            if PRONOUN in hit.classes and named_last is not None:
                hit.classes, hit.links = named_last.classes, _UNTIED  # "with pus that went to ..."
            elif PRONOUN in hit.classes and (whole := _told_before_link(clause, hit, things)):
                hit.classes = whole.classes  # "the periosteum, to which it was sewn"
            elif PRONOUN in hit.classes and _is_relative(clause, hit) and last is not None:
                hit.classes = last.classes  # "the muscles, which were closed"
            elif PRONOUN in hit.classes:
                if not _stands_alone(clause, hit) or _is_inner_relative(clause, hit):
                    continue
                subject = "" in hit.links
                hit.classes = hit.classes | (known if subject else known | tied)
            else:
                named |= hit.classes & things
                if "" not in hit.links:
                    tied |= hit.classes & things
        known = named or known
        last = next((h for h in reversed(clause.hits) if h.classes & things), last)


def _ties_nothing(clause: Clause, hit: Hit, following: Hit | None) -> bool:
    """Whether a link is said of no thing: "folded over and sewn"."""
    if hit.last == clause.last:
        return True
    if following is None:
        return not clause.words[hit.last + 1].text.isalpha()
    return following.form is not None or bool(following.classes & (_GOES_ON | LINKS))


def is_act(clause: Clause, hit: Hit) -> bool:
    """Whether a hit is a verb that the clause says of something: "close" only as "to close"."""
    if hit.form is None or hit.attributive or _is_reduced(clause, hit):
        return False
    if hit.form != "base" or hit.first == clause.first:
        return True
    before = clause.words[hit.first - 1].text
    at = next((h for h in clause.hits if h.last == hit.first - 1), None)
    if before in clause_words().before_verb or (at is not None and at.classes & _BEFORE_BASE):
        return True
    return any(  # "would only leave", "could not simply be"
        AUXILIARY in h.classes and h.last == hit.first - 2 and (at is None or _is_adverb(at))
        for h in clause.hits
    )


def _is_adverb(hit: Hit) -> bool:
    """Whether a hit is no thing, verb, link or joint of its clause."""
    return not hit.links and hit.form is None and not hit.classes & (LINKS | _GOES_ON | _PHRASE)


def _is_reduced(clause: Clause, hit: Hit) -> bool:
    """Whether a participle only describes the thing before it: "muscle covered with X was cut"."""
    if _follows_denied_verb(clause, hit):
        return True
    auxiliaries = [h.first for h in clause.hits if AUXILIARY in h.classes]
    if hit.form != "done" or not auxiliaries or auxiliaries[0] < hit.first:
        return False
    before = next((h for h in clause.hits if h.last == hit.first - 1), None)
    if any(CONJUNCTION in h.classes and h.last == auxiliaries[0] - 1 for h in clause.hits):
        return False  # "the muscles met and were tied"
    verbs = [h for h in clause.hits if h.form is not None and h.first > auxiliaries[0]]
    return before is not None and bool(before.links) and bool(verbs)


def _follows_denied_verb(clause: Clause, hit: Hit) -> bool:
    """Whether a participle stands behind a tied thing of a denied verb, with nothing between.

    "Was not sewn through the holes placed in it" tells of nothing that was placed.
    """
    before = next((h for h in clause.hits if h.last == hit.first - 1), None)
    if hit.form != "done" or before is None or not before.links or "" in before.links:
        return False
    denials = [h.first for h in clause.hits if DENY_VERB in h.classes and h.first < hit.first]
    if not denials:
        return False
    since = [h for h in clause.hits if denials[-1] < h.first < hit.first]
    return any(h.form == "done" for h in since) and not any(h.classes & _GOES_ON for h in since)


def _told_right_before(clause: Clause, hit: Hit, things: frozenset[str]) -> Hit | None:
    """The thing that "which" or "that" follows within a clause, before a verb; None of others."""
    if not clause.begins(hit, clause_words().relative):
        return None
    before = next((h for h in clause.hits if h.last == hit.first - 1), None)
    following = next((h for h in clause.hits if h.first == hit.last + 1), None)
    if before is None or following is None or not before.classes & things:
        return None
    verb = following.form in ("done", "s") or AUXILIARY in following.classes
    return before if verb else None


def _told_before_link(clause: Clause, hit: Hit, things: frozenset[str]) -> Hit | None:
    """The last thing told before a link with "which"; None of others."""
    link = next((h for h in clause.hits if h.last == hit.first - 1), None)
    if link is None or not link.classes & LINKS or not clause.begins(hit, clause_words().which):
        return None
    told = [h for h in clause.hits if h.last < link.first and h.classes & things]
    return next((h for h in reversed(told) if not h.attributive), None)


def _is_relative(clause: Clause, hit: Hit) -> bool:
    """Whether a pronoun opens a relative clause: "that stump" opens none."""
    if hit.first != clause.first or not clause.begins(hit, clause_words().relative):
        return False
    return not clause.begins(hit, clause_words().pointing) or _stands_alone(clause, hit)


def _is_inner_relative(clause: Clause, hit: Hit) -> bool:
    """Whether "which" goes with a thing of its own clause, whatever it is: "tissue which, ..."."""
    tied = any(h.last == hit.first - 1 and h.classes & LINKS for h in clause.hits)
    return hit.first > clause.first and clause.begins(hit, clause_words().which) and not tied


def _stands_alone(clause: Clause, hit: Hit) -> bool:
    """Whether a pronoun is one: "these were tied", not "these muscles" nor "were both tied"."""
    place = hit.last + 1
    before = next((h for h in clause.hits if h.last == hit.first - 1), None)
    floats = clause.begins(hit, clause_words().floating)
    if floats and before and AUXILIARY in before.classes:
        return False
    if place > clause.last:
        return True
    following = next((h for h in clause.hits if h.first == place), None)
    if following is None:
        return not clause.words[place].text.isalpha()
    if clause.words[hit.last].text in clause_words().pointing:
        return bool(following.classes & _GOES_ON)
    return bool(following.classes & (_GOES_ON | LINKS)) or following.form is not None


def _link(clause: Clause, things: frozenset[str], nouns: frozenset[str]) -> None:
    at = {place: hit for hit in clause.hits for place in range(hit.first, hit.last + 1)}
    for hit in clause.hits:
        following = at.get(hit.last + 1)
        if hit.form is not None and not hit.classes & things:
            hit.attributive = is_attributive(hit, at, nouns)
        if hit.classes & (things | {PRONOUN}):
            hit.attributive = following is not None and bool(
                following.classes & (nouns if hit.classes & nouns else things - nouns)
            )
            is_subject = (
                following is not None
                and AUXILIARY in following.classes
                and not _says_carried_out(clause, following)
            )
            hit.links = _links_of(clause, at, hit.first - 1, things, is_subject=is_subject)
            if following is not None and following.form == "done" and WITH in hit.links:
                hit.links |= _UNTIED  # "with the quadriceps sewn to ..."
        if OVER in hit.classes and not _ties_nothing(clause, hit, following):
            hit.classes -= _COVERING


def _says_carried_out(clause: Clause, auxiliary: Hit) -> bool:
    """Whether a verb says of an act, and of no thing, that it was done.

    "Debridement of the skin, fat, and fascia was carried out": the fascia is its subject no more
    than the fat is.
    """
    after = clause.words[auxiliary.last + 1 : auxiliary.last + 1 + _OF_VERB]
    return any(word.text in clause_words().carried_out for word in after)


def _opens_with_place(clause: Clause, at: dict[int, Hit], comma: int) -> bool:
    """Whether places alone stand before a comma: "over that, quads", "then, at the heel, skin"."""
    places = [
        [at[place] for place in part if place in at] for part in _parts(clause, clause.first, comma)
    ]
    told = [hits for hits in places if any(CONJUNCTION not in h.classes for h in hits)]
    return bool(told) and all(
        hits[0].classes & LINKS
        and not any(CONJUNCTION in h.classes or h.form is not None for h in hits)
        for hits in told
    )


def _parts(clause: Clause, first: int, end: int) -> Iterator[range]:
    """What commas part from `first` to before `end`, which is a comma too."""
    for place in range(first, end + 1):
        if clause.words[place].text == ",":
            yield range(first, place)
            first = place + 1


def _links_of(
    clause: Clause, at: dict[int, Hit], place: int, things: frozenset[str], *, is_subject: bool
) -> frozenset[str]:
    """The links to the left of a thing; of "the end of the bone" those of the end as well.

    What `is_subject` of a verb right behind it is tied by nothing that stands before a comma.
    """
    links: set[str] = set()
    skipped, articles = 0, clause_words().articles
    joined = opened = False
    while place >= clause.first and skipped <= _NEAR:
        hit = at.get(place)
        if hit is None:
            text = clause.words[place].text
            if text in ";:." or (opened and text.isalpha()):
                break  # "under sedation the skin": the phrase of the thing began after it
            skipped += 1
        elif hit.first == clause.first and clause.words[hit.first].text == ">":
            break  # a quoted line
        elif hit.classes & LINKS and not hit.classes & things:
            links |= hit.classes & LINKS
            if OF not in hit.classes:
                return frozenset(links)
            joined = False
        elif CONJUNCTION in hit.classes:
            comma = clause.words[hit.last].text == ","
            if comma and (is_subject or opened or _opens_with_place(clause, at, hit.first)):
                break  # "with two blades, the skin": a phrase of its own
            joined = True
        elif NO_DENIAL in hit.classes or (opened and A_DATE in hit.classes):
            break  # "with no drain the fascia ...", "in 2012 the leg ..."
        elif hit.form is not None and not hit.attributive or AUXILIARY in hit.classes:
            after = at.get(hit.last + 1)
            if hit.form is not None and after is not None and OF in after.classes:
                return frozenset(links)  # "stripped of its periosteum"
            break
        elif hit.classes & things or (PRONOUN in hit.classes and DETERMINER not in hit.classes):
            if joined:
                return frozenset(links | hit.links | {JOINED})
            if not hit.attributive:
                return frozenset(links | (hit.links if OF in links else _UNTIED))
        opened = hit is not None and clause.words[hit.last].text in articles
        place = (hit.first if hit else place) - 1
    return frozenset(links | _UNTIED)
