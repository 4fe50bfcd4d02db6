"""Tells the reasons of an earlier operation, and of other parts of the body, from today's.

ConText sees words that turn a statement; it cannot see that "for a septic knee" belongs to the
amputation of 2019 told just before it. Frames of the facts `earlier_reason` and `elsewhere`
(`patterns/frames/whose_reason.toml`) span such statements.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from notecheck.models import ExclusionReason
from notecheck.pipeline.asides import earlier_days
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Once, Sentence
from notecheck.pipeline.stretches import Stretches
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import Found
from notecheck.timeline.clock import Clock
from notecheck.timeline.dates import find_date
from notecheck.timeline.retold import recurs
from notecheck.timeline.words import fact_words, holds_word

_YEAR = r"(?:19|20)\d\d"
_AMPUTATIONS = ("prior", "prior_unlevelled", "amputation", "amputation_any")
_MARKS = ("earlier_reason", "elsewhere")
_REMOTE_FIELD = "remote_field"
_FIELDS = (_REMOTE_FIELD, "operated_limb")  # where a story is
_LONG_BEFORE = dt.timedelta(days=60)
_A_YEAR = dt.timedelta(days=365)
_GONE: Once[Stretches[tuple[int, int, bool]]] = Once("what is told of earlier times")
_PIECE = re.compile(r"[^,;.]+")


def outside_scope(found: Found, operated: dt.date | None) -> ExclusionReason | None:
    """Why a mention that its context lets stand is still no reason for today's operation.

    `operated` is the day of that operation, where it is known.
    """
    mention, document = found.mention, found.document
    if "as_left" in mention.tells and not _is_written_before(document, operated):
        return "other_operation"
    marks = _marks(document, mention.sentence)
    earlier = any(
        mark.fact == "earlier_reason"
        and _within(mention, mark)
        and not _is_of_today(document, mark, operated)
        for mark in marks
    )
    if earlier and not recurs(document, mention):
        return "history"
    if any(mark.value == "other_site" and mark.meets(mention) for mark in marks):
        return "other_meaning"
    if not earlier and _is_dated(found) and not recurs(document, mention):
        return "history"
    if not earlier and _is_of_a_year_gone(found, operated) and not recurs(document, mention):
        return "history"
    if "of_its_day" in mention.tells and _befell_long_before(found, operated):
        return "history"
    sites = {mark.value for mark in marks}
    if "unrelated" in sites:
        return "other_meaning"
    if "operated_limb" in sites:
        return None
    if "named_site" in sites or _in_remote_field(document, mention.sentence):
        return "other_meaning"
    return None


def _is_written_before(document: AnalysedDocument, operated: dt.date | None) -> bool:
    """Whether a document is of a day before the operation, and so of what another one left."""
    written = document.document.date
    return written is not None and operated is not None and written < operated


def _is_of_today(document: AnalysedDocument, mark: Mention, operated: dt.date | None) -> bool:
    """Whether the amputation that a reason is told of bears today's day: "AKA 3/2 for ..."."""
    span = find_date(document.words(mark), Clock(operated, document.document.date))
    return span is not None and span.earliest == span.latest == operated


@cache
def _then_dated() -> re.Pattern[str]:
    """A time that stands right behind a reason: "(May 2019)", "of the knee in 2019"."""
    words = fact_words().reason_dated
    of, the, during = map(any_of, (words.of, words.the, words.during))
    return re.compile(
        rf"(?: {of} (?:{the} )?[a-z]+)?(?: \((?:[a-z]+,? )?"
        rf"| {during} (?=[a-z]+,? {_YEAR}|{_YEAR}))([^();.]{{4,20}})"
    )


@cache
def _then_year() -> re.Pattern[str]:
    """A year that ends the item of a list: "Graft infection and excision 2022"."""
    words = fact_words().reason_dated
    return re.compile(
        rf"(?: (?!{any_of(words.not_its)} )[a-z&-]+){{0,3}}"
        rf" ({_YEAR})\b(?!-| {any_of(words.span)} )"
    )


