"""The outcome of one chunk on disk: a file that is there whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from notecheck.audit.outcome import Row
from notecheck.audit.schema import OUTCOMES

_COMPRESSED = pa.ipc.IpcWriteOptions(compression="zstd")


@dataclass(slots=True)
class Tally:
    """How many encounters came out how."""

    decisions: Counter[str] = field(default_factory=Counter)
    failed: int = 0

    @property
    def total(self) -> int:
        return self.decisions.total() + self.failed

    def add(self, other: Tally) -> None:
        self.decisions.update(other.decisions)
        self.failed += other.failed


def tally(decisions: Sequence[str | None]) -> Tally:
    """The tally of a column `decision`, null where there is an error instead."""
    reported = Counter(decision for decision in decisions if decision is not None)
    return Tally(reported, len(decisions) - reported.total())


def part_path(folder: Path, number: int) -> Path:
    return folder / f"{number:09}.arrow"


def write_part(path: Path, rows: list[Row]) -> Tally:
    """Writes the rows of a chunk as the file `path`, which appears by a rename."""
    table = pa.Table.from_pylist(rows, OUTCOMES)
    unfinished = path.with_suffix(f".{os.getpid()}")
    with pa.ipc.new_file(str(unfinished), OUTCOMES, options=_COMPRESSED) as writer:
        writer.write_table(table)
    os.replace(unfinished, path)
    return tally([row.get("decision") for row in rows])


def read_part(path: Path, columns: Sequence[str] = OUTCOMES.names) -> Iterator[pa.RecordBatch]:
    """The rows of a part, of only the `columns` named. Raises pa.ArrowInvalid for a torn file."""
    fields = [OUTCOMES.get_field_index(name) for name in columns]
    options = pa.ipc.IpcReadOptions(included_fields=fields)
    with pa.OSFile(str(path)) as file:
        reader = pa.ipc.open_file(file, options=options)
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)


def finished_part(path: Path) -> Tally | None:
    """The tally of a part written before, or None when there is none or it is torn."""
    try:
        decisions = [d for batch in read_part(path) for d in batch.column("decision").to_pylist()]
    except (FileNotFoundError, pa.ArrowInvalid):
        return None
    return tally(decisions)
