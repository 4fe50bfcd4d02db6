"""The records of the pattern files, as they are written there."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from notecheck.errors import RulesError
from notecheck.models import ExclusionReason
from notecheck.rules.phrase import ways_to_say

RULE_ID = r"^[a-z0-9]+([.-][a-z0-9]+)*$"


_FOLD = re.compile(r"\n[ \t]*")


def _unfolded(value: object) -> object:
    """A pattern as one line: the end of a line and the blanks that open the next mean nothing."""
    return _FOLD.sub("", value) if isinstance(value, str) else value


# A long pattern is folded over several lines, each alternative where one can read it.
Folded = Annotated[str, BeforeValidator(_unfolded)]

# What a rule declares of its words beyond their value, for the facts to ask instead of its name:
# `existing` the stump as it is now, `stump` words that name one (`named_stump` no more than that),
# `undated` words beside which a date is of something else, `certain` a level that is never only
# feared, `conversion` to another level, `past` an operation long done, `amputated` the act of it;
# `either` words that may name an earlier operation or today's;
# `weak` a cut that the word that bone was left alone outweighs;
# `at_root` a joint where a part of the limb begins, `within` one beyond its root;
# `from_landmark` and `fixes_level` what a length is measured from; `went_home` after the operation;
# `ordered` an admission by an order; `recurred` a reason that is there again; `of_its_day` one that
# befell on a day;
# `time_out` a side that the team confirmed before it; `whole` what is said of a whole operation, or
# a joint at which the limb came off; `awaited` what is still to come, which tells how it is now;
# `goes_on` what is to stay as it was left; `of_toe` what is said of a toe's wound; `said_why` what
# the text itself makes a reason; `as_left` how an operation left it, a reason for the next alone.
Tells = Literal[
    "existing", "stump", "named_stump", "undated", "certain", "conversion", "past", "amputated",
    "weak", "at_root", "within", "either", "from_landmark", "fixes_level", "went_home", "time_out",
    "whole", "ordered", "recurred", "of_its_day", "awaited", "goes_on", "of_toe",
    "said_why", "as_left",
]  # fmt: skip


_CHOICE = frozenset("|()[]")


def _ways(phrases: object) -> object:
    """Each phrase that has a choice, in all ways to say it."""
    if not isinstance(phrases, (list, tuple)):
        return phrases
    said: list[object] = []
    for phrase in phrases:
        choice = isinstance(phrase, str) and not _CHOICE.isdisjoint(phrase)
        try:
            said += ways_to_say(phrase) if choice else (phrase,)
        except RulesError as error:
            raise ValueError(str(error)) from None
    return tuple(said)


# Phrases of whole words, as `notecheck.rules.phrase` has them, but without lists and gaps.
Phrases = Annotated[tuple[str, ...], BeforeValidator(_ways)]


class RuleRecord(BaseModel):
    """Unknown keys are errors: a misspelt key must never be a rule that silently does less."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ContextRecord(RuleRecord):
    """A word that says how to take the mentions round it, for medspaCy's ConText.

    `literals` are phrases of whole words, in the language of phrases ("at the [last|first]
    operation"). `facts` and `not_facts` limit which mentions it touches, and so do `not_tells`: a
    stump that exists is no possibility. `max_scope` is in words. A cue `within` the clause says
    nothing of a statement in another clause of its sentence ("once the holes had been made the
    muscle was tied"), and none says anything before a word of `unless_then`, the next or the next
    but one ("his wife has noticed ..."), nor, where `only_then` names any, before another word than
    these in the midst of a sentence: "was considered, but" weighs, "was considered safe" tells.
    `only_after` and `only_before` are phrases of which one must stand, anywhere in the sentence,
    before the cue and behind what it speaks of: "*the letter* speaks of a spur, *but* there is
    none". A cue says nothing either where a word of `unless_between` stands between the two.
    What TERMINATEs a reach leaves those of `spares_reasons` as they are: "her uncle lost a leg
    because the graft failed" is all the uncle's. A cue of the reason "restored" gives back what
    others excluded for one of the reasons that it `restores`: "considered, and done after all".
    What is `unended` reaches past what ends others: "came apart in 2019, but it has healed".
    One that speaks `amid` (BIDIRECTIONAL) does of what it stands in the midst of, "the muscle *they
    had* sewn", and of what follows, and of nothing before.
    A word of `unless_led_by` a few words before the cue takes it back: "*after* the bone had been
    cut".
    A cue that `opens` speaks only where it begins its sentence, one with `beside` only where one
    of these words follows it there: "had it been dead, we would have cut it"; of what follows it,
    one with `unless_followed` does not speak where a phrase of these follows in its sentence.
    """

    id: str = Field(pattern=RULE_ID)
    reason: ExclusionReason | Literal["terminate", "none", "restored"]
    direction: Literal["FORWARD", "BACKWARD", "BIDIRECTIONAL", "TERMINATE", "PSEUDO"]
    literals: Phrases = Field(min_length=1)
    facts: frozenset[str] = frozenset()
    not_facts: frozenset[str] = frozenset()
    not_tells: frozenset[Tells] = frozenset()
    spares_reasons: frozenset[ExclusionReason] = frozenset()
    unless_then: frozenset[str] = frozenset()
    only_then: frozenset[str] = frozenset()
    only_after: Phrases = ()
    only_before: Phrases = ()
    unless_between: frozenset[str] = frozenset()
    unless_led_by: frozenset[str] = frozenset()
    restores: frozenset[ExclusionReason] = frozenset()
    unended: bool = False
    amid: bool = False
    opens: bool = False
    beside: frozenset[str] = frozenset()
    unless_followed: Phrases = ()
    max_scope: int | None = Field(default=None, gt=0)
    within: Literal["sentence", "clause"] = "sentence"
    examples: tuple[str, ...] = ()
    non_examples: tuple[str, ...] = ()


