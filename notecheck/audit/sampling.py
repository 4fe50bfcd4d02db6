"""Draws the same sample of reports on every run and writes it as a worksheet for people.

Each encounter has a number that depends on the seed and its id alone, and the lowest are drawn.
So a sample does not change with the order of the input, nor with the engine, and one of 50 is
within one of 100.
"""

from __future__ import annotations

import csv
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from notecheck.audit.folder import REPORTS, REQUIREMENTS
from notecheck.audit.run_record import SampleSettings
from notecheck.audit.worksheet import worksheet_header, worksheet_row

_UNTOLD = "not told"
_COLUMNS = ["encounter_id", "source", "decision", "supported_code", "score", "payer", "surgeon"]


def write_worksheet(folder: Path, settings: SampleSettings, path: Path) -> None:
    """Writes the sample of the reports in `folder` as the worksheet `path`, in input order."""
    drawn = draw(folder / REPORTS, settings)
    statuses: dict[str, dict[str, str]] = defaultdict(dict)
    ids = [row["encounter_id"] for row in drawn]
    if ids:
        for row in pq.read_table(
            folder / REQUIREMENTS,
            columns=["encounter_id", "requirement", "status"],
            filters=[("encounter_id", "in", ids)],
        ).to_pylist():
            statuses[row["encounter_id"]][row["requirement"]] = row["status"]
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(worksheet_header())
        for row in drawn:
            writer.writerow(worksheet_row(row, statuses[row["encounter_id"]]))
    unfinished.replace(path)


def draw(reports: Path, settings: SampleSettings) -> list[dict[str, Any]]:
    """The rows drawn, in input order, each with its `stratum` and the `stratum_size`.

    Places are dealt to the strata in proportion to their size, at least one to each as far as
    there are enough.
    """
    sizes = Counter(_stratum(row, settings) for row in _rows(reports, settings))
    places = allocate(sizes, settings.size)
    lowest: dict[str, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
    for number, row in enumerate(_rows(reports, settings)):
        stratum = _stratum(row, settings)
        entry = (-_lot(settings.seed, row["encounter_id"]), -number, row)
        if len(lowest[stratum]) < places[stratum]:
            heapq.heappush(lowest[stratum], entry)
        elif places[stratum]:
            heapq.heappushpop(lowest[stratum], entry)
    drawn = sorted(
        (-number, row | {"stratum": stratum, "stratum_size": sizes[stratum]})
        for stratum, entries in lowest.items()
        for _, number, row in entries
    )
    return [row for _, row in drawn]


def allocate(sizes: Counter[str], places: int) -> dict[str, int]:
    """How many of `places` each stratum gets: one, and the others by where most are lacking.

    When there are fewer places than strata the largest have one each.
    """
    total = sizes.total()
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    given = {name: int(rank < places) for rank, name in enumerate(order)}
    for _ in range(min(places, total) - sum(given.values())):
        short = (name for name in order if given[name] < sizes[name])
        given[max(short, key=lambda name: sizes[name] * places / total - given[name])] += 1
    return given


def _rows(reports: Path, settings: SampleSettings) -> Iterator[dict[str, Any]]:
    for batch in pq.ParquetFile(reports).iter_batches(columns=_COLUMNS):
        yield from batch.to_pylist()


def _stratum(row: dict[str, Any], settings: SampleSettings) -> str:
    if settings.stratify is None:
        return "all"
    return row[settings.stratify] or _UNTOLD


def _lot(seed: int, encounter_id: str) -> int:
    digest = blake2b(f"{seed}:{encounter_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
