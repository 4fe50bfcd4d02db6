"""medspaCy's ConText over the mentions: what is negated, planned, history, consent, hypothetical.

Only the sentences that hold a mention and a word that may speak of it are given to ConText. They
are laid end to end, as repaired and normalised, in a spaCy `Doc` of their own (the "digest") with
the sentence boundaries of the note; what ConText finds there is carried over to the note's `Doc`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from notecheck.models import ExclusionReason
from notecheck.pipeline.all_cues import AllCues
from notecheck.pipeline.cue_conditions import speaks_of
from notecheck.pipeline.cue_matcher import CueMatcher
from notecheck.pipeline.cues import heeds
from notecheck.pipeline.digest import Digest, Line, lines_of
from notecheck.pipeline.doc import analysed
from notecheck.pipeline.medspacy_parts import ConText, ConTextModifier, ConTextRule
from notecheck.pipeline.mentions import AnalysedDocument, Mention, by_sentence
from notecheck.pipeline.modifiers import Modifier, show_modifiers
from notecheck.pipeline.tokenizer import NoteTokenizer
from notecheck.rules.model import ContextRecord

_ENDS, _UNENDED = "ENDS_BUT_", "_UNENDED"
_GROUP = "notecheck_targets"
# ConText compares every cue with every target of a Doc, so a long note is read in parts.
_AT_ONCE = 8  # sentences
_CHARACTERS_AT_ONCE = 4_000
# Where several contexts hold at once, the one that says most about the statement is told.
_STRENGTH = (
    "other_meaning", "other_person", "quoted_report", "consent", "negated", "hypothetical",
    "planned", "other_limb", "history",
)  # fmt: skip


class ContextFinder(ConText):  # type: ignore[misc]  # medspaCy tells no types
    """medspaCy's ConText with our cues; sets `reason` and `cue` on mentions by their context.

    ConText finds the cues and how far each reaches: to the end of its sentence or to a word that
    ends its reach. Which facts a cue speaks of, and how many words away, is then asked of every
    record that lists the cue, because medspaCy keeps only one rule for a phrase.
    """

    def __init__(
        self,
        cues: AllCues,
        vocab: Vocab | None = None,
        name: str = "medspacy_context",
    ) -> None:
        # Told at once: spaCy would make its own tokenizer first, from hundreds of expressions.
        nlp = Language(
            vocab if vocab is not None else True,
            create_tokenizer=lambda language: NoteTokenizer(language.vocab),
        )
        self._tokenize = cast(NoteTokenizer, nlp.tokenizer)
        super().__init__(
            nlp, name, rules=None, span_attrs=None, input_span_type="group", span_group_name=_GROUP
        )
        self._ConText__matcher = CueMatcher(nlp, name)  # it takes none when it is made
        self._all = cues
        self._cues = cues.index
        self._learnt: set[int] = set()  # the cues that medspaCy knows, by their numbers

    @property
    def rules(self) -> list[ConTextRule]:
        """medspaCy's rules for all cues."""
        self._learn(range(len(self._all.literals)))
        return list(super().rules)

    def __call__(self, doc: Doc) -> Doc:
        """Read the context of the mentions in `doc._.notecheck`; show it as medspaCy does.

        The mentions' spans get `span._.modifiers`, and the `Doc` its `doc._.context_graph`.
        """
        note = analysed(doc)
        show_modifiers(doc, note, self.apply(note.normalized, note.mentions))
        self.apply(note.normalized, note.readings)
        return doc

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note, its mentions marked in place."""
        self.apply(note.normalized, note.said)
        return note

    def apply(self, normalized: str, mentions: Sequence[Mention]) -> list[Modifier]:
        """Mark each mention that its context excludes. Changes the mentions in place.

        Returns the cues that say something of a mention, in the order of the text.
        """
        cued: list[list[Line]] = []
        for _, told in sorted(by_sentence(mentions).items()):  # readings stand behind all mentions
            sentence = told[0].sentence
            words = normalized[sentence.start : sentence.end]
            standing = self._cues.standing(words)
            spoken_of = self._cues.spoken_of(standing, sentence.start, told)
            if spoken_of:
                cued.append(lines_of(normalized, sentence, spoken_of))
                self._learn(cue.cue for cue in standing)
        found: list[Modifier] = []
        for batch in _batches(cued):
            found += self._apply(Digest(batch, self._tokenize))
        return found

    def _learn(self, cues: Iterable[int]) -> None:
        """Tell medspaCy of these cues, by their numbers, where it does not know them yet.

        Of thousands few ever stand in a note, and to learn them all takes a seventh of a start.
        """
        new = sorted({*cues} - self._learnt)
        if new:
            speaking, sparing = self._all.records.speaking, self._all.sparing
            told = (self._all.literals[place] for place in new)
            self.add([_context_rule(cue, speaking(cue), sparing) for cue in told])
            self._learnt.update(new)

    def _apply(self, digest: Digest) -> list[Modifier]:
        """The same for the mentions of a few sentences."""
        targets: dict[tuple[int, int, str], tuple[Line, list[Mention]]] = {}
        for place, line in enumerate(digest.lines):
            for mention in line.mentions:
                span = digest.span(place, mention)
                if span is not None:
                    key = span.start, span.end, span.label_
                    targets.setdefault(key, (line, []))[1].append(mention)
        doc = digest.doc
        doc.spans[_GROUP] = [Span(doc, start, end, label) for start, end, label in targets]
        super().__call__(doc)
        enders = [m for m in doc._.context_graph.modifiers if m.rule.category.startswith(_ENDS)]
        saying: dict[int, list[ContextRecord]] = {}
        modifiers: dict[tuple[int, int], Modifier] = {}
        for target, edge in doc._.context_graph.edges:
            cue = digest.in_note(*edge.modifier_span)
            modifier = modifiers.setdefault(
                cue, Modifier(edge.rule, *cue, digest.in_note(*edge.scope_span))
            )
            records = [
                record
                for record in edge.rule.metadata["records"]
                if speaks_of(record, target, *edge.modifier_span)
                and not _is_ended(record, edge, target, enders)
            ]
            line, told = targets[target.start, target.end, target.label_]
            for mention in told:
                if not line.hears(mention, cue[0]):
                    continue
                reaching = [r for r in records if _reaches(r, cue[0], mention)]
                if reaching:
                    saying.setdefault(id(mention), []).extend(reaching)
                    modifier.mentions.append(mention)
        doc.user_data.clear()  # its graph and the Doc hold each other: only gc would free them
        for mention in {id(m): m for line in digest.lines for m in line.mentions}.values():
            if id(mention) in saying:
                _take(mention, saying[id(mention)])
        return [modifier for modifier in modifiers.values() if modifier.mentions]


def _take(mention: Mention, records: Sequence[ContextRecord]) -> None:
    """Take a mention as the strongest of the records says that is not taken back by another."""
    restored = frozenset[ExclusionReason]().union(*(record.restores for record in records))
    if mention.reason in restored:
        mention.reason = mention.cue = None
    left = [r for r in records if r.reason in _STRENGTH and r.reason not in restored]
    if left:
        strongest = min(left, key=lambda r: _STRENGTH.index(r.reason))
        mention.reason, mention.cue = cast(ExclusionReason, strongest.reason), strongest.id


def _is_ended(
    record: ContextRecord, edge: ConTextModifier, target: Span, enders: Iterable[ConTextModifier]
) -> bool:
    """Whether a record's reach ends between its cue and the target.

    ConText ends the reach of a cue: where one of its records is unended, so is the cue, and what
    ends those of the others is looked for here.
    """
    if record.unended or not edge.rule.category.endswith(_UNENDED):
        return False
    start, end = edge.modifier_span
    first, last = (end, target.start) if target.start >= end else (target.end, start)
    return any(
        first <= ender.modifier_span[0]
        and ender.modifier_span[1] <= last
        and record.reason not in ender.rule.metadata["records"][0].spares_reasons
        for ender in enders
    )


def _reaches(record: ContextRecord, cue: int, mention: Mention) -> bool:
    """Whether a cue at this offset speaks of what a mention tells, and reaches into its clause."""
    if not heeds(mention, record):
        return False
    clause = mention.clause
    return clause is None or record.within == "sentence" or clause[0] <= cue < clause[1]


def _batches(cued: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """The lines in parts of a few sentences, and of few characters unless one alone has more."""
    batch: list[Line] = []
    size = 0
    for lines in cued:
        length = sum(len(line.text) for line in lines)
        if batch and (len(batch) >= _AT_ONCE or size + length > _CHARACTERS_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch += lines
        size += length
    if batch:
        yield batch


def _context_rule(
    cue: str, records: list[ContextRecord], sparing: Iterable[frozenset[str]]
) -> ConTextRule:
    """medspaCy's rule for a cue; `sparing` are the reasons that some cue leaves unended."""
    directions = {record.direction for record in records}
    direction = directions.pop() if len(directions) == 1 else "BIDIRECTIONAL"
    reason, unended = records[0].reason, any(record.unended for record in records)
    # A cue ends the reach of another of its category.
    category = f"{reason}{_UNENDED}" if unended else reason
    facts = {record.facts for record in records}
    # Of what a cue speaks is asked of its records. Where all name the same facts it is told here
    # too: a cue ends the reach of another of its category unless the two speak of different facts.
    types: set[str] | None = set(*facts) or None if len(facts) == 1 else None
    ends = direction == "TERMINATE"
    if ends:
        # medspaCy's terminators end every reach: this is a cue that speaks of nothing, by which
        # the others say that they are ended.
        direction, category = "FORWARD", _ends_but(records[0].spares_reasons)
        types = {category}
    ended_by = {_ends_but(spared) for spared in sparing if reason not in spared}
    return ConTextRule(
        cue,
        category.upper(),
        direction=direction,
        # medspaCy 1.3.1 overlooks a terminator whose own reach is wider than the cue's.
        max_scope=1 if ends else None,
        allowed_types=types,
        terminated_by=set() if unended else ended_by,
        metadata={"records": records},
    )


def _ends_but(reasons: frozenset[str]) -> str:
    """The category of what ends a reach unless it is of one of these reasons."""
    return f"{_ENDS}{'_'.join(sorted(reasons))}".upper()
