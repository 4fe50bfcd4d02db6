"""Runs the examples of rules through the whole pipeline, each as a note of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from notecheck.checker import check
from notecheck.errors import RulesError
from notecheck.evaluate.elements import ELEMENTS, report_elements
from notecheck.evaluate.gold import GOLD_CODE
from notecheck.models import Document, Report
from notecheck.pipeline.analyse import Pipeline
from notecheck.rules.files import pattern_file
from notecheck.rules.findings import Place
from notecheck.rules.model import ContextRecord, FrameRecord
from notecheck.rules.read import Placed, RuleFolder

NOTHING = "none"
# The element of the report that tells a fact, where it has another name.
_ELEMENT_OF = {
    "indication": "indications",
    "prior": "prior_level",
    "debridement": "debridement_performed",
    "debridement_tissue": "debridement_tissues",
    "debridement_removed": "debridement_tissues",
}

# The requirement that alone tells a fact, by being met.
_REQUIREMENT_OF = {"necessity": "revision-necessity"}


@dataclass(frozen=True)
class ExampleFailure:
    """An example of a rule that it does not find, or a non-example that it does find."""

    place: Place
    rule_id: str
    text: str
    is_example: bool

    def __str__(self) -> str:
        fault = "does not find its example" if self.is_example else "finds its non-example"
        return f'{self.place}: {self.rule_id}: {fault} "{self.text}"'


@dataclass(frozen=True)
class CaseFailure:
    """A case of a frame for which the report does not give what the case says."""

    place: Place
    rule_id: str
    text: str
    wanted: str
    told: str

    def __str__(self) -> str:
        told = self.told or NOTHING
        return f'{self.place}: {self.rule_id}: "{self.text}" gives {told}, not {self.wanted}'


def example_failures(
    pipeline: Pipeline, rules: RuleFolder, ids: Collection[str] = ()
) -> Iterator[ExampleFailure | CaseFailure]:
    """What fails among the examples of the rules with these ids, of all rules when none is named.

    A context rule must exclude a mention in each of its examples; for a frame's cases it is the
    report of a plain note with the statement that must say so, and for those of a frame of
    phrases, or of a fact that no report names, the mentions of the frame in a note of nothing
    else. Raises RulesError for an unknown id.
    """
    known: dict[str, Placed[ContextRecord] | Placed[FrameRecord]] = {
        **rules.contexts,
        **rules.frames,
    }
    for rule_id in ids:
        if rule_id not in known:
            raise RulesError("there is no rule with this id", where=rule_id)
    for rule_id in ids or known:
        placed = known[rule_id]
        if isinstance(placed.record, FrameRecord):
            frame, place = placed.record, placed.place
            if frame.phrases or not _is_reported(frame.fact):
                yield from _mention_failures(pipeline, frame, place)
            else:
                yield from _case_failures(frame, place)
            continue
        for is_example, texts in (
            (True, placed.record.examples),
            (False, placed.record.non_examples),
        ):
            for text in texts:
                if _finds(pipeline, placed.record, text) != is_example:
                    yield ExampleFailure(placed.place, rule_id, text, is_example)


def _case_failures(frame: FrameRecord, place: Place) -> Iterator[CaseFailure]:
    """The cases of a frame that the report of a plain note with the statement does not bear out."""
    note = _plain_note(frame.fact)
    for case in frame.cases:
        report = check(note.format(statement=case.text), GOLD_CODE)
        told = _values(report, frame)
        held = told.isdisjoint(frame.values) if case.gives == NOTHING else case.gives in told
        if not held:
            yield CaseFailure(place, frame.id, case.text, case.gives, ", ".join(sorted(told)))


def _is_reported(fact: str) -> bool:
    """Whether a report has an element or a requirement that tells a fact and nothing else."""
    return fact in _REQUIREMENT_OF or _ELEMENT_OF.get(fact, fact) in ELEMENTS


def _mention_failures(
    pipeline: Pipeline, frame: FrameRecord, place: Place
) -> Iterator[CaseFailure]:
    """The cases of a frame that its counted mentions do not bear out."""
    for case in frame.cases:
        note = Document(doc_id="note", type="operative_note", text=case.text)
        mentions = pipeline.analyse(note).mentions
        told = {m.value for m in mentions if m.counts and m.rule == frame.id}
        if (case.gives not in told) if case.gives != NOTHING else told:
            yield CaseFailure(place, frame.id, case.text, case.gives, ", ".join(sorted(told)))


def _plain_note(fact: str) -> str:
    """The note that holds a case: that of its fact, if there is one, else that of all facts."""
    own = pattern_file(f"frames/{fact}.txt")
    note = own if own.is_file() else pattern_file("frames/note.txt")
    return note.read_text(encoding="utf-8")


def _values(report: Report, frame: FrameRecord) -> set[str]:
    """The values that a report gives for a frame's fact; of a yes or no, the frame's for yes."""
    if frame.fact in _REQUIREMENT_OF:
        met = {r.id for r in report.requirements if r.status == "met"}
        return {frame.value} if _REQUIREMENT_OF[frame.fact] in met else set()
    value = report_elements(report)[_ELEMENT_OF.get(frame.fact, frame.fact)]
    if isinstance(value, bool):
        return {frame.value} if value else set()
    if isinstance(value, frozenset):
        return set(value)
    return set() if value is None else {str(value)}


def _finds(pipeline: Pipeline, record: ContextRecord, text: str) -> bool:
    note = Document(doc_id="note", type="operative_note", text=text)
    return any(mention.cue == record.id for mention in pipeline.analyse(note).mentions)
