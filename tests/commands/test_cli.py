"""The command as a user or another program meets it: exit status, standard output and error."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from notecheck.explain.error_codes import error_codes
from notecheck.models import Encounter, Report

ROOT = Path(__file__).resolve().parents[2]
CODED = re.compile(r"notecheck: (.*) \[(NC\d{3})\]\n")
SECRET = "Quillfeather"

HELD = f"OPERATION: Left knee arthroscopy of {SECRET}. The meniscus was trimmed.\n"
PASSING_NOTE = """\
PREOPERATIVE DIAGNOSIS: Osteomyelitis of the left femur in an above-knee amputation stump.

POSTOPERATIVE DIAGNOSIS: Same.

OPERATION PERFORMED: Re-amputation of the left thigh through the femur.

INDICATIONS: The patient had a left above-knee amputation on 2025-02-10. The left stump now has
osteomyelitis of the distal femur with exposed bone, so closing or revising the soft tissue alone
would leave infected bone behind.

DESCRIPTION OF PROCEDURE: The left thigh stump was prepared and draped. Fish-mouth flaps were
made. The femur was divided with an oscillating saw at mid-shaft, 18 cm distal to the greater
trochanter, and 4 cm of infected femur was removed. Adductor myodesis was done through drill holes
in the femur. The fascia was closed and the skin was stapled.
"""
HISTORY = (
    "Left above-knee amputation on 2025-02-10. Osteomyelitis of the left femoral stump. "
    "Plan: admit as an inpatient for re-amputation of the left thigh.\n"
)


def encounter(encounter_id: str, text: str = HELD) -> dict[str, Any]:
    return {
        "encounter_id": encounter_id,
        "documents": [
            {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": text}
        ],
    }


def passing(encounter_id: str) -> dict[str, Any]:
    value = encounter(encounter_id, PASSING_NOTE)
    value["documents"].append(
        {
            "doc_id": "hp",
            "type": "history_and_physical",
            "date": "2026-03-01",
            "text": HISTORY,
        }
    )
    value["claim"] = {
        "claim_id": "C1",
        "form": "professional",
        "place_of_service": "21",
        "lines": [
            {
                "code": "27596",
                "modifiers": ["LT"],
                "service_date": "2026-03-02",
                "diagnoses": ["T87.44"],
            }
        ],
    }
    return value


def in_review(encounter_id: str) -> dict[str, Any]:
    """Passing but for the closure, which is only told in layers."""
    value = passing(encounter_id)
    note = value["documents"][0]["text"]
    for words, instead in (
        ("Fish-mouth flaps were\nmade. ", ""),
        (
            "Adductor myodesis was done through drill holes\nin the femur. The fascia was closed "
            "and the skin was stapled.",
            "The wound was closed in layers.",
        ),
    ):
        assert words in note
        note = note.replace(words, instead)
    value["documents"][0]["text"] = note
    return value


def notecheck(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )


def with_a_fault(*arguments: str, stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    """The command on a checker that fails with the note in its message."""
    program = (
        "import sys, types\n"
        "checker = types.ModuleType('notecheck.checker')\n"
        "def check(encounter, code, **options): raise LookupError(encounter.documents[0].text)\n"
        "checker.check = check\n"
        "sys.modules['notecheck.checker'] = checker\n"
        "from notecheck.commands.app import main\n"
        "main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def sentence(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line on standard error without its code, no traceback and nothing of the note."""
    text = done.stderr.decode()
    assert text.startswith("notecheck: ")
    assert text.count("\n") == 1
    assert SECRET not in text
    found = CODED.fullmatch(text)
    assert found is not None and found[2] in error_codes()
    return found[1]


