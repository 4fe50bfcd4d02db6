"""Whether a clause tells the very thing that a frame finds in it as done.

A denial of a verb ("was not", "unable to") reaches the next verb and no further, "too friable to"
the verb after its "to"; one of a thing ("no", "without") the thing that follows it, or the act
("without closing"); words such as "abandoned" undo all of their clause. A verb of thought reaches
the next verb or thing, one of weighing also its own subject, and a word for a later day all of its
clause. What may come about is not so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from notecheck.models import ExclusionReason
from notecheck.rules.model import FrameRecord
from notecheck.rules.word_lists import (
    AUXILIARY,
    CONJUNCTION,
    DENY_THING,
    DENY_VERB,
    DETERMINER,
    EXCESS,
    LATER,
    LINKS,
    PRONOUN,
    THINKING,
    UNDONE,
    WEIGHING,
)
from notecheck.statements.clause_words import clause_words
from notecheck.statements.clauses import Clause
from notecheck.statements.terms import Hit

_LEADS_TO_THING = LINKS | {DETERMINER}
_PUT_OFF = "put_off"  # the key of a frame that names its own words of putting off
_EXCESS_REACH = 4  # words from "too" to its "to"
_MODAL_REACH = 3  # words between "could" and its verb: "could in time become"
_DENIED_WORDS = 3  # of a denied verb: "did not reach", "would not come together"
_OPENS = frozenset({DETERMINER, PRONOUN, CONJUNCTION, THINKING})
_ANSWERED = frozenset({",", ";"})  # right behind a "no" that answers
_REACH = 5  # words from "no" to the thing that there is none of
_LIST_REACH = 12  # the same to the last thing of a list: "no pus, breakdown, or bone showing"


def unreal(
    clause: Clause, roles: Sequence[Hit], frame: FrameRecord
) -> tuple[ExclusionReason | None, str | None]:
    """Why the act or the thing is not told as done, and the list whose word says so.

    What is left so `until_later` is not put off by the later day that follows it, and what is
    `argued` neither by a thought nor by a later day.
    """
    states = [hit for hit in roles if not hit.classes.isdisjoint(frame.being)]
    acts = [hit for hit in roles if hit.form is not None]
    named = [hit for hit in roles if hit.form is None]
    if any(_done_to_nothing(clause, act, frame) for act in acts):
        return "negated", DENY_THING
    for hit in clause.hits:
        if hit in roles:
            continue  # "flaps were planned" is how a flap is drawn
        if UNDONE in hit.classes:
            if _has_own_subject(clause, hit, roles) or _answers_another(clause, hit, roles):
                continue
            if hit.first > min(h.first for h in roles):
                return "negated", UNDONE
        elif DENY_VERB in hit.classes and _denies_act(clause, hit, roles, acts, states):
            return "negated", DENY_VERB
        elif EXCESS in hit.classes and _verb_after_its_to(clause, hit) in acts:
            return "negated", EXCESS
        elif DENY_THING in hit.classes:
            if any(
                0 < h.first - hit.last <= _reach(clause, h) and _next(clause, hit, h, named)
                for h in named
            ) or any(h.form == "ing" and h.first == hit.last + 1 for h in acts):
                return "negated", DENY_THING
        elif frame.argued:
            continue
        elif AUXILIARY in hit.classes and _is_supposing(clause, hit):
            if any(_supposes(clause, hit, act) for act in acts):
                return "hypothetical", AUXILIARY
        elif not hit.classes.isdisjoint(frame.put_off):
            following = _next_verb(clause, hit)
            if following in acts and not _second_verb(clause, hit.last, following.first):
                return "hypothetical", _PUT_OFF
        elif LATER in hit.classes:
            if frame.until_later and hit.first > min(h.first for h in roles):
                continue
            return "planned", LATER
        elif WEIGHING in hit.classes and acts and _is_weighed(clause, hit, roles, acts):
            return "hypothetical", WEIGHING
        elif THINKING in hit.classes and _is_only_thought(clause, hit, roles, acts, named):
            return "hypothetical", THINKING
    return None, None


def _done_to_nothing(clause: Clause, act: Hit, frame: FrameRecord) -> bool:
    """Whether a verb's own object says that it was not done: "took nothing off the bone".

    Where the frame itself asks for that word, it is told: "trimming would have changed nothing".
    """
    after = act.last + 1
    if after > clause.last or clause.words[after].text not in clause_words().nothing:
        return False
    asked = frozenset(frame.also)
    return not any(hit.first == after and not hit.classes.isdisjoint(asked) for hit in clause.hits)


def _is_supposing(clause: Clause, auxiliary: Hit) -> bool:
    """Whether what a verb's helper says is not so: "would close", "could have been closed"."""
    words = clause_words()
    return clause.begins(auxiliary, words.supposing) or (
        clause.begins(auxiliary, words.supposing_perfect) and _is_perfect(clause, auxiliary)
    )


