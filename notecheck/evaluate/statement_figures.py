"""Statements and what the checker reads in them -> how many are recognised, and how many believed.

A statement that holds is recognised when the report says its value; a trap is believed when the
report says what the trap only looks like.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from notecheck.checker import check
from notecheck.errors import GoldError
from notecheck.evaluate.elements import Value, plain, report_elements
from notecheck.evaluate.gold import GOLD_CODE, read_models
from notecheck.evaluate.judgements import same_value
from notecheck.evaluate.plain_note import encounter_of
from notecheck.evaluate.statement import Statement
from notecheck.report.columns import wrap
from notecheck.report.safe import one_line

_WIDTH = 80
_BY = ("concept", "trap", "style", "document")


@dataclass(frozen=True)
class Judged:
    """A statement with what the report says of its element."""

    statement: Statement
    got: Value

    @property
    def right(self) -> bool:
        told, got = self.statement, self.got
        # A label has all members of a set, or is of one alone.
        want = frozenset(told.value) if isinstance(told.value, tuple) else told.value
        if isinstance(got, frozenset) and not isinstance(want, frozenset):
            return (told.concept in got) == told.holds
        if not told.holds and (got in (None, False, "partial") or got == frozenset()):
            return True
        return same_value(want, got)


def judged(statements: Iterable[Statement]) -> Iterator[Judged]:
    """Read each statement in its plain note.

    Raises GoldError for a section that the note has not, or an element that no report has.
    """
    for statement in statements:
        report = check(encounter_of(statement), GOLD_CODE)
        # A fact and a requirement may have one name; statements are about facts first.
        statuses: dict[str, Value] = {item.id: item.status for item in report.requirements}
        values = statuses | report_elements(report)
        if statement.element not in values:
            raise GoldError(
                f"{statement.id}: `element` {statement.element!r} is no fact and no requirement"
            )
        yield Judged(statement, values[statement.element])


def statements_output(
    path: str, output_format: Literal["text", "json"], *, with_errors: bool
) -> str:
    """How the statements of a file are read, as text or as JSON.

    Raises InputError naming file and line for one that cannot be read.
    """
    found = list(judged(read_models(Path(path), Statement)))
    rows = {("all", "all"): _tally(found)}
    for key in _BY:
        names = sorted({str(getattr(one.statement, key)) for one in found} - {"None"})
        rows |= {
            (key, name): _tally([o for o in found if str(getattr(o.statement, key)) == name])
            for name in names
        }
    wrong = [one for one in found if not one.right] if with_errors else []
    if output_format == "json":
        return json.dumps(_record(rows, wrong), indent=1) + "\n"
    return "\n".join([*_lines(rows), *_error_lines(wrong)]) + "\n"


def _tally(found: Iterable[Judged]) -> dict[str, int]:
    told = [one.right for one in found if one.statement.holds]
    traps = [not one.right for one in found if not one.statement.holds]
    return {
        "told": len(told),
        "recognised": sum(told),
        "traps": len(traps),
        "believed": sum(traps),
    }


def _record(rows: dict[tuple[str, str], dict[str, int]], wrong: Iterable[Judged]) -> dict[str, Any]:
    return {
        "schema": "notecheck.statements/1",
        "figures": {":".join(key): row for key, row in rows.items()},
        "errors": [{"id": one.statement.id, "got": plain(one.got)} for one in wrong],
    }


def _lines(rows: dict[tuple[str, str], dict[str, int]]) -> Iterator[str]:
    yield f"{'':24}{'recognised':>20}{'traps believed':>20}"
    before = "all"
    for (kind, name), row in rows.items():
        if kind != before:
            yield ""
        before = kind
        told = _share(row["recognised"], row["told"])
        yield f"{name:24}{told:>20}{_share(row['believed'], row['traps']):>20}"


def _share(some: int, of: int) -> str:
    return f"{some / of:.3f} {some:>4} of {of:<4}" if of else "none"


def _error_lines(wrong: Iterable[Judged]) -> Iterator[str]:
    for one in wrong:
        told = one.statement
        said = "not recognised" if told.holds else "believed"
        yield ""
        yield f"{told.id}: {said}; the report has {plain(one.got)}"
        yield from (f"   {line}" for line in wrap(one_line(told.text), _WIDTH - 3))
