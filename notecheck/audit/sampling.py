"""Draws the same sample of reports on every run and writes it as worksheets for people.

Each encounter has a number that depends on the seed and its id alone, and the lowest are drawn.
So a sample does not change with the order of the input, nor with the engine, and one of 50 is
within one of 100: a probe sample is the beginning of the whole one.
"""

from __future__ import annotations

import csv
import heapq
from collections import Counter, defaultdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from notecheck.audit.folder import BLIND, REQUIREMENTS, WORKSHEET
from notecheck.audit.frame import Frame
from notecheck.audit.run_record import SampleSettings
from notecheck.audit.worksheet import blind_header, worksheet_header, worksheet_row


def write_worksheets(folder: Path, settings: SampleSettings) -> None:
    """Writes the frame of the reports in `folder`, and the sample twice, in input order.

    The blind sheet has no column of notecheck's.
    """
    frame = Frame(folder, settings)
    frame.write(folder)
    drawn = draw(frame, settings)
    statuses: dict[str, dict[str, str]] = defaultdict(dict)
    ids = [row["encounter_id"] for row in drawn]
    if ids:
        for row in pq.read_table(
            folder / REQUIREMENTS,
            columns=["encounter_id", "requirement", "status"],
            filters=[("encounter_id", "in", ids)],
        ).to_pylist():
            statuses[row["encounter_id"]][row["requirement"]] = row["status"]
    rows = [worksheet_row(row, statuses[row["encounter_id"]]) for row in drawn]
    _write(folder / WORKSHEET, worksheet_header(), rows)
    _write(folder / BLIND, blind_header(), rows)


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """The first columns of `rows`, as many as the header has."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(row[: len(header)] for row in rows)
    unfinished.replace(path)


def draw(frame: Frame, settings: SampleSettings) -> list[dict[str, Any]]:
    """The rows drawn, in input order, each with its `stratum` and the `stratum_size`.

    Places are dealt to the strata in proportion to their size, at least one to each as far as
    there are enough.
    """
    sizes = Counter(row["stratum"] for row in frame.rows())
    places = allocate(sizes, settings.size)
    lowest: dict[str, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
    for number, row in enumerate(frame.rows()):
        stratum = row["stratum"]
        entry = (-_lot(settings.seed, row["encounter_id"]), -number, row)
        if len(lowest[stratum]) < places[stratum]:
            heapq.heappush(lowest[stratum], entry)
        elif places[stratum]:
            heapq.heappushpop(lowest[stratum], entry)
    drawn = sorted(
        (-number, row | {"stratum_size": sizes[stratum]})
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


def _lot(seed: int, encounter_id: str) -> int:
    digest = blake2b(f"{seed}:{encounter_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
