"""The tables of an audit -> the figures of its page, in memory that does not grow with them.

Most charts of an export have nothing to do with the code. An encounter *concerns* it when its claim
bills the code or its note supports it; all figures but the counts of what was read are of these.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from notecheck.audit.clearing import step_of
from notecheck.audit.folder import ERRORS, FINDINGS, REPORTS, REQUIREMENTS
from notecheck.models import NOT_MET, Report

DIMENSIONS = ("surgeon", "facility", "payer")
UNTOLD = "not documented"
_SAMPLE = 8
_WHOLE_REPORTS = 1_000  # held at a time: they are some kilobytes each
_ERRORS_SHOWN = 12
_SCORE_STEP = 10
_WORKLIST = 1_000  # the encounters with the most money at stake

_NONE = (None, UNTOLD)
_COLUMNS = [
    "encounter_id", "source", "code", "verdict", "decision", "score", "confidence",
    "supported_code", "surgeon", "facility", "payer", "month", "billed", "billed_codes",
    "estimated_payment", "estimated_by", "overpayment",
]  # fmt: skip


@dataclass
class Share:
    """Encounters of one surgeon, month or the like."""

    decisions: Counter[str] = field(default_factory=Counter)
    at_stake: float = 0.0
    score: float = 0.0

    @property
    def total(self) -> int:
        return self.decisions.total()

    @property
    def mean_score(self) -> float:
        return self.score / self.total if self.total else 0.0

    def add(self, row: dict[str, Any]) -> None:
        self.decisions[row["decision"]] += 1
        self.score += row["score"]
        if row["decision"] == "hold":
            self.at_stake += row["estimated_payment"] or 0.0


class Sample:
    """Up to so many rows, drawn by their ids alone and so the same on every run."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[tuple[int, str, dict[str, Any]]] = []

    def add(self, row: dict[str, Any]) -> None:
        self.count += 1
        digest = blake2b(row["encounter_id"].encode(), digest_size=8).digest()
        heapq.heappush(self._kept, (-int.from_bytes(digest, "big"), row["encounter_id"], row))
        if len(self._kept) > _SAMPLE:
            heapq.heappop(self._kept)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [row for _, _, row in sorted(self._kept, key=lambda kept: kept[1])]


