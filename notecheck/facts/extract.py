"""From the documents of an encounter to its facts. The claim is never seen here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from notecheck.facts.case import CaseFacts, SettingSigns
from notecheck.facts.debridement import debrided_apart, debrided_sides, debridement
from notecheck.facts.documented import Documented
from notecheck.facts.indications import indications, preop_documents
from notecheck.facts.laterality import laterality
from notecheck.facts.left_out import left_out
from notecheck.facts.necessity import necessity
from notecheck.facts.new_level import bone_resected, length_left, new_level, silent_on_bone
from notecheck.facts.operation import read_operation
from notecheck.facts.operations import history_alone, operations_of, together
from notecheck.facts.papers import Papers
from notecheck.facts.prior_level import prior_level
from notecheck.facts.reconstruction import (
    coverage_of_any_wound,
    covered_apart,
    reconstruction,
)
from notecheck.facts.report_elements import ReportElements
from notecheck.facts.second_reading import second_reading
from notecheck.facts.setting import setting
from notecheck.facts.stump import may_concern_stump
from notecheck.facts.supported_code import supported_code
from notecheck.facts.toe_joints import toe_joints
from notecheck.models import Document, Excluded, Facts, SupportedCode
from notecheck.pipeline.mentions import Mention
from notecheck.screen.screen import concerns
from notecheck.timeline.before_stump import mark_before_stump
from notecheck.timeline.chart import Chart, Found, tells_of_any_wound
from notecheck.timeline.earlier_cuts import mark_earlier_cuts
from notecheck.timeline.events import events
from notecheck.timeline.limbs import mark_other_limb
from notecheck.timeline.not_done import mark_not_done
from notecheck.timeline.one_act import join_acts
from notecheck.timeline.other_days import mark_other_days
from notecheck.timeline.own_stump import mark_own_stump
from notecheck.timeline.reason_limbs import mark_reasons_of_other_limb
from notecheck.timeline.retold import mark_retold
from notecheck.timeline.stages import mark_stages_done
from notecheck.timeline.todays import (
    Question,
    Todays,
    in_question,
    limbs_apart,
    mark_other_operations,
    todays,
)

_FIRST = Question()
# The facts of a report, by the fact of the mentions that they are made from.
_REPORTED = {
    "prior": "prior_level",
    "bone_cut": "new_level",
    "joint_cut": "new_level",
    "segment": "new_level",
    "indication": "indications",
    "reconstruction": "reconstruction",
    "debridement": "debridement",
    "setting": "setting",
}


class Reading:
    """The documents of one encounter, read once and asked as often as there are questions.

    Contract: a chart in which no document holds any word of the amputation family is not read;
    with `every` it is, for a code that is about something else.
    """

    def __init__(self, documents: Sequence[Document], *, every: bool = False) -> None:
        self._documents = documents
        self._chart = read_chart(documents) if every or concerns(documents) else None
        self._answers: dict[Question, tuple[CaseFacts, tuple[Excluded, ...]]] = {}

    def of(self, question: Question = _FIRST) -> tuple[CaseFacts, tuple[Excluded, ...]]:
        """The facts, and the mentions that were seen and not counted.

        Where the documents tell several operations of today the facts are those of the one that
        the `question` is about.
        """
        if self._chart is None or not self._chart.apart:
            question = replace(question, day=None)  # no note tells an operation of another day
        if question not in self._answers:  # a claim's findings ask again what its report asked
            self._answers[question] = (
                (unread(self._documents), ())
                if self._chart is None
                else extract_chart(self._chart, question)
            )
        return self._answers[question]

    def facts_of(self, question: Question) -> CaseFacts:
        return self.of(question)[0]


def extract(
    documents: Sequence[Document], question: Question = _FIRST, *, every: bool = False
) -> tuple[CaseFacts, tuple[Excluded, ...]]:
    """The facts of one encounter for one question; see `Reading`."""
    return Reading(documents, every=every).of(question)


def unread(documents: Sequence[Document]) -> CaseFacts:
    """The facts of a chart that is not read: none."""
    dates = (d.date for d in documents if d.type == "operative_note" and d.date)
    return _nothing_read(next(dates, None))


@lru_cache(maxsize=1_000)  # most charts of a batch are such
def _nothing_read(operation_date: dt.date | None) -> CaseFacts:
    return CaseFacts(
        facts=Facts(),
        supported_code=SupportedCode(value="none"),
        operation_date=operation_date,
        read=False,
    )


def read_chart(documents: Sequence[Document]) -> Chart:
    """The documents with their mentions."""
    # spaCy and the rules, which are most of a cold start, only for a chart that is read.
    from notecheck.pipeline.analyse import pipeline

    chart = Chart(pipeline().read(documents, may_concern_stump))
    join_acts(chart)
    return chart


def extract_chart(
    chart: Chart, question: Question = _FIRST
) -> tuple[CaseFacts, tuple[Excluded, ...]]:
    """The same for documents already analysed, as often as there are questions."""
    read = _answer(chart, question)
    return read.case, _excluded(read.chart, read.reported)


def chart_as_read(chart: Chart, question: Question = _FIRST) -> Chart:
    """A copy of the documents with each mention marked as the facts of the question take it."""
    return _answer(chart, question).chart


@dataclass(frozen=True)
class _Read:
    """The facts of one operation, and the chart with its mentions marked for it."""

    case: CaseFacts
    chart: Chart
    reported: Callable[[Mention], bool] = lambda mention: True


def _answer(chart: Chart, question: Question) -> _Read:
    if question.day and chart.apart:
        chart = chart.copy(question.day)
    told = todays(chart)
    if not told:
        read = _read(chart.copy(), question.code)
        told = _limb_by_limb(chart, read.case)
    if not told:
        return replace(read, case=replace(read.case, operations=together([read.case.operations])))
    asked = in_question(told, question)
    each = [_read_for(chart, told, operation, question.code) for operation in told]
    read = each[told.index(asked)]
    operations = together([one.case.operations for one in each])
    return replace(read, case=replace(read.case, operations=operations))


def _limb_by_limb(chart: Chart, case: CaseFacts) -> tuple[Todays, ...]:
    """What was read as one operation on both limbs, as two where they were not treated alike."""
    side, level = case.facts.laterality, case.facts.new_level
    if side is None or side.value != "bilateral" or level is None or level.value is None:
        return ()
    return limbs_apart(chart, level.value, again=case.facts.prior_level is not None)


def _read_for(chart: Chart, told: Sequence[Todays], operation: Todays, asked: str | None) -> _Read:
    """The facts of one of today's operations, the words of the others laid aside."""
    own = chart.copy()
    mark_other_operations(own, told, operation)
    own.asked_side = operation.side
    own.elsewhere = frozenset(o.side for o in told if o is not operation and o.side)
    return _read(own, asked)


