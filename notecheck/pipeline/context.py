"""medspaCy's ConText over the mentions: what is negated, planned, history, consent, hypothetical.

Only the sentences that hold a mention and a word that may speak of it are tokenised. They are laid
end to end in one spaCy `Doc` (its "digest"), with the sentence boundaries of the note, and ConText
runs over that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from notecheck.models import ExclusionReason
from notecheck.pipeline.cues import CueIndex, touches
from notecheck.pipeline.medspacy_parts import ConText, ConTextRule, create_medspacy_tokenizer
from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.rules.model import ContextRecord

_GROUP = "notecheck_targets"
# ConText compares every cue with every target of a Doc, so a long note is read in parts.
_AT_ONCE = 32  # sentences
# Where several contexts hold at once, the one that says most about the statement is told.
_STRENGTH = (
    "other_meaning", "other_person", "quoted_report", "consent", "negated", "hypothetical",
    "planned", "other_limb", "history",
)  # fmt: skip


@Language.component("notecheck_sentences")
def _sentence_boundaries(doc: Doc) -> Doc:
    """Start a sentence wherever the note does: the digest holds one sentence a line."""
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "\n"
    return doc


class ContextFinder:
    """Sets `reason` and `cue` on mentions by their context.

    ConText finds the cues and how far each reaches: to the end of its sentence or to a word that
    ends its reach. Which facts a cue speaks of, and how many words away, is then asked of every
    record that lists the cue, because medspaCy keeps only one rule for a phrase.
    """

    def __init__(self, records: Sequence[ContextRecord]) -> None:
        self._nlp = spacy.blank("en")
        self._nlp.tokenizer = create_medspacy_tokenizer(self._nlp)
        self._nlp.add_pipe("notecheck_sentences")
        self._context = ConText(
            self._nlp,
            rules=None,
            span_attrs=None,
            input_span_type="group",
            span_group_name=_GROUP,
        )
        by_cue: dict[str, list[ContextRecord]] = {}
        for record in records:
            for literal in record.literals:
                by_cue.setdefault(literal, []).append(record)
        self._context.add([_context_rule(cue, found) for cue, found in by_cue.items()])
        self._cues = CueIndex(by_cue, self._nlp)

    def apply(self, normalized: str, mentions: Sequence[Mention]) -> None:
        """Mark each mention that its context excludes. Changes the mentions in place."""
        of_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            of_sentence.setdefault(mention.sentence.index, []).append(mention)
        cued: list[tuple[Sentence, list[Mention]]] = []
        for told in of_sentence.values():
            sentence = told[0].sentence
            spoken_of = self._cues.spoken_of(normalized[sentence.start : sentence.end], told)
            if spoken_of:
                cued.append((sentence, spoken_of))
        for first in range(0, len(cued), _AT_ONCE):
            batch = cued[first : first + _AT_ONCE]
            self._apply(normalized, [s for s, _ in batch], [m for _, told in batch for m in told])

    def _apply(
        self, normalized: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> None:
        """The same for the mentions of a few sentences."""
        digest, starts = _digest(normalized, sentences)
        doc = self._nlp(digest)
        targets: dict[tuple[int, int, str], list[Mention]] = {}
        for mention in mentions:
            span = _span(doc, mention, sentences, starts)
            if span is not None:
                targets.setdefault((span.start, span.end, span.label_), []).append(mention)
        doc.spans[_GROUP] = [Span(doc, start, end, label) for start, end, label in targets]
        self._context(doc)
        holding: dict[tuple[int, int, str], list[tuple[ContextRecord, int]]] = {}
        for target, modifier in doc._.context_graph.edges:
            key = (target.start, target.end, target.label_)
            cue_start, cue_end = modifier.modifier_span
            holding.setdefault(key, []).extend(
                (record, doc[cue_start].idx)
                for record in modifier.rule.metadata["records"]
                if _speaks_of(record, target, cue_start, cue_end)
            )
        for key, records in holding.items():
            for mention in targets[key]:
                shift = _shift(mention, sentences, starts)
                said = [r for r, cue in records if _reaches(r, cue - shift, mention.clause)]
                if said:
                    strongest = min(said, key=lambda r: _STRENGTH.index(r.reason))
                    mention.reason = cast(ExclusionReason, strongest.reason)
                    mention.cue = strongest.id


def _reaches(record: ContextRecord, cue: int, clause: tuple[int, int] | None) -> bool:
    """Whether a cue at this offset reaches into the clause that makes the statement.

    A clause that was read as one has told its denials itself.
    """
    if clause is None:
        return True
    if record.reason == "negated":
        return False
    return record.within == "sentence" or clause[0] <= cue < clause[1]


def _context_rule(cue: str, records: list[ContextRecord]) -> ConTextRule:
    directions = {record.direction for record in records}
    direction = directions.pop() if len(directions) == 1 else "BIDIRECTIONAL"
    return ConTextRule(
        cue,
        records[0].reason.upper(),
        direction=direction,
        # medspaCy 1.3.1 overlooks a terminator whose own reach is wider than the cue's.
        max_scope=1 if direction == "TERMINATE" else None,
        metadata={"records": records},
    )


def _speaks_of(record: ContextRecord, target: Span, cue_start: int, cue_end: int) -> bool:
    """Whether the record, found at these tokens, says anything of this target."""
    if not touches(record, target.label_):
        return False
    if cue_start < target.end and target.start < cue_end:
        # A "not" within a phrase belongs to it ("muscle was not contractile"); "opposite" does not.
        return record.reason == "other_limb"
    after_cue = target.start >= cue_end
    if record.direction == ("BACKWARD" if after_cue else "FORWARD"):
        return False
    distance = target.start - cue_end if after_cue else cue_start - target.end
    return record.max_scope is None or distance < record.max_scope


def _digest(normalized: str, sentences: Sequence[Sentence]) -> tuple[str, list[int]]:
    """The sentences one a line, and where each begins in that text."""
    lines: list[str] = []
    starts: list[int] = []
    length = 0
    for sentence in sentences:
        line = normalized[sentence.start : sentence.end]
        starts.append(length)
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines), starts


def _span(
    doc: Doc, mention: Mention, sentences: Sequence[Sentence], starts: Sequence[int]
) -> Span | None:
    shift = _shift(mention, sentences, starts)
    return doc.char_span(
        mention.start + shift, mention.end + shift, label=mention.fact, alignment_mode="expand"
    )


def _shift(mention: Mention, sentences: Sequence[Sentence], starts: Sequence[int]) -> int:
    """What leads from an offset in the text to the same place in the digest."""
    place = bisect_right(sentences, mention.sentence.index, key=lambda s: s.index) - 1
    return starts[place] - mention.sentence.start
