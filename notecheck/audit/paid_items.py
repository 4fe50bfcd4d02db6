"""The paid and correct amounts that an auditor filled in on a worksheet, and the frame's sizes."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from notecheck.audit.filled_in import cells_of
from notecheck.errors import InputError

ALL = "all"
_CENT = 0.005


@dataclass(frozen=True, slots=True)
class Item:
    """One sampled item, in dollars."""

    stratum: str
    paid: float
    correct: float

    @property
    def overpaid(self) -> float:
        """Negative where too little was paid."""
        return self.paid - self.correct


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file whatever a spreadsheet made its delimiter; column names in lower case.

    Raises InputError for a file that cannot be read.
    """
    rows = cells_of(path)
    names = [name.strip().lower() for name in rows[0]] if rows else []
    return [
        dict(zip(names, [*cells, *[""] * len(names)], strict=False))
        for cells in rows[1:]
        if any(cell.strip() for cell in cells)
    ]


def read_items(rows: list[dict[str, str]], path: Path) -> list[Item]:
    """The items in order. An item without its amounts is refused: leaving it out would bias.

    Raises InputError naming row and column.
    """
    if not rows or not {"paid", "correct"} <= rows[0].keys():
        raise InputError(
            "it needs the columns paid and correct and a row for each sampled item; "
            "`notecheck audit --sample` writes such a worksheet",
            where=str(path),
        )
    return [_item(row, number, path) for number, row in enumerate(rows, start=2)]


def worksheet_sizes(rows: list[dict[str, str]], path: Path) -> dict[str, int]:
    """How many items of the frame each stratum has, by the worksheet's column stratum_size."""
    sizes: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        stratum, told = _stratum(row), row.get("stratum_size", "").strip()
        if not told.isascii() or not told.isdigit():
            raise InputError(
                f"row {number}: the column stratum_size must say how many items the stratum has; "
                "else name the frame with --frame",
                where=str(path),
            )
        if sizes.setdefault(stratum, int(told)) != int(told):
            raise InputError(
                f"row {number}: stratum_size differs from an earlier row's of its stratum",
                where=str(path),
            )
    return sizes


def frame_sizes(path: Path) -> dict[str, int]:
    """The same by counting the rows of the frame, one to an item, with a column stratum or none."""
    return dict(Counter(map(_stratum, table(path))))


def _stratum(row: dict[str, str]) -> str:
    return row.get("stratum", "").strip() or ALL


def _item(row: dict[str, str], number: int, path: Path) -> Item:
    paid, correct = (_amount(row[name], name, number, path) for name in ("paid", "correct"))
    item = Item(_stratum(row), paid, correct)
    if row.get("overpaid", "").strip():
        told = _amount(row["overpaid"], "overpaid", number, path)
        if abs(told - item.overpaid) > _CENT:
            raise InputError(
                f"row {number}, column overpaid: it must be paid less correct, or empty",
                where=str(path),
            )
    return item


def _amount(text: str, name: str, number: int, path: Path) -> float:
    plain = text.strip().removeprefix("$").replace(",", "")
    try:
        amount = float(plain)
    except ValueError:
        amount = math.nan
    if not math.isfinite(amount):
        raise InputError(
            f"row {number}, column {name}: an amount in dollars such as 660.00 is needed; an item "
            "whose note cannot be found has the correct amount 0",
            where=str(path),
        )
    return amount
