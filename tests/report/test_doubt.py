"""Doubt is shown where a status is doubtful, as words and never as a number."""

from __future__ import annotations

from notecheck.models import Confidence
from notecheck.report.brief import render_brief
from notecheck.report.html import render_html
from notecheck.report.text import render_text

from .cases import Case, passing

UNSURE = "unsure: read this"


def believed(prior_level: float) -> Case:
    encounter, report = passing()
    sure = {item.id: 0.99 for item in report.requirements} | {"prior-level": prior_level}
    confidence = Confidence(requirements=sure, release=0.9)
    return encounter, report.model_copy(update={"confidence": confidence})


def test_a_doubtful_status_says_so_once() -> None:
    case = believed(0.31)
    text = render_text(*case)
    assert text.count(UNSURE) == 1
    assert text.index("prior-level") < text.index(UNSURE) < text.index("new-level")
    assert "? UNSURE prior-level: read this" in render_brief(*case)
    page = render_html([case])
    assert page.count(UNSURE) == 1
    for shown in (text, render_brief(*case), page):
        assert "0.31" not in shown and "31 %" not in shown


def test_nothing_is_said_where_nothing_is_doubtful() -> None:
    for case in (believed(0.98), passing()):
        for shown in (render_text(*case), render_brief(*case), render_html([case])):
            assert "unsure" not in shown.lower() and "0.98" not in shown
