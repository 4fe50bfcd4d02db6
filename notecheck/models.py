"""The two shapes everyone shares: the encounter that comes in and the report that goes out.

All text offsets are Python string offsets into `Document.text` exactly as it was given:
`document.text[e.start:e.end] == e.text` holds for every evidence item of a report.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from html import escape
from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

DocumentType = Literal[
    "operative_note", "history_and_physical", "preop_note", "consult", "progress_note",
    "office_note", "admission_order", "discharge_summary", "other",
]  # fmt: skip
Level = Literal[
    "toe", "ray", "transmetatarsal", "midfoot", "ankle", "transtibial",
    "knee_disarticulation", "transfemoral", "hip_disarticulation", "hemipelvectomy",
]  # fmt: skip
Segment = Literal["supracondylar", "distal_third", "mid_shaft", "proximal_third", "subtrochanteric"]
IndicationValue = Literal[
    "infection", "osteomyelitis", "nonviable", "dehiscence", "prosthetic", "bone_overgrowth",
    "pain_neuroma", "ischemia", "neoplasm", "trauma", "other",
]  # fmt: skip
ReconstructionValue = Literal[
    "myodesis", "myoplasty", "tenodesis", "fascial_closure", "flap", "skin_graft",
    "left_open", "negative_pressure", "layered_closure",
]  # fmt: skip
Side = Literal["left", "right", "bilateral", "conflicting"]
Tissue = Literal["skin", "subcutaneous", "fascia", "muscle", "tendon", "bone"]
SettingValue = Literal["inpatient", "outpatient"]
SupportedCodeValue = Literal[
    "27590", "27591", "27592", "27594", "27596", "27598", "27290", "27295", "27880", "27881",
    "27882", "27884", "27886", "27888", "27889", "28800", "28805", "28810", "28820", "28825",
    "none",
]  # fmt: skip
Status = Literal["met", "partial", "missing", "conflict", "not_applicable", "not_assessed"]
NOT_MET: tuple[Status, ...] = ("conflict", "missing", "partial")  # the gravest first
Decision = Literal["pass", "review", "hold", "not_concerned"]
Verdict = Literal["release", "review", "stop"]
OperationStatus = Literal["today", "earlier", "planned", "considered", "later"]
OperationKind = Literal["division", "closure", "debridement", "other"]
Severity = Literal["error", "warning", "note"]
ExclusionReason = Literal[
    "negated", "hypothetical", "planned", "history", "other_limb", "other_operation", "consent",
    "other_person", "quoted_report", "other_meaning", "doubtful",
]  # fmt: skip


def _iso_date(value: object) -> object:
    """Dates are told as YYYY-MM-DD and nothing else (pydantic alone would also take numbers)."""
    if value is None or isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        with suppress(ValueError):
            return dt.datetime.strptime(value, "%Y-%m-%d").date()
    raise ValueError("a date is written YYYY-MM-DD")


IsoDate = Annotated[dt.date, BeforeValidator(_iso_date)]


def _none_is_empty(value: object) -> object:
    return () if value is None else value


class _Input(BaseModel):
    """Keys that the contract does not name are kept out of the check, but are no error."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Document(_Input):
    """One document of an encounter; `text` is kept exactly as given.

    `page_starts` holds the offset into `text` at which each page begins, the first being 0; it
    is empty where the pages are not known.
    """

    doc_id: str = Field(min_length=1)
    type: DocumentType = "operative_note"
    date: IsoDate | None = None
    author: str | None = None
    signed_by: str | None = None
    signed_at: str | None = None
    text: str
    page_starts: Annotated[tuple[int, ...], BeforeValidator(_none_is_empty)] = ()

    @field_validator("page_starts")
    @classmethod
    def _in_order(cls, starts: tuple[int, ...]) -> tuple[int, ...]:
        if starts and (starts[0] != 0 or list(starts) != sorted(starts)):
            raise ValueError("pages begin at rising offsets, the first at 0")
        return starts

    def page(self, offset: int) -> int | None:
        """The number, from 1, of the page that holds `offset`, where the pages are known."""
        return bisect_right(self.page_starts, offset) or None


class ClaimLine(_Input):
    """One billed line: a CPT code with its modifiers and ICD-10-CM diagnoses.

    `place_of_service` is the line's own, where it differs from the claim's or the claim has none.
    """

    code: str
    modifiers: Annotated[tuple[str, ...], BeforeValidator(_none_is_empty)] = ()
    units: float | None = None
    service_date: IsoDate | None = None
    place_of_service: str | None = None
    diagnoses: Annotated[tuple[str, ...], BeforeValidator(_none_is_empty)] = ()


class ClaimProcedure(_Input):
    """One ICD-10-PCS procedure of a facility's claim."""

    code: str
    date: IsoDate | None = None


