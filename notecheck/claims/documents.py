"""The documents that a claim rests on: how old, how late, whose and signed or not.

The facts read in them stand, whatever is found here: it tells why a reviewer may not count one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import Field

from notecheck.claims.view import ClaimView, Raised
from notecheck.codes.model import Data, Sourced
from notecheck.facts.papers import Paper
from notecheck.models import ClaimPlace, DocumentType
from notecheck.requirements.claim_line import tidy
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

_NAME = re.compile(r"[^\W\d_]{3,}")
_LABEL = re.compile(r"^.*?(?::|\bby\b|/s/)", re.IGNORECASE | re.DOTALL)


class HistoryAge(Sourced):
    """Documents of `types` count up to `days_before` the operation."""

    types: frozenset[DocumentType]
    days_before: int = Field(gt=0)


class AddendumAge(Sourced):
    """An addendum counts up to `days_after` the operation."""

    days_after: int = Field(gt=0)


class DocumentRules(Data):
    history: HistoryAge
    addendum: AddendumAge


@cache
def document_rules() -> DocumentRules:
    """The rules of `patterns/claims/documents.toml`. Raises RulesError."""
    return load_toml(pattern_file("claims/documents.toml"), DocumentRules)


def documents(view: ClaimView) -> Iterator[Raised]:
    """Histories too old, addenda that a reviewer may not take, notes that nobody signed."""
    if not view.amputations and not view.claim.procedures:
        return
    papers = tuple(view.case.papers)
    yield from _histories(view, papers)
    for paper in papers:
        if paper.is_addendum:
            yield from _addendum(view, paper)
        elif paper.type == "operative_note":
            yield from _note(view, paper, papers)
    yield from _order(view, papers)


def billed(view: ClaimView) -> tuple[ClaimPlace, ...]:
    """What the claim bills for the operation: its lines, else a facility's procedures."""
    lines = tuple(line.place for line in view.amputations)
    return lines or tuple(view.field("procedure", tidy(p.code)) for p in view.claim.procedures)


def _histories(view: ClaimView, papers: tuple[Paper, ...]) -> Iterator[Raised]:
    """Old or undated histories, where no other document tells a reason before the operation."""
    rules, operated = document_rules().history, view.case.operation_date
    if operated is None:
        return
    telling = {found.doc_id for found in view.case.preop if found.specific or found.vague}
    told = [paper for paper in papers if paper.doc_id in telling]
    first = operated - dt.timedelta(days=rules.days_before)
    if view.case.papers.history_update or any(p.date is not None and p.date >= first for p in told):
        return
    for paper in told:
        if paper.type not in rules.types:
            continue
        values = {"document": paper.doc_id, "limit": str(rules.days_before)}
        if paper.date is None:
            yield Raised("history-undated", billed(view), paper.first, values)
        else:
            values |= {"days": str((operated - paper.date).days), "date": paper.date.isoformat()}
            yield Raised("history-old", billed(view), paper.first, values)


def _addendum(view: ClaimView, paper: Paper) -> Iterator[Raised]:
    rules, operated = document_rules().addendum, view.case.operation_date
    values = {"document": paper.doc_id, "limit": str(rules.days_after)}
    if not paper.read_as_addendum:
        told = paper.date.isoformat() if paper.date else "no day"
        yield Raised("addendum-not-after", billed(view), paper.first, values | {"date": told})
        return
    if operated and paper.date and (paper.date - operated).days > rules.days_after:
        values |= {"days": str((paper.date - operated).days), "date": paper.date.isoformat()}
        yield Raised("addendum-late", billed(view), paper.first, values)
    if not paper.signed:
        known = paper.author is not None
        finding = "addendum-unsigned" if known else "addendum-author-unknown"
        yield Raised(finding, billed(view), paper.first, values | {"author": paper.author or ""})


def _note(view: ClaimView, note: Paper, papers: tuple[Paper, ...]) -> Iterator[Raised]:
    """Whether the operative note names two days, is a draft, unsigned, or another's."""
    values = {"document": note.doc_id, "signer": "; ".join(map(_named, note.signers))}
    if note.own_day and note.date:
        days = values | {"date": note.date.isoformat(), "told": note.own_day[0].text}
        yield Raised("operative-note-day", billed(view), note.own_day, days)
    if note.draft:
        # The signed text of a draft may stand beside it, or under the remark that it was one.
        signed = note.signed or any(p.signed for p in papers if _is_of_that_operation(p, note))
        finding = "operative-note-draft-signed" if signed else "operative-note-draft"
        yield Raised(finding, billed(view), note.draft, values)
    elif note.blank and not note.signed:
        yield Raised("operative-note-not-attested", billed(view), note.blank, values)
    elif not note.signed and any(paper.signed for paper in papers if not paper.is_addendum):
        yield Raised("operative-note-unsigned", billed(view), note.first, values)
    else:
        surgeons = _names(words.text for words in note.surgeon)
        signers = _names(note.signers)
        if surgeons and signers and not signers & surgeons:
            yield Raised("operative-note-other-signer", billed(view), note.surgeon, values)


def _is_of_that_operation(paper: Paper, note: Paper) -> bool:
    return paper.type == note.type and paper.date == note.date and not paper.draft


def _named(text: str) -> str:
    """The name in a line such as "Surgeon: I. Falk", or the text where it is one already."""
    return _LABEL.sub("", text).strip()


def _names(texts: Iterable[str]) -> set[str]:
    return {name.casefold() for text in texts for name in _NAME.findall(_named(text))}


def _order(view: ClaimView, papers: tuple[Paper, ...]) -> Iterator[Raised]:
    """An inpatient whose order is not among the documents, or is of a day after the operation."""
    orders = [paper for paper in papers if paper.type == "admission_order"]
    operated, words = view.case.operation_date, view.case.setting.inpatient
    for order in orders:
        if operated and order.date and order.date > operated:
            values = {"date": order.date.isoformat(), "operation": operated.isoformat()}
            yield Raised("order-after-operation", billed(view), order.first, values)
    if words and papers and not orders and not view.case.papers.order:
        yield Raised("order-not-seen", billed(view), words)
