"""What is no single note is refused, and notes that look a little like it are not."""

from __future__ import annotations

import pytest

from notecheck.errors import InputError
from notecheck.read.one_note import require_one_note, tells_two

COMMA = 'CSN,Note Type,Note Text\n1,Op Note,The femur was cut\n2,H&P,"Stump, infected"\n'
EMAIL = "From: Dr. Oda\nTo: Coding\nSubject: the note\n\nThe femur was cut above the knee.\n"
ONE = "OPERATIVE REPORT\nMRN: {mrn}\nPatient: A\n\nThe femur was cut above the knee.\n\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_refused(delimiter: str, end: str) -> None:
    plain = COMMA.replace(",", delimiter)
    with pytest.raises(InputError, match="table"):
        require_one_note(plain.replace("\n", end))


def test_a_table_under_a_title_is_refused() -> None:
    with pytest.raises(InputError, match="table"):
        require_one_note("Operative notes of March\n\n" + COMMA)


def test_an_email_is_refused() -> None:
    with pytest.raises(InputError, match="e-mail"):
        require_one_note(EMAIL)


def test_reports_of_two_patients_are_refused() -> None:
    with pytest.raises(InputError, match="several reports"):
        require_one_note(ONE.format(mrn="100") + ONE.format(mrn="200"))


@pytest.mark.parametrize(
    "text",
    [
        ONE.format(mrn="100") * 2,  # a page's heading told again
        "Dr. Oda, MD, FACS\nThe femur was cut, the nerve tied, and the fascia closed.\n",
        "OPERATION: revision\nFrom: ward 3\nThe femur was cut.\n",
        "Age: 60, Sex: male, Side: left\nThe femur was cut, 12 cm from the joint, and filed.\n",
    ],
)
def test_a_note_is_not_refused(text: str) -> None:
    require_one_note(text)


@pytest.mark.parametrize(
    ("more", "two"),
    [
        ("Patient: DOE, JAN MRN: 77\nDate of operation: 03/02/2026 Limb: Left", False),
        ("Patient: DOE\nDate of operation: 03/02/2026", False),
        ("Patient: DOE, JANE", True),
        ("Patient: DOE, JAN\nDate of operation: 03/01/2026 Limb: Left", True),
    ],
)
def test_a_value_that_goes_on_in_another_line_is_the_same(more: str, two: bool) -> None:
    text = f"Patient: DOE, JAN\nDate of operation: 03/02/2026\nThe femur was cut.\n{more}"
    assert tells_two(text) is two
