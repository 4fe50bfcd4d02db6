"""Gathers a code's card: its own file, its requirements, and what all claims share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from notecheck.claims.data import Procedure
from notecheck.claims.data import modifiers as modifier_data
from notecheck.claims.data import procedures as procedure_data
from notecheck.claims.diagnosis_data import Diagnosis
from notecheck.claims.diagnosis_data import diagnoses as diagnosis_data
from notecheck.codes.model import Denial, Neighbour, Question, Sourced, Statement
from notecheck.errors import UnknownError
from notecheck.explain.primary import Primary, primary_sources
from notecheck.policy.book import policy_book
from notecheck.policy.model import PolicyRow
from notecheck.requirements.table import RequirementRule, requirement_table
from notecheck.schedules.global_days import told_periods
from notecheck.timeline.levels import level_of_code


class _Card(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)


class RequirementCard(_Card):
    """One requirement: what it asks, wordings that meet it and that do not, and every message."""

    id: str
    weight: float
    asks: str
    meets: tuple[str, ...]
    fails: tuple[str, ...]
    dictate: str
    messages: dict[str, str]


class CodeCard(_Card):
    """Everything that `notecheck explain` tells of a code."""

    schema_: Literal["notecheck.card/1"] = Field("notecheck.card/1", alias="schema")
    code: str
    name: str
    covers: Statement
    neighbours: tuple[Neighbour, ...]
    requirements: tuple[RequirementCard, ...]
    modifiers: tuple[Statement, ...]
    global_days: tuple[Statement, ...]
    diagnoses: tuple[Diagnosis, ...]
    diagnosis_source: Sourced
    procedures: tuple[Procedure, ...]
    procedure_source: Sourced
    fees: tuple[Statement, ...]
    denials: tuple[Denial, ...]
    questions: tuple[Question, ...]
    policy: tuple[PolicyRow, ...]
    primary: tuple[Primary, ...]


def code_card(code: str) -> CodeCard:
    """The card of `code`.

    Raises InputError for a code that is not known, RulesError for a file that is wrong.
    """
    table = requirement_table(code)
    card = table.file.card
    return CodeCard(
        schema="notecheck.card/1",
        code=code,
        name=table.file.name,
        covers=card.covers,
        neighbours=card.neighbours,
        requirements=tuple(_requirement(code, rule) for rule in table.requirements),
        modifiers=modifier_data().modifier if table.file.billed else (),
        global_days=told_periods(code) if table.file.billed else (),
        diagnosis_source=diagnosis_data().about,
        procedure_source=procedure_data().about,
        diagnoses=diagnosis_data().diagnosis if table.file.billed else (),
        procedures=tuple(_detachments(code)),
        fees=card.fees,
        denials=card.denials,
        questions=card.questions,
        policy=tuple(
            sorted(
                (placed.row for placed in policy_book().rows if code in placed.row.codes),
                key=lambda row: (row.payer, row.effective_from or dt.date.min),
            )
        ),
        primary=primary_sources(),
    )


def requirement_card(code: str, requirement: str) -> RequirementCard:
    """One requirement of `code`. Raises InputError for one that it does not have."""
    rules = requirement_table(code).requirements
    for rule in rules:
        if rule.id == requirement:
            return _requirement(code, rule)
    known = ", ".join(rule.id for rule in rules)
    raise UnknownError(f'{code} has no requirement "{requirement}": give one of {known}')


def _detachments(code: str) -> Iterator[Procedure]:
    """Those of the code's level; a closure is no detachment."""
    level = level_of_code(code)
    if level and code != level.closed:
        for record in procedure_data().procedure:
            if level.id in (record.level, *record.levels):
                yield record


def _requirement(code: str, rule: RequirementRule) -> RequirementCard:
    settled = {**rule.settings.words, "code": code}
    messages = {
        key: message.format_map(_Left(settled))
        for key, message in sorted(rule.messages.items())
        if not any(f"{{{name}}}" in message and not word for name, word in settled.items())
    }
    told = rule.wordings
    return RequirementCard(
        id=rule.id,
        weight=rule.weight,
        asks=told.asks.format_map(_Left(settled)),
        meets=tuple(text.format_map(_Left(settled)) for text in told.meets),
        fails=tuple(text.format_map(_Left(settled)) for text in told.fails),
        dictate=told.dictate.format_map(_Left(settled)),
        messages=messages,
    )


class _Left(dict[str, str]):
    """The code's own words; what only a note can fill in stays in brackets."""

    def __missing__(self, name: str) -> str:
        return f"[{name}]"
