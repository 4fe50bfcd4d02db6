"""What an audit's sample is drawn from: its items with their strata, written down with a hash."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

import pyarrow.parquet as pq

from notecheck.audit.folder import FINDINGS, FRAME, FRAME_RECORD, REPORTS
from notecheck.audit.run_record import SampleSettings
from notecheck.errors import AuditError
from notecheck.extras import require_extra
from notecheck.report.spreadsheet import harmless

BILLED, ALL = "billed", "all"
_UNTOLD = "not documented"
_BANDS = 4  # of payments, as many items in each
_COLUMNS = [
    "encounter_id", "source", "decision", "verdict", "supported_code", "score", "payer", "surgeon",
    "month", "billed", "estimated_payment",
]  # fmt: skip

Row = dict[str, Any]


class Frame:
    """The reports of `folder` that a sample is drawn from, each with its stratum.

    Raises AuditError for a condition that is no SQL over the reports' columns.
    """

    def __init__(self, folder: Path, settings: SampleSettings) -> None:
        self._folder, self._settings = folder, settings
        self.name = settings.frame or (BILLED if self._bills_anything() else ALL)
        self._chosen = (
            None if self.name in (BILLED, ALL) else _of_condition(folder / REPORTS, self.name)
        )
        self._bounds = self._payments() if settings.stratify == "payment" else []
        self._findings = _gravest(folder / FINDINGS) if settings.stratify == "finding" else {}

    def rows(self) -> Iterator[Row]:
        """The items in the order of the reports, as often as asked."""
        for row in self._all():
            if self._holds(row):
                yield row | {"stratum": self._stratum(row)}

    def write(self, folder: Path) -> None:
        """Writes the items, one a row, and beside them their hash and how the sample is drawn."""
        sizes: Counter[str] = Counter()
        with (folder / FRAME).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["encounter_id", "stratum", "estimated_payment"])
            for row in self.rows():
                sizes[row["stratum"]] += 1
                named = harmless(row["encounter_id"]), harmless(row["stratum"])
                writer.writerow([*named, row["estimated_payment"]])
        record = {
            "frame": self.name,
            "items": sizes.total(),
            "strata": dict(sorted(sizes.items())),
            "sha256": hashlib.sha256((folder / FRAME).read_bytes()).hexdigest(),
            "seed": self._settings.seed,
            "size": self._settings.size,
            "stratify": self._settings.stratify,
        }
        (folder / FRAME_RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")

    def _all(self) -> Iterator[Row]:
        for batch in pq.ParquetFile(self._folder / REPORTS).iter_batches(columns=_COLUMNS):
            yield from batch.to_pylist()

    def _bills_anything(self) -> bool:
        return any(row["billed"] for row in self._all())

    def _holds(self, row: Row) -> bool:
        if self._chosen is not None:
            return row["encounter_id"] in self._chosen
        return self.name == ALL or bool(row["billed"])

    def _payments(self) -> list[float]:
        """The payments that bound the bands."""
        paid = [r["estimated_payment"] for r in self._all() if self._holds(r)]
        known = sorted(amount for amount in paid if amount is not None)
        return quantiles(known, n=_BANDS, method="inclusive") if len(known) > 1 else []

    def _stratum(self, row: Row) -> str:
        kind = self._settings.stratify
        if kind is None:
            return ALL
        if kind == "finding":
            return self._findings.get(row["encounter_id"], "none")
        if kind != "payment":
            return row[kind] or _UNTOLD
        amount = row["estimated_payment"]
        if amount is None:
            return _UNTOLD
        band = sum(amount > bound for bound in dict.fromkeys(self._bounds))
        return f"payment, band {band + 1}"


def _of_condition(reports: Path, condition: str) -> frozenset[str]:
    require_extra("a frame by SQL", "sql")
    import duckdb

    try:
        found = duckdb.read_parquet(str(reports)).filter(condition).project("encounter_id")
        return frozenset(row[0] for row in found.fetchall())
    except duckdb.Error as error:
        told = str(error).splitlines()[0]
        raise AuditError(f"--frame is no SQL condition over the reports: {told}") from None


def _gravest(findings: Path) -> dict[str, str]:
    """The first finding of each encounter; an audit's are the gravest first."""
    found: dict[str, str] = {}
    for batch in pq.ParquetFile(findings).iter_batches(columns=["encounter_id", "finding"]):
        for row in batch.to_pylist():
            found.setdefault(row["encounter_id"], row["finding"])
    return found
