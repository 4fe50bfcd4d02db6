"""The tables of an audit: their columns, types and what they mean.

Every column carries its meaning as the metadata `description`.
"""

from __future__ import annotations

import pyarrow as pa

_TEXTS = pa.list_(pa.string())
_EVIDENCE = pa.struct(
    [
        pa.field("doc_id", pa.string()), pa.field("start", pa.int64()), pa.field("end", pa.int64()),
        pa.field("text", pa.string()), pa.field("section", pa.string()),
        pa.field("rule", pa.string()),
    ]
)  # fmt: skip
_REQUIREMENT = [
    pa.field("requirement", pa.string(), metadata={"description": "id, such as prior-level"}),
    pa.field("status", pa.string(), metadata={"description": (
        "met, partial, missing, conflict, not_applicable or not_assessed"
    )}),
    pa.field("message", pa.string(), metadata={"description": "what is wrong and would meet it"}),
    pa.field("evidence", pa.list_(_EVIDENCE), metadata={"description": (
        "the words that decide; start and end are character offsets into the document's text"
    )}),
]  # fmt: skip

_FINDING = [
    pa.field("finding", pa.string(), metadata={"description": "id, such as side-differs"}),
    pa.field("severity", pa.string(), metadata={"description": "error, warning or note"}),
    pa.field("message", pa.string(), metadata={"description": "what does not fit"}),
    pa.field("resolution", pa.string(), metadata={"description": "what would close it"}),
    pa.field("claim_line", pa.int32(), metadata={"description": "from 1; null for the claim"}),
    pa.field("claim_value", pa.string(), metadata={"description": "what the claim says there"}),
    pa.field("evidence", pa.list_(_EVIDENCE), metadata={"description": (
        "the documents' words against it; empty where they are silent"
    )}),
]  # fmt: skip


def _column(name: str, kind: pa.DataType, description: str) -> pa.Field:
    return pa.field(name, kind, metadata={"description": description})


_ID = _column("encounter_id", pa.string(), "joins the tables; each id stands once in reports")
_SOURCE = _column("source", pa.string(), "the file, and the line or row, the encounter came from")

REPORTS = pa.schema(
    [
        _ID,
        _SOURCE,
        _column("code", pa.string(), "the code checked"),
        _column("verdict", pa.string(), "release, review or stop: what a biller acts on"),
        _column("decision", pa.string(), "pass, review, hold or not_concerned"),
        _column("score", pa.float64(), "0 to 100"),
        _column("confidence", pa.float64(), (
            "0 to 1, that the verdict is right; null on a code without labelled encounters"
        )),
        _column("supported_code", pa.string(), "the code that the note supports, or none"),
        _column("prior_level", pa.string(), "level of the stump the patient arrived with"),
        _column("new_level", pa.string(), "where bone or joint was divided today"),
        _column("segment", pa.string(), "the part of the femur, for a femoral level"),
        _column("measurement_cm", pa.float64(), "the length that fixes the level, centimetres"),
        _column("bone_resected", pa.bool_(), "null when there is no operative note"),
        _column("indications", _TEXTS, "why the operation was done"),
        _column("reconstruction", _TEXTS, "what was done with the stump's end"),
        _column("laterality", pa.string(), "left, right, bilateral or conflicting"),
        _column("debridement_performed", pa.bool_(), "whether something was debrided"),
        _column("debridement_tissues", _TEXTS, "what was debrided"),
        _column("debridement_area_cm2", pa.float64(), "surface in square centimetres"),
        _column("setting", pa.string(), "inpatient or outpatient, from the documents"),
        _column("surgeon", pa.string(), "as the input names it"),
        _column("facility", pa.string(), "as the input names it"),
        _column("payer", pa.string(), "of the claim, else as the input names it"),
        _column("claim_id", pa.string(), "of the claim"),
        _column("form", pa.string(), "professional or institutional"),
        _column("place_of_service", pa.string(), "of the claim"),
        _column("type_of_bill", pa.string(), "of the claim"),
        _column("billed_codes", _TEXTS, "codes on the claim's lines; null without a claim"),
        _column("billed", pa.bool_(), "whether a line bills the code; null without a claim"),
        _column("estimated_payment", pa.float64(), (
            "dollars that the line with the code checked may pay, its modifiers and units counted; "
            "null where it is not billed or no rate of that day is held"
        )),
        _column("estimated_by", pa.string(), "the rate or fee schedule of estimated_payment"),
        _column("overpayment", pa.float64(), (
            "estimated_payment less what the supported code would pay, negative where too "
            "little is billed; null where either is not held"
        )),
        _column("service_date", pa.date32(), "of the claim's line, else of the operative note"),
        _column("month", pa.string(), "of service_date, as 2026-03"),
        _column("documents", pa.int32(), "how many the encounter has"),
        _column("characters", pa.int64(), "of all documents' text"),
        _column("report", pa.string(), "the whole report as JSON, as notecheck scan prints it"),
    ]
)  # fmt: skip

REQUIREMENTS = pa.schema([_ID, *_REQUIREMENT])
FINDINGS = pa.schema([_ID, *_FINDING])

ERRORS = pa.schema(
    [
        _SOURCE,
        _column("encounter_id", pa.string(), "where it is known"),
        _column("error_code", pa.string(), "stable: NC310 and on"),
        _column("reason", pa.string(), (
            "unreadable, duplicate_id, time_limit, worker_died or fault, one for one with the code"
        )),
        _column("message", pa.string(), "what is wrong and what to do; holds no note text"),
    ]
)  # fmt: skip

# What a worker hands over: a row is a report with its requirements, or an error. `from_name` says
# that the encounter's id is only its file's name; `encounter` goes to the workbench's queue.
_REQUIREMENTS_OF = pa.field("requirements", pa.list_(pa.struct(_REQUIREMENT)))
_ERROR_ONLY = [ERRORS.field(name) for name in ("error_code", "reason", "message")]
_FINDINGS_OF = pa.field("findings", pa.list_(pa.struct(_FINDING)))
OUTCOMES = pa.schema(
    [
        *REPORTS,
        _REQUIREMENTS_OF,
        _FINDINGS_OF,
        pa.field("from_name", pa.bool_()),
        pa.field("encounter", pa.string()),
        *_ERROR_ONLY,
    ]
)
