"""The queries of an encounter: what is asked, what is quoted, and that nothing is led or sold."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from notecheck import check
from notecheck.claims.findings import finding_texts
from notecheck.evaluate.gold import read_gold
from notecheck.models import Encounter
from notecheck.query.draft import draft_queries, finding_templates, query_templates
from notecheck.query.fhir import queries_bundle
from notecheck.query.lint import lint_query, lint_text
from notecheck.query.model import Query, QueryFile
from notecheck.query.suggest import with_suggestions
from notecheck.query.text import queries_text, query_text
from notecheck.report.columns import columns
from notecheck.requirements.kinds import KINDS

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development"
NOTE = """\
PREOPERATIVE DIAGNOSIS: Failed left thigh stump.
OPERATION: Revision of left above-knee amputation.
DESCRIPTION: The scar was excised. Possible osteomyelitis was considered. The wound was closed with
nylon.
"""


def drafted(note: str = NOTE, **fields: Any) -> QueryFile:
    document = {"doc_id": "op", "date": "2026-03-02", "text": note}
    encounter = Encounter.model_validate({"encounter_id": "Q1", "documents": [document]} | fields)
    return draft_queries(encounter, check(encounter))


def asked(file: QueryFile) -> dict[str, Query]:
    return {query.internal.requirement: query for query in file.queries}


@cache
def corpus_queries() -> list[tuple[Encounter, QueryFile]]:
    """Of the shorter corpus files: every kind of opening is among them."""
    found = []
    for name in ("situations", "extra"):
        for result in read_gold(str(CORPUS / f"{name}.jsonl")):
            encounter = result.outcome.encounter
            found.append((encounter, draft_queries(encounter, check(encounter))))
    return found


def test_each_open_requirement_that_words_can_settle_is_asked_once() -> None:
    queries = asked(drafted())
    assert list(queries) == ["new-level", "indication", "revision-necessity", "reconstruction"]
    assert queries["indication"].service_date is not None
    assert queries["indication"].service_date.isoformat() == "2026-03-02"
    questions = [query.question for query in queries.values()]
    assert len(set(questions)) == len(questions)


def test_options_are_those_that_the_record_mentions_then_other_and_unable() -> None:
    options = asked(drafted())["indication"].options
    assert options == (
        "infection of bone: ______",
        "finding: ______",
        "no particular finding",
        "other: ______",
        "unable to determine",
    )


def test_what_the_record_answers_is_not_asked() -> None:
    told = NOTE.replace("The wound was", "The femur was not exposed. The wound was")
    assert "new-level" not in asked(drafted(told))
    assert "revision-necessity" not in asked(drafted(told))
    observed = NOTE + "Placed in observation.\n"
    claim = {"form": "professional", "place_of_service": "22", "lines": [{"code": "27596"}]}
    assert "inpatient" not in asked(drafted(observed, claim=claim))


def test_the_claims_own_faults_are_not_asked_of_a_surgeon() -> None:
    claim = {"form": "professional", "place_of_service": "21", "lines": [{"code": "27596"}]}
    assert "laterality-claim" not in asked(drafted(claim=claim))


def test_a_note_that_is_not_concerned_asks_nothing() -> None:
    assert drafted("Left total knee arthroplasty under spinal anaesthesia.").queries == ()


def test_nothing_open_nothing_asked() -> None:
    file = QueryFile(schema="notecheck.queries/1", encounter_id="Q1", queries=())
    assert queries_text(file) == "No open question.\n"


@pytest.mark.parametrize("code", ["27590", "27592", "27594", "27886", "27295", "operative-report"])
def test_other_codes_ask_by_the_same_means(code: str) -> None:
    encounter = Encounter.model_validate(
        {"encounter_id": "Q1", "documents": [{"doc_id": "op", "text": NOTE}]}
    )
    file = draft_queries(encounter, check(encounter, code=code))
    assert file.queries
    assert not [fault for query in file.queries for fault in lint_query(query)]


def test_every_template_belongs_to_a_kind_and_asks_openly() -> None:
    for template in query_templates().query:
        assert template.kind in KINDS
        assert len(template.options) >= 2 and template.quotes
    unasked = KINDS.keys() - {template.kind for template in query_templates().query}
    assert unasked == {"documented", "laterality-claim", "manner"}


def test_every_template_passes_the_lint_with_all_its_options() -> None:
    texts = query_templates()
    given = asked(drafted())["new-level"]
    for template in texts.query:
        query = given.model_copy(
            update={
                "subject": template.subject,
                "question": template.question,
                "options": (*(o.text for o in template.options), texts.other, texts.unable),
                "to": template.to or texts.to,
            }
        )
        assert lint_query(query) == [], template.kind


def test_quotations_are_the_records_own_words() -> None:
    quoted = 0
    for encounter, file in corpus_queries():
        texts = {document.doc_id: document.text for document in encounter.documents}
        for query in file.queries:
            for item in query.indicators:
                assert texts[item.doc_id][item.start : item.end] == item.text
                assert texts[item.doc_id].count("\n", 0, item.start) + 1 == item.line
                quoted += 1
    assert quoted > 48


def test_drafts_of_the_corpus_pass_the_lint_in_every_format() -> None:
    for _, file in corpus_queries():
        if not file.queries:
            continue
        assert lint_text(queries_text(file), "queries.txt") == []
        assert lint_text(file.model_dump_json(), "queries.json") == []


def test_text_fits_a_terminal_and_hides_the_senders_fields() -> None:
    for _, file in corpus_queries():
        text = queries_text(file)
        assert all(columns(line) <= 80 for line in text.split("\n"))
        for query in file.queries:
            assert query.question.split()[0] in text
            assert (
                query.id not in text
                and (query.internal.status or query.internal.requirement) not in text.split()
            )


def test_fhir_is_valid_and_hides_the_senders_fields() -> None:
    for _, file in corpus_queries():
        if not file.queries:
            continue
        bundle = queries_bundle(file)
        Bundle.model_validate(bundle)
        kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
        assert kinds == ["Questionnaire", "Communication"] * len(file.queries)
        told = json.dumps(bundle)
        assert all(q.internal.template_version and "internal" not in told for q in file.queries)
        about = bundle["entry"][1]["resource"]["about"][0]["reference"]
        assert about == bundle["entry"][0]["fullUrl"]


def test_json_reads_back_as_it_was() -> None:
    file = drafted()
    assert QueryFile.model_validate_json(file.model_dump_json()) == file


def test_an_answer_closes_its_query() -> None:
    before = asked(drafted())
    answer = {
        "doc_id": "add",
        "type": "other",
        "date": "2026-03-06",
        "text": "Addendum to operative note. The femur was cut with a saw in the distal third.",
    }
    documents = [{"doc_id": "op", "date": "2026-03-02", "text": NOTE}, answer]
    after = asked(drafted(documents=documents))
    assert "new-level" in before and "new-level" not in after


WHOLE = """\
DATE OF OPERATION: 2026-03-02
PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.
OPERATION: Re-amputation of the left thigh through the femur.
SURGEON: Ida Falk, MD   ASSISTANT: none
INDICATIONS: Left above-knee amputation in 2018. The bone end is infected, and closing the soft
tissue alone would have left infected bone.
DESCRIPTION: The femur was divided at mid-shaft with a saw. The fascia was closed with 0 Vicryl.
The patient remains an inpatient.
"""


def billed(*modifiers: str, **fields: Any) -> dict[str, Any]:
    line = {
        "code": "27596", "modifiers": ["LT", *modifiers], "units": 1,
        "service_date": "2026-03-02", "diagnoses": ["T87.44"],
    } | fields  # fmt: skip
    return {"form": "professional", "place_of_service": "21", "lines": [line]}


@pytest.mark.parametrize(
    ("claim", "finding", "to"),
    [
        (billed("22"), "modifier-22-unsupported", "the operating surgeon, Ida Falk, MD"),
        (billed("80"), "assistant-not-documented", "the operating surgeon, Ida Falk, MD"),
        (billed(service_date="2026-03-05"), "date-mismatch", "health information management"),
        (billed(), "order-not-seen", "case management"),
    ],
)
def test_a_finding_is_asked_of_its_owner(claim: dict[str, Any], finding: str, to: str) -> None:
    query = asked(drafted(WHOLE, claim=claim, patient_id="P7"))[finding]
    assert (query.to, query.patient_id, query.internal.kind) == (to, "P7", "finding")
    assert query.indicators and "Patient P7" in query_text(query)


def test_what_only_the_coder_can_settle_is_asked_of_nobody() -> None:
    file = drafted(WHOLE, claim=billed(diagnoses=["T87.43"], units=2))
    assert not {"diagnosis-side", "units"} & set(asked(file))


def test_every_template_of_a_finding_passes_the_lint_and_names_findings() -> None:
    named = [name for template in finding_templates().query for name in template.findings]
    assert len(named) == len(set(named))
    assert set(named) <= finding_texts().keys()
    (some,) = [q for q in drafted(WHOLE, claim=billed()).queries if q.internal.kind == "finding"]
    for template in finding_templates().query:
        query = some.model_copy(
            update={
                "subject": template.subject,
                "question": template.question,
                "to": template.to or "the operating surgeon",
                "options": tuple(o.text for o in template.options) + some.options[-2:],
                "instruction": template.instruction or some.instruction,
            }
        )
        assert lint_query(query) == [], template.findings


def test_suggestions_are_for_the_surgeons_words_alone() -> None:
    encounter = Encounter.model_validate(
        {
            "encounter_id": "Q1",
            "documents": [{"doc_id": "op", "text": WHOLE}],
            "claim": billed("22"),
        }
    )
    assert with_suggestions(encounter, check(encounter)).suggestions == ()


def test_work_that_is_billed_and_nowhere_mentioned_is_asked_of_nobody() -> None:
    claim = billed()
    claim["lines"].append({"code": "11043", "units": 1, "service_date": "2026-03-02"})
    file = drafted(WHOLE, claim=claim)
    assert "Debridement in this operation" not in {query.subject for query in file.queries}
    told = WHOLE.replace("The fascia", "Dead muscle was debrided sharply. The fascia")
    subjects = [query.subject for query in drafted(told, claim=claim).queries]
    assert subjects.count("Debridement in this operation") == 1


def test_a_division_at_another_level_answers_where_the_bone_was_cut() -> None:
    knee = "OPERATION: Left knee disarticulation.\nDESCRIPTION: The knee was disarticulated.\n"
    document = {"doc_id": "op", "date": "2026-03-02", "text": knee}
    encounter = Encounter.model_validate({"encounter_id": "Q1", "documents": [document]})
    report = check(encounter, code="27596")
    assert {r.id: r.status for r in report.requirements}["new-level"] == "missing"
    assert "new-level" not in asked(draft_queries(encounter, report))


def test_a_subject_is_asked_about_once() -> None:
    claim = billed(diagnoses=["T87.9"])
    subjects = [query.subject for query in drafted(claim=claim).queries]
    assert "The condition of the limb before this operation" in subjects
    assert len(set(subjects)) == len(subjects)


def test_the_words_quoted_name_the_operation_and_do_not_describe_it() -> None:
    told = NOTE.replace("The scar was excised.", "The femur was divided with a saw at mid-shaft.")
    (query,) = [q for name, q in asked(drafted(told)).items() if name == "indication"]
    assert "divided" not in " ".join(item.text for item in query.indicators)


def test_a_name_made_anonymous_is_no_name() -> None:
    (query, *_) = drafted("SURGEON: ***, ****\n" + NOTE).queries
    assert query.to == "the operating surgeon"


def test_an_operation_that_was_given_up_is_not_asked_how_it_was_closed() -> None:
    stopped = (
        "OPERATION: Left above-knee amputation, revision - ABORTED\n"
        "DESCRIPTION: The left thigh stump was prepped. Before the bone was reached the pressure "
        "fell. The wound was run closed with nylon. The planned resection of bone was "
        "not done.\n"
    )
    document = {"doc_id": "op", "date": "2026-03-02", "text": stopped}
    encounter = Encounter.model_validate({"encounter_id": "Q1", "documents": [document]})
    report = check(encounter, code="27596")
    assert {r.id: r.status for r in report.requirements}["reconstruction"] == "partial"
    assert not {"reconstruction", "revision-necessity"} & set(
        asked(draft_queries(encounter, report))
    )
