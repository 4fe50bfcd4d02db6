"""Claims beside notes, as a user or an integration engine meets them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = "tests/examples"


def notecheck(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        check=False,
    )


def statuses(report: bytes) -> dict[str, str]:
    return {item["id"]: item["status"] for item in json.loads(report)["requirements"]}


def test_hook_checks_a_note_with_its_claim() -> None:
    done = notecheck("hook", "--claim", f"{EXAMPLES}/claim.837", f"{EXAMPLES}/revision.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    found = statuses(done.stdout)
    assert (found["laterality-claim"], found["inpatient"]) == ("met", "met")


def test_hook_takes_the_note_from_standard_input() -> None:
    note = (ROOT / EXAMPLES / "revision.txt").read_bytes()
    done = notecheck("hook", "--claim", f"{EXAMPLES}/claim.837", "-", stdin=note)
    assert done.returncode == 0
    assert statuses(done.stdout)["laterality-claim"] == "met"


@pytest.mark.parametrize(("name", "visit"), [("bundle.json", "V200"), ("visit.hl7", "V100")])
def test_hook_takes_an_encounter_in_other_shapes(name: str, visit: str) -> None:
    done = notecheck("hook", stdin=(ROOT / EXAMPLES / name).read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["encounter_id"] == visit
    assert statuses(done.stdout)["indication-preop"] == "met"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["hook", "--claim", f"{EXAMPLES}/claims.837", f"{EXAMPLES}/revision.txt"],
            f"{EXAMPLES}/claims.837: none of the 2 claims has the encounter's id as a control "
            "number: name the note or the encounter after its claim (CLM01)",
        ),
        (
            ["hook", "--claim", f"{EXAMPLES}/revision.txt", f"{EXAMPLES}/revision.txt"],
            f"{EXAMPLES}/revision.txt: this is no X12 file: it must begin with an ISA segment",
        ),
        (
            ["hook", "none.txt"],
            "none.txt: the file cannot be read: No such file or directory",
        ),
        (
            ["scan", "--claim-map", f"{EXAMPLES}/claim-map.csv", f"{EXAMPLES}/revision.txt"],
            "--claim-map says whose the claims of --claims are: give --claims too",
        ),
    ],
)
def test_what_cannot_be_checked_exits_2(arguments: list[str], message: str) -> None:
    done = notecheck(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert re.fullmatch(rf"notecheck: {re.escape(message)} \[NC\d+\]\n", done.stderr.decode())


def test_scan_matches_claims_and_lists_those_without_a_note() -> None:
    done = notecheck(
        "scan", "--claims", f"{EXAMPLES}/claims.837", "--claim-map", f"{EXAMPLES}/claim-map.csv",
        "--format", "jsonl", f"{EXAMPLES}/revision.txt", f"{EXAMPLES}/bundle.json",
    )  # fmt: skip
    assert done.returncode == 2
    first, second = done.stdout.splitlines()
    assert statuses(first)["laterality-claim"] == "met"
    assert statuses(second)["laterality-claim"] == "met"  # by the claim of its own
    assert done.stderr.decode() == (
        f"notecheck: {EXAMPLES}/claims.837, claim 2 (control number A101): "
        "no note matches this claim, so it is not checked [NC119]\n"
    )


def test_scan_says_which_notes_have_no_claim() -> None:
    done = notecheck(
        "scan", "--exit-zero", "--claims", f"{EXAMPLES}/claim.837", f"{EXAMPLES}/revision.txt"
    )
    assert done.returncode == 2
    assert (
        f"notecheck: {EXAMPLES}/revision.txt: no claim matches, so it is checked without one\n"
    ) in done.stderr.decode()
