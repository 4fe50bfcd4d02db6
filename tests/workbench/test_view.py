"""What the page of an encounter shows of its report."""

from __future__ import annotations

from notecheck import check
from notecheck.models import Document, Encounter, ReadingRemark
from notecheck.workbench.pages import fragment
from notecheck.workbench.view import view


def test_a_chart_of_which_a_part_was_not_read_says_that_first() -> None:
    document = Document(doc_id="mail", text="Please see the attached report.")
    remark = ReadingRemark(part="attachment 1", kind="unreadable", why="the PDF is damaged")
    whole = Encounter(encounter_id="E1", documents=(document,))
    cut = whole.model_copy(update={"reading": (remark,)})
    shown = fragment("_result.html", **view(cut, check(cut)))
    assert "Not all was read" in shown
    assert "<b>attachment 1</b> (unreadable): the PDF is damaged" in shown
    assert "Not all was read" not in fragment("_result.html", **view(whole, check(whole)))
