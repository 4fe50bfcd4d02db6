"""A least confidence of a release: what clears, and how much of it is expected to be wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from claims.charts import encounter as released

from notecheck import check
from notecheck.audit.clearing import clearing, shown, step_of
from notecheck.audit.reading import Item
from notecheck.models import Encounter

from .test_summary import Page, item, written

DEBRIDED = "PROCEDURE: Debridement of the left above-knee amputation stump.\nFINDINGS: {}\n"


def test_the_surest_clear_first_and_risk_is_what_confidence_leaves() -> None:
    curve = clearing(Counter({step_of(0.99): 6, step_of(0.9): 3, step_of(0.5): 1}))
    assert [(point.count, point.coverage) for point in curve] == [(6, 0.6), (9, 0.9), (10, 1.0)]
    assert [point.risk for point in curve] == pytest.approx([0.0095, 0.0395, 0.0855], abs=1e-3)


def test_only_confidences_that_clear_more_are_shown() -> None:
    points = shown(clearing(Counter({step_of(0.96): 1, step_of(0.6): 1})))
    assert [(point.confidence, point.count) for point in points] == [(0.95, 1), (0.5, 2)]


def test_the_table_has_the_confidence_and_the_page_the_curve(tmp_path: Path) -> None:
    encounter = Encounter.model_validate(released())
    page = Page(written(tmp_path, [Item("charts.jsonl:1", encounter), item(2, DEBRIDED)]))
    rows = pq.read_table(tmp_path / "reports.parquet").to_pylist()
    confidence = check(encounter).confidence
    assert confidence is not None
    assert rows[0]["confidence"] == confidence.release
    assert "clearing" in page.ids and "polyline" in page.tags


def test_without_a_release_there_is_no_curve(tmp_path: Path) -> None:
    assert "clearing" not in Page(written(tmp_path, [item(2, DEBRIDED)])).ids
