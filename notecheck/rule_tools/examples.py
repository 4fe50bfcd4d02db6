"""Runs the examples of rules through the whole pipeline, each as a note of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass

from notecheck.errors import RulesError
from notecheck.models import Document
from notecheck.pipeline.analyse import Pipeline
from notecheck.rule_tools.telling import Telling
from notecheck.rules.case_lists import case_faults, held_list
from notecheck.rules.findings import Place
from notecheck.rules.model import ContextRecord, FrameCase, FrameRecord
from notecheck.rules.read import Placed, RuleFolder
from notecheck.rules.word_lists import NO_DENIAL, OTHER_MEANING
from notecheck.statements.case_sentences import case_sentences, without_the_list

NOTHING = "none"


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
    """A case of a frame that does not give what it says; `word` of the list that it holds."""

    place: Place
    rule_id: str
    text: str
    wanted: str
    told: str
    word: str | None = None

    def __str__(self) -> str:
        of_word = f' (for "{self.word}")' if self.word else ""
        gives = f"gives {self.told or NOTHING}, not {self.wanted}"
        return f'{self.place}: {self.rule_id}: "{self.text}" {gives}{of_word}'


@dataclass(frozen=True)
class IdleList:
    """A case that gives the same for a word that its list does not have: it tries no word."""

    place: Place
    rule_id: str
    text: str
    gives: str

    def __str__(self) -> str:
        fault = f"gives {self.gives} for a word of no list too, and tries none"
        return f'{self.place}: {self.rule_id}: "{self.text}" {fault}'


Failure = ExampleFailure | CaseFailure | IdleList


def example_failures(
    pipeline: Pipeline, rules: RuleFolder, ids: Collection[str] = ()
) -> Iterator[Failure]:
    """What fails among the examples of the rules with these ids, of all rules when none is named.

    A context rule must exclude a mention in each of its examples; for a frame's cases it is the
    report of a plain note with the statement that must say so, and for those of a frame of
    phrases, or of a fact that no report names, the mentions of the frame in a note of nothing
    else. The first word of a list in a case is tried so, and each that in a note with many others
    does not hold. Of a word list it is the cases that hold it. Raises RulesError for an unknown id.
    """
    asked = set(ids)
    for rule_id in ids:
        if not any(rule_id in kind for kind in (rules.contexts, rules.frames, rules.words)):
            raise RulesError("there is no rule and no word list with this id", where=rule_id)
    for rule_id, context in rules.contexts.items():
        if rule_id in asked or not ids:
            yield from _example_failures(pipeline, context)
    for rule_id, placed in rules.frames.items():
        frame, place = placed.record, placed.place
        told = Telling(pipeline, frame)
        for case in frame.cases:
            held = held_list(case.text)
            if not ids or rule_id in asked or (held and held.name in asked):
                yield from _case_failures(frame, place, case, told, rules)


def _example_failures(
    pipeline: Pipeline, placed: Placed[ContextRecord]
) -> Iterator[ExampleFailure]:
    rule = placed.record
    for is_example, texts in ((True, rule.examples), (False, rule.non_examples)):
        for text in texts:
            if _finds(pipeline, rule, text) != is_example:
                yield ExampleFailure(placed.place, rule.id, text, is_example)


def _case_failures(
    frame: FrameRecord, place: Place, case: FrameCase, told: Telling, rules: RuleFolder
) -> Iterator[CaseFailure | IdleList]:
    """Whether a case holds, for each word of the list in its text. Raises RulesError."""
    for fault in case_faults(case, rules.words):
        raise RulesError(f"{frame.id}: {fault}", where=str(place))
    sentences = list(case_sentences(case, rules))
    many: list[Set[str] | None] = [None] * len(sentences)  # where only a note of its own can say
    without = without_the_list(case, rules)
    if without is not None:
        texts = [without, *(text for text, _ in sentences)]
        without_told, *with_told = told.together(texts)
        if _guards(frame, case) or not _holds(frame, case, without_told):
            first = int(told.by_report)  # the report itself is asked for the first word
            many[first:] = with_told[first:]
        elif _holds(frame, case, told.alone(without)):
            yield IdleList(place, frame.id, case.text, case.gives)
    for (text, word), found in zip(sentences, many, strict=True):
        if found is None or not _holds(frame, case, found):
            found = told.alone(text)
            if not _holds(frame, case, found):
                yield CaseFailure(place, frame.id, text, case.gives, ", ".join(sorted(found)), word)


def _guards(frame: FrameRecord, case: FrameCase) -> bool:
    """Whether the list of a case keeps its own words from meaning what they say by themselves.

    "Bladder infection" holds an infection, so a word of no list in its place would show nothing.
    """
    held = held_list(case.text)
    return held is not None and held.name in {*frame.mask, NO_DENIAL, OTHER_MEANING}


def _holds(frame: FrameRecord, case: FrameCase, told: Set[str]) -> bool:
    return told.isdisjoint(frame.values) if case.gives == NOTHING else case.gives in told


def _finds(pipeline: Pipeline, record: ContextRecord, text: str) -> bool:
    note = Document(doc_id="note", type="operative_note", text=text)
    return any(mention.cue == record.id for mention in pipeline.analyse(note).mentions)