def test_the_command_loads_without_the_language_pipeline() -> None:
    program = (
        "import sys, notecheck.commands.app\n"
        "print({'pydantic', 'spacy', 'medspacy', 'torch'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT)
    assert done.stdout == b"set()\n"


def test_version() -> None:
    done = notecheck("--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"notecheck ")


@pytest.mark.parametrize("arguments", [["encounter", Encounter], ["report", Report]])
def test_schema_prints_the_shape(arguments: list[Any]) -> None:
    shape, model = arguments
    done = notecheck("schema", shape)
    assert (done.returncode, done.stderr) == (0, b"")
    schema = json.loads(done.stdout)
    names = {field.alias or name for name, field in model.model_fields.items()}
    assert set(schema["properties"]) == names


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan"],
        ["scan", "--format", "pdf", "-"],
        ["scan", "--no-such-option", "-"],
        ["hook", "--fail-on", "pass"],
        ["hook", "one.json", "two.json"],
        ["schema"],
        ["schema", "claim"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    done = notecheck(*arguments)
    assert done.returncode == 2
    assert re.fullmatch(rb"notecheck: .+ \[NC101\]\n", done.stderr)


UNREADABLE = {
    "empty.txt": (b"", "the note is empty: give the text of an operative note"),
    "blank.txt": (b" \r\n ", "the note is empty: give the text of an operative note"),
    "scan.pdf": (
        b"%PDF-1.4 " + SECRET.encode(),
        "the PDF is damaged or cut off: export it again",
    ),
    "raw.txt": (
        SECRET.encode() + b"\x00\x00\x01",
        "this is binary content, not plain text: save the note as UTF-8 text",
    ),
    "broken.json": (
        b'{"encounter_id": "' + SECRET.encode() + b'",\n  "documents" []}',
        "this is not valid JSON at line 2, column 15: Expecting ':' delimiter",
    ),
    "types.json": (
        json.dumps(encounter("E1", [SECRET])).encode(),
        "`documents[0].text` must be text in quotes",
    ),
    "kind.json": (
        json.dumps(encounter("E1")).replace("operative_note", SECRET).encode(),
        "`documents[0].type` has an unknown value: allowed are 'operative_note', "
        "'history_and_physical', 'preop_note', 'consult', 'progress_note', 'office_note', "
        "'admission_order', 'discharge_summary' or 'other'",
    ),
    "twice.json": (
        json.dumps({**encounter("E1"), "documents": encounter("E1")["documents"] * 2}).encode(),
        "`documents[1].doc_id` is the same as `documents[0].doc_id`: "
        "give each document an id of its own",
    ),
    "half.json": (
        json.dumps(encounter("E1", SECRET + "\ud800")).encode(),
        "`documents[0].text` has half a surrogate pair at offset 12: give whole characters",
    ),
    "deep.json": (b"[" * 100_000, "the JSON is nested too deeply to be an encounter"),
    "long.txt": (
        (SECRET.encode() + b" stump ") * 1_052_632,
        "this is larger than 5 MB: give one note or one encounter a file, "
        "or one encounter a line in a .jsonl file",
    ),
    "folder": (None, "there is no file to read in this folder"),
    "missing.txt": (..., "the file cannot be read: No such file or directory"),
}  # fmt: skip


@pytest.fixture(scope="module")
def unreadable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unreadable")
    for name, (content, _) in UNREADABLE.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        elif content is None:
            (folder / name).mkdir()
    return folder


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_input_is_one_sentence_and_exit_2(unreadable: Path, name: str) -> None:
    done = notecheck("scan", str(unreadable / name))
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence(done) == f"{unreadable / name}: {UNREADABLE[name][1]}"


@pytest.mark.parametrize("output", ["text", "jsonl", "json", "html"])
def test_with_nothing_read_there_are_no_reports(unreadable: Path, output: str) -> None:
    done = notecheck("scan", "--format", output, str(unreadable / "empty.txt"), "--exit-zero")
    assert done.returncode == 2
    assert done.stdout == (b"[]\n" if output == "json" else b"")


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        (b"", "this is empty: give one encounter as a JSON object"),
        (HELD.encode(), "this is not valid JSON at line 1, column 1: Expecting value"),
        (b'{"encounter_id": "E1"}', "`documents` is missing"),
        (
            "\n".join(json.dumps(encounter(name)) for name in ("E1", "E2")).encode(),
            "a second JSON value begins at line 2, column 1: "
            "one encounter a line belongs in a .jsonl file",
        ),
        (
            json.dumps([encounter("E1")]).encode(),
            "this is a JSON list: give one encounter, or one a line in a .jsonl file",
        ),
    ],
    ids=["empty", "text", "wrong shape", "two", "list"],
)
def test_hook_that_cannot_check_exits_2_and_prints_no_report(stdin: bytes, message: str) -> None:
    done = notecheck("hook", stdin=stdin)
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence(done) == f"stdin: {message}"


def test_a_fault_in_the_checker_stops_the_bill_without_telling_the_note() -> None:
    done = with_a_fault("hook", stdin=json.dumps(encounter("E1")).encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert "a fault in notecheck (LookupError at" in sentence(done)


def test_a_fault_in_the_checker_costs_one_sentence_an_input() -> None:
    lines = "\n".join(json.dumps(encounter(name)) for name in ("E1", "E2"))
    done = with_a_fault("scan", "-", "--format", "jsonl", stdin=lines.encode())
    assert (done.returncode, done.stdout) == (2, b"")
    first, second = done.stderr.decode().splitlines()
    assert first.startswith("notecheck: stdin:1: could not be checked: a fault in notecheck")
    assert second.startswith("notecheck: stdin:2: could not be checked: a fault in notecheck")
    assert SECRET not in first + second


def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "schema", "report"],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_sentence() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "notecheck", "schema", "report"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert sentence(done) == "stopped, because of the system: No space left on device"


def test_an_interrupt_exits_130_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "notecheck", "scan", "no-such-note.txt", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stderr is not None
    process.stderr.readline()  # from here on it waits for standard input
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out, error) == (130, b"", b"")


