"""The worksheet of an audit sample: what notecheck says, and room for what a person says.

Each question has a column for the person's answer, `human:decision`, and one for notecheck's,
`notecheck:decision`. The person's come first, so that the others can be hidden while they work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from notecheck.audit.filled_in import cells_of
from notecheck.errors import InputError
from notecheck.models import Decision, Status, SupportedCodeValue
from notecheck.report.spreadsheet import harmless
from notecheck.requirements.table import RequirementId

HUMAN, TOOL = "human:", "notecheck:"
QUESTIONS: dict[str, tuple[str, ...]] = {
    "decision": get_args(Decision),
    "supported_code": get_args(SupportedCodeValue),
    **dict.fromkeys(get_args(RequirementId), get_args(Status)),
}
_ABOUT = ("encounter_id", "source", "payer", "surgeon", "stratum", "stratum_size")
# What an auditor of the claim fills in; `notecheck extrapolate` reads the amounts.
_CLAIM = ("paid", "correct", "overpaid", "error_class", "reviewer", "date")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person and notecheck say to one question of one encounter."""

    question: str
    human: str
    tool: str


def worksheet_header() -> list[str]:
    human = [HUMAN + question for question in QUESTIONS]
    tool = [TOOL + question for question in QUESTIONS]
    return [*_ABOUT, *human, *_CLAIM, "comment", *tool, "notecheck:score"]


def blind_header() -> list[str]:
    """The columns that an auditor fills in, without what notecheck says."""
    header = worksheet_header()
    return header[: header.index("comment") + 1]


def worksheet_row(row: Mapping[str, Any], statuses: Mapping[str, str]) -> list[str]:
    """The cells of one encounter; `row` is of the table of reports, with its stratum."""
    said = {**statuses, "decision": row["decision"], "supported_code": row["supported_code"]}
    about = [harmless(str(row[name] if row[name] is not None else "")) for name in _ABOUT]
    tool = [said.get(question, "") for question in QUESTIONS]
    return [*about, *[""] * (len(QUESTIONS) + len(_CLAIM)), "", *tool, f"{row['score']:g}"]


def read_worksheet(path: Path, ours: Path | None = None) -> list[Answer]:
    """The questions that a person answered, in order.

    `ours` has notecheck's columns where the worksheet is a blind one. Raises InputError naming row
    and column for an answer that is none of the words, and for a file that is no worksheet.
    """
    rows = cells_of(path)
    if ours is not None:
        rows = _beside(rows, cells_of(ours), path)
    places = {name: number for number, name in enumerate(rows[0])} if rows else {}
    asked = [q for q in QUESTIONS if HUMAN + q in places and TOOL + q in places]
    if not asked:
        raise InputError(
            "this is no worksheet: it has no columns such as human:decision and "
            "notecheck:decision; `notecheck audit --sample` writes one",
            where=str(path),
        )
    return [
        answer
        for number, cells in enumerate(rows[1:], start=2)
        for question in asked
        if (answer := _answer(path, number, cells, places, question))
    ]


def _beside(blind: list[list[str]], ours: list[list[str]], path: Path) -> list[list[str]]:
    """The rows of a blind sheet, each with notecheck's columns of the same encounter."""
    if not blind or not ours:
        return blind
    columns = [place for place, name in enumerate(ours[0]) if name.startswith(TOOL)]
    said = {row[0]: [row[place] for place in columns] for row in ours[1:] if row}
    joined = [[*blind[0], *(ours[0][place] for place in columns)]]
    for number, row in enumerate(filter(None, blind[1:]), start=2):
        if row[0] not in said:
            raise InputError(
                f"row {number}: the encounter is not in the other worksheet", where=str(path)
            )
        joined.append([*row, *[""] * (len(blind[0]) - len(row)), *said[row[0]]])
    return joined


def _answer(
    path: Path, number: int, cells: list[str], places: Mapping[str, int], question: str
) -> Answer | None:
    def said(column: str) -> str:
        place = places[column]
        told = cells[place] if place < len(cells) else ""
        return told.strip().lower().replace(" ", "_")

    human, tool = said(HUMAN + question), said(TOOL + question)
    for who, word in ((HUMAN, human), (TOOL, tool)):
        if word and word not in QUESTIONS[question]:
            raise InputError(
                f'row {number}, column {who}{question}: "{word[:40]}" is not one of '
                f"{', '.join(QUESTIONS[question])}",
                where=str(path),
            )
    return Answer(question, human, tool) if human and tool else None
