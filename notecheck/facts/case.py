"""What the facts room hands to the requirements room.

`Facts` holds the contract's values. Requirements ask finer questions (was there a stump with
no level, do two places contradict each other, was a reason told before the operation), and
they never see raw text: everything that they need is here, each with the words that say it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from notecheck.facts.documented import Documented
from notecheck.facts.papers import Papers
from notecheck.facts.report_elements import ReportElements
from notecheck.facts.toe_joints import ToeJoint
from notecheck.models import (
    DebridementFact,
    DocumentType,
    Evidence,
    Facts,
    Operation,
    ReconstructionFact,
    Segment,
    Side,
    SupportedCode,
)

Words = tuple[Evidence, ...]


@dataclass(frozen=True)
class EarlierOperation:
    """An earlier amputation or revision of the operated limb, and when it may have been.

    A told day has `earliest == latest`; a bare month or year, or "six weeks ago", spans.
    """

    earliest: dt.date
    latest: dt.date
    evidence: Words


@dataclass(frozen=True)
class PriorSigns:
    """Signs of an earlier amputation of the operated limb beside `Facts.prior_level`."""

    unlevelled: Words = ()  # an earlier amputation or a stump, with no level
    conflict: Words = ()  # two levels for the same stump that no chronology explains
    operations: tuple[EarlierOperation, ...] = ()


@dataclass(frozen=True)
class NewLevelSigns:
    """Signs of today's level beside `Facts.new_level`."""

    landmark: Words = ()  # a place with no number: fingerbreadths, a hand's breadth
    vague: Words = ()  # "higher", "revision amputation", with no place
    conflict: Words = ()  # two incompatible places for today's cut
    segments: Mapping[Side, Segment | None] = field(default_factory=dict)  # where told limb by limb


@dataclass(frozen=True)
class PreopDocument:
    """What one document dated on or before the operation says of the reason for it."""

    doc_id: str
    type: DocumentType
    specific: Words = ()  # at least one indication
    vague: Words = ()  # only "failed stump", "for revision"


@dataclass(frozen=True)
class SideSigns:
    """Where the operated side is told."""

    operative_note: Side | None = None  # what the operative note alone says
    operative_note_words: Words = ()
    elsewhere_words: Words = ()


@dataclass(frozen=True)
class SettingSigns:
    inpatient: Words = ()
    outpatient: Words = ()


@dataclass(frozen=True)
class CaseFacts:
    """Everything the documents of one encounter tell, the claim unseen."""

    facts: Facts
    supported_code: SupportedCode
    operation_date: dt.date | None = None
    prior: PriorSigns = field(default_factory=PriorSigns)
    new_level: NewLevelSigns = field(default_factory=NewLevelSigns)
    vague_indication: Words = ()  # "failed stump", "for revision", in any document
    preop: tuple[PreopDocument, ...] = ()  # documents that count for indication-preop
    necessity: Words = ()  # why soft-tissue revision alone would not do
    side: SideSigns = field(default_factory=SideSigns)
    setting: SettingSigns = field(default_factory=SettingSigns)
    report: ReportElements = field(default_factory=ReportElements)
    documented: Documented = field(default_factory=Documented)
    papers: Papers = field(default_factory=Papers)
    debrided_apart: DebridementFact | None = None  # the wounds away from the stump alone
    debrided_sides: frozenset[Side] = frozenset()  # of the limbs that are told to be debrided
    covered_apart: tuple[ReconstructionFact, ...] = ()  # how these were covered
    toes: Mapping[str, ToeJoint] = field(default_factory=dict)  # where each named one came off
    operations: tuple[Operation, ...] = ()  # all that the documents tell, each once
    likely: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (fact, value), fused
    read: bool = True  # whether the documents were read at all
