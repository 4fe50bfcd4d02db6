"""The level of the stump that the patient arrived with, and when it was made.

Amputations of one limb only ever go up, so among several earlier levels of the operated limb the
most proximal is the latest. What today's operation is called is no earlier level. Two levels that
different documents, or different headings, tell for the same stump, with no dates and no word of a
conversion between them, are a conflict; then the operative note's level is the fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from notecheck.facts.case import EarlierOperation, PriorSigns
from notecheck.models import Evidence, LevelFact
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.acts import is_only_feared
from notecheck.timeline.chart import (
    Chart,
    Found,
    bone_cut_at,
    evidence,
    in_description,
    tells_amputation,
)
from notecheck.timeline.events import Event, spans_of_earlier
from notecheck.timeline.levels import levels, proximality
from notecheck.timeline.other_days import is_before, named_by
from notecheck.timeline.when import day_at_once, told_when
from notecheck.timeline.words import fact_words


def prior_level(
    chart: Chart, todays: str | None, history: Sequence[Event]
) -> tuple[LevelFact | None, PriorSigns]:
    """The earlier level and what else is told of it.

    `todays` is the level that the operation itself is called by ("conversion to above-knee"), which
    is left out unless it is dated or plainly an existing stump. `history` are the operations that
    the chart tells.
    """
    found = read_from(chart, todays)
    of_stump = any(map(tells_amputation, chart.documents))
    vague = [
        f
        for document in chart.documents
        for f in _not_made_today(chart, document)
        if f.mention.category not in ("consent", "quoted_report")
        and not _may_be_todays_stump(chart, f)
        and (of_stump or f.document.words(f.mention) not in fact_words().bare)
    ]
    signs = PriorSigns(
        unlevelled=evidence(vague),
        conflict=_conflict(chart, found),
        operations=tuple(
            EarlierOperation(span.earliest, span.latest, event.evidence)
            for event, span in spans_of_earlier(chart, history)
        ),
    )
    if not found:
        return None, signs
    pool = found
    if signs.conflict:
        own = [f for f in found if f.document in chart.operative]
        pool = [f for f in own if in_description(f.mention)] or own or found
    level = max((f.mention.value for f in pool), key=proximality().index)
    words = evidence(_best_first(f for f in found if f.mention.value == level))
    return LevelFact(value=level, evidence=words), signs


def read_from(chart: Chart, todays: str | None) -> list[Found]:
    """The words that tell an earlier amputation with its level; `todays` as for `prior_level`."""
    found = [f for f in chart.found(chart.documents, "prior") if _is_earlier(chart, f)]
    if all(_is_told_after_the_cut(f) for f in found):
        found = []
    found = _without_todays_name(chart, found + _named_with_a_day(chart))
    # A bare "re-amputation of the thigh" tells the earlier level too, where nothing else does and
    # nobody says that it is not known.
    if not found and not _is_unknown(chart):
        found = list(chart.found(chart.operative, "prior_again"))
    if todays is None:
        return found
    return [f for f in found if f.mention.value != todays or _existing(chart, f)]


def _is_unknown(chart: Chart) -> bool:
    """Whether a document says that it does not know the level of an earlier amputation."""
    said = chart.found(chart.documents, "prior_level_unknown", counted=False)
    return any(f.mention.reason not in ("other_limb", "other_person") for f in said)


def _without_todays_name(chart: Chart, found: list[Found]) -> list[Found]:
    """Those of `found` that name an earlier operation, where some may name today's.

    "AKA, revision" of a stump that was made lower on a day that is told is today's operation.
    """
    either = [f for f in found if "either" in f.mention.tells]
    others = [f for f in found if "either" not in f.mention.tells]
    order = proximality().index
    dated = [f for f in others if told_when(chart, f)]
    higher = max((order(f.mention.value) for f in others), default=-1)
    if not either or not dated:
        return found
    return [f for f in found if "either" not in f.mention.tells or order(f.mention.value) <= higher]


def _named_with_a_day(chart: Chart) -> list[Found]:
    """Amputations that another document names with a day before the operation: "AKA 2/8/26".

    The note of an earlier operation names its own without one.
    """
    operation = chart.operation_date
    if operation is None:
        return []
    named = [f for note in chart.apart if is_before(chart, note) for f in named_by(note)]
    for f in chart.found(chart.others, "amputation"):
        span = day_at_once(chart, f.document, f.mention.end)
        before = span is not None and span.earliest == span.latest < operation
        if before and f.mention.value in proximality() and f.mention.category != "plan":
            named.append(f)
    return named


def _not_made_today(chart: Chart, document: AnalysedDocument) -> Iterator[Found]:
    """Stumps, but for those only spoken of once the bone was cut, which are then today's own."""
    cut = bone_cut_at(document)
    for found in chart.found([document], "prior_unlevelled"):
        if not (in_description(found.mention) and found.mention.start > cut):
            yield found