class SectionRecord(RuleRecord):
    """A kind of section: its headings and how to take what stands under them.

    `titles` count where they look like headings (a colon, a line of their own); `bare_titles` are
    so unmistakable that they count anywhere. `spoken_titles` count anywhere in unpunctuated
    dictation. `part_titles` name what the words under them are said of, and are read with these:
    "Bone: 3 cm resected". `headline` is a regular expression for a line that is such a section
    without any heading, near the top of an operative note. `reason` says why mentions under it are
    not counted,
    `spares` for which facts they are, `spares_lasting` for which where they tell how the stump is
    now (`patterns/structure/lasting.toml`), `spares_tells` whose words declare what else.
    `ends` says what ends it beside the next heading: a blank line, or the end of its own line as
    well; `inline` that in the midst of a line it heads no more than its sentence; `spoken_words`
    how many words it heads in dictation without stops. `stories` may tell an operation at any
    length that is not today's; what `retells` may do so where a later heading stands over today's.
    `once_told` is the category that a short heading has once the operation is told.
    """

    category: str
    titles: tuple[str, ...] = ()
    bare_titles: tuple[str, ...] = ()
    spoken_titles: tuple[str, ...] = ()
    part_titles: tuple[str, ...] = ()
    headline: Folded | None = None
    reason: ExclusionReason | None = None
    spares: frozenset[str] = frozenset()
    spares_lasting: frozenset[str] = frozenset()
    spares_tells: frozenset[Tells] = frozenset()
    ends: Literal["heading", "blank_line", "line"] = "heading"
    inline: bool = False
    spoken_words: int | None = Field(default=None, gt=0)
    stories: bool = False
    retells: bool = False
    once_told: str | None = None

    @property
    def all_titles(self) -> tuple[str, ...]:
        """The titles of every kind."""
        return (*self.titles, *self.bare_titles, *self.spoken_titles, *self.part_titles)


# What an entry of a list must hold, by the kind of the list: the readers of words take a hyphen for
# a blank, and of a sign no form is made.
_SIGN, _LETTER = re.compile(r"[^\s\-]"), re.compile(r"[^\W_]")
_HOLDS = {
    "noun": _LETTER,
    "verb": _LETTER,
    "phrase": re.compile(r"\S"),
    "entity": re.compile(r"\S"),
}
_WRITE = "write letters or figures, or leave it out (a hyphen is read as a blank)"


