"""What was seen and not counted stands in `excluded` with its reason; `rules why` says the same."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.facts.extract import chart_as_read, extract_chart, read_chart
from notecheck.models import Document, Encounter, Excluded
from notecheck.pipeline.analyse import pipeline
from notecheck.rule_tools.why import why_text

HISTORY = "Left AKA in 2019, which was left open and closed later over a myodesis."
NOTE = f"""\
PROCEDURE: Revision of left above-knee amputation.
INDICATIONS: {HISTORY} In 2021 the femur was cut with a saw. The stump is infected.
DESCRIPTION: The left thigh was prepped. The femur was cut with a saw at mid-thigh. The fascia was
closed with Vicryl and the skin with nylon.
"""
BEFORE = {
    "doc_id": "hp",
    "type": "history_and_physical",
    "date": "2026-03-01",
    "text": "Left AKA stump infected. Exam: stump end padded by a myoplasty. Admit to inpatient.",
}


def encounter(*others: dict[str, str]) -> dict[str, object]:
    note = {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": NOTE}
    return {"encounter_id": "E", "documents": [note, *others]}


def excluded(*others: dict[str, str]) -> list[Excluded]:
    return list(check(encounter(*others)).excluded)


@pytest.mark.parametrize(
    ("fact", "value", "reason"),
    [("reconstruction", "myodesis", "history"), ("new_level", "femur", "history")],
)
def test_what_a_history_tells_is_shown_as_history(fact: str, value: str, reason: str) -> None:
    told = [(e.fact, e.value, e.reason) for e in excluded()]
    assert (fact, value, reason) in told


def test_what_another_document_tells_of_a_closure_is_shown() -> None:
    assert any(
        (e.value, e.reason, e.evidence[0].doc_id) == ("myoplasty", "history", "hp")
        for e in excluded(BEFORE)
    )


def test_what_counts_is_not_shown_as_left_out() -> None:
    told = {(e.fact, e.value) for e in excluded(BEFORE)}
    assert ("reconstruction", "fascial_closure") not in told
    assert ("setting", "inpatient") not in told


def test_a_setting_that_another_document_outdoes_is_shown() -> None:
    order = {
        "doc_id": "ord",
        "type": "admission_order",
        "date": "2026-03-02",
        "text": "Place in observation status after surgery.",
    }
    told = {(e.value, e.evidence[0].doc_id) for e in excluded(BEFORE, order) if e.fact == "setting"}
    assert told == {("inpatient", "hp")}


def test_why_and_excluded_agree_on_every_mention() -> None:
    documents = [Document.model_validate(d) for d in encounter(BEFORE)["documents"]]
    chart = read_chart(documents)
    _, listed = extract_chart(chart)
    shown = {(e.evidence[0].doc_id, e.evidence[0].start, e.evidence[0].end) for e in listed}
    read = chart_as_read(chart)
    later = {id(found.mention) for found, _ in read.excluded}
    for document in read.documents:
        for mention in document.of("reconstruction", "bone_cut", "prior", "indication", "setting"):
            words = document.evidence(mention)
            place = (words.doc_id, words.start, words.end)
            if mention.reason or id(mention) in later:
                assert place in shown


def test_why_tells_what_was_decided_by_limb_and_story() -> None:
    document = Document(doc_id="op", type="operative_note", text=NOTE)
    chart = Encounter(encounter_id="E", documents=[document])
    told = why_text(pipeline(), chart, "reconstruction").partition("line 2")[2]
    assert "(history, by retold)" in told.partition("line 3")[0]