def _best_first(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda f: ("existing" not in f.mention.tells,))


def _is_earlier(chart: Chart, found: Found) -> bool:
    mention = found.mention
    if mention.value not in proximality():
        return False
    if is_only_feared(mention):
        return False
    span = told_when(chart, found)
    operation = chart.operation_date
    if span is None and _is_a_step_of_today(chart, found):
        return False
    if _may_be_todays_stump(chart, found):
        return False
    return not (span and operation and span.earliest >= operation)


def _may_be_todays_stump(chart: Chart, found: Found) -> bool:
    """Whether a stump of no told time is told after today's operation, beside a later one's note.

    Once a later operation is reported, the stump that it was done on may be today's.
    """
    written, operated = found.document.document.date, chart.operation_date
    if written is None or operated is None or written <= operated:
        return False
    later = any(not is_before(chart, note) for note in chart.apart)
    return later and told_when(chart, found) is None


def _is_told_after_the_cut(found: Found) -> bool:
    """Whether a stump of no told time is named once the bone was cut: it may be today's own."""
    mention = found.mention
    undated = "undated" in mention.tells and in_description(mention)
    return undated and mention.start > bone_cut_at(found.document)


def _is_a_step_of_today(chart: Chart, found: Found) -> bool:
    """Whether a labelled description tells it as the joint that it divides.

    "The leg was taken off through the knee" is an amputation of before elsewhere, today there.
    """
    told = found.mention
    return (
        found.document in chart.operative
        and told.category is not None
        and in_description(told)
        and any(
            cut.fact == "joint_cut" and cut.counts and cut.value == told.value and cut.meets(told)
            for cut in found.document.beside(told)
        )
    )


def _existing(chart: Chart, found: Found) -> bool:
    """Whether a mention of today's own level still speaks of an earlier operation."""
    return "stump" in found.mention.tells or told_when(chart, found) is not None


def _conflict(chart: Chart, found: list[Found]) -> tuple[Evidence, ...]:
    """The words that tell two levels for one stump, unless dates or a conversion explain them.

    One document that tells both levels in the past tells the order; documents that know only one
    each must give dates that put the lower level first.
    """
    by_level: dict[str, list[Found]] = {}
    for f in found:
        # The foot's precede one another in the course of disease.
        if levels()[f.mention.value].stump and not _names_loosely(f):
            by_level.setdefault(f.mention.value, []).append(f)
    told = sorted(by_level, key=proximality().index)
    for lower, higher in pairwise(told):
        made = any(_tells_conversion(document, lower, higher) for document in chart.operative)
        made = made and not any(_was_before(chart, f) for f in by_level[higher])
        if not made and not _explained(chart, by_level[lower], by_level[higher]):
            return evidence([by_level[lower][0], by_level[higher][0]])
    return ()


def _was_before(chart: Chart, found: Found) -> bool:
    """Whether a document dates an amputation before the operation: no name of today's."""
    span, operation = told_when(chart, found), chart.operation_date
    return span is not None and operation is not None and span.latest < operation