def _is_perfect(clause: Clause, auxiliary: Hit) -> bool:
    """Whether the helper of a verb has one of its own: "could have"."""
    after = auxiliary.first + 1
    return after <= clause.last and clause.words[after].text in clause_words().perfect


def _supposes(clause: Clause, auxiliary: Hit, act: Hit) -> bool:
    """Whether an act is only what would be done: "would be left open", not "so it would close"."""
    words = clause_words()
    if act.first < auxiliary.first:
        return False
    own = auxiliary.first + _is_perfect(clause, auxiliary)
    before = {word.text for word in clause.words[max(0, clause.first - 1) : auxiliary.first]}
    return not _second_verb(clause, own, act.first) and before.isdisjoint(words.aim)


def _second_verb(clause: Clause, last: int, first: int) -> bool:
    """Whether something else is said between two words: "would be too tight, so it *was* cut"."""
    words = clause_words()
    between = {clause.words[place].text for place in range(last + 1, first)}
    return not between.isdisjoint(words.finite | words.persons)


def only_possible(clause: Clause, roles: Sequence[Hit]) -> bool:
    """Whether what was found may come about, and is not said to be so: "might become infected"."""
    grammar = clause_words()
    first, last = min(hit.first for hit in roles), max(hit.last for hit in roles)
    told = [word.text for word in clause.words[first : last + 1]]
    for place, text in enumerate(told):
        if text in grammar.might | grammar.can:
            may_be = grammar.come_about | (grammar.be if text in grammar.might else frozenset())
            if not may_be.isdisjoint(told[place + 1 : place + 2 + _MODAL_REACH]):
                return True
    return False


def _is_only_thought(
    clause: Clause, thought: Hit, roles: Sequence[Hit], acts: Sequence[Hit], named: Sequence[Hit]
) -> bool:
    """Whether what was found follows a verb of thought, and nobody acts on the thought."""
    if thought.form is None or thought.attributive:
        return False
    if _is_over(clause, thought, roles) or _is_means(clause, thought):
        return False
    if any(_is_set_against(clause, thought, act) for act in acts):
        return False
    following = _next_verb(clause, thought)
    told_next = following in acts if following else bool(named)
    told_next = told_next or (WEIGHING in thought.classes and _is_next(thought, roles))
    before = thought.last < max(role.first for role in roles)
    return before and (told_next or _nothing_done_after(clause, thought))


def _is_set_against(clause: Clause, thought: Hit, act: Hit) -> bool:
    """Whether an act was done instead of the thought: "considered a graft but closed the skin"."""
    contrast = clause.words[act.first - 1].text in clause_words().contrasts
    return thought.last < act.first and contrast


def _denies_act(
    clause: Clause, hit: Hit, roles: Sequence[Hit], acts: Sequence[Hit], states: Sequence[Hit]
) -> bool:
    """Whether a denial of verbs is of what was found."""
    reached = any(verb in acts for verb in _verbs_reached(clause, hit))
    if states:
        reached = any(_reaches(clause, hit, state) for state in states)
    if reached or any(_sets_apart(clause, hit, role) for role in roles):
        return True
    if not (acts or states):
        return not (
            _told_anew(clause, hit, roles)
            or _is_of_next_predicate(clause, hit, roles)
            or _is_of_thing_before(clause, hit, roles)
            or _is_spent(clause, hit, roles)
        )
    return bool(acts) and not states and _belongs_to_denied(clause, hit, roles, acts)


def _sets_apart(clause: Clause, denial: Hit, role: Hit) -> bool:
    """Whether a thing stands right behind a bare denial: "to the muscle, not to the bone"."""
    between = [h for h in clause.hits if denial.last < h.first < role.first]
    return (
        role.form is None
        and role.first - denial.last - 1 == sum(h.last - h.first + 1 for h in between)
        and all(h.classes & _LEADS_TO_THING for h in between)
        and clause.words[denial.first].text in clause_words().sets_apart
    )


