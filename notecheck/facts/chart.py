"""The documents of one encounter as the facts read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from notecheck.models import Evidence, ExclusionReason, Side
from notecheck.pipeline.mentions import AnalysedDocument, Mention

# Where an operative note says what was done, as against why, to whom and with what plan.
_NOT_DESCRIPTION = frozenset({
    "preoperative_diagnosis", "postoperative_diagnosis", "procedure_title", "indications",
    "past_history", "family_history", "consent", "quoted_report", "medications", "plan",
    "social_history", "setting", "laterality", "specimens", "administrative", "exam",
    "assessment", "findings", "anesthesia",
})  # fmt: skip
_HISTORY = frozenset({"past_history", "plan", "indications", "exam", "assessment"})
DIAGNOSES = frozenset({"preoperative_diagnosis", "postoperative_diagnosis"})
TITLE = "procedure_title"


@dataclass(slots=True)
class Found:
    """A mention together with the document that it stands in."""

    document: AnalysedDocument
    mention: Mention

    @property
    def evidence(self) -> Evidence:
        return self.document.evidence(self.mention)


@dataclass(slots=True)
class Chart:
    """All documents; `operative` are those of today's operation, `others` the rest.

    `side` is the operated side, once it is known; facts about the other limb are excluded by it.
    """

    documents: list[AnalysedDocument]
    side: Side | None = None
    excluded: list[tuple[Found, ExclusionReason]] = field(default_factory=list)

    @property
    def operative(self) -> list[AnalysedDocument]:
        return [d for d in self.documents if d.document.type == "operative_note"]

    @property
    def others(self) -> list[AnalysedDocument]:
        return [d for d in self.documents if d.document.type != "operative_note"]

    @property
    def tells_limb_operation(self) -> bool:
        """Whether anything here tells an operation on a lower limb.

        A history of an amputation, in a consult for something else, is no operation; an office
        or discharge note counts when it tells a debridement done.
        """
        if self.operative:
            return any(_on_lower_limb(note) for note in self.operative)
        reports = [
            d
            for d in self.documents
            if d.document.type in ("discharge_summary", "office_note", "progress_note")
        ]
        return any(self.found(reports, "debridement"))

    @property
    def operation_date(self) -> dt.date | None:
        return next((d.document.date for d in self.operative if d.document.date), None)

    def found(
        self, documents: Iterable[AnalysedDocument], *facts: str, counted: bool = True
    ) -> Iterator[Found]:
        """Mentions of these facts in these documents, by default only those that count."""
        for document in documents:
            for mention in document.of(*facts):
                if mention.counts or not counted:
                    yield Found(document, mention)


def _on_lower_limb(note: AnalysedDocument) -> bool:
    """Whether an operative note is about a lower limb: by its headings, or by an amputation."""
    headed = False
    for mention in note.mentions:
        in_heading = mention.category == TITLE or mention.category in DIAGNOSES
        headed = headed or in_heading
        if mention.fact in ("amputation_any", "prior"):
            if mention.counts and mention.category not in _HISTORY:
                return True
        elif (
            in_heading
            and mention.reason != "negated"
            and (mention.value == "operated_limb" or "head" in mention.groups)
        ):
            return True
    return not headed and any(m.value == "operated_limb" for m in note.mentions)


def in_description(mention: Mention) -> bool:
    """Whether the mention stands where an operative note tells what was done."""
    return (mention.category or "none") not in _NOT_DESCRIPTION


def evidence(found: Iterable[Found], most: int = 3) -> tuple[Evidence, ...]:
    """The evidence items of the first few of `found`, none within another."""
    items: list[Evidence] = []
    for item in found:
        words = item.evidence
        if not any(_within(words, other) for other in items):
            items = [*(other for other in items if not _within(other, words)), words]
        if len(items) == most:
            break
    return tuple(items)


def _within(inner: Evidence, outer: Evidence) -> bool:
    return inner.doc_id == outer.doc_id and outer.start <= inner.start and inner.end <= outer.end
