"""What a printer or a fax wrote between two pages is no part of the sentence that it parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notecheck import check
from notecheck.pipeline.page_lines import without_page_lines

HEAD = "PROCEDURE: Revision of left above-knee amputation.\nDESCRIPTION: The femur was"
REST = "divided with a saw at the midshaft, 12 cm below the trochanter."
LINES = (
    "Page 1 of 2    Printed 03/05/2026 10:11",
    "03/04/2026 10:11 FROM: A CLINIC 5550001111 TO: 5552223333  P. 002/003",
    "Printed: 2026-03-05 10:11",
    "CLINIC   ROE, ALEX   MRN 884422   pg 2/3",
    "\nPage 1\n\n",
    "                    P.OO2\nA. R.    OPERATIVE REPORT",
)


@pytest.mark.parametrize("line", LINES)
def test_a_sentence_goes_on_behind_what_a_machine_wrote(line: str) -> None:
    facts = check(f"{HEAD}\n{line}\n{REST}").facts
    assert facts.new_level and facts.new_level.measurement_cm == 12
    assert facts.bone_resected and facts.bone_resected.value is True


def test_a_letterhead_on_each_page_goes_with_the_pages_number() -> None:
    page = "CLINIC   ROE, ALEX   MRN 1\nPage {}"
    text = f"{page.format(1)}\n{HEAD}\n{page.format(2)}\n{REST}"
    told = without_page_lines(text)
    assert len(told) == len(text)
    assert told.split("\n") == [
        *page.format(1).split("\n"), *HEAD.split("\n"), " " * 26, " " * 6, REST
    ]  # fmt: skip


@pytest.mark.parametrize("line", [*LINES[:2], LINES[3]])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_text_of_one_case_goes_on_where_its_lines_are_full(
    case: Callable[[str], str], line: str
) -> None:
    head = f"{HEAD} exposed and\nthen it was freed of all of its muscle up to the knee and was"
    facts = check(case(f"{head}\n{line}\n{REST}")).facts
    assert facts.new_level and facts.new_level.measurement_cm == 12
    stays = case(f"{HEAD}\n{line}\n{REST}")  # the line before it has room
    assert without_page_lines(stays, one_case=True) == stays
    stays = case(f"{head}\nas told on page 2 of that same other report it was\n{REST}")
    assert without_page_lines(stays, one_case=True) == stays


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD} cut.\nPage 1 of 2 Printed 03/05/2026 10:11\n{REST}",
        f"{HEAD}\nPage 1 of 2 Printed 03/05/2026 10:11\nIt was divided.",
        f"{HEAD}\nPage 2 of the other report tells that it had been\n{REST}",
        f"{HEAD}\npage 2 Of Them\n{REST}",
        "Page 1 of 2\nfemur",
    ],
    ids="finished new sentence prose top".split(),
)
def test_other_lines_stay(text: str) -> None:
    assert without_page_lines(text) == text
