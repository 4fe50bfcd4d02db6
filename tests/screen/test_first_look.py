"""A first look passes over nothing: the report is the one that all rules make."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from notecheck.facts.case import CaseFacts
from notecheck.facts.chart import Chart
from notecheck.facts.extract import extract_chart, read_chart
from notecheck.facts.report_elements import ReportElements
from notecheck.models import Document, Excluded
from notecheck.pipeline.analyse import pipeline

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
NOTES = "NOTECHECK_NOTES"  # names a file of notes, one a line under "text"


def encounters(path: Path) -> Iterator[list[Document]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "text" in row:
                yield [Document(doc_id="op", text=row["text"])]
            else:
                told = row.get("encounter", row)["documents"]
                yield [Document.model_validate(document) for document in told]


def files() -> list[Path]:
    named = os.environ.get(NOTES)
    return [*sorted(CORPUS.rglob("*.jsonl")), *([Path(named)] if named else [])]


def reported(chart: Chart) -> tuple[CaseFacts, tuple[Excluded, ...]]:
    """All that requirements and the report are made from, the notes themselves left out."""
    case, excluded = extract_chart(chart)
    return replace(case, report=ReportElements()), excluded


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_what_is_passed_over_changes_no_report(path: Path) -> None:
    analyse = pipeline().analyse
    for documents in encounters(path):
        every_rule = Chart([analyse(document) for document in documents])
        assert reported(read_chart(documents)) == reported(every_rule)


@pytest.mark.parametrize(
    ("text", "closer"),
    [
        ("PROCEDURE: Appendectomy. The appendix was removed. He was admitted.", False),
        ("PROCEDURE: Appendectomy. The abdominal wound was debrided.", True),
        ("PROCEDURE: Appendectomy. HISTORY: left above-knee amputation.", True),
        ("PROCEDURE: Closure. The left foot was prepped.", True),
        ("The toe was trimmed.", True),
        ("", False),
    ],
)
def test_a_note_is_read_on_where_it_may_matter(text: str, closer: bool) -> None:
    chart = Chart([pipeline().look(Document(doc_id="op", text=text))])
    assert chart.wants_closer_look is closer


def test_of_another_operation_the_setting_is_told_all_the_same() -> None:
    text = "PROCEDURE: Appendectomy. The patient was admitted as an inpatient."
    case, _ = extract_chart(read_chart([Document(doc_id="op", text=text)]))
    assert case.facts.setting is not None
    assert case.facts.setting.value == "inpatient"
    assert case.facts.bone_resected is not None
    assert case.supported_code.value == "none"
