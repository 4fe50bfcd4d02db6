"""A claim as its findings read it: lines tidied and numbered, with the places to point at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import get_args

from notecheck.claims.data import lines as line_data
from notecheck.facts.case import CaseFacts, Words
from notecheck.facts.documented import Asked
from notecheck.models import Claim, ClaimPlace, DocumentType, Side
from notecheck.requirements.claim_line import tidy
from notecheck.requirements.claim_rules import BilledSide, ClaimRules, claim_rules
from notecheck.requirements.laterality import line_side
from notecheck.timeline.todays import Question


@dataclass(frozen=True)
class LineView:
    """One billed line, or with no `number` the claim as a whole; `diagnoses` have no dots."""

    claim_id: str | None
    number: int | None
    code: str
    modifiers: frozenset[str]
    units: float | None
    date: dt.date | None
    diagnoses: tuple[str, ...]
    told_diagnoses: tuple[str, ...]

    @property
    def place(self) -> ClaimPlace:
        """The line's code with its modifiers, as one writes them: 27596-LT-58."""
        return self.at("code", "-".join([self.code, *sorted(self.modifiers)]))

    def at(self, field: str, value: str) -> ClaimPlace:
        return ClaimPlace(claim_id=self.claim_id, line=self.number, field=field, value=value)

    @property
    def dated(self) -> tuple[ClaimPlace, ...]:
        told = (self.at("service_date", self.date.isoformat()),) if self.date else ()
        return (self.place, *told)


@dataclass(frozen=True)
class Raised:
    """A finding before it is put into words; `values` fill its message."""

    id: str
    claim: tuple[ClaimPlace, ...]
    evidence: Words = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ClaimView:
    """A claim beside the facts of its encounter, and the other claims of the patient."""

    case: CaseFacts
    claim: Claim
    others: tuple[Claim, ...] = ()
    numbers: frozenset[int] | None = None  # the lines of the operation in `case`; None for all
    facts_of: Callable[[Question], CaseFacts] | None = None  # those of the encounter's operations

    def case_of(self, day: dt.date | None, side: Side | None = None) -> CaseFacts:
        """The operation of a day, on a side, where a note tells one, else the one in question."""
        own = self.case.facts.laterality
        of_own_day = day in (None, self.case.operation_date)
        if self.facts_of is None or (of_own_day and side in (None, own.value if own else None)):
            return self.case
        told = self.facts_of(Question(side=side, day=day))
        return told if day in (None, told.operation_date) else self.case

    @property
    def rules(self) -> ClaimRules:
        return claim_rules()

    @property
    def lines(self) -> tuple[LineView, ...]:
        lines = claim_lines(self.claim)
        if self.numbers is None:
            return lines
        return tuple(line for line in lines if line.number in self.numbers)

    @property
    def amputations(self) -> tuple[LineView, ...]:
        """The lines that bill a code of the list."""
        return tuple(line for line in self.lines if line.code in self.rules.family)

    @property
    def whole(self) -> LineView | None:
        """The diagnoses that a facility's claim bears as a whole, as a line; None where none."""
        billed = [d for d in self.claim.diagnoses if d.kind != "admitting"]
        if not billed:
            return None
        return LineView(
            claim_id=self.claim.claim_id,
            number=None,
            code="",
            modifiers=frozenset(),
            units=None,
            date=self.case.operation_date,
            diagnoses=tuple(undotted(d.code) for d in billed),
            told_diagnoses=tuple(tidy(d.code) for d in billed),
        )

    @property
    def visits(self) -> tuple[LineView, ...]:
        return tuple(line for line in self.lines if line.code in line_data().visits)

    @property
    def institutional(self) -> bool:
        return self.claim.form == "institutional"

    @property
    def bill_type(self) -> str:
        """The first two digits of the bill type, a leading zero left out."""
        return tidy(self.claim.type_of_bill or "").removeprefix("0")[:2]

    @property
    def inpatient_bill(self) -> bool:
        return self.bill_type in self.rules.inpatient_bills

    def side(self, line: LineView) -> BilledSide | None:
        return line_side(line.modifiers, self.rules)

    @property
    def frequency(self) -> str:
        """Its frequency code: 7 replaces an earlier bill, 8 takes it back."""
        return bill_frequency(self.claim)

    def field(self, name: str, value: str) -> ClaimPlace:
        return ClaimPlace(claim_id=self.claim.claim_id, line=None, field=name, value=value)

    def told(self, fact: str, *values: str, today: bool = True, history: bool = False) -> Words:
        """Where the documents tell one of the `values` of a fact, not denied or planned.

        What a sentence dates before the operation counts only where it need not be of `today`,
        what is told as history only with `history`.
        """
        asked = Asked(fact=fact, values=values, today=today, history=history)
        return self.case.documented.words(asked)

    def told_anywhere(
        self,
        fact: str,
        values: Collection[str],
        within: tuple[dt.date, dt.date] | None = None,
    ) -> Words:
        """Where any document tells one of the `values`, as of now or as history.

        With `within` only what is dated between these two days.
        """
        return self._anywhere(fact, values, history=True, within=within)

    def spoken_of(self, fact: str, values: Collection[str], *, history: bool) -> Words:
        """Where any document tells one of the `values`, a doubtful telling too."""
        return self._anywhere(fact, values, history=history, doubtful=True)

    def ruled_out(self, fact: str, values: Collection[str], limits: Collection[str]) -> Words:
        """Where any document denies one of the `values`, with none of `limits` to narrow it."""
        if not values:
            return ()
        everywhere = get_args(DocumentType)
        return self.case.documented.ruled_out(
            Asked(fact=fact, values=values, documents=everywhere),
            Asked(fact="billing_words", values=limits, documents=everywhere),
        )

    def _anywhere(
        self,
        fact: str,
        values: Collection[str],
        *,
        history: bool,
        doubtful: bool = False,
        within: tuple[dt.date, dt.date] | None = None,
    ) -> Words:
        if not values:
            return ()
        return self.case.documented.words(
            Asked(
                fact=fact,
                values=values,
                documents=get_args(DocumentType),
                today=False,
                history=history,
                doubtful=doubtful,
                within=within,
            )
        )

    def of_other_limb(
        self, fact: str, values: Collection[str] = (), documents: Collection[DocumentType] = ()
    ) -> Words:
        """Where they tell it of the limb that was not operated on; in all where none are asked."""
        return self.case.documented.of_other_limb(
            Asked(fact=fact, values=values, documents=documents)
        )

    def other_lines(self) -> Iterator[tuple[Claim, LineView]]:
        for claim in self.others:
            for line in claim_lines(claim):
                yield claim, line


def bill_frequency(claim: Claim) -> str:
    """A claim's frequency code: its own, else the third digit of its bill type, or empty."""
    own = tidy(claim.frequency or "")
    return own or tidy(claim.type_of_bill or "").removeprefix("0")[2:3]


def undotted(code: str) -> str:
    """A diagnosis code as the tables write it: tidied, without its dot."""
    return tidy(code).replace(".", "")


def claim_lines(claim: Claim) -> tuple[LineView, ...]:
    """The lines of `claim` in order, tidied."""
    return tuple(
        LineView(
            claim_id=claim.claim_id,
            number=number,
            code=tidy(line.code),
            modifiers=frozenset(map(tidy, line.modifiers)),
            units=line.units,
            date=line.service_date,
            diagnoses=tuple(map(undotted, line.diagnoses)),
            told_diagnoses=tuple(map(tidy, line.diagnoses)),
        )
        for number, line in enumerate(claim.lines, start=1)
    )
