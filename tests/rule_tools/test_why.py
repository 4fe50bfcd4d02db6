"""Which rule made each mention, and what keeps it from counting."""

from __future__ import annotations

from notecheck.models import Document, Encounter
from notecheck.pipeline.analyse import pipeline
from notecheck.report.columns import columns
from notecheck.rule_tools.why import why_text

NOTE = """\
OPERATION: Revision of left above-knee amputation.

FAMILY HISTORY: Osteomyelitis in the father.

DESCRIPTION: The femur was divided with a saw.
No abscess was found, \x1b[31mand the skin was stapled.
"""


def why(text: str = NOTE, fact: str | None = None, width: int = 80) -> str:
    note = Document(doc_id="op", type="operative_note", text=text)
    return why_text(pipeline(), Encounter(encounter_id="E", documents=(note,)), fact, width=width)


def test_a_mention_is_told_with_its_line_its_rule_and_its_verdict() -> None:
    told = why(fact="bone_cut").splitlines()
    assert told[:2] == ["op (operative_note)", "-" * 19]
    assert told[2].startswith('line 5  "') and "femur was divided" in told[2]
    assert told[3].startswith("   bone_cut = ") and ", by cut." in told[3]
    assert "   counted" in told[4:6]  # the parts of a frame may take a second line


def test_what_excludes_a_mention_is_named() -> None:
    told = " ".join(why(fact="indication").split())
    assert "indication = osteomyelitis" in told and "(other_person, by section.family" in told
    assert "indication = infection" in told and "(negated, by negated.before)" in told


def test_a_note_without_a_mention_says_so() -> None:
    assert why("Nothing was done.").splitlines()[2] == "no mention"


def test_no_line_is_wider_than_asked_and_none_holds_a_control_character() -> None:
    for width in (40, 80):
        lines = why(NOTE + "The femur was divided. " * 3, width=width).splitlines()
        assert max(map(columns, lines)) <= width
    assert "\x1b" not in why()
