"""Two patients' or two operations' reports in one text are refused, in whatever form they come."""

from __future__ import annotations

import pytest

from notecheck import InputError, check
from notecheck.read.one_note import require_one_report

LEFT = "Revision of left above-knee amputation"
RIGHT = "Right below-knee amputation"
CUT_LEFT = "The left thigh was prepped. The femur was cut 12 cm below the greater trochanter."
CUT_RIGHT = "The right leg was prepped. Tibia and fibula were divided 14 cm below the knee."


def report(who: str, number: int, day: str, dx: str, title: str, told: str) -> str:
    return (
        f"OPERATIVE REPORT\nPatient: {who}  MRN {number}\nDate of surgery: {day}\n"
        f"Preop diagnosis: {dx}\nProcedure: {title}\n{told}\n"
    )


FIRST = report("Ada Poole", 1182, "3/2/2026", "infected left stump", LEFT, CUT_LEFT)
OTHER = report("Bert Quill", 2293, "3/3/2026", "gangrene of right foot", RIGHT, CUT_RIGHT)
OWN = report("Ada Poole", 1182, "3/4/2026", "gangrene of right foot", RIGHT, CUT_RIGHT)
SEVERAL = {
    "one after the other": f"{FIRST}\n{OTHER}",
    "a rule between": f"{FIRST}\n{'=' * 40}\n{OTHER}",
    "a page between": f"{FIRST}\f{OTHER}",
    "one patient, two days": f"{FIRST}\n{OWN}",
    "one patient, one day": f"{FIRST}\n{OWN.replace('3/4', '3/2')}",
    "small letters": f"{FIRST}\n{OTHER}".lower(),
    "names alone": (
        f"NAME: Poole, Ada\nOPERATION: {LEFT}\nDESCRIPTION: {CUT_LEFT}\n\n"
        f"NAME: Quill, Bert\nOPERATION: {RIGHT}\nDESCRIPTION: {CUT_RIGHT}\n"
    ),
    "numbers in the line": f"MRN 1182. {LEFT}. {CUT_LEFT}\nMRN 2293. {RIGHT}. {CUT_RIGHT}\n",
    "counted cases": f"CASE 1: Ms. P. {LEFT}. {CUT_LEFT}\nCASE 2: Mr. Q. {RIGHT}. {CUT_RIGHT}\n",
    "initials": f"Pt: A.P.\nOp: {LEFT}\n{CUT_LEFT}\n\nPt: B.Q.\nOp: {RIGHT}\n{CUT_RIGHT}\n",
    "ends of reports": f"{LEFT}.\n{CUT_LEFT}\nEnd of report.\n{RIGHT}.\nEnd of report.\n",
}
ONE = {
    "alone": FIRST,
    "a page's head again": f"{FIRST}\nOPERATIVE REPORT\nPatient: Ada Poole  MRN 1182  page 2\n",
    "an earlier report brought in": f"{FIRST}\nPRIOR OPERATIVE NOTE\nDate of surgery: 4/1/2019\n"
    f"Procedure: {LEFT}\nThe femur was cut.\n",
    "ended once": f"{FIRST}End of report.\n",
    "the first case of the day": f"CASE 1: first of the list.\n{FIRST}",
}


@pytest.mark.parametrize("text", SEVERAL.values(), ids=SEVERAL)
def test_several_reports_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="several reports"):
        check(text)


@pytest.mark.parametrize("text", ONE.values(), ids=ONE)
def test_one_report_is_read(text: str) -> None:
    require_one_report(text)