def _reaches(clause: Clause, denial: Hit, state: Hit) -> bool:
    """Whether a denial is of this state: "was not dead", but "could not be saved and was dead"."""
    return denial.last < state.first and not any(
        denial.last < h.first < state.first
        and (CONJUNCTION in h.classes or (h.form is not None and not h.attributive))
        for h in clause.hits
    )


def _belongs_to_denied(
    clause: Clause, denial: Hit, roles: Sequence[Hit], acts: Sequence[Hit]
) -> bool:
    """Whether what the act is said of is another verb's, which is denied.

    In "quadriceps was folded over and was not sewn to the hamstrings" nothing was folded over the
    hamstrings; but in "closed rather than leave the wound open" the wound was closed.
    """
    denied = _next_verb(clause, denial)
    if denied is None or denied.form != "done" or any(act.first > denial.first for act in acts):
        return False
    after = [role for role in roles if role.first > denied.last]
    return any(
        not any(
            denied.last < h.first < role.first and h.form is not None and not h.attributive
            for h in clause.hits
        )
        for role in after
    )


def _answers_another(clause: Clause, undone: Hit, roles: Sequence[Hit]) -> bool:
    """Whether it is the answer to another entry of a form: "Closure tension: none"."""
    return clause.words[undone.first].text == ":" and not any(
        role.last == undone.first - 1 for role in roles
    )


def _has_own_subject(clause: Clause, undone: Hit, roles: Sequence[Hit]) -> bool:
    """Whether another word, after a comma, is what was not done: "raised, cautery not required"."""
    place = undone.first - 1
    while place > clause.first and clause.words[place].text != ",":
        if any(hit.first <= place <= hit.last for hit in roles):
            return False
        place -= 1
    known = {p for hit in clause.hits for p in range(hit.first, hit.last + 1)}
    return place > clause.first and any(
        clause.words[p].text.isalpha() and p not in known for p in range(place + 1, undone.first)
    )


def _is_weighed(clause: Clause, weighed: Hit, roles: Sequence[Hit], acts: Sequence[Hit]) -> bool:
    """Whether the act is what was weighed: "closing it was debated", not "considered safest"."""
    after = weighed.last + 1
    goes_on = after <= clause.last and clause.words[after].text.isalpha()
    return (
        all(act.form == "ing" for act in acts)
        and all(role.last < weighed.first for role in roles)
        and any(AUXILIARY in h.classes and h.last == weighed.first - 1 for h in clause.hits)
        and not (goes_on and not any(h.first == after and h.form is None for h in clause.hits))
    )


def _is_over(clause: Clause, thought: Hit, roles: Sequence[Hit]) -> bool:
    """Whether somebody acts when the thought is over: "after discussing it we did a myodesis"."""
    last = max(role.first for role in roles)
    persons = clause_words().persons
    return thought.form == "ing" and any(
        clause.words[place].text in persons for place in range(thought.last + 1, last)
    )


def _is_means(clause: Clause, thought: Hit) -> bool:
    """Whether somebody acts by the thought: "we began by planning the flaps"."""
    if thought.form != "ing" or WEIGHING in thought.classes or thought.first == clause.first:
        return False
    return clause.words[thought.first - 1].text in clause_words().by


def _is_next(weighed: Hit, roles: Sequence[Hit]) -> bool:
    """Whether a thing stands right behind: "we considered myodesis, but closed the fascia"."""
    return any(role.first == weighed.last + 1 for role in roles)


def _nothing_done_after(clause: Clause, thought: Hit) -> bool:
    """Whether all that follows is what was thought of: "we meant to cut it and close over it"."""
    after = [h for h in clause.hits if h.first > thought.last and not h.attributive]
    return not any(h.form == "done" or AUXILIARY in h.classes for h in after)


def _verbs_reached(clause: Clause, denial: Hit) -> list[Hit]:
    """The verbs that a denial reaches: "was not exposed or cut" denies both."""
    reached: list[Hit] = []
    following = _next_verb(clause, denial)
    if following is not None and _second_predicate(clause, denial, following.first):
        return []  # "was not long enough and so was cut"
    while following is not None:
        reached.append(following)
        after = clause.words[following.last + 1 : following.last + 2]
        if not after or after[0].text not in clause_words().alternatives:
            break
        second = _next_verb(clause, following)
        following = second if second and second.first == following.last + 2 else None
    return reached


def _next_verb(clause: Clause, cue: Hit) -> Hit | None:
    """The verb that follows, verbs of thought passed over."""
    return next(
        (
            h
            for h in clause.hits
            if h.first > cue.last
            and h.form is not None
            and not h.attributive
            and THINKING not in h.classes
        ),
        None,
    )