def _explained(chart: Chart, lower: list[Found], higher: list[Found]) -> bool:
    if _told_of_one_day(chart, lower, higher):
        return False
    first, second = ([t for f in found if (t := told_when(chart, f))] for found in (lower, higher))
    # Of one stump that is told at several times the first is when it was made.
    made = min(second, key=lambda span: span.earliest, default=None)
    if made and any(a.latest < made.earliest for a in first):
        return True
    if second and first and not _tells_course(lower, higher):
        return False  # one time told of two levels
    if not second and any(_is_seen_today(chart, f) for f in lower):
        return False
    if not second and not _is_done_beside(higher, lower):
        # The only amputation that is told is the lower one, unless its story comes to the higher.
        return _tells_course(lower, higher) or any(_told_after(higher, lower))
    documents = [{f.document.document.doc_id for f in found} for found in (lower, higher)]
    if not documents[0] & documents[1]:
        return False
    if made and any(a.earliest < made.earliest for a in first):
        return True
    # A limb is never cut lower: where a stump is only told as there now, at the lower level, it was
    # not cut higher before, unless the telling goes on to that.
    return not _all_there_now(lower) or any(
        "existing" not in f.mention.tells for f in _told_after(higher, lower)
    )


def _told_of_one_day(chart: Chart, lower: list[Found], higher: list[Found]) -> bool:
    """Whether a document tells the lower level of the day of which another tells the higher."""
    of_day = [
        (f.document, span.earliest)
        for f in higher
        if (span := told_when(chart, f)) and span.earliest == span.latest
    ]
    return any(
        (span := told_when(chart, f))
        and span.earliest == span.latest
        and any(day == span.earliest for _, day in of_day)
        and not any(document is f.document for document, _ in of_day)
        for f in lower
    )


def _is_done_beside(found: list[Found], others: list[Found]) -> bool:
    """Whether an amputation is told as done in a document that tells one of the others too."""
    told_in = {id(other.document) for other in others}
    return any("amputated" in f.mention.tells and id(f.document) in told_in for f in found)


def _all_there_now(found: list[Found]) -> bool:
    """Whether the words of each tell a stump that is there now, by this mention or another."""
    now: dict[tuple[str, int], list[Found]] = defaultdict(list)
    for f in filter(_is_there_now, found):
        now[f.told_in].append(f)
    return all(any(_tell_one(f, stump) for stump in now.get(f.told_in, ())) for f in found)


def _is_there_now(found: Found) -> bool:
    """Whether a stump is told as present, and not in the history."""
    return "existing" in found.mention.tells and found.mention.category != "past_history"


def _is_seen_today(chart: Chart, found: Found) -> bool:
    """Whether a stump is named in what the operative note tells of the operation itself."""
    return (
        "named_stump" in found.mention.tells
        and found.document in chart.operative
        and in_description(found.mention)
    )


def _tells_course(lower: list[Found], higher: list[Found]) -> bool:
    """Whether a story tells both amputations as done, one after the other."""
    levels_above = {f.mention.value for f in higher}
    stories = {id(f.mention.sentence.section) for f in lower}
    notes = {id(f.document): f.document for f in lower}
    return any(
        later.value in levels_above
        and id(later.sentence.section) in stories
        and "existing" not in later.tells
        for note in notes.values()
        for later in note.of("prior", "amputation")
    )


def _tell_one(a: Found, b: Found) -> bool:
    """Whether two mentions of one sentence are of the same words."""
    return a.mention.meets(b.mention)


def _names_loosely(found: Found) -> bool:
    """Whether the level's name is said of any level: "leg stump"."""
    named = found.mention.groups.get(found.mention.value, (0, 0))
    return found.document.normalized[slice(*named)] in fact_words().loose_level


def _told_after(later: list[Found], first: list[Found]) -> Iterator[Found]:
    """Those of `later` that follow one of `first` in the same story."""
    begins: dict[int, int] = {}  # the first mention in each story; a long note tells thousands
    for f in first:
        story = id(f.mention.sentence.section)
        begins[story] = min(f.mention.start, begins.get(story, f.mention.start))
    for f in later:
        if f.mention.start > begins.get(id(f.mention.sentence.section), f.mention.start):
            yield f


def _tells_conversion(document: AnalysedDocument, lower: str, higher: str) -> bool:
    """Whether an operative note tells that the lower level was made into a higher one today."""
    return any(
        (m.fact == "amputation_today" and m.value == higher)
        or ("conversion" in m.tells and m.value == lower)
        for m in document.mentions
    )