class ClaimDiagnosis(_Input):
    """One diagnosis of a facility's claim; `poa` is its present-on-admission indicator."""

    code: str
    kind: Literal["principal", "secondary", "admitting"] | None = None
    poa: str | None = None


class Claim(_Input):
    """The bill for the encounter. `form` tells a surgeon's claim from a facility's.

    `frequency` (or `frequency_code`) is 1 for an original, 7 for a replacement, 8 for a void.
    `rendering_provider` is the name of the surgeon whose claim it is. `diagnoses`
    are those of the whole claim, which a facility's has; a surgeon's lines each have their own.
    `drg` is the diagnosis-related group of a stay.
    """

    claim_id: str | None = None
    payer: str | None = None
    form: Literal["professional", "institutional"] | None = None
    place_of_service: str | None = None
    type_of_bill: str | None = None
    frequency: str | None = Field(
        None, validation_alias=AliasChoices("frequency", "frequency_code")
    )
    rendering_provider: str | None = None
    drg: str | None = None
    admission_date: IsoDate | None = None
    procedures: Annotated[tuple[ClaimProcedure, ...], BeforeValidator(_none_is_empty)] = ()
    diagnoses: Annotated[tuple[ClaimDiagnosis, ...], BeforeValidator(_none_is_empty)] = ()
    lines: Annotated[tuple[ClaimLine, ...], BeforeValidator(_none_is_empty)] = ()


def _text_or_none(value: object) -> object:
    return value if isinstance(value, str) and value.strip() else None


class Meta(_Input):
    """Who operated, where, and who would pay, for an audit's tables. It plays no part in the check.

    `payer` is for an encounter without a claim; a claim names its own. Whatever is not text is
    passed over: a record may use the word `meta` for something else.
    """

    surgeon: Annotated[str | None, BeforeValidator(_text_or_none)] = None
    facility: Annotated[str | None, BeforeValidator(_text_or_none)] = None
    payer: Annotated[str | None, BeforeValidator(_text_or_none)] = None


def _mapping_or_empty(value: object) -> object:
    return value if isinstance(value, Mapping | Meta) else {}