def _told_anew(clause: Clause, denial: Hit, roles: Sequence[Hit]) -> bool:
    """Whether a second predicate names the thing: "did not twitch and was debrided"."""
    return _second_predicate(clause, denial, min(role.first for role in roles))


def _is_of_next_predicate(clause: Clause, denial: Hit, roles: Sequence[Hit]) -> bool:
    """Whether a new subject is what a denial is of: "is too long, and so it was cut, not filed"."""
    last = max(role.last for role in roles)
    between = [h for h in clause.hits if last < h.first < denial.first]
    return any(
        PRONOUN in doer.classes
        and "" in doer.links
        and AUXILIARY in verb.classes
        and verb.first == doer.last + 1
        for doer, verb in pairwise(between)
    )


def _is_of_thing_before(clause: Clause, denial: Hit, roles: Sequence[Hit]) -> bool:
    """Whether a person's denial is of another thing: "over the part of the stump I could not"."""
    person = denial.first - 1
    if person <= clause.first or clause.words[person].text not in clause_words().persons:
        return False
    before = next((hit for hit in clause.hits if hit.last == person - 1), None)
    named = before is not None and bool(before.links) and before not in roles
    return named and all(role.last < person for role in roles)


def _is_spent(clause: Clause, denial: Hit, roles: Sequence[Hit]) -> bool:
    """Whether a denial has its own participle, and a comma ends both: "not exposed, good cover"."""
    denied = denial.last + 1
    words = [word.text for word in clause.words[denied : denied + 2]]
    participle = (
        len(words) == 2
        and words[0].endswith(clause_words().participle_ends)
        and words[1] in (",", ";")
    )
    return participle and all(role.first > denied for role in roles)


def _second_predicate(clause: Clause, denial: Hit, first: int) -> bool:
    """Whether a predicate begins anew between a denial and a word: "that did not bleed was cut"."""
    if _ends_at_next_predicate(clause, denial, first):
        return True
    joined = {h.last + 1 for h in clause.hits if CONJUNCTION in h.classes}
    before = clause.words[denial.first - 1].text if denial.first > clause.first else ""
    return any(
        AUXILIARY in h.classes
        and denial.last < h.first < first
        and (before in clause_words().relative or h.first in joined)
        for h in clause.hits
    )


def _ends_at_next_predicate(clause: Clause, denial: Hit, first: int) -> bool:
    """Whether another verb follows the denied one right away, or a person who did something.

    "The gap that the skin would not cover *was* grafted", "where they did not meet *we* laid it".
    """
    grammar = clause_words()
    opening = {word.text for word in clause.words[clause.first : denial.first]}
    held = {place for h in clause.hits if h.classes & _OPENS for place in (h.first, h.last)}
    for place in range(denial.last + 1, min(denial.last + 2 + _DENIED_WORDS, first)):
        text = clause.words[place].text
        if place > denial.last + 1 and text in grammar.finite:
            return not _names(clause, place - 1)
        if place > denial.last + 1 and text in grammar.persons:
            return not opening.isdisjoint(grammar.inserting - grammar.relative)
        if place in held or not text.isalpha():
            return False
    return False


def _names(clause: Clause, place: int) -> bool:
    """Whether a word is a thing's name, which the verb behind it may be told of."""
    return any(h.last == place and h.form is None for h in clause.hits)


def _verb_after_its_to(clause: Clause, excess: Hit) -> Hit | None:
    """The verb of "too scarred to be brought"."""
    last = min(excess.last + 1 + _EXCESS_REACH, clause.last)
    for place in range(excess.last + 1, last + 1):
        if clause.words[place].text in clause_words().to:
            return next((h for h in clause.hits if h.first > place and h.form is not None), None)
    return None


def _reach(clause: Clause, thing: Hit) -> int:
    """How many words before a thing its "no" may stand."""
    ends_list = clause.words[thing.first - 1].text in clause_words().alternatives
    return _LIST_REACH if ends_list else _REACH


def _next(clause: Clause, denial: Hit, thing: Hit, named: Sequence[Hit]) -> bool:
    """Whether it is this thing of which there is none: not in "with no drain the fascia ..."."""
    if any(clause.words[p].text == ":" for p in range(denial.last, thing.first)):
        return False  # "no twitch: debrided"
    if clause.words[denial.last + 1].text in _ANSWERED:
        return False  # "drain? no, fascia closed"
    return not any(
        denial.last < h.first < thing.first and h.links and h not in named and not h.attributive
        for h in clause.hits
    )
