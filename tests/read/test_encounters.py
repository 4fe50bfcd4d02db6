import codecs
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.encounters import read_encounter, read_path, read_stream
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, MAX_NOTE
from notecheck.read.result import ReadResult
from notecheck.read.several_files import read_paths

NOTE = "OPERATION: left thigh stump revised.\r\nFemur cut – 12 cm.\r\n"


def encounter(encounter_id: str, text: str = NOTE) -> dict[str, Any]:
    return {
        "encounter_id": encounter_id,
        "documents": [{"doc_id": "op", "type": "operative_note", "text": text}],
    }


def line(encounter_id: str) -> str:
    return json.dumps(encounter(encounter_id))


def told(results: list[ReadResult]) -> list[tuple[str, str]]:
    """Where each result stands, with its encounter id or what is wrong."""
    return [
        (
            result.where,
            result.outcome.message
            if isinstance(result.outcome, InputError)
            else result.outcome.encounter_id,
        )
        for result in results
    ]


def piped(data: bytes) -> list[ReadResult]:
    return list(read_stream(io.BytesIO(data), "stdin"))


def only(results: list[ReadResult]) -> Encounter:
    assert len(results) == 1
    outcome = results[0].outcome
    assert isinstance(outcome, Encounter)
    return outcome


def test_a_text_file_is_one_operative_note_named_after_the_file(tmp_path: Path) -> None:
    path = tmp_path / "case 7.note.txt"
    path.write_bytes(codecs.BOM_UTF8 + NOTE.encode())
    found = only(list(read_path(str(path))))
    assert found.encounter_id == "case 7.note"
    assert [(d.doc_id, d.type, d.text) for d in found.documents] == [("op", "operative_note", NOTE)]


