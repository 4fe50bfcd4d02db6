"""Takes a public file into a site's folder: checked, hashed, with its version and its days."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

from notecheck.errors import InputError
from notecheck.rules.site import TABLES
from notecheck.schedules.model import Row, Table
from notecheck.schedules.parse import parse


def load_table(
    path: Path,
    site: Path,
    *,
    begins: dt.date,
    ends: dt.date | None = None,
    version: str | None = None,
    settings: dict[str, str] | None = None,
    today: dt.date,
) -> tuple[Path, Table]:
    """Reads the file at `path` and keeps it below `site`; returns where, and what was kept.

    `begins` and `ends` are the first and last day on which it holds. Raises InputError for a file
    that cannot be read or is none of the public ones, and for days the wrong way round.
    """
    if ends is not None and ends < begins:
        raise InputError("the last day on which it holds lies before the first", where=str(path))
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(path)) from None
    known, rows = parse(raw.decode("utf-8-sig", errors="replace"), str(path))
    table = Table(
        kind=known.kind,
        source=path.name,
        version=version or path.stem,
        sha256=hashlib.sha256(raw).hexdigest(),
        rows_sha256=rows_hash(rows),
        effective_from=begins,
        effective_to=ends,
        loaded_on=today,
        settings=settings or {},
        rows=tuple(rows),
    )
    kept = site / TABLES / f"{table.kind}-{begins.isoformat()}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(".part")
    unfinished.write_text(table.model_dump_json() + "\n", encoding="utf-8")
    unfinished.replace(kept)
    return kept, table


def rows_hash(rows: list[Row]) -> str:
    """The SHA-256 of rows, whatever the order of their columns."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
