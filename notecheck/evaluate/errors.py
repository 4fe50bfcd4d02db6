"""Every error of one encounter, with the passages that show where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from notecheck.evaluate.elements import Value
from notecheck.evaluate.gold import GoldEncounter
from notecheck.evaluate.judgements import (
    EncounterOutcome,
    Judgement,
    Kind,
    evidence_items,
    is_quoted,
)
from notecheck.models import Encounter, Evidence, Excluded, Report

ErrorKind = Literal[Kind, "evidence", "report"]
# Whether the words led to the value, or were seen and not counted for it.
Role = Literal["came from", "not counted"]

_CONTEXT = 40  # characters of the document shown on either side of a passage
_PASSAGES = 3  # of one value; the first show what went wrong

_EXCLUDED_AS = {
    "prior_level": "prior_level",
    "new_level": "new_level",
    "segment": "new_level",
    "bone_resected": "new_level",
    "indications": "indications",
    "reconstruction": "reconstruction",
    "debridement_performed": "debridement",
    "debridement_tissues": "debridement",
    "setting": "setting",
}
# For these an excluded mention names the element's own value; for the others a bone or an act.
_EXCLUDED_BY_VALUE = frozenset(
    {"prior_level", "segment", "indications", "reconstruction", "setting"}
)
_REQUIREMENT_OF = {
    "prior-level": "prior_level",
    "new-level": "new_level",
    "indication": "indications",
    "indication-preop": "indications",
    "revision-necessity": "new_level",
    "reconstruction": "reconstruction",
    "debridement": "debridement",
    "inpatient": "setting",
}


@dataclass(frozen=True)
class Passage:
    """Words of a document behind an error.

    `value` is the value that they gave or would have given; `reason` is why they were not
    counted, or None for words that were. `before` and `after` are the text round them.
    """

    value: str | None
    role: Role
    reason: str | None
    evidence: Evidence
    before: str
    after: str


@dataclass(frozen=True)
class EncounterError:
    """One thing that the report gets wrong.

    `unmentioned` are wanted values of which no mention was found at all.
    """

    encounter_id: str
    kind: ErrorKind
    name: str
    want: Value
    got: Value
    passages: tuple[Passage, ...]
    unmentioned: tuple[str, ...]


def errors_of(
    gold: GoldEncounter, report: Report | None, outcome: EncounterOutcome
) -> list[EncounterError]:
    """What is wrong with the report of one encounter; without a report, only that."""
    encounter_id = outcome.encounter_id
    if report is None:
        return [EncounterError(encounter_id, "report", "no report", None, None, (), ())]
    search = _Search(gold.encounter, report)
    found = [
        EncounterError(
            encounter_id,
            judgement.kind,
            judgement.name,
            judgement.want,
            judgement.got,
            *search.passages(judgement),
        )
        for judgement in outcome.judgements
        if not judgement.right
    ]
    found += [
        EncounterError(encounter_id, "evidence", place, None, None, (), ())
        for place in _places_of_invalid_evidence(gold.encounter, report)
    ]
    return found


class _Search:
    """Finds the passages behind the errors of one report."""

    def __init__(self, encounter: Encounter, report: Report) -> None:
        self._texts = {document.doc_id: document.text for document in encounter.documents}
        self._excluded = report.excluded
        self._evidence = _element_evidence(report)
        self._of_requirement = {item.id: item.evidence for item in report.requirements}

    def passages(self, judgement: Judgement) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
        """The passages behind a wrong judgement, and the wanted values without any mention."""
        if judgement.kind == "decision":  # it follows from the requirements and the code
            return (), ()
        if judgement.kind == "requirement":
            return self._requirement_passages(judgement.name), ()
        return self._element_passages(judgement)

    def _element_passages(
        self, judgement: Judgement
    ) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
        name = judgement.name
        want, got = _values(judgement.want), _values(judgement.got)
        passages: list[Passage] = []
        unmentioned = []
        for value in sorted(got - want):
            of_value = self._evidence.get((name, value), self._evidence.get((name, ""), ()))
            passages += self._came_from(value, of_value)
        for value in sorted(want - got):
            candidates = self._not_counted(value, self._candidates(name, value))
            passages += candidates
            if not candidates:
                unmentioned.append(value)
        return tuple(passages), tuple(unmentioned)

    def _requirement_passages(self, name: str) -> tuple[Passage, ...]:
        decided = self._came_from(None, self._of_requirement[name])
        fact = _REQUIREMENT_OF.get(name)
        seen = [item for item in self._excluded if item.fact == fact]
        return (*decided, *self._not_counted(None, seen))

    def _candidates(self, name: str, value: str) -> list[Excluded]:
        fact = _EXCLUDED_AS.get(name)
        return [
            item
            for item in self._excluded
            if item.fact == fact and (name not in _EXCLUDED_BY_VALUE or item.value == value)
        ]

    def _came_from(self, value: str | None, evidence: Sequence[Evidence]) -> list[Passage]:
        return [self._passage(value, None, item) for item in evidence[:_PASSAGES]]

    def _not_counted(self, value: str | None, excluded: Sequence[Excluded]) -> list[Passage]:
        return [
            self._passage(value or item.value, item.reason, evidence)
            for item in excluded[:_PASSAGES]
            for evidence in item.evidence[:1]
        ]

    def _passage(self, value: str | None, reason: str | None, evidence: Evidence) -> Passage:
        text = self._texts.get(evidence.doc_id, "")
        return Passage(
            value=value,
            role="not counted" if reason else "came from",
            reason=reason,
            evidence=evidence,
            before=text[max(0, evidence.start - _CONTEXT) : evidence.start],
            after=text[evidence.end : evidence.end + _CONTEXT],
        )


def _element_evidence(report: Report) -> Mapping[tuple[str, str], tuple[Evidence, ...]]:
    """The evidence of each element by its value, or by "" where one fact has one value."""
    facts = report.facts
    found = {
        ("supported_code", ""): report.supported_code.evidence,
        **{
            (name, ""): fact.evidence if fact else ()
            for name, fact in (
                ("prior_level", facts.prior_level),
                ("new_level", facts.new_level),
                ("segment", facts.new_level),
                ("measurement_cm", facts.new_level),
                ("bone_resected", facts.bone_resected),
                ("laterality", facts.laterality),
                ("setting", facts.setting),
            )
        },
        **{
            (f"debridement_{part}", ""): facts.debridement.evidence
            for part in ("performed", "tissues", "area_cm2", "separate")
        },
    }
    for indication in facts.indications:
        found["indications", indication.value] = indication.evidence
    for reconstruction in facts.reconstruction:
        found["reconstruction", reconstruction.value] = reconstruction.evidence
    return found


def _values(value: Value) -> frozenset[str]:
    """The values that a passage could tell: nothing tells that there is none."""
    if isinstance(value, frozenset):
        return value
    if value is None or value is False or value == "none":
        return frozenset()
    if value is True:
        return frozenset({"yes"})
    return frozenset({f"{value:g}" if isinstance(value, float) else value})


def _places_of_invalid_evidence(encounter: Encounter, report: Report) -> Iterator[str]:
    for item in evidence_items(report):
        if not is_quoted(item, encounter):
            yield f"{item.doc_id}[{item.start}:{item.end}]"
