"""Tells the reasons of an earlier operation, and of other parts of the body, from today's.

ConText sees words that turn a statement; it cannot see that "for a septic knee" belongs to the
amputation of 2019 told just before it. Rules of the facts `earlier_reason` and `elsewhere`
(`patterns/facts/indication_scope.toml`) span such statements.
"""

from __future__ import annotations

from notecheck.facts.chart import Found
from notecheck.models import ExclusionReason
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Sentence


def outside_scope(found: Found) -> ExclusionReason | None:
    """Why a mention that its context lets stand is still no reason for today's operation."""
    mention, document = found.mention, found.document
    marks = _marks(document, mention.sentence)
    if any(mark.fact == "earlier_reason" and _within(mention, mark) for mark in marks):
        return "history"
    if any(mark.value == "other_site" and _overlap(mark, mention) for mark in marks):
        return "other_meaning"
    sites = {mark.value for mark in marks}
    if "operated_limb" in sites:
        return None
    if "named_site" in sites or _in_remote_field(document, mention.sentence):
        return "other_meaning"
    return None


def about_a_digit(found: Found) -> bool:
    """Whether a statement is about a toe, which is taken off whole whatever its bone is like."""
    marks = _marks(found.document, found.mention.sentence)
    return any(mark.value == "digit" for mark in marks)


def _in_remote_field(document: AnalysedDocument, sentence: Sentence) -> bool:
    """Whether the story moved to a remote field and has not come back to the limb since."""
    for earlier in reversed(document.sentences[: sentence.index]):
        if earlier.section is not sentence.section:
            return False
        sites = {mark.value for mark in _marks(document, earlier)}
        if "remote_field" in sites:
            return True
        if "operated_limb" in sites:
            return False
    return False


def _marks(document: AnalysedDocument, sentence: Sentence) -> list[Mention]:
    return [
        mark
        for mark in document.of("earlier_reason", "elsewhere")
        if mark.sentence.index == sentence.index
    ]


def _within(mention: Mention, mark: Mention) -> bool:
    """Whether a mention begins inside a mark: "open stump (cut off for ...)" begins before it."""
    return mark.start <= mention.start < mark.end


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end
