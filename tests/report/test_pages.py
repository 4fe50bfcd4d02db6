"""Where a document has pages, the report names them beside the lines."""

from notecheck import check
from notecheck.models import Document, Encounter
from notecheck.report.html import render_html
from notecheck.report.text import render_text

FIRST = "OPERATION: Re-amputation of the left thigh.\n"
SECOND = "The femur was cut at mid-shaft.\nThe wound was closed.\n"


def test_places_tell_the_page() -> None:
    document = Document(doc_id="op", text=FIRST + SECOND, page_starts=(0, len(FIRST)))
    encounter = Encounter(encounter_id="E1", documents=(document,))
    report = check(encounter)
    shown = render_text(encounter, report)
    assert "laterality      left (op:1 p1)\n" in shown
    assert "bone resected   yes (op:2 p2)\n" in shown
    assert ">op:2 p2</a>" in render_html([(encounter, report)])


def test_without_pages_there_is_only_the_line() -> None:
    encounter = Encounter(encounter_id="E1", documents=(Document(doc_id="op", text=FIRST),))
    assert "laterality      left (op:1)\n" in render_text(encounter, check(encounter))
