"""A card as headings and entries, with its sources numbered: what every format prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from notecheck.claims.data import Procedure
from notecheck.claims.diagnosis_data import Diagnosis
from notecheck.codes.model import Sourced, Statement
from notecheck.explain.card import CodeCard, RequirementCard
from notecheck.policy.model import PolicyRow

_SURENESS = {
    "confirmed": "seen in the source",
    "reported": "reported by others",
    "general_knowledge": "not looked up",
    "inferred": "concluded from others, not confirmed",
}


_NOT_HELD = "Not held: nothing of this was looked up for this code."


class Place(NamedTuple):
    """A primary source as a statement's source refers to it."""

    name: str  # P1
    title: str
    href: str


@dataclass(frozen=True)
class Entry:
    """A named statement; `source` is the number of its source, `points` are lists below it.

    `href` is an address that its name leads to, and `places` are those that would confirm it, each
    by its short name, its title and its address.
    """

    text: str
    name: str = ""
    source: int | None = None
    points: tuple[tuple[str, tuple[str, ...]], ...] = ()
    href: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Chapter:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Page:
    title: str
    chapters: tuple[Chapter, ...]


@dataclass
class _Sources:
    """Numbers each source once, with its day, how sure it is and where it would be confirmed."""

    known: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)

    def number(
        self, source: str, day: dt.date | None, confidence: str, confirm_in: tuple[str, ...]
    ) -> int:
        how = "written down" if confidence == "general_knowledge" else "looked up"
        dated = f" ({how} on {day.isoformat()})" if day else ""
        told = f"{_SURENESS[confidence]}: {source}{dated}"
        return self.known.setdefault((told, confirm_in), len(self.known) + 1)

    def of_file(self, item: Sourced, confidence: str) -> int:
        """The source of a whole file, with how sure one record of it is."""
        return self.number(item.source, item.verified_on, confidence, item.confirm_in)

    def of(self, item: Sourced) -> int:
        return self.of_file(item, item.confidence)


def requirement_page(code: str, card: RequirementCard) -> Page:
    """One requirement by itself, with what is said in each status."""
    said = tuple(Entry(text, name=key) for key, text in card.messages.items())
    return Page(
        f"{code}:{card.id}",
        (Chapter("What it asks", (_requirement(card, named=False),)), Chapter("Messages", said)),
    )


def card_page(card: CodeCard) -> Page:
    """The whole card of a code."""
    sources = _Sources()
    chapters = tuple(
        chapter if chapter.entries else Chapter(chapter.title, (Entry(_NOT_HELD),))
        for chapter in _chapters(card, sources)
        if chapter.entries or card.modifiers  # a set that is no code has no claim to tell of
    )
    named = {id for _, ids in sources.known for id in ids}
    primary = [p for p in card.primary if p.id in named]
    places = {p.id: Place(f"P{n}", p.title, p.url) for n, p in enumerate(primary, start=1)}
    listed = tuple(
        Entry(told, name=f"[{number}]", places=tuple(places[id] for id in ids if id in places))
        for (told, ids), number in sources.known.items()
    )
    opened = tuple(
        Entry(f"{p.holds}; {p.standing}", name=f"{places[p.id].name} {p.title}", href=p.url)
        for p in primary
    )
    last = (Chapter("Sources", listed), Chapter("Primary sources, to look it up in", opened))
    ends = (chapter for chapter in last if chapter.entries)
    return Page(f"{card.code}: {card.name}", (*chapters, *ends))


def _chapters(card: CodeCard, sources: _Sources) -> Iterator[Chapter]:
    yield Chapter("What it covers", (Entry(card.covers.text, source=sources.of(card.covers)),))
    yield Chapter(
        "What separates it from its neighbours",
        tuple(Entry(n.apart, name=n.code, source=sources.of(n)) for n in card.neighbours),
    )
    yield Chapter("Requirements", tuple(_requirement(r, named=True) for r in card.requirements))
    yield Chapter("Modifiers", tuple(_statements(card.modifiers, sources)))
    yield Chapter("Global period", tuple(_statements(card.global_days, sources)))
    yield Chapter(
        "Diagnoses (ICD-10-CM)", tuple(_diagnosis(d, card, sources) for d in card.diagnoses)
    )
    yield Chapter(
        "Procedures (ICD-10-PCS)", tuple(_procedure(p, card, sources) for p in card.procedures)
    )
    yield Chapter("Fees", tuple(_statements(card.fees, sources)))
    yield Chapter("Payers' rules", tuple(_row(row, sources) for row in card.policy))
    yield Chapter(
        "Denials and what prevents them",
        tuple(Entry(d.prevent, name=d.reason, source=sources.of(d)) for d in card.denials),
    )
    yield Chapter(
        "Questions",
        tuple(Entry(q.answer, name=q.question, source=sources.of(q)) for q in card.questions),
    )


def _requirement(card: RequirementCard, *, named: bool) -> Entry:
    return Entry(
        card.asks,
        name=f"{card.id} (weight {card.weight:g})" if named else "",
        points=(("Meets it", card.meets), ("Does not", card.fails)),
    )


def _statements(items: Iterable[Statement], sources: _Sources) -> Iterator[Entry]:
    for item in items:
        yield Entry(item.text, name=item.name, source=sources.of(item))


def _diagnosis(record: Diagnosis, card: CodeCard, sources: _Sources) -> Entry:
    told = record.name
    if record.sides:
        sides = ", ".join(f"{digit} {side}" for digit, side in record.sides.items())
        told += f"; character {record.side_at}: {sides}"
    if record.role == "status":
        told += "; supports nothing by itself"
    code = record.prefix
    dotted = f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
    more = "" if record.length == len(code) else "-"
    number = sources.of_file(card.diagnosis_source, record.confidence)
    return Entry(told, name=dotted + more, source=number)


def _procedure(record: Procedure, card: CodeCard, sources: _Sources) -> Entry:
    told = f"{record.side} {record.name}"
    if record.heights:
        heights = ", ".join(
            f"{digit} {' or '.join(segments)}".replace("_", " ")
            for digit, segments in record.heights.items()
        )
        told += f"; last character: {heights}"
    source = card.procedure_source
    number = sources.of_file(source, source.confidence)
    return Entry(told, name=record.prefix, source=number)


def _row(row: PolicyRow, sources: _Sources) -> Entry:
    until = row.effective_to.isoformat() if row.effective_to else "now"
    told = row.rule.replace("_", " ")
    if row.status_indicator:
        told += f", status {row.status_indicator}"
    if row.asc_indicator:
        told += f", surgery center {row.asc_indicator}"
    number = sources.number(
        row.source or "no source given", row.verified_on, row.confidence, row.confirm_in
    )
    name = f"{row.payer}, {row.effective_from.isoformat()} to {until}"
    return Entry(f"{row.topic}: {told}", name=name, source=number)