@pytest.mark.parametrize("name", ["e.json", "E.JSON", "e.txt", "e"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("indent", [None, 2])
def test_an_encounter_file_is_one_encounter(
    tmp_path: Path, name: str, codec: str, indent: int | None
) -> None:
    path = tmp_path / name
    text = json.dumps(encounter("E1"), indent=indent, ensure_ascii=False)
    path.write_bytes(text.encode(codec))
    results = list(read_path(str(path)))
    assert only(results) == Encounter.model_validate(encounter("E1"))
    assert results[0].where == str(path)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_bad_line_does_not_stop_the_others(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "batch.jsonl"
    lines = [
        line("E1"),
        "",
        '{"encounter_id": "E2", documents}',
        line("E1"),
        '{"encounter_id": "E3"}',
        line("E4"),
    ]
    path.write_bytes("\r\n".join(lines).encode(codec))
    assert told(list(read_paths([str(path)]))) == [
        (f"{path}:1", "E1"),
        (
            f"{path}:3",
            "this is not valid JSON at line 3, column 24: "
            "Expecting property name enclosed in double quotes",
        ),
        (
            f"{path}:4",
            f"the encounter id is the same as that of {path}:1: "
            "give each encounter an id of its own",
        ),
        (f"{path}:5", "`documents` is missing"),
        (f"{path}:6", "E4"),
    ]


def test_lines_are_read_one_at_a_time() -> None:
    class Endless(io.RawIOBase):
        def readline(self, size: int | None = -1, /) -> bytes:
            return line("E1").encode() + b"\n"

    results = read_stream(Endless(), "endless.jsonl")
    assert [next(results).where for _ in range(3)] == [f"endless.jsonl:{n}" for n in (1, 2, 3)]


def test_a_line_too_long_is_refused_and_the_next_is_read() -> None:
    long = b'{"a": "' + b"x" * (MAX_ENCOUNTER_BYTES + 5_000_000) + b'"}\n'
    results = list(read_stream(io.BytesIO(long + line("E2").encode()), "b.jsonl"))
    assert told(results)[1] == ("b.jsonl:2", "E2")
    assert told(results)[0][1].startswith("this is larger than 20 MB")


def test_a_jsonl_file_that_is_binary_is_refused_once() -> None:
    results = list(read_stream(io.BytesIO(b"PK\x03\x04\n\x00\n\x00\n"), "b.jsonl"))
    assert told(results) == [
        (
            "b.jsonl:1",
            "this is a ZIP archive or an Office file such as .docx, not JSON Lines: "
            "save it as UTF-8 text",
        )
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("e.txt", "the note is empty: give the text of an operative note"),
        ("e.json", "this is empty: give one encounter as a JSON object"),
        ("e.jsonl", "this is empty: give one encounter a line, each a JSON object"),
    ],
)
@pytest.mark.parametrize("data", [b"", b" \r\n\n", codecs.BOM_UTF8])
def test_empty_files_are_refused(tmp_path: Path, name: str, message: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert told(list(read_path(str(path)))) == [(str(path), message)]


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.txt")
    assert told(list(read_paths([missing, str(tmp_path)]))) == [
        (missing, "the file cannot be read: No such file or directory"),
        (
            str(tmp_path),
            "this is a folder: name the files in it, such as FOLDER/*.txt",
        ),
    ]


def test_a_text_of_20_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"Stump revised. " * (20_000_000 // 15))
    assert told(list(read_path(str(path)))) == [
        (
            str(path),
            "this is larger than 5 MB: give one note or one encounter a file, "
            "or one encounter a line in a .jsonl file",
        )
    ]


def test_a_note_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * MAX_NOTE)
    assert len(only(list(read_path(str(path)))).documents[0].text) == MAX_NOTE


def test_the_same_file_twice_is_the_same_encounter_twice(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(NOTE)
    first, second = read_paths([str(path), str(path)])
    assert isinstance(first.outcome, Encounter)
    assert isinstance(second.outcome, InputError)


def test_a_file_name_that_is_no_utf8_still_gives_a_printable_id(tmp_path: Path) -> None:
    path = bytes(tmp_path) + b"/n\xff.txt"
    with open(path, "wb") as file:
        file.write(NOTE.encode())
    results = list(read_path(path.decode("utf-8", "surrogateescape")))
    assert only(results).encounter_id == "n\ufffd"


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (NOTE.encode(), ["stdin"]),
        (b"{Name} of the patient\n" + NOTE.encode(), ["stdin"]),
        (b"[template]\n" + NOTE.encode(), ["stdin"]),
        (NOTE.encode("utf-16"), ["stdin"]),
        (line("E1").encode(), ["stdin"]),
        (b"\n\n" + line("E1").encode() + b"\n\n", ["stdin"]),
        (json.dumps(encounter("E1"), indent=4).encode("utf-16"), ["stdin"]),
        (b'{"encounter_id": "E1", "documents": [\n{"doc_id": "op", "text": "x"}\n]}', ["stdin"]),
        (f"{line('E1')}\n\n{line('E2')}\n".encode("utf-8-sig"), ["stdin:1", "stdin:3"]),
        (f"{line('E1')}\n{line('E2')}\n".encode("utf-16"), ["stdin:1", "stdin:2"]),
    ],
)
def test_standard_input_is_told_by_its_content(data: bytes, where: list[str]) -> None:
    results = piped(data)
    assert [result.where for result in results] == where
    assert all(isinstance(result.outcome, Encounter) for result in results)


def test_a_broken_first_line_on_standard_input_costs_only_itself() -> None:
    results = piped(f'{{"encounter_id": "E1", "docum\n{line("E2")}\n{line("E3")}'.encode())
    assert [where for where, _ in told(results)] == ["stdin:1", "stdin:2", "stdin:3"]
    assert [isinstance(r.outcome, Encounter) for r in results] == [False, True, True]


def test_a_broken_indented_encounter_is_one_error_with_its_line() -> None:
    data = json.dumps(encounter("E1"), indent=2).replace('"type":', '"type"')
    assert told(piped(data.encode())) == [
        ("stdin", "this is not valid JSON at line 6, column 14: Expecting ':' delimiter")
    ]


def test_a_json_list_on_standard_input_is_not_taken_for_a_note() -> None:
    ((_, message),) = told(piped(f"[{line('E1')}]".encode()))
    assert message == "this is a JSON list: give one encounter, or one a line in a .jsonl file"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this is empty: give one encounter as a JSON object"),
        (NOTE.encode(), "this is not valid JSON at line 1, column 1: Expecting value"),
        (f"{line('E1')}\n{line('E2')}".encode(), "a second JSON value begins at line 2, column 1"),
        (b"%PDF-1.7", "the PDF is damaged or cut off"),
        (b'"' + b"x" * MAX_ENCOUNTER_BYTES + b'"', "this is larger than 20 MB"),
    ],
    ids=["empty", "text", "two", "pdf", "large"],
)
def test_one_encounter_is_wanted_and_nothing_else(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read_encounter(io.BytesIO(data))
    assert refused.value.message.startswith(message)


LINES = st.lists(
    st.binary(max_size=60)
    | st.text(st.sampled_from('{}[]",:\\u0d8 1\r'), max_size=40).map(str.encode)
    | st.sampled_from([line("E1").encode(), b'{"encounter_id": "E1", "documents": [', b"", b"null"])
)


@given(LINES, st.sampled_from(["a.jsonl", "a.json", "a.txt", "stdin"]))
def test_no_content_stops_the_reading(lines: list[bytes], name: str) -> None:
    for result in read_stream(io.BytesIO(b"\n".join(lines)), name):
        assert isinstance(result.outcome, Encounter | InputError)
        assert result.where.startswith(name)


@given(LINES)
def test_a_good_last_line_is_always_read(lines: list[bytes]) -> None:
    first = b"{}\n"  # says that this is no binary file
    data = first + b"\n".join(lines) + b"\n" + line("last").encode()
    *_, last = read_stream(io.BytesIO(data), "a.jsonl")
    assert isinstance(last.outcome, Encounter)
    assert last.outcome.encounter_id == "last"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_document_keeps_its_text_through_json(text: str) -> None:
    found = read_encounter(io.BytesIO(json.dumps(encounter("E1", text)).encode()))
    assert found.documents[0].text == text


def test_two_notes_of_one_name_are_two_encounters(tmp_path: Path) -> None:
    paths = [tmp_path / ward / "op.txt" for ward in ("east", "west")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("Left thigh stump revised.")
    results = list(read_paths(map(str, paths)))
    ids = [r.outcome.encounter_id for r in results if isinstance(r.outcome, Encounter)]
    assert ids == ["op", str(paths[1])]
