"""The report on a terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from notecheck.models import Document, Encounter, Evidence, Facts, SupportedCode
from notecheck.report.columns import columns
from notecheck.report.text import render_text

from .cases import Case, cases, held, passing

PASS_PAGE = """\
RELEASE  documentation pass, score 100.0 of 100
===============================================
Encounter       P-1
Code checked    27596
Supported code  27596
   op:3-4  "The femur was divided with the saw 14 cm below the greater
           trochanter, through healthy bone"
Why             every requirement that could be assessed is met

Requirements
------------
ok met            prior-level
   The level is named.
   op:2  "above-knee amputation in 2020"

ok met            new-level
   The cut has a place.
   op:3-4  "The femur was divided with the saw 14 cm below the greater
           trochanter, through healthy bone"

 - not assessed   laterality-claim
   No claim was given.

Facts
-----
prior level     transfemoral (op:2)
new level       transfemoral, proximal third, 14 cm (op:3-4)
bone resected   yes (op:3-4)
indications     osteomyelitis (op:1)
reconstruction  myodesis (op:4-5)
laterality      left (op:1, op:2)
debridement     none documented
setting         inpatient (order:1)

Seen and not counted
--------------------
 - indications, infection: negated: the note states that it is not so
   op:2  "No abscess"
"""

HOLD_PAGE = """\
STOP  documentation hold, score 25.0 of 100
===========================================
Encounter       H-1
Code checked    27596
Supported code  27594 (not the code checked)
   op:1-2  "The old scar was\\x1b[31m excised"
Why             the note supports 27594, not 27596
                conflict: laterality-note
                missing: new-level
                partial: prior-level

Requirements
------------
 ? PARTIAL        prior-level
   A stump is named and its level is not. Say the level.
   op:1  "stump"
   op:1  "The stump was opened"

!! MISSING        new-level
   No division of the femur is told. Say where the bone was
   cut: a third of the shaft, a measured length or a
   landmark.

!! CONFLICT       laterality-note
   Two sides.
   op:1  "stump"

 - not applicable debridement
   Not billed.

Facts
-----
prior level     not documented
new level       not documented
bone resected   not documented
indications     not documented
reconstruction  not documented
laterality      not documented
debridement     skin; 24 cm2; no separate site or medical
                necessity documented (op:1-2)
setting         not documented

Seen and not counted
--------------------
 - reconstruction, skin graft: hypothetical: a possibility
   or a condition, not asserted
   op:2  "A skin graft if needed"
"""


def test_a_pass() -> None:
    assert render_text(*passing()) + "\n" == PASS_PAGE


def test_a_hold() -> None:
    assert render_text(*held(), width=60) + "\n" == HOLD_PAGE


@given(cases(), st.integers(40, 120))
def test_no_line_is_too_wide_and_none_holds_a_control_character(case: Case, width: int) -> None:
    for line in render_text(*case, width=width).split("\n"):
        assert columns(line) <= width
        assert not {unicodedata.category(c) for c in line} & {"Cc", "Cf", "Zl", "Zp"}


def test_wide_characters_are_shortened_to_the_width() -> None:
    text = "\u9aa8" * 500
    bone = Evidence(doc_id="op", start=0, end=len(text), text=text)
    encounter = Encounter(encounter_id="W-1", documents=(Document(doc_id="op", text=text),))
    report = passing()[1].model_copy(
        update={
            "supported_code": SupportedCode(value="27596", evidence=(bone,)),
            "facts": Facts(),
            "requirements": (),
            "excluded": (),
        }
    )
    lines = render_text(encounter, report, width=50).split("\n")
    quoted = [line for line in lines if "\u9aa8" in line]
    assert len(quoted) == 2
    assert "..." in "".join(line.strip() for line in quoted)
    assert max(map(cell_len, lines)) <= 50


@given(cases())
def test_colour_changes_no_word(case: Case) -> None:
    coloured = render_text(*case, colour=True)
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9;]+m", "", coloured) == render_text(*case)


def test_a_width_below_forty_is_taken_as_forty() -> None:
    assert render_text(*passing(), width=5) == render_text(*passing(), width=40)


def test_many_places_are_named_and_the_first_quoted() -> None:
    encounter, report = passing()
    every = tuple(item for found in report.requirements for item in found.evidence) + tuple(
        item for fact in report.facts.reconstruction for item in fact.evidence
    )
    every += report.facts.setting.evidence if report.facts.setting else ()
    first = report.requirements[0].model_copy(update={"evidence": every})
    page = render_text(encounter, report.model_copy(update={"requirements": (first,)}))
    assert '   op:4-5  "fixed to the femur through two drill holes"\n   also order:1\n' in page


def test_a_report_of_another_encounter_is_refused() -> None:
    with pytest.raises(ValueError, match="is not in the encounter"):
        render_text(passing()[0], held()[1])