def _is_dated(found: Found) -> bool:
    """Whether a time long before the operation stands right after it: "an abscess (May 2019)".

    A year behind the name of an amputation is the amputation's: "non-healing AKA 2019".
    """
    mention, document = found.mention, found.document
    operation = document.document.date
    if operation is None:
        return False
    end = mention.sentence.end
    told = _then_dated().match(document.normalized, mention.end, end)
    if not told:
        told = _then_year().match(document.normalized, mention.end, end)
        if told and any(
            mention.start <= m.start < told.end()
            for m in document.beside(mention)
            if m.fact in _AMPUTATIONS
        ):
            return False
    span = find_date(told[1], Clock(operation)) if told else None
    return span is not None and span.latest < operation - _LONG_BEFORE


def _is_of_a_year_gone(found: Found, operated: dt.date | None) -> bool:
    """Whether it is only told of a year before: "in 2021 he had osteomyelitis, treated"."""
    mention, document = found.mention, found.document
    if operated is None or mention.value not in fact_words().passes:
        return False
    text, sentence = document.normalized, mention.sentence
    gone = document.once(_GONE, lambda: Stretches(earlier_days(document.repaired.text, operated)))
    told = next((end for _, end, of_year in gone.at(mention.start) if of_year), None)
    if told is None or holds_word(text[told : sentence.end], fact_words().to_this_day):
        return False
    span = find_date(text[sentence.start : told], Clock(operated, document.document.date))
    return span is not None and span.latest < operated - _A_YEAR


def _befell_long_before(found: Found, operated: dt.date | None) -> bool:
    """Whether the day told nearest to what befell, in its sentence, is long before the operation.

    A day told beside an amputation, in a piece of the sentence of its own, is the amputation's.
    """
    mention, document = found.mention, found.document
    operation = operated or document.document.date
    begin, end = mention.sentence.start, mention.sentence.end
    before: list[re.Match[str]] = []
    own: list[re.Match[str]] = []
    after: list[re.Match[str]] = []
    for piece in _PIECE.finditer(document.normalized, begin, end):
        if piece.start() <= mention.start < piece.end():
            own.append(piece)
        elif not any(
            piece.start() <= m.start < piece.end()
            for m in document.within(mention.sentence)
            if m.fact in _AMPUTATIONS
        ):
            (before if piece.end() <= mention.start else after).append(piece)
    for piece in (*own, *after, *reversed(before)):
        span = find_date(piece[0], Clock(operation, document.document.date))
        if span is not None:
            return operation is None or span.latest < operation - _LONG_BEFORE
    return False


def about_a_digit(found: Found) -> bool:
    """Whether a statement is about a toe, which is taken off whole whatever its bone is like."""
    marks = _marks(found.document, found.mention.sentence)
    return any(mark.value == "digit" for mark in marks)


def _in_remote_field(document: AnalysedDocument, sentence: Sentence) -> bool:
    """Whether the story moved to a remote field and has not come back to the limb since."""
    last = max(document.last_before(sentence, f, v) for f in _MARKS for v in _FIELDS)
    if last < 0 or any(
        earlier.section is not sentence.section
        for earlier in document.sentences[last : sentence.index]
    ):
        return False
    return any(mark.value == _REMOTE_FIELD for mark in _marks(document, document.sentences[last]))


def _marks(document: AnalysedDocument, sentence: Sentence) -> list[Mention]:
    return [mark for mark in document.within(sentence) if mark.fact in _MARKS]


def _within(mention: Mention, mark: Mention) -> bool:
    """Whether a mention begins inside a mark: "open stump (cut off for ...)" begins before it.

    What begins with the same words and goes on tells more: "amputation (10/22) gaped".
    """
    if mark.start == mention.start:
        return mention.end <= mark.end
    return mark.start < mention.start < mark.end
