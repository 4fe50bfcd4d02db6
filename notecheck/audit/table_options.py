"""How a user says a table is to be read: columns, the order of dates, a site's document types."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from notecheck.errors import AuditError, InputError
from notecheck.models import DocumentType
from notecheck.read.opening import read_text_file

DateOrder = Literal["mdy", "dmy"]


@dataclass(frozen=True, slots=True)
class TableOptions:
    """`columns` is field -> column, `types` a site's name for a document (folded) -> its type.

    `dates` is the order of day and month in dates such as 03/04/2026, None to tell it by content.
    """

    columns: dict[str, str] = field(default_factory=dict)
    dates: DateOrder | None = None
    types: dict[str, str] = field(default_factory=dict)

    def told(self) -> Mapping[str, str]:
        """All of it as flat text, for telling one audit from another."""
        types = {f"type {name}": kind for name, kind in sorted(self.types.items())}
        return {**self.columns, **({"dates": self.dates} if self.dates else {}), **types}


def read_types(path: str | None) -> dict[str, str]:
    """The file of `--types`: two columns, a site's name of a document type and ours.

    Raises AuditError for a line that names no type of ours, InputError for an unreadable file.
    """
    if path is None:
        return {}
    found: dict[str, str] = {}
    allowed = get_args(DocumentType)
    try:
        rows = list(csv.reader(io.StringIO(read_text_file(path), newline="")))
    except csv.Error:
        raise InputError("this is no CSV file", where=path) from None
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[-1] == "type"):
            continue
        if len(cells) != 2 or cells[1] not in allowed:
            raise AuditError(
                f"a line holds a site's name and one of {', '.join(allowed)}",
                where=f"{path}:{number}",
            )
        found[cells[0].casefold()] = cells[1]
    return found
