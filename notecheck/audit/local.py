"""The local engine: the chunks that are not done yet, through the pool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from notecheck.audit.assemble import Rows
from notecheck.audit.chunks import Chunk, plan
from notecheck.audit.folder import AuditFolder
from notecheck.audit.manner import Manner
from notecheck.audit.parts import finished_part, part_path, read_part
from notecheck.audit.pool import Pool
from notecheck.audit.progress import Watch
from notecheck.audit.sources import Source
from notecheck.audit.table_options import TableOptions


def check_locally(
    folder: AuditFolder,
    sources: Iterable[Source],
    options: TableOptions,
    *,
    workers: int,
    manner: Manner,
    watch: Watch,
) -> Rows:
    """Leaves a part of every chunk in `folder`; returns the rows of them all, in input order."""
    planned = 0

    def to_do() -> Iterator[Chunk]:
        nonlocal planned
        for chunk in plan(sources, options, folder.tables):
            planned += 1
            tally = finished_part(part_path(folder.parts, chunk.number))
            if tally is None:
                yield chunk
            else:
                watch.skip(tally, chunk.share)

    for chunk, tally in Pool(workers, folder.parts, manner).run(to_do()):
        watch.add(tally, chunk.share)

    def rows(names: list[str]) -> Iterator[pa.RecordBatch]:
        for number in range(planned):
            yield from read_part(part_path(folder.parts, number), names)

    return rows
