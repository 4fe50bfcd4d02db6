"""The records of the pattern files, as they are written there."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from notecheck.models import ExclusionReason

ANY_GROUP = "*"
# Named groups that hold a detail of a mention and never its value.
DETAIL_GROUPS = frozenset({"side", "when", "number", "unit", "place", "first", "second", "head"})
RULE_ID = r"^[a-z0-9]+([.-][a-z0-9]+)*$"


class _Record(BaseModel):
    """Unknown keys are errors: a misspelt key must never be a rule that silently does less."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TargetRecord(_Record):
    """A phrase that means something: it makes a mention of `fact` with `value`.

    A `value` of "*" takes the name of the group that matched, as the lexicon's lists of levels and
    sides name theirs. `pattern` is in the language of `notecheck.rules.pattern`, matched within one
    sentence. `unless` is a pattern that, anywhere in the sentence, keeps the rule from firing.
    `sections` and `not_sections` name section categories. `examples` must make the mention through
    the whole pipeline, as the only text of an operative note; `non_examples` must not.
    """

    id: str = Field(pattern=RULE_ID)
    fact: str
    value: str
    pattern: str = Field(min_length=1)
    unless: str | None = None
    sections: frozenset[str] = frozenset()
    not_sections: frozenset[str] = frozenset()
    examples: tuple[str, ...] = Field(min_length=1)
    non_examples: tuple[str, ...] = Field(min_length=1)
    source: str | None = None


class ContextRecord(_Record):
    """A word that says how to take the mentions round it, for medspaCy's ConText.

    `literals` are phrases of whole words. `facts` and `not_facts` limit which mentions it touches;
    `max_scope` is in words.
    """

    id: str = Field(pattern=RULE_ID)
    reason: ExclusionReason | Literal["terminate", "none"]
    direction: Literal["FORWARD", "BACKWARD", "BIDIRECTIONAL", "TERMINATE", "PSEUDO"]
    literals: tuple[str, ...] = Field(min_length=1)
    facts: frozenset[str] = frozenset()
    not_facts: frozenset[str] = frozenset()
    max_scope: int | None = Field(default=None, gt=0)
    examples: tuple[str, ...] = ()
    non_examples: tuple[str, ...] = ()


class SectionRecord(_Record):
    """A kind of section: its headings and how to take what stands under them.

    `titles` count where they look like headings (a colon, a line of their own); `bare_titles` are
    so unmistakable that they count anywhere. `spoken_titles` count anywhere in unpunctuated
    dictation. `headline` is a regular expression for a line that is such a section without any
    heading, near the top of an operative note. `reason` says why mentions under it are not counted,
    `spares` for which facts they are. `ends` says what ends it beside the next heading: a blank
    line, or the end of its own line as well.
    """

    category: str
    titles: tuple[str, ...] = ()
    bare_titles: tuple[str, ...] = ()
    spoken_titles: tuple[str, ...] = ()
    headline: str | None = None
    reason: ExclusionReason | None = None
    spares: frozenset[str] = frozenset()
    ends: Literal["heading", "blank_line", "line"] = "heading"


class LexiconFile(_Record):
    """Named pattern fragments: a term and all the ways to say, spell or mishear it."""

    terms: dict[str, str]


class FuzzyWords(_Record):
    """Words of which a word one slip away is taken to be one."""

    words: tuple[str, ...]


class SpellingFile(_Record):
    """Slips of dictation and of the machines that write it down; see `pipeline.repair`."""

    everyday: tuple[str, ...] = ()
    misheard: dict[str, str] = {}
    fuzzy: tuple[FuzzyWords, ...] = ()


class DisableFile(_Record):
    """The ids of our rules that a site does without."""

    disable: tuple[str, ...]
