"""What a notebook shows of a report."""

from __future__ import annotations

from notecheck import Encounter, check


def test_a_notebook_shows_verdict_and_requirements_and_no_markup_of_the_note() -> None:
    note = "OPERATION: Revision of left above-knee amputation. The femur was cut with a saw."
    encounter = {
        "schema": "notecheck.encounter/1",
        "encounter_id": "<script>1",
        "documents": [{"doc_id": "n", "type": "operative_note", "text": note}],
    }
    shown = check(Encounter.model_validate(encounter), code="27596")._repr_html_()
    assert "<caption>stop &lt;script&gt;1: 27596, score " in shown
    assert "<td>partial</td><td>new-level</td>" in shown
    assert "<script>" not in shown
