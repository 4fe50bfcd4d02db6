"""What the words beside a side say it is the side of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import cache
from typing import NamedTuple

from notecheck.models import Side
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Once
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import COVERAGE_OF_ANY_WOUND, Found
from notecheck.timeline.levels import levels
from notecheck.timeline.limbs import LimbSides
from notecheck.timeline.when import STUMPS
from notecheck.timeline.words import fact_words, holds_any

AMPUTATIONS = (*STUMPS, "amputation")  # a stump, or the amputation that made it
_NAMES_LEVEL = ("prior", "amputation")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_JUST_AFTER = 45  # characters from a side to "was padded"


def sides_told(documents: Iterable[AnalysedDocument]) -> list[Found]:
    """The sides told of the operated limb, or of another limb than one padded or grafted from."""
    return [
        Found(document, mention)
        for document in documents
        for mention in document.of("side")
        if mention.counts and not kept_out(document, mention) and not gave(document, mention)
    ]


def gave(document: AnalysedDocument, side: Mention) -> bool:
    """Whether a graft that the sentence tells was taken from there: "STSG from left thigh"."""
    if document.normalized[side.end : side.sentence.end].lstrip().startswith(fact_words().gave):
        return True
    before = document.normalized[side.sentence.start : side.start].rstrip()
    return before.endswith(fact_words().taken_from) and any(
        m.value in COVERAGE_OF_ANY_WOUND
        for m in document.facts_of(side.sentence).get("reconstruction", ())
    )


def kept_out(document: AnalysedDocument, side: Mention) -> bool:
    """Whether the side is of a limb that is kept out of the field, or wears a device for it."""
    return any(
        0 <= side.start - m.end <= 1
        if m.value == "device"
        else 0 <= m.start - side.end <= _JUST_AFTER
        for m in document.facts_of(side.sentence).get("kept_out", ())
    )


def of_operation(found: Found) -> bool:
    """Whether the sentence speaks of the stump or the amputation, and of no other sore place."""
    facts = facts_of_sentence(found)
    told = bool(facts & {"prior", "prior_unlevelled", "amputation", "bone_cut", "higher_level"})
    return told and ("other_site" not in facts or of_amputation(found))


def of_amputation(found: Found) -> bool:
    """Whether the side is said of the amputation itself: "R AKA stump; L heel ulcer"."""
    head = found.mention.groups.get("head")
    return head is not None and any(
        m.fact in ("prior", "amputation") and m.start < head[1] and head[0] < m.end
        for m in found.document.beside(found.mention)
    )


def facts_of_sentence(found: Found) -> Set[str]:
    """The facts of all mentions in the sentence of one."""
    return found.document.facts_of(found.mention.sentence).keys()


def levels_beside(found: Found) -> Set[str]:
    """The levels of the amputations that the sentence of one names."""
    return _told_in(found).levels


def of_limb(found: Found) -> Sequence[Mention]:
    """The mentions of the sentence that are of the limb of this side."""
    return _told_in(found).of_limb.get(found.mention.value, ())


def levels_of_limb(found: Found) -> Set[str]:
    """The levels of the amputations that the sentence of one names of its limb."""
    return _told_in(found).levels_of_limb.get(found.mention.value, frozenset())


class _Told(NamedTuple):
    """The mentions of a sentence and the levels of its amputations, those of each limb by its side.

    Asked at each side that it names, of which a sentence without end has thousands.
    """

    of_limb: dict[str | None, list[Mention]]
    levels_of_limb: dict[str | None, set[str]]
    levels: set[str]


_TOLD: Once[dict[int, _Told]] = Once("what each sentence tells of each limb, by its index")


def _told_in(found: Found) -> _Told:
    document, sentence = found.document, found.mention.sentence
    known = document.once(_TOLD, dict[int, _Told])
    if sentence.index not in known:
        limbs, told = LimbSides(document), _Told({}, {}, set())
        for mention in document.within(sentence):
            side = limbs.of(mention)
            told.of_limb.setdefault(side, []).append(mention)
            if mention.fact in _NAMES_LEVEL:
                told.levels_of_limb.setdefault(side, set()).add(mention.value)
                told.levels.add(mention.value)
        known[sentence.index] = told
    return known[sentence.index]


def other_side(side: Side) -> Side:
    """Right of left, and left of any other."""
    return "right" if side == "left" else "left"


def prepared(found: Found) -> bool:
    """Whether the sentence is about the operated field: prepped, draped, marked, incised."""
    return "field" in facts_of_sentence(found)


def on_operated_part(found: Found) -> bool:
    """Whether the side is said of the part that is operated on, in an act of the operation."""
    facts = facts_of_sentence(found)
    return (
        (bool(facts & {"field", "bone_cut"}) or _flaps_of_stump(found) or _reaches_bone(found))
        and "other_site" not in facts
        and not tells_history(found)
        and not _tells_a_year_gone(found)
    )


def _flaps_of_stump(found: Found) -> bool:
    """Whether the sentence tells of a stump what is done with its end: "flaps raised on it"."""
    facts = found.document.facts_of(found.mention.sentence)
    return not facts.keys().isdisjoint(STUMPS) and any(
        m.counts and m.value not in COVERAGE_OF_ANY_WOUND for m in facts.get("reconstruction", ())
    )


def _reaches_bone(found: Found) -> bool:
    """Whether the description names the bone of a stump by its side: "down to the right femur"."""
    head = found.mention.groups.get("head")
    if head is None or found.mention.category != "description":
        return False
    bones = {level.bone for level in levels().values() if level.stump}
    return found.document.normalized[slice(*head)] in bones


def _tells_a_year_gone(found: Found) -> bool:
    """Whether the sentence names a year before that of its document: "R tibia nailed 2021"."""
    written = found.document.document.date
    years = _YEAR.findall(found.document.sentence_text(found.mention.sentence))
    return written is not None and any(int(year) < written.year for year in years)


def is_well(found: Found) -> bool:
    """Whether the side is only named to say that nothing ails it: "right leg normal"."""
    words = found.document.normalized[found.mention.end : found.mention.sentence.end]
    return bool(_well().match(words))


def is_said_well(found: Found) -> bool:
    """Whether the sentence says, behind the side and however far, that nothing ails something."""
    words = found.document.normalized[found.mention.end : found.mention.sentence.end]
    return bool(_well_anywhere().search(words))


@cache
def _well_anywhere() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(fact_words().well)}\b")


@cache
def _well() -> re.Pattern[str]:
    words = fact_words()
    noun, verb = any_of(words.well_noun), any_of(words.well_verb)
    return re.compile(rf"[ :,-]*(?:{noun} )?(?:{verb} )?{any_of(words.well)}\b")


def of_foot(found: Found) -> bool:
    """Whether the side is said of a foot or a part of one: "Lt foot, new dressing"."""
    words = found.document.words(found.mention)
    return holds_any(words, fact_words().foot_parts)


def tells_history(found: Found) -> bool:
    """Whether the sentence dates an earlier amputation: "LEFT AKA healed, 2012, re-cut in 2013"."""
    beside = found.document.beside(found.mention)
    return any(m.fact == "prior" and "past" in m.tells for m in beside)


def has_its_foot(found: Found) -> bool:
    """Whether the side is said of a limb that has its foot: it is not the stump's."""
    words = found.document.sentence_text(found.mention.sentence)
    return not of_operation(found) and holds_any(words, fact_words().foot_parts)
