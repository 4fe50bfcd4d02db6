import copy
from typing import Any

import pytest

from notecheck.errors import InputError
from notecheck.models import Document, Encounter
from notecheck.read.limits import MAX_NOTE
from notecheck.read.shape import encounter_from_note, encounter_from_object

SECRET = "Quillfeather stump"
WHOLE: dict[str, Any] = {
    "encounter_id": "E001",
    "documents": [
        {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": "Femur cut.\r\n"},
        {"doc_id": "hp", "type": "history_and_physical", "date": None, "text": SECRET},
    ],
    "claim": {
        "claim_id": "C1",
        "form": "professional",
        "place_of_service": "21",
        "admission_date": "2026-03-01",
        "procedures": [],
        "lines": [{"code": "27596", "modifiers": ["LT"], "units": 1, "diagnoses": None}],
    },
}


def changed(*path: str | int, to: object) -> dict[str, Any]:
    value = copy.deepcopy(WHOLE)
    inner: Any = value
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return value


def test_an_encounter_is_read_with_its_text_untouched() -> None:
    encounter = encounter_from_object(WHOLE)
    assert [document.text for document in encounter.documents] == ["Femur cut.\r\n", SECRET]
    assert encounter.claim is not None
    assert encounter.claim.lines[0].modifiers == ("LT",)
    assert encounter.claim.lines[0].diagnoses == ()


def test_keys_that_the_contract_does_not_name_are_no_error() -> None:
    assert encounter_from_object(changed("ward", to={"bed": 4})) == encounter_from_object(WHOLE)


def test_an_encounter_without_an_operative_note_or_claim_is_whole() -> None:
    value = changed("documents", to=WHOLE["documents"][1:])
    value["claim"] = None
    assert encounter_from_object(value).documents[0].type == "history_and_physical"


def test_a_few_control_characters_stay_where_they_are() -> None:
    encounter = encounter_from_object(changed("documents", 0, "text", to="cut\x00\x1b femur"))
    assert encounter.documents[0].text == "cut\x00\x1b femur"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (changed("documents", 1, "type", to=SECRET),
         "`documents[1].type` has an unknown value: allowed are 'operative_note', "
         "'history_and_physical', 'preop_note', 'consult', 'progress_note', 'office_note', "
         "'admission_order', 'discharge_summary' or 'other'"),
        (changed("documents", 0, "date", to="02/03/2026"),
         "`documents[0].date` is wrong: a date is written YYYY-MM-DD"),
        (changed("documents", 1, "text", to=None), "`documents[1].text` must be text in quotes"),
        (changed("documents", 1, "text", to=[SECRET]),
         "`documents[1].text` must be text in quotes"),
        (changed("documents", 1, to=SECRET), "`documents[1]` must be an object"),
        (changed("documents", to=SECRET), "`documents` must be a list"),
        (changed("documents", to=[]), "`documents` must have at least one item"),
        (changed("documents", to=[{"text": 1}, 2]),
         "`documents[0].doc_id` is missing; `documents[0].text` must be text in quotes; "
         "`documents[1]` must be an object"),
        (changed("encounter_id", to=""), "`encounter_id` must not be empty"),
        (changed("encounter_id", to=7), "`encounter_id` must be text in quotes"),
        (changed("claim", to=[]), "`claim` must be an object"),
        (changed("claim", "form", to=SECRET),
         "`claim.form` has an unknown value: allowed are 'professional' or 'institutional'"),
        (changed("claim", "lines", 0, "modifiers", to="LT"),
         "`claim.lines[0].modifiers` must be a list"),
        (changed("claim", "lines", 0, "units", to="one"),
         "`claim.lines[0].units` must be a number"),
        ({"encounter_id": "E1"}, "`documents` is missing"),
        ({}, "`encounter_id` is missing; `documents` is missing"),
        (changed("documents", 1, "doc_id", to="op"),
         "`documents[1].doc_id` is the same as `documents[0].doc_id`: "
         "give each document an id of its own"),
        (changed("documents", 1, "text", to=SECRET + "\ud800"),
         "`documents[1].text` has half a surrogate pair at offset 18: give whole characters"),
        (changed("claim", "lines", 0, "code", to="\udfff"),
         "`claim.lines[0].code` has half a surrogate pair at offset 0: give whole characters"),
        (changed("documents", 1, "text", to="x" * (MAX_NOTE + 1)),
         "`documents[1].text`: the text is larger than 5 MB: give one note a file"),
        ([WHOLE], "this is a JSON list: give one encounter, or one a line in a .jsonl file"),
        (SECRET, "an encounter must be a JSON object with `encounter_id` and `documents`"),
        ({"encounter": WHOLE, "gold": {}},
         "`documents` is missing, and this looks like a gold line: "
         "`notecheck evaluate` reads gold files"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_wrong_is_told_without_the_text(value: object, message: str) -> None:
    with pytest.raises(InputError) as refused:
        encounter_from_object(value)
    assert refused.value.message == message


def test_a_note_is_an_encounter_of_one_operative_note() -> None:
    encounter = encounter_from_note(" Femur cut.\n", "E9")
    assert encounter == Encounter.model_validate(
        {
            "encounter_id": "E9",
            "documents": [{"doc_id": "op", "type": "operative_note", "text": " Femur cut.\n"}],
        }
    )
    assert encounter.claim is None


@pytest.mark.parametrize("text", ["", "\n \n", "x" * (MAX_NOTE + 1), "\x01" * 50, "cut \ud800"])
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        encounter_from_note(text, "E9")


@pytest.mark.parametrize("starts", [[5], [0, 9, 3], [-1, 0]])
def test_pages_begin_at_rising_offsets(starts: list[int]) -> None:
    document = {"doc_id": "op", "text": "Left thigh stump.", "page_starts": starts}
    with pytest.raises(InputError) as refused:
        encounter_from_object({"encounter_id": "E1", "documents": [document]})
    assert refused.value.message == (
        "`documents[0].page_starts` is wrong: pages begin at rising offsets, the first at 0"
    )


def test_an_offset_tells_its_page() -> None:
    document = Document(doc_id="op", text="0123456789", page_starts=(0, 4, 4, 8))
    assert [document.page(offset) for offset in (0, 3, 4, 7, 8, 9)] == [1, 1, 3, 3, 4, 4]
    assert Document(doc_id="op", text="0123").page(2) is None