def _read(chart: Chart, asked: str | None) -> _Read:
    if not chart.tells_limb_operation:
        return _Read(_no_operation(chart), chart, _reported_of_any_operation)
    side, side_signs = laterality(chart)
    chart.side = side.value if side else None
    _lay_aside(chart)
    operation = read_operation(chart)
    history = events(chart, operation.titled_level)
    mark_before_stump(chart, history)
    prior, prior_signs = prior_level(chart, operation.titled_level, history)
    level, level_signs = new_level(chart, operation, prior.value if prior else None)
    code = supported_code(chart, operation, prior, level, reconstruction(chart), asked)
    chart, likely = second_reading(chart, may_add=code.value != "none")
    closures = reconstruction(chart)
    reasons, vague = indications(chart)
    place, setting_signs = setting(chart)
    facts = Facts(
        prior_level=prior,
        new_level=level or length_left(chart, operation),
        bone_resected=bone_resected(chart, operation, level),
        indications=reasons,
        reconstruction=closures,
        laterality=side,
        debridement=debridement(chart),
        setting=place,
    )
    case = CaseFacts(
        facts=facts,
        supported_code=supported_code(chart, operation, prior, level, closures, asked),
        toes=toe_joints(operation),
        operation_date=chart.operation_date,
        prior=prior_signs,
        new_level=level_signs,
        vague_indication=vague,
        preop=preop_documents(chart),
        necessity=necessity(chart),
        side=side_signs,
        setting=setting_signs,
        report=ReportElements(chart.operative),
        documented=Documented(chart),
        papers=Papers(tuple(chart.documents)),
        debrided_apart=debrided_apart(chart),
        debrided_sides=debrided_sides(chart),
        covered_apart=covered_apart(chart),
        likely=likely,
    )
    case = replace(case, operations=operations_of(chart, case, operation, history))
    chart.excluded += left_out(chart, operation)
    return _Read(case, chart)


def _lay_aside(chart: Chart) -> None:
    """Exclude what is told of other limbs, days and operations, and what was not done.

    In this order: what one lays aside is no sign of an operation to the next.
    """
    mark_other_limb(chart)
    mark_reasons_of_other_limb(chart)
    mark_other_days(chart)
    mark_not_done(chart)
    mark_stages_done(chart)
    mark_retold(chart)
    mark_earlier_cuts(chart)
    mark_own_stump(chart)


def _no_operation(chart: Chart) -> CaseFacts:
    """What is left to say when no operation on a lower limb is told."""
    place, setting_signs = setting(chart) if chart.operative else (None, SettingSigns())
    facts = Facts(
        bone_resected=silent_on_bone(chart),
        reconstruction=coverage_of_any_wound(chart),
        debridement=debridement(chart),
        setting=place,
    )
    return CaseFacts(
        facts=facts,
        supported_code=SupportedCode(value="none"),
        operation_date=chart.operation_date,
        preop=tuple(replace(d, specific=(), vague=()) for d in preop_documents(chart)),
        setting=setting_signs,
        report=ReportElements(chart.operative),
        documented=Documented(chart),
        papers=Papers(tuple(chart.documents)),
        debrided_apart=debrided_apart(chart),
        debrided_sides=debrided_sides(chart),
        operations=history_alone(chart, events(chart, None)),
    )


def _reported_of_any_operation(mention: Mention) -> bool:
    return mention.fact in ("setting", "prior") or tells_of_any_wound(mention)


def _excluded(chart: Chart, reported: Callable[[Mention], bool]) -> tuple[Excluded, ...]:
    """What was seen and not counted, each place once, of mentions that could be `reported`."""
    seen: dict[tuple[str, int, int, str], Excluded] = {}
    marked = [
        (Found(document, mention), mention.reason)
        for document in chart.documents
        for mention in document.mentions
        if mention.reason
    ]
    for found, reason in [*marked, *chart.excluded]:
        fact = _REPORTED.get(found.mention.fact)
        if fact and reported(found.mention):
            words = found.evidence
            key = (words.doc_id, words.start, words.end, fact)
            seen.setdefault(
                key,
                Excluded(fact=fact, value=found.mention.value, reason=reason, evidence=(words,)),
            )
    return tuple(seen.values())
