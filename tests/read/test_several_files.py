"""What belongs together is put together, whichever of the files it came in."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from notecheck.models import Encounter
from notecheck.read.several_files import read_paths

from .fhir.resources import bundle, claim, condition, document_reference, procedure
from .hl7.messages import dft, ft1, header, mdm, segments, visit

NOTE = "The left femur was cut at mid-shaft."


def read(folder: Path, **files: str) -> dict[str, Encounter | str]:
    """What comes out of the files, by the place that it is told at."""
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content)
    paths = [str(folder / name.replace("_", ".")) for name in files]
    return {
        result.where.removeprefix(f"{folder}/"): result.outcome
        if isinstance(result.outcome, Encounter)
        else result.outcome.message
        for result in read_paths(paths)
    }


def lines(*resources: dict[str, Any]) -> str:
    return "".join(json.dumps(resource) + "\n" for resource in resources)


def linked() -> dict[str, Any]:
    reference = document_reference("op")
    reference["content"] = [{"attachment": {"contentType": "text/plain", "url": "Binary/b"}}]
    return reference


BINARY = {"resourceType": "Binary", "id": "b", "data": base64.b64encode(NOTE.encode()).decode()}
ENCOUNTER = {"resourceType": "Encounter", "id": "V100", "class": {"code": "IMP"}}


def billed() -> dict[str, Any]:
    of_stay: dict[str, Any] = claim()
    of_stay["item"][0]["encounter"] = [{"reference": "Encounter/V100"}]
    return of_stay


def codes(encounter: Encounter | str) -> list[str]:
    assert isinstance(encounter, Encounter), encounter
    return [line.code for line in encounter.claim.lines] if encounter.claim else []


def test_messages_of_one_visit_in_three_files_are_one_encounter(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        a_hl7=dft(ft1("27596", "LT")), b_hl7=mdm("T02", NOTE),
        c_hl7=mdm("T02", "Admitted.", doc_id="D2", kind="HP"), d_hl7=mdm("T02", NOTE, number="V2"),
    )  # fmt: skip
    assert list(found) == ["a.hl7", "d.hl7"]
    assert codes(found["a.hl7"]) == ["27596"]
    assert isinstance(found["a.hl7"], Encounter)
    assert [d.doc_id for d in found["a.hl7"].documents] == ["D1", "D2"]


def test_a_damaged_file_of_messages_keeps_no_other_back(tmp_path: Path) -> None:
    damaged = segments(header("MDM^T06"), "PID|1||123^^^HOSP", visit())
    found = read(tmp_path, a_hl7=damaged, b_hl7=mdm("T02", NOTE), c_hl7="MSH|^~\\&|")
    assert isinstance(found["b.hl7"], Encounter)
    assert [name for name, told in found.items() if isinstance(told, str)] == ["a.hl7", "c.hl7"]


def test_an_export_of_a_file_for_each_type_is_put_together(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        Binary_ndjson=lines(BINARY), Claim_ndjson=lines(billed()),
        Condition_ndjson=lines(condition(), procedure()),
        DocumentReference_ndjson=lines(linked()), Encounter_ndjson=lines(ENCOUNTER),
        Patient_ndjson=lines({"resourceType": "Patient", "id": "p"}),
    )  # fmt: skip
    assert list(found) == ["DocumentReference.ndjson:1"]
    encounter = found["DocumentReference.ndjson:1"]
    assert isinstance(encounter, Encounter)
    assert [d.text for d in encounter.documents] == [NOTE, "Patient class: inpatient."]
    assert "27596" in codes(encounter)


def test_a_resource_a_file_is_put_together_with_the_bundle_of_its_encounter(tmp_path: Path) -> None:
    alone = document_reference("alone", NOTE.encode())
    del alone["context"]
    other = document_reference("other", NOTE.encode())
    other["context"]["encounter"] = [{"reference": "Encounter/V9"}]
    found = read(
        tmp_path,
        a_json=json.dumps(billed(), indent=1), b_json=json.dumps(document_reference(), indent=1),
        c_json=json.dumps(alone), d_json=json.dumps(other), e_json='{"resourceType": "Claim", ',
        g_json=json.dumps(condition()), h_json=json.dumps(procedure()),
        f_json=json.dumps(bundle(document_reference("x", NOTE.encode()), id="f") | {"id": "f"}),
    )  # fmt: skip
    whole = found["b.json"]
    assert codes(whole) and isinstance(whole, Encounter)
    assert [d.doc_id for d in whole.documents] == ["x", "op"]
    assert [Path(name).name for name in whole.files] == "a.json b.json g.json h.json f.json".split()
    assert codes(found["c.json"]) == codes(found["d.json"]) == []
    assert "a.json" not in found
    assert isinstance(found["e.json"], str)


def test_a_claim_without_any_document_is_told_in_its_own_place(tmp_path: Path) -> None:
    found = read(tmp_path, a_json=json.dumps(claim()), b_json=json.dumps(document_reference()))
    assert isinstance(found["b.json"], Encounter)
    assert "holds no document" in str(found["a.json"])


def test_a_claim_beside_the_bundle_of_its_encounter_is_judged_with_it(tmp_path: Path) -> None:
    whole = bundle(document_reference("op", NOTE.encode()), ENCOUNTER | {"status": "finished"})
    other = bundle(document_reference("x", NOTE.encode()), id="other") | {"id": "other"}
    del other["entry"][0]["resource"]["context"]
    found = read(
        tmp_path,
        a_json=json.dumps(whole), b_json=json.dumps(other), c_json=json.dumps(billed()),
        d_ndjson=lines(condition(), procedure()),
    )  # fmt: skip
    assert list(found) == ["a.json", "b.json"]
    assert "27596" in codes(found["a.json"])
    assert codes(found["b.json"]) == []


def test_a_resource_is_known_wherever_its_type_stands(tmp_path: Path) -> None:
    def type_last(resource: dict[str, Any]) -> dict[str, Any]:
        return {name: resource[name] for name in sorted(resource)}

    whole = type_last(bundle(document_reference("op", NOTE.encode())))
    beside = [type_last(billed()), condition(), procedure()]
    found = read(tmp_path, a_json=json.dumps(whole), b_ndjson=lines(*beside))
    assert next(iter(whole)) == "entry"
    assert list(found) == ["a.json"]
    assert "27596" in codes(found["a.json"])


def test_a_claim_that_cannot_be_read_keeps_no_bundle_back(tmp_path: Path) -> None:
    whole = bundle(document_reference("op", NOTE.encode()))
    found = read(tmp_path, a_json=json.dumps(whole), b_json=json.dumps(billed()))
    assert codes(found["a.json"]) == []
    assert "names a resource that was not supplied" in str(found["b.json"])


def test_a_claim_of_another_encounter_than_the_bundles_is_told(tmp_path: Path) -> None:
    whole = bundle(document_reference("op", NOTE.encode()), ENCOUNTER | {"status": "finished"})
    elsewhere = billed()
    elsewhere["item"][0]["encounter"] = [{"reference": "Encounter/V9"}]
    found = read(tmp_path, a_json=json.dumps(whole), b_json=json.dumps(elsewhere))
    assert codes(found["a.json"]) == []
    assert "holds no document" in str(found["b.json"])


def test_resources_of_a_patient_without_a_document_are_told(tmp_path: Path) -> None:
    stranger = condition() | {"subject": {"reference": "Patient/99"}}
    practice = {"resourceType": "Organization", "id": "o"}
    found = read(
        tmp_path,
        a_ndjson=lines(document_reference("op", NOTE.encode())),
        b_ndjson=lines(stranger), c_ndjson=lines(practice),
    )  # fmt: skip
    assert list(found) == ["a.ndjson:1", "b.ndjson:1"]
    assert "this Condition has no document" in str(found["b.ndjson:1"])


def of_patient(doc_id: str, patient: str) -> dict[str, Any]:
    subject = {"reference": f"Patient/{patient}"}
    return bundle(document_reference(doc_id, NOTE.encode(), subject=subject))


def test_bundles_of_one_encounter_are_one_and_those_of_two_patients_never(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        a_json=json.dumps(of_patient("a", "1")), b_json=json.dumps(of_patient("b", "2")),
        c_json=json.dumps(of_patient("c", "1")),
    )  # fmt: skip
    whole = found["a.json"]
    assert isinstance(whole, Encounter)
    assert [d.doc_id for d in whole.documents] == ["a", "c"]
    assert "the encounter id is the same as that of" in str(found["b.json"])


def test_the_same_document_in_two_bundles_counts_once(tmp_path: Path) -> None:
    both = [json.dumps(of_patient("a", "1")), json.dumps(of_patient("a", "1") | {"id": "again"})]
    found = read(tmp_path, a_json=both[0], b_json=both[1])
    (whole,) = found.values()
    assert isinstance(whole, Encounter)
    assert [d.doc_id for d in whole.documents] == ["a"]


def test_a_bundle_of_claims_that_cannot_be_read_is_a_remark_in_the_rest(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        a_json=json.dumps(of_patient("a", "1")), b_json=json.dumps(bundle(billed())),
        c_json=json.dumps(of_patient("c", "1")),
    )  # fmt: skip
    whole = found["a.json"]
    assert isinstance(whole, Encounter)
    assert [d.doc_id for d in whole.documents] == ["a", "c"]
    assert [remark.kind for remark in whole.reading] == ["unreadable"]
    assert "was not supplied" in str(found["b.json"])


def test_bundles_whose_encounters_have_no_id_stay_apart(tmp_path: Path) -> None:
    def unnamed(doc_id: str) -> dict[str, Any]:
        one = document_reference(doc_id, f"{NOTE} {doc_id}".encode())
        del one["context"]
        stay = {"resourceType": "Encounter", "status": "finished", "class": {"code": "IMP"}}
        return bundle(one, stay) | {"id": doc_id}

    found = read(tmp_path, a_json=json.dumps(unnamed("a")), b_json=json.dumps(unnamed("b")))
    assert list(found) == ["a.json", "b.json"]
    assert all(isinstance(one, Encounter) for one in found.values())
