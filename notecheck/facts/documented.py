"""What the documents tell of a fact that a site's own requirement asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from notecheck.models import Evidence
from notecheck.pipeline.asides import earlier_days, opens_on_a_day
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.timeline.chart import Chart, Found, evidence
from notecheck.timeline.clock import Clock
from notecheck.timeline.dates import find_date
from notecheck.timeline.limbs import LimbSides

_DESCRIPTION = "description"


@dataclass(frozen=True)
class Asked:
    """A fact and what its mentions must be like; an empty collection asks nothing.

    `sections` are categories ("none" where a note has no heading), `documents` types of documents.
    With `today` a mention that the same clause dates before the operation does not count; with
    `history` one counts that is told as of earlier, with `doubtful` one that the second reader
    doubts. `within` are the first and last day of a time,
    in which its clause has to date it.
    """

    fact: str
    values: Collection[str] = ()
    sections: Collection[str] = ()
    documents: Collection[str] = ()
    today: bool = True
    history: bool = False
    doubtful: bool = False
    within: tuple[dt.date, dt.date] | None = None


@dataclass(frozen=True)
class Documented:
    """The documents of one encounter, to be asked for any fact that rules or frames tell."""

    _chart: Chart | None = field(default=None, repr=False)

    @property
    def has_chart(self) -> bool:
        """Whether documents were read at all."""
        return self._chart is not None

    def has_documents(self, asked: Asked) -> bool:
        """Whether there is a document in which it could stand."""
        return any(True for _ in self._documents(asked))

    def words(self, asked: Asked) -> tuple[Evidence, ...]:
        """Where it is told: not denied, not planned, not of another day, limb or person."""
        return evidence(
            f for f in self._found(asked) if _holds(f.mention, asked) and _is_now(f, asked)
        )

    def denied(self, asked: Asked) -> tuple[Evidence, ...]:
        """Where it is said that there was none."""
        return evidence(f for f in self._found(asked) if f.mention.reason == "negated")

    def ruled_out(self, asked: Asked, limits: Asked) -> tuple[Evidence, ...]:
        """Where it is denied of the operated limb as it is now, with no word of `limits` beside."""
        limited = {(f.document.document.doc_id, f.mention.sentence) for f in self._found(limits)}
        return evidence(
            f
            for f in self._found(asked)
            if f.mention.reason == "negated" and _is_now(f, asked)
            if (f.document.document.doc_id, f.mention.sentence) not in limited
            if not self._is_on_other_side(f)
        )

    def of_other_limb(self, asked: Asked) -> tuple[Evidence, ...]:
        """Where it is told of the limb that was not operated on, in any document or those asked."""
        if self._chart is None:
            return ()
        documents = self._documents(asked) if asked.documents else self._chart.documents
        return evidence(
            Found(document, mention)
            for document in documents
            for mention in document.of(asked.fact)
            if not asked.values or mention.value in asked.values
            if self._is_of_other_limb(document, mention)
        )

    def _is_of_other_limb(self, document: AnalysedDocument, mention: Mention) -> bool:
        """Also of what stands in a history, which is told of no limb unless it names one."""
        if mention.reason == "other_limb":
            return True
        return mention.reason == "history" and self._is_on_other_side(Found(document, mention))

    def _is_on_other_side(self, found: Found) -> bool:
        if self._chart is None:
            return False
        return {LimbSides(found.document).of(found.mention), self._chart.side} == {"left", "right"}

    def _documents(self, asked: Asked) -> list[AnalysedDocument]:
        if self._chart is None:
            return []
        if not asked.documents:
            return self._chart.reporting
        return [d for d in self._chart.documents if d.document.type in asked.documents]

    def _found(self, asked: Asked) -> list[Found]:
        return [
            Found(document, mention)
            for document in self._documents(asked)
            for mention in document.of(asked.fact)
            if not asked.values or mention.value in asked.values
            if not asked.sections or (mention.category or "none") in asked.sections
        ]


def _holds(mention: Mention, asked: Asked) -> bool:
    return (
        mention.counts
        or (asked.history and mention.reason == "history")
        or (asked.doubtful and mention.reason == "doubtful")
    )


def _is_of_an_earlier_day(found: Found, written: dt.date | None) -> bool:
    """Whether its clause begins with an earlier day: "in March 2025 cefazolin was given"."""
    sentence = found.mention.sentence
    text = found.document.repaired.text[sentence.start : sentence.end]
    place = found.mention.start - sentence.start
    return any(
        year and start <= place < end and opens_on_a_day(text[start:end])
        for start, end, year in earlier_days(text, written)
    )


def _is_now(found: Found, asked: Asked) -> bool:
    """Whether no earlier date stands in what says it, or one that is asked for."""
    written = found.document.document.date
    if asked.within is None and (not asked.today or written is None):
        return True
    start, end = _extent(found.mention)
    if found.mention.category == _DESCRIPTION:
        if _is_of_an_earlier_day(found, written):
            return False
        # The day of a thing is not that of the act: "the plate of 2016 was removed".
        start = min(found.mention.end, end)
    span = find_date(found.document.normalized[start:end], Clock(written or _last(asked)))
    if asked.within is not None:
        first, last = asked.within
        return span is not None and span.latest >= first and span.earliest <= last
    return span is None or written is None or span.latest >= written


def _last(asked: Asked) -> dt.date | None:
    return asked.within[1] if asked.within else None


def _extent(mention: Mention) -> tuple[int, int]:
    return mention.clause or (mention.sentence.start, mention.sentence.end)