@pytest.mark.parametrize(("names", "live"), [(["a.txt", "b.txt"], True), (["a.txt"], False)])
def test_progress_shows_at_a_terminal_for_several_inputs(
    tmp_path: Path, names: list[str], live: bool
) -> None:
    terminal, screen = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "notecheck", "scan", *(str(tmp_path / name) for name in names)],
        stdout=subprocess.DEVNULL,
        stderr=screen,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm"},
        timeout=60,
        check=False,
    )
    os.close(screen)
    shown = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert shown.count("the file cannot be read: No such file or directory") == len(names)
    assert ("0/2" in shown) is live


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Files of one batch in order: a note, four lines (one broken, one id twice), a bad file."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "note.txt").write_bytes(b"\xef\xbb\xbf" + HELD.replace("\n", "\x07\r\n").encode())
    history_only = {**passing("no-op"), "documents": passing("no-op")["documents"][1:]}
    lines = [
        json.dumps(passing("good")),
        '{"encounter_id": "broken", "documents": ["' + SECRET,
        json.dumps(encounter("good")),
        json.dumps(history_only),
    ]
    (folder / "batch.jsonl").write_text("\n".join(lines))
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + SECRET.encode())
    (folder / "last.json").write_text(json.dumps(in_review("last"), indent=2))
    return [str(folder / n) for n in ("note.txt", "batch.jsonl", "photo.png", "last.json")]


def test_what_can_be_read_is_checked_in_order(batch: list[str]) -> None:
    done = notecheck("scan", *batch, "--format", "jsonl", "--code", "27596")
    assert done.returncode == 2
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(report["encounter_id"], report["decision"]) for report in reports] == [
        ("note", "hold"),
        ("good", "pass"),
        ("no-op", "hold"),
        ("last", "review"),
    ]
    assert done.stderr.decode().splitlines() == [
        f"notecheck: {batch[1]}:2: this is not valid JSON at line 2, column 42: "
        "Unterminated string starting at [NC111]",
        f"notecheck: {batch[1]}:3: the encounter id is the same as that of {batch[1]}:1: "
        "give each encounter an id of its own [NC112]",
        f"notecheck: {batch[2]}: the picture is damaged or cut off [NC115]",
    ]


def test_evidence_stands_where_the_report_says() -> None:
    given = passing("good")
    done = notecheck("scan", "-", "--format", "json", stdin=json.dumps(given).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    texts = {document["doc_id"]: document["text"] for document in given["documents"]}
    evidence = [
        item
        for requirement in json.loads(done.stdout)["requirements"]
        for item in requirement["evidence"]
    ]
    assert evidence
    assert all(texts[e["doc_id"]][e["start"] : e["end"]] == e["text"] for e in evidence)


def test_several_reports_are_a_json_list(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(HELD)
    paths = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    done = notecheck("scan", *paths, "--format", "json", "--exit-zero")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [report["encounter_id"] for report in json.loads(done.stdout)] == ["a", "b"]


def test_text_for_people_is_the_default() -> None:
    done = notecheck("scan", "-", "--code", "27596", stdin=HELD.encode())
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"STOP")
    assert b"\x1b[" not in done.stdout
    assert done.stdout.endswith(b"\n")


def test_html_is_one_page_for_all(batch: list[str]) -> None:
    done = notecheck("scan", batch[0], batch[3], "--format", "html")
    assert (done.returncode, done.stderr) == (1, b"")
    page = done.stdout.decode()
    assert page.lower().count("<!doctype html>") == 1
    assert "note" in page
    assert "last" in page


@pytest.mark.parametrize(
    ("given", "options", "status"),
    [
        (passing("E1"), [], 0),
        (in_review("E1"), [], 0),
        (in_review("E1"), ["--fail-on", "review"], 1),
        (passing("E1"), ["--fail-on", "review"], 0),
        (encounter("E1"), ["--code", "27596"], 1),
        (encounter("E1"), ["--code", "27596", "--fail-on", "review"], 1),
        (encounter("E1"), ["--fail-on", "review"], 0),
    ],
    ids=[
        "pass",
        "review",
        "review strict",
        "pass strict",
        "hold",
        "hold strict",
        "not concerned strict",
    ],
)
def test_hook_releases_or_stops(given: dict[str, Any], options: list[str], status: int) -> None:
    done = notecheck("hook", *options, stdin=json.dumps(given).encode())
    assert (done.returncode, done.stderr) == (status, b"")
    assert json.loads(done.stdout)["encounter_id"] == "E1"
    assert done.stdout.count(b"\n") == 1