class TermRecord(RuleRecord):
    """A word list: words of one meaning, each as a dictionary has it; inflections are made.

    `kind` says what they are: nouns with their plurals, verbs with their forms, `material` (what is
    worked with), or words that are taken as they stand. The words of a `compound` are pairs of
    lists: "muscle fascia" is a word of the one right before a word of the other. Those of a list
    of kind `phrase` are phrases (see `notecheck.rules.phrase`), those of an `entity` patterns of a
    thing that no list of words can hold: a measure, a day. Words of another list stand for each of
    its words: "{necrotic_word} tissue". `says` is what a reader should know of the list.
    """

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    kind: Literal["noun", "verb", "material", "word", "compound", "phrase", "entity"]
    says: str = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)

    @field_validator("words")
    @classmethod
    def _hold_words(cls, words: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        holds = _HOLDS.get(info.data.get("kind", ""), _SIGN)
        for word in words:
            if not holds.search(word):
                raise ValueError(f'"{word}" holds no word: {_WRITE}')
        return words


class FactWords(RuleRecord):
    """A fact that rules and frames may tell, and every value that it may have.

    What is a `finding` is seen and not done ("pus in the wound"): ConText denies it, as it denies
    any thing, and a frame's own clause only where the denial itself tells it ("has not healed").
    An `aid` is heard only so that another fact is told rightly, and shown to nobody.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    values: tuple[str, ...] = Field(min_length=1)
    finding: bool = False
    aid: bool = False


class FrameCase(RuleRecord):
    """A statement, and the value that the report gives for it; "none" where it gives none.

    One that holds a list ("The adductor was {fix} to the femur.") is tried with each word of the
    list (see `notecheck.rules.case_lists`) `but` those that do not fit the sentence.
    """

    text: str = Field(min_length=1)
    gives: str = Field(min_length=1)
    but: frozenset[str] = frozenset()


class FrameRecord(RuleRecord):
    """What must meet in one clause for it to say that `fact` has `value`.

    Every key holds ids of word lists. `act` are verbs of which one must be in the clause; `part`
    is what they are done to. `where` is told beside them: "over bone" is a word of the list `bone`
    tied by one of the list `over`, "together" a word of that list anywhere in the clause. `also`
    must be anywhere in the clause, `then` a few words after the act ("left wide open"), `beside`
    in the clause or in a sentence next to it. `within` must be anywhere in the sentence. `being`
    is a state that the clause gives a `part`, before it or as its predicate ("dead bone", "the end
    of the bone was dead"). `told_by` names the thing itself wherever it stands in the clause.
    `verbless` frames read clauses without any verb only; with `only`, those that hold nothing but
    words of these lists, numbers and grammar words ("Fascia, then staples."), and with `denied`
    those that deny it ("was not closed"). What is left so `until_later` is told by a clause that
    names a later day, too ("left open for a second look on Monday"); what is `argued` is told by
    what must be or was thought as well ("the bone must be shortened"). Words of `unless` in the
    clause, of `nowhere` in the sentence, of `not_part` as subject or object, or tied as
    `not_where` says, forbid the frame, and so do words of `not_near` a few words from what it is
    told by; of `near` one must stand there. What it is told by must be the state that the clause
    gives a thing of `said_of` ("the femur was infected"), and none of a thing of `not_said_of`.
    What is told of a thing of `not_of` is told of no `part` ("the edge of the bone"), and a word of
    `put_off` says of the next verb that it was not done, or not yet ("has to be cut"). Words of
    `mask` hold a word of another list and mean something else ("bladder infection"). `source` says
    where the meaning comes from, `weak` what the frame is known to miss or to take wrongly. A frame
    of `each` value and its list stands for one frame a value, with that list where it says "each".
    `tells` is what else its words say.

    A frame of `phrases` is told by words in their order instead, whatever the clause (see
    `notecheck.rules.phrase`); it has of the keys above `each`, `sections` and `nowhere` alone, and
    words of `not_before` and `not_after` may not stand right after and right before its words, nor
    those of `not_between` in its gaps; one of `only_before` must follow, or the sentence ends.
    A detail of an entity that a phrase of `not_shared` tells, too, is that phrase's: "the nerve was
    cut 8 cm up" tells no length of bone.
    Its statement may take in so many words `before` and `after` the phrase, up to a word of `until`
    ("lost the leg to", and all that it was lost to). `details` names lists whose words a mention
    keeps apart (`place = "landmark"`). What
    denies it, or says that it is history, is left to ConText. Its cases are notes of their own.
    """

    id: str = Field(pattern=RULE_ID)
    fact: str
    value: str = ""
    tells: frozenset[Tells] = frozenset()
    each: dict[str, str] = Field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    being: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    verbless: bool = False
    denied: bool = False
    until_later: bool = False
    argued: bool = False
    only: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_part: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    put_off: tuple[str, ...] = ()
    not_where: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    said_of: tuple[str, ...] = ()
    not_said_of: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_between: tuple[str, ...] = ()
    not_shared: tuple[str, ...] = ()
    before: int = Field(default=0, ge=0)
    after: int = Field(default=0, ge=0)
    until: tuple[str, ...] = ()
    details: dict[str, str] = Field(default_factory=dict)
    unless: tuple[str, ...] = ()
    sections: frozenset[str] = frozenset()
    not_sections: frozenset[str] = frozenset()
    cases: tuple[FrameCase, ...] = Field(min_length=2)
    source: str | None = None
    weak: str | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """Every value that it may tell."""
        return tuple(self.each) or (self.value,)

    def spread(self) -> list[FrameRecord]:
        """Itself, or one frame for each value, with its list where the frame says `each`."""
        return [self._with(value, name) for value, name in self.each.items()] or [self]

    def _with(self, value: str, name: str) -> FrameRecord:
        own = {
            key: tuple(name if n == "each" else n.replace(" each", f" {name}") for n in names)
            for key in ("told_by", "part", "where", "not_where", "only", "also")
            if (names := getattr(self, key))
        }
        details = {**self.details, **({value: name} if self.phrases else {})}
        said = tuple(phrase.replace("{each}", f"{{{name}}}") for phrase in self.phrases)
        return self.model_copy(
            update={"value": value, "each": {}, "phrases": said, "details": details, **own}
        )