class _Output(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingRemark(_Output):
    """A part of what was sent that could not be read: which, of what kind, and why."""

    part: str
    kind: str
    why: str


class Encounter(_Input):
    """One surgical encounter: its documents and, when there is one, its claim.

    `other_claims` are those known of the same patient: an earlier operation's, a colleague's.
    `files` names the files that it was put together from, where there were several.
    """

    encounter_id: str = Field(min_length=1)
    documents: tuple[Document, ...] = Field(min_length=1)
    patient_id: str | None = None
    claim: Claim | None = None
    other_claims: Annotated[tuple[Claim, ...], BeforeValidator(_none_is_empty)] = ()
    meta: Annotated[Meta, BeforeValidator(_mapping_or_empty)] = Meta()
    reading: Annotated[tuple[ReadingRemark, ...], BeforeValidator(_none_is_empty)] = ()
    files: Annotated[tuple[str, ...], BeforeValidator(_none_is_empty)] = ()


class Evidence(_Output):
    """The words that decide something: `text` is `document.text[start:end]`, or empty in a report
    that was asked for without words of the notes.

    `section` is the category of the heading the words stand under, or null.
    `rule` is the id of the pattern in `patterns/` that found them, where one did. `page` is the
    number, from 1, of the page on which the words begin, where the document's pages are known.
    """

    doc_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    section: str | None = None
    rule: str | None = None
    page: int | None = Field(None, ge=1)


class LevelFact(_Output):
    """The level of the stump that the patient arrived with."""

    value: Level
    evidence: tuple[Evidence, ...]


class NewLevelFact(_Output):
    """Where bone or joint was divided today; `measurement_cm` is in centimetres.

    Without a `value` nothing is told to be divided, and the length is the bone's at the end.
    """

    value: Level | None
    segment: Segment | None = None
    measurement_cm: float | None = None
    evidence: tuple[Evidence, ...]


class BoneFact(_Output):
    value: bool
    evidence: tuple[Evidence, ...]


class IndicationFact(_Output):
    value: IndicationValue
    evidence: tuple[Evidence, ...]


class ReconstructionFact(_Output):
    value: ReconstructionValue
    evidence: tuple[Evidence, ...]


class SideFact(_Output):
    value: Side
    evidence: tuple[Evidence, ...]


class SettingFact(_Output):
    value: SettingValue
    evidence: tuple[Evidence, ...]


class DebridementFact(_Output):
    """What was debrided today; `area_cm2` is the surface in square centimetres."""

    performed: bool = False
    tissues: tuple[Tissue, ...] = ()
    area_cm2: float | None = None
    separate: bool = False
    evidence: tuple[Evidence, ...] = ()


class SupportedCode(_Output):
    value: SupportedCodeValue
    evidence: tuple[Evidence, ...] = ()


class Facts(_Output):
    """What the documents assert about today's operation on the operated limb."""

    prior_level: LevelFact | None = None
    new_level: NewLevelFact | None = None
    bone_resected: BoneFact | None = None
    indications: tuple[IndicationFact, ...] = ()
    reconstruction: tuple[ReconstructionFact, ...] = ()
    laterality: SideFact | None = None
    debridement: DebridementFact = DebridementFact()
    setting: SettingFact | None = None


class RequirementResult(_Output):
    """One requirement: its status, what is wrong and what would meet it, and the words."""

    id: str
    status: Status
    message: str
    evidence: tuple[Evidence, ...] = ()


class Excluded(_Output):
    """A mention that was seen and not counted, and why."""

    fact: str
    value: str
    reason: ExclusionReason
    evidence: tuple[Evidence, ...]


class ClaimPlace(_Output):
    """What a claim says in one place; `line` counts from 1 and is null for the claim's own fields.

    `claim_id` is that of the claim, or null where it has none.
    """

    claim_id: str | None = None
    line: int | None = None
    field: str
    value: str


class ClaimFinding(_Output):
    """Where the claim and the documents do not fit, or the claim contradicts itself.

    `claim` is what the claim says and `evidence` the words of the documents against it; the latter
    is empty where the documents are silent. A finding changes no requirement's status.
    """

    id: str
    severity: Severity
    message: str
    why: str
    resolution: str
    claim: tuple[ClaimPlace, ...]
    evidence: tuple[Evidence, ...] = ()


class PolicyNote(_Output):
    """What a payer's rule of the day says, as far as a row of `patterns/policy` tells it.

    `row` is the id of that row, or null where none is for this payer and date and the `rule` is
    therefore `unknown`. `confidence` says how sure the row is. It changes no requirement's status.
    """

    topic: str
    code: str
    payer: str
    date: IsoDate | None
    rule: str
    confidence: str
    row: str | None = None
    source: str | None = None
    verified_on: IsoDate | None = None
    message: str


class Operation(_Output):
    """One operation on a lower limb that the documents tell, however often it is told.

    `date` is a day (`2026-03-02`), a month (`2026-03`), a year or null. `level` is told for a
    `division` only; `code` is the one that today's operation supports by itself, null for others.
    """

    id: str
    status: OperationStatus
    date: str | None = Field(None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    side: Literal["left", "right", "bilateral"] | None = None
    kind: OperationKind
    level: Level | None = None
    code: SupportedCodeValue | None = None
    evidence: tuple[Evidence, ...]


class ReleaseReason(_Output):
    """A requirement or a finding, by its id, that keeps a bill from being released."""

    kind: Literal["requirement", "finding", "supported_code", "confidence"]
    id: str


class Release(_Output):
    """What a biller acts on, and every requirement and finding that made it so."""

    verdict: Verdict
    reasons: tuple[ReleaseReason, ...] = ()


class Confidence(_Output):
    """Calibrated probabilities, 0 to 1: that each status, and that the verdict, is right."""

    requirements: dict[str, float] = {}
    release: float = Field(ge=0, le=1)


class Suggestion(_Output):
    """A question about what was found or done, for one open requirement."""

    requirement: str
    question: str


class Report(_Output):
    """The answer to one encounter.

    `operation_date` is that of the operative note. `code_supported` says whether the supported code
    satisfies the code checked; null means that only the same code does. `also` holds the reports on
    the claim's other lines of the family, `reading` what was sent and could not be read, `files`
    the names of the files that the encounter was put together from, where there were several.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)

    schema_: Literal["notecheck.report/1"] = Field("notecheck.report/1", alias="schema")
    encounter_id: str
    code: str
    decision: Decision
    score: float = Field(ge=0, le=100)
    supported_code: SupportedCode
    facts: Facts
    requirements: tuple[RequirementResult, ...]
    excluded: tuple[Excluded, ...] = ()
    operation_date: IsoDate | None = None
    code_supported: bool | None = None
    findings: tuple[ClaimFinding, ...] = ()
    policy: tuple[PolicyNote, ...] = ()
    operations: tuple[Operation, ...] = ()
    release: Release = Release(verdict="stop")
    confidence: Confidence | None = None
    also: tuple[Report, ...] = ()
    reading: tuple[ReadingRemark, ...] = ()
    files: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    def _repr_html_(self) -> str:
        """What a notebook shows: verdict, code and score, and a row for each requirement.

        Holds no word of the note; the page with the note is `notecheck scan --format html`.
        """
        head = (
            f"{self.release.verdict} {self.encounter_id}: {self.code}, score {self.score:g} of 100"
        )
        rows: list[tuple[str, str, str]] = [
            (item.status, item.id, item.message) for item in self.requirements
        ]
        rows += [(found.severity, found.id, found.message) for found in self.findings]
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        return f"<table><caption>{escape(head)}</caption><tbody>{body}</tbody></table>"
