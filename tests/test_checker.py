"""The one call that others make: what it takes, what it refuses, and that it never fails."""

from __future__ import annotations

import gc
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck import Encounter, InputError, check
from notecheck.models import Report

NOTE = (
    "PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.\n"
    "PROCEDURE: Re-amputation of the left thigh.\n"
    "DESCRIPTION: The femur was cut 12 cm above the old level with an oscillating saw, as the "
    "infection reached the bone. An adductor myodesis was done and the fascia closed."
)
ENCOUNTER = {
    "encounter_id": "E1",
    "documents": [{"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": NOTE}],
    "claim": None,
}
REQUIREMENTS = [
    "prior-level", "new-level", "indication", "indication-preop", "revision-necessity",
    "reconstruction", "laterality-note", "laterality-claim", "debridement", "inpatient",
    "global-period",
]  # fmt: skip


def test_an_encounter_and_its_mapping_are_the_same() -> None:
    assert check(Encounter.model_validate(ENCOUNTER)) == check(ENCOUNTER)


def test_a_check_leaves_nothing_for_the_garbage_collector() -> None:
    check(ENCOUNTER)
    gc.collect()
    gc.disable()
    try:
        check(ENCOUNTER)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_bare_note_is_an_encounter_of_one_operative_note() -> None:
    report = check(NOTE)
    assert report.supported_code.value == "27596"
    assert (
        report.facts
        == check({"encounter_id": "E1", "documents": [{"doc_id": "op", "text": NOTE}]}).facts
    )


def test_the_report_has_every_requirement_in_order() -> None:
    assert [result.id for result in check(NOTE).requirements] == REQUIREMENTS


def test_the_report_goes_out_and_comes_back() -> None:
    report = check(ENCOUNTER)
    assert '"schema":"notecheck.report/1"' in report.model_dump_json()
    assert Report.model_validate_json(report.model_dump_json()) == report


@pytest.mark.parametrize(
    ("given_wrongly", "named"),
    [
        ({}, "encounter_id"),
        ({"encounter_id": "E1"}, "documents"),
        ({"encounter_id": "E1", "documents": []}, "documents"),
        ({"encounter_id": "", "documents": [{"doc_id": "op", "text": "x"}]}, "encounter_id"),
        ({"encounter_id": "E1", "documents": [{"doc_id": "op"}]}, "text"),
        ({"encounter_id": "E1", "documents": [{"doc_id": "op", "text": 5}]}, "text"),
        ({"encounter_id": "E1", "documents": [{"doc_id": "op", "text": "x", "type": "poem"}]},
         "type"),
        ({"encounter_id": "E1", "documents": [{"doc_id": "op", "text": "x", "date": "2 March"}]},
         "date"),
        ({"encounter_id": "E1", "documents": [{"doc_id": "op", "text": "x"}],
          "claim": {"lines": [{}]}}, "code"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_refused_and_its_place_named(
    given_wrongly: dict[str, object], named: str
) -> None:
    with pytest.raises(InputError, match=named):
        check(given_wrongly)


@pytest.mark.parametrize("thing", [None, 5, ["note"], b"note"])
def test_what_is_no_encounter_is_refused(thing: object) -> None:
    with pytest.raises(InputError):
        check(thing)


def test_a_refusal_never_repeats_the_note() -> None:
    wrong = {"encounter_id": "E1", "documents": [{"doc_id": "op", "text": NOTE, "date": NOTE}]}
    with pytest.raises(InputError) as refusal:
        check(wrong)
    assert "above-knee" not in str(refusal.value)


def test_without_an_operative_note_the_facts_are_unknown() -> None:
    report = check(
        {
            "encounter_id": "E1",
            "documents": [{"doc_id": "hp", "type": "history_and_physical", "text": NOTE}],
        },
        code="27596",
    )
    assert report.facts.bone_resected is None
    assert report.facts.new_level is None
    assert (report.supported_code.value, report.decision) == ("none", "hold")


@pytest.mark.parametrize(
    "text",
    [
        ".", "n/a", "See dictation.", "\n\n\n", "12345", ":", "::::", "()", "\u00a0\u00a0",
        "PROCEDURE:", "PROCEDURE: \nDESCRIPTION: ",
    ],
)  # fmt: skip
def test_a_note_that_says_nothing_supports_nothing(text: str) -> None:
    given = {"encounter_id": "E1", "documents": [{"doc_id": "op", "text": text}]}
    for code, decision in ("27596", "hold"), ("auto", "not_concerned"):
        report = check(given, code=code)
        assert (report.supported_code.value, report.decision) == ("none", decision)
        assert report.facts.prior_level is None
        assert report.facts.indications == ()


@pytest.mark.parametrize(
    "text",
    [
        "Le moignon de cuisse gauche a \u00e9t\u00e9 repris et le f\u00e9mur raccourci de 3 cm.",
        "Der Oberschenkelstumpf links wurde er\u00f6ffnet und der Knochen gek\u00fcrzt.",
        "\u5de6\u5927\u817f\u6b8b\u7aef\u4fee\u6574\u8853\u3002\u9aa8\u3092\u5207\u65ad\u3002",
        "\u041a\u0443\u043b\u044c\u0442\u044f \u0431\u0435\u0434\u0440\u0430.",
    ],
)
def test_a_note_of_another_language_is_held_and_not_guessed(text: str) -> None:
    report = check(text, code="27596")
    assert report.decision == "hold"
    assert report.supported_code.value == "none"
    assert report.facts.bone_resected is None or report.facts.bone_resected.value is False


def test_a_very_long_note_of_random_words_is_read() -> None:
    words = [*NOTE.split(), "the", "of", "with", "and", "wound", "stump", "tissue", "saw", "no",
             ".", ";", ":", "(", "\n"]  # fmt: skip
    chooser = random.Random(27596)
    text = ""
    while len(text) < 200_000:
        text += " ".join(chooser.choices(words, k=2000)) + " "
    report = check(text)
    assert_evidence_is_quoted(report, text)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_and_evidence_is_quoted(text: str) -> None:
    if not text.strip():
        return
    assert_evidence_is_quoted(check(text), text)


def assert_evidence_is_quoted(report: Report, text: str) -> None:
    facts = report.facts
    single = [facts.prior_level, facts.new_level, facts.bone_resected, facts.laterality,
              facts.debridement, facts.setting, report.supported_code]  # fmt: skip
    holders = [*single, *facts.indications, *facts.reconstruction, *report.requirements,
               *report.excluded]  # fmt: skip
    for holder in holders:
        for item in holder.evidence if holder else ():
            assert text[item.start : item.end] == item.text


def test_the_same_encounter_always_gives_the_same_report() -> None:
    first = check(ENCOUNTER).model_dump_json()
    check("PROCEDURE: Right BKA. The tibia was cut.")
    assert check(ENCOUNTER).model_dump_json() == first


def test_the_report_does_not_depend_on_the_process() -> None:
    script = "import sys; from notecheck import check; print(check(sys.argv[1]).model_dump_json())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", script, NOTE],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert check(NOTE).model_dump_json() + "\n" in runs


def test_the_import_is_light() -> None:
    heavy = "spacy", "medspacy", "pydantic"
    script = f"import sys, notecheck; print([m for m in {heavy!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
