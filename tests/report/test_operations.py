"""The operations of a chart, on the page and at the terminal."""

from notecheck import check
from notecheck.read.shape import encounter_from_note
from notecheck.report.html import render_html
from notecheck.report.text import render_text

NOTE = """PROCEDURE: Re-amputation of left thigh.
INDICATIONS: Left above-knee amputation in 2021; osteomyelitis of the stump.
DESCRIPTION: The left femur was divided with the saw at mid-thigh.
"""


def test_each_operation_has_a_line_in_the_order_of_time():
    encounter = encounter_from_note(NOTE, "n")
    text = render_text(encounter, check(encounter, code="27596"))
    lines = text.partition("Operations\n")[2].splitlines()[1:3]
    assert [line.startswith(" - ") for line in lines] == [True, True]
    assert "(earlier" in lines[0]
    assert "(today" in lines[1]


def test_the_page_draws_the_operations_as_a_list_that_marks_today():
    encounter = encounter_from_note(NOTE, "n")
    page = render_html([(encounter, check(encounter, code="27596"))])
    drawn = page.partition('<ol class="timeline">')[2].partition("</ol>")[0]
    assert drawn.count("<li") == 2
    assert drawn.index('class="earlier"') < drawn.index('class="today"')


def test_a_chart_without_operations_has_no_timeline():
    encounter = encounter_from_note("PROCEDURE: Cataract extraction.", "n")
    report = check(encounter, code="27596")
    assert '<ol class="timeline">' not in render_html([(encounter, report)])
    assert "Operations" not in render_text(encounter, report)
