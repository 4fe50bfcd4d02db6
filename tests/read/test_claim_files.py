from pathlib import Path

import pytest

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.claim_files import ClaimFiles
from notecheck.read.shape import encounter_from_note

from .x12.interchanges import SURGEON, interchange


def claim(number: str, *more: str) -> tuple[str, ...]:
    return (f"CLM*{number}*1***21:B:1", *more, "LX*1", "SV1*HC:27596:LT*1*UN*1")


def written(folder: Path, *claims: tuple[str, ...], name: str = "c.837") -> str:
    path = folder / name
    path.write_text(interchange(*claims))
    return str(path)


def mapped(folder: Path, text: str) -> str:
    path = folder / "map.csv"
    path.write_text(text)
    return str(path)


def note(encounter_id: str) -> Encounter:
    return encounter_from_note("Left thigh stump.", encounter_id)


def claim_id(encounter: Encounter | None) -> str | None:
    return encounter.claim.claim_id if encounter and encounter.claim else None


@pytest.mark.parametrize("encounter_id", ["A100", "CH77", "MRN5"])
def test_a_claim_belongs_to_the_encounter_of_one_of_its_numbers(
    tmp_path: Path, encounter_id: str
) -> None:
    files = ClaimFiles([written(tmp_path, SURGEON, claim("B1"))])
    assert claim_id(files.with_claim(note(encounter_id))) == "A100"
    assert files.with_claim(note("X")) is None
    assert list(files.unmatched()) == [f"{tmp_path}/c.837, claim 2 (control number B1)"]


def test_a_mapping_comes_before_the_numbers(tmp_path: Path) -> None:
    files = ClaimFiles(
        [written(tmp_path, claim("A1"), claim("A2"))],
        mapped(tmp_path, "control_number,encounter_id\r\nA1,A2\r\n\r\n A2 , op note \r\n"),
    )
    assert claim_id(files.with_claim(note("A2"))) == "A1"
    assert claim_id(files.with_claim(note("op note"))) == "A2"
    assert files.with_claim(note("A1")) is None
    assert list(files.unmatched()) == []


def test_two_claims_of_one_encounter_are_refused_and_not_left_over(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, claim("A1", "REF*EA*M"), name="a.837"),
        written(tmp_path, claim("A2", "REF*EA*M"), name="b.837"),
    ]
    files = ClaimFiles(paths)
    with pytest.raises(InputError, match="2 claims belong to this encounter") as refused:
        files.with_claim(note("M"))
    assert f"{paths[0]}, claim 1 (control number A1)" in refused.value.message
    assert list(files.unmatched()) == []
    named = ClaimFiles(paths, mapped(tmp_path, "control_number,encounter_id\nA2,M\n"))
    assert claim_id(named.with_claim(note("M"))) == "A2"


def test_the_only_claim_of_a_file_needs_no_number(tmp_path: Path) -> None:
    assert claim_id(ClaimFiles([written(tmp_path, SURGEON)]).with_only_claim(note("x"))) == "A100"
    files = ClaimFiles([written(tmp_path, SURGEON, claim("B1"))])
    assert claim_id(files.with_only_claim(note("B1"))) == "B1"
    with pytest.raises(InputError, match="none of the 2 claims has the encounter's id"):
        files.with_only_claim(note("x"))


def test_a_claim_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, (*claim("A1"), "DTP*472*D8*2026AB02"))
    with pytest.raises(InputError) as refused:
        ClaimFiles([path]).with_only_claim(note("A1"))
    assert refused.value.message == (
        f"{path}, claim 1 (control number A1): DTP*472 is no date, written YYYYMMDD"
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", "", "the first line is wrong"),
        ("claim,note\nA1,x\n", "", "the first line is wrong"),
        ("control_number,encounter_id\nA1\n", ":2", "the line is wrong"),
        ("control_number,encounter_id\nA1,\n", ":2", "the line is wrong"),
        ("control_number,encounter_id\nA1,x\nA1,y\n", ":3", "the control number is given twice"),
        ('control_number,encounter_id\n"' + "x" * 200_000, "", "this is no CSV"),
        ('control_number,encounter_id\n"never closed', "", "this is no CSV"),
    ],
)
def test_a_mapping_that_is_wrong_is_told(
    tmp_path: Path, text: str, line: str, message: str
) -> None:
    path = mapped(tmp_path, text)
    with pytest.raises(InputError) as refused:
        ClaimFiles([], path)
    assert refused.value.where == path + line
    assert refused.value.message.startswith(message)


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    for path, message in [
        (str(tmp_path / "none"), "the file cannot be read: No such file or directory"),
        (str(tmp_path), "the file cannot be read: Is a directory"),
    ]:
        with pytest.raises(InputError) as refused:
            ClaimFiles([path])
        assert (refused.value.where, refused.value.message) == (path, message)