class Worklist:
    """The encounters that a bill waits for, those with the most money first."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[tuple[float, float, str, dict[str, Any]]] = []

    def add(self, row: dict[str, Any]) -> None:
        self.count += 1
        amount = row["estimated_payment"] or 0.0
        heapq.heappush(self._kept, (amount, -row["score"], row["encounter_id"], row))
        if len(self._kept) > _WORKLIST:
            heapq.heappop(self._kept)

    @property
    def rows(self) -> list[dict[str, Any]]:
        ordered = sorted(self._kept, key=lambda kept: (-kept[0], -kept[1], kept[2]))
        return [row for *_, row in ordered]


@dataclass
class FindingCount:
    """How often a finding stands on claims, and what would close it."""

    severity: str
    resolution: str
    count: int = 0


@dataclass
class Statistics:
    """Everything that the page tells."""

    code: str
    read: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    errors: list[dict[str, Any]] = field(default_factory=list)
    supported: Counter[str] = field(default_factory=Counter)
    whole: Share = field(default_factory=Share)
    billed: int = 0
    released: Counter[int] = field(default_factory=Counter)  # by the step of their confidence
    scores: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    months: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    by: dict[str, dict[str, Share]] = field(
        default_factory=lambda: {name: defaultdict(Share) for name in DIMENSIONS}
    )
    payments: dict[tuple[str, float], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    overpaid: float = 0.0
    underpaid: float = 0.0
    unpriced: Counter[str] = field(default_factory=Counter)
    statuses: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    other_code: Counter[str] = field(default_factory=Counter)
    billed_as: Counter[str] = field(default_factory=Counter)
    findings: dict[str, FindingCount] = field(default_factory=dict)
    by_surgeon: dict[str, dict[str, Counter[bool]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )
    worklist: Worklist = field(default_factory=Worklist)
    samples: dict[str, Sample] = field(default_factory=lambda: defaultdict(Sample))
    reports: dict[str, Report] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def concerned(self) -> int:
        return self.whole.total


def statistics(folder: Path, code: str) -> Statistics:
    """The figures of the tables in `folder`."""
    found = Statistics(code)
    for batch in pq.ParquetFile(folder / REPORTS).iter_batches(columns=_COLUMNS):
        found.read.update(batch.column("decision").to_pylist())
        found.supported.update(batch.column("supported_code").to_pylist())
        for row in batch.filter(_concerns(batch)).to_pylist():
            _add(found, row)
    _add_statuses(found, folder)
    _add_findings(found, folder)
    for batch in pq.ParquetFile(folder / ERRORS).iter_batches():
        found.failed.update(batch.column("reason").to_pylist())
        found.errors += batch.slice(0, _ERRORS_SHOWN - len(found.errors)).to_pylist()
    listed = [*(sample.rows for sample in found.samples.values()), found.worklist.rows]
    found.rows = {row["encounter_id"]: row for rows in listed for row in rows}
    found.reports = dict(_reports(folder, sorted(found.rows)))
    return found


def _concerns(table: pa.RecordBatch | pa.Table) -> pa.Array:
    """A chart that is not concerned has no code, and "none" supports "none"."""
    supports = pc.and_(
        pc.equal(table.column("supported_code"), table.column("code")),
        pc.not_equal(table.column("decision"), "not_concerned"),
    )
    return pc.or_(supports, pc.fill_null(table.column("billed"), False))


def _add(found: Statistics, row: dict[str, Any]) -> None:
    decision = row["decision"]
    found.whole.add(row)
    found.scores[min(int(row["score"] // _SCORE_STEP), 100 // _SCORE_STEP)][decision] += 1
    if row["month"]:
        found.months[row["month"]].add(row)
    for name in DIMENSIONS:
        found.by[name][row[name] or UNTOLD].add(row)
    found.samples[decision].add(row)
    if row["verdict"] != "release":
        found.worklist.add(row)
    elif row["confidence"] is not None:
        found.released[step_of(row["confidence"])] += 1
    if not row["billed"]:
        codes = row["billed_codes"]
        found.billed_as["no claim" if codes is None else ", ".join(codes) or "no line"] += 1
        found.samples["not_billed"].add(row)
        return
    found.billed += 1
    if row["supported_code"] != row["code"]:
        found.other_code[row["supported_code"]] += 1
        found.samples["other_code"].add(row)
    difference = row["overpayment"] or 0.0
    found.overpaid += max(difference, 0.0)
    found.underpaid -= min(difference, 0.0)
    if row["estimated_payment"] is None:
        found.unpriced[decision] += 1
    else:
        found.payments[row["estimated_by"], row["estimated_payment"]][decision] += 1


def _add_statuses(found: Statistics, folder: Path) -> None:
    """Counts the statuses of the encounters that concern the code.

    Both tables are in the same order, so that one pass over each will do.
    """
    concerned = _concerned_ids(folder)
    wanted, surgeon = next(concerned, _NONE)
    for encounter_id, statuses in groupby(_status_rows(folder), key=itemgetter(0)):
        if encounter_id == wanted:
            for _, requirement, status in statuses:
                found.statuses[requirement][status] += 1
                if status == "met" or status in NOT_MET:
                    found.by_surgeon[surgeon][requirement][status in NOT_MET] += 1
            wanted, surgeon = next(concerned, _NONE)


def _add_findings(found: Statistics, folder: Path) -> None:
    """Counts the findings on claims of the encounters that concern the code."""
    concerned = {encounter_id for encounter_id, _ in _concerned_ids(folder)}
    columns = ["encounter_id", "finding", "severity", "resolution"]
    for batch in pq.ParquetFile(folder / FINDINGS).iter_batches(columns=columns):
        for row in batch.to_pylist():
            if row["encounter_id"] in concerned:
                first = FindingCount(row["severity"], row["resolution"])
                found.findings.setdefault(row["finding"], first).count += 1


def _status_rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    columns = ["encounter_id", "requirement", "status"]
    for batch in pq.ParquetFile(folder / REQUIREMENTS).iter_batches(columns=columns):
        yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)


def _concerned_ids(folder: Path) -> Iterator[tuple[str, str]]:
    """Encounters that concern the code, each with its surgeon."""
    columns = ["encounter_id", "code", "decision", "supported_code", "billed", "surgeon"]
    for batch in pq.ParquetFile(folder / REPORTS).iter_batches(columns=columns):
        for row in batch.filter(_concerns(batch)).to_pylist():
            yield row["encounter_id"], row["surgeon"] or UNTOLD


def _reports(folder: Path, ids: list[str]) -> Iterator[tuple[str, Report]]:
    if not ids:
        return
    wanted = pa.array(ids)
    columns = ["encounter_id", "report"]
    for batch in pq.ParquetFile(folder / REPORTS).iter_batches(_WHOLE_REPORTS, columns=columns):
        for row in batch.filter(pc.is_in(batch.column("encounter_id"), wanted)).to_pylist():
            yield row["encounter_id"], Report.model_validate_json(row["report"])
