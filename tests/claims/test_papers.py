"""Findings on the documents themselves and on the claim's dates."""

from __future__ import annotations

from typing import Any

import pytest

from claims.charts import encounter, line, raised, stay
from notecheck import check

HISTORY = (
    "HISTORY AND PHYSICAL\nLeft above-knee amputation in 2018. The stump is infected, with pus and "
    "osteomyelitis of the bone end. PLAN: re-amputation of the left thigh; admit to inpatient.\n"
)
ADDENDUM = (
    "Addendum to operative note: the femur was divided at mid-shaft, 16 cm below the greater "
    "trochanter.\n"
)
ORDER = "Admit to inpatient.\n"


def paper(kind: str, day: str | None, text: str, **known: Any) -> dict[str, Any]:
    return {"doc_id": kind, "type": kind, "date": day, "text": text} | known


def having(*papers: dict[str, Any], **note: Any) -> dict[str, Any]:
    given = encounter()
    given["documents"][0] |= note
    given["documents"] += papers
    return given


def history(day: str | None) -> dict[str, Any]:
    return paper("history_and_physical", day, HISTORY)


def addendum(day: str | None, text: str = ADDENDUM, **known: Any) -> dict[str, Any]:
    return paper("other", day, text, **known)


NOTE = encounter()["documents"][0]["text"]
DISCHARGE = "DISCHARGE SUMMARY\nAdmitted and discharged after an operation on the left stump.\n"
PROCEDURE: dict[str, Any] = {"code": "0Y6D0Z2", "date": "2026-04-07"}

CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "history-old": (having(history("2026-03-07")), having(history("2026-03-08"))),
    "history-undated": (having(history(None)), having(history("2026-04-06"))),
    "addendum-late": (
        having(addendum("2026-05-08", signed_by="I. Falk, MD")),
        having(addendum("2026-05-07", signed_by="I. Falk, MD")),
    ),
    "addendum-unsigned": (
        having(addendum("2026-04-09", author="I. Falk, MD")),
        having(addendum("2026-04-09", author="I. Falk, MD", signed_by="I. Falk, MD")),
    ),
    "addendum-author-unknown": (
        having(addendum("2026-04-09")),
        having(addendum("2026-04-09", ADDENDUM + "Electronically signed by I. Falk, MD\n")),
    ),
    "addendum-not-after": (
        having(addendum("2026-04-01", signed_by="I. Falk, MD")),
        having(addendum("2026-04-07", signed_by="I. Falk, MD")),
    ),
    "operative-note-unsigned": (
        having(paper("consult", "2026-04-06", HISTORY, signed_by="A. Berg, MD")),
        having(paper("consult", "2026-04-06", HISTORY)),
    ),
    "operative-note-other-signer": (
        having(signed_by="Hale, Nora, MD"),
        having(signed_by="Falk, Irene, MD"),
    ),
    "operative-note-day": (
        having(text="DATE OF SURGERY: 04/06/2026\n" + NOTE),
        having(text="DATE OF SURGERY: 7 April 2026\n" + NOTE),
    ),
    "order-not-seen": (having(), having(paper("admission_order", "2026-04-07", ORDER))),
    "order-after-operation": (
        having(paper("admission_order", "2026-04-08", ORDER)),
        having(paper("admission_order", "2026-04-07", ORDER)),
    ),
    "admission-after-operation": (
        encounter(admission_date="2026-04-08"),
        encounter(admission_date="2026-04-07"),
    ),
    "discharge-before-operation": (
        having(paper("discharge_summary", "2026-04-06", DISCHARGE)) | {
            "claim": encounter(admission_date="2026-04-03")["claim"]
        },
        having(paper("discharge_summary", "2026-04-02", DISCHARGE)) | {
            "claim": encounter(admission_date="2026-04-03")["claim"]
        },
    ),
    "procedure-date": (
        stay() | {"claim": stay()["claim"] | {"procedures": [PROCEDURE | {"date": "2026-04-12"}]}},
        stay() | {"claim": stay()["claim"] | {"procedures": [PROCEDURE]}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("identity", CASES)
def test_a_finding_is_raised_where_it_should_be_and_nowhere_else(identity: str) -> None:
    raising, silent = CASES[identity]
    assert identity in raised(raising)
    assert identity not in raised(silent)


def test_an_old_history_counts_with_a_later_word_beside_it() -> None:
    old, update = history("2026-02-01"), "H&P reviewed, no interval changes.\n"
    assert "history-old" not in raised(having(old, paper("progress_note", "2026-04-07", update)))
    office = paper("office_note", "2026-03-20", HISTORY)
    assert "history-old" not in raised(having(old, office))


def test_what_an_addendum_says_is_read_whatever_a_reviewer_may_think_of_it() -> None:
    given = having(addendum("2026-06-30"), text=NOTE.replace(" at mid-shaft", ""))
    report = check(given)
    assert report.facts.new_level and report.facts.new_level.measurement_cm == 16
    assert report.release.verdict == "review"
    assert {reason.id for reason in report.release.reasons} == {
        "addendum-late", "addendum-author-unknown",
    }  # fmt: skip


def test_an_order_that_is_not_there_changes_nothing_but_is_named() -> None:
    report = check(encounter())
    assert [(f.id, f.severity) for f in report.findings] == [("order-not-seen", "note")]
    assert report.release.verdict == "release"
    assert next(r.status for r in report.requirements if r.id == "inpatient") == "met"


def test_a_line_may_be_of_the_day_of_the_operation_alone() -> None:
    assert "date-mismatch" in raised(encounter(line("27596", "LT", day="2026-04-06")))


@pytest.mark.parametrize(
    ("signed", "another"),
    [
        ("Electronically signed by N. Hale, MD", True),
        ("/s/ Nora Hale", True),
        ("Electronically signed by Irene Falk, MD", False),
        ("Electronically signed by N. Hale, MD\nElectronically cosigned by I. Falk, MD", False),
        ("Electronically signed on 2026-04-08 at 10:12", False),
    ],
)
def test_who_signed_is_read_in_the_text_too(signed: str, another: bool) -> None:
    found = raised(having(text=f"{NOTE}{signed}\n"))
    assert ("operative-note-other-signer" in found) is another


def test_a_signature_may_end_a_sentence_of_the_teaching_physician() -> None:
    told = NOTE + "I was present for the key portions. Signed: I. Falk, MD\n"
    consult = paper("consult", "2026-04-06", HISTORY, signed_by="A. Berg, MD")
    assert "operative-note-unsigned" not in raised(having(consult, text=told))
