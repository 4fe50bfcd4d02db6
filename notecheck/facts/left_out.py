"""Mentions that nothing in their own words excludes, and that no fact is made from: each with why.

Contract: nothing that was seen is dropped without standing in `excluded`. What a fact reads is
decided by where a mention stands (a history tells no closure of today), so the reason is too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from notecheck.facts.debridement import read_from as debrided
from notecheck.facts.operation import Operation
from notecheck.facts.prior_level import read_from as earlier_levels
from notecheck.facts.reconstruction import FACT, done_today
from notecheck.facts.setting import read_from as settings
from notecheck.models import ExclusionReason
from notecheck.timeline.acts import is_only_feared
from notecheck.timeline.chart import TITLE, Chart, Found, in_description
from notecheck.timeline.when import dated_before

_CUT = "bone_cut"


def left_out(chart: Chart, operation: Operation) -> Iterator[tuple[Found, ExclusionReason]]:
    """The mentions of the reported facts that were not read, with the reason of each."""
    read: dict[str, Iterable[Found]] = {
        FACT: done_today(chart, chart.found(chart.documents, FACT)),
        _CUT: operation.cuts,
        "prior": earlier_levels(chart, operation.titled_level),
        "debridement": debrided(chart),
        "setting": settings(chart),
    }
    own: dict[str, Callable[[Chart, Found], ExclusionReason | None]] = {
        _CUT: _why_no_cut,
        "prior": _why_no_stump,
        "setting": lambda chart, found: "history",  # a status since changed, or of another stay
    }
    for fact, told in read.items():
        used = _Places(told)
        for found in chart.found(chart.documents, fact):
            if not used.overlap(found):
                yield found, own.get(fact, _by_place)(chart, found) or _by_place(chart, found)


class _Places:
    """Where values are told: by document and value the beginnings, and how far they reach."""

    def __init__(self, told: Iterable[Found]) -> None:
        spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for found in told:
            span = found.mention.start, found.mention.end
            spans.setdefault(self._key(found), []).append(span)
        self._starts = {key: sorted(start for start, _ in of_key) for key, of_key in spans.items()}
        self._reach = {
            key: list(accumulate((end for _, end in sorted(of_key)), max))
            for key, of_key in spans.items()
        }

    @staticmethod
    def _key(found: Found) -> tuple[str, str]:
        return found.document.document.doc_id, found.mention.value

    def overlap(self, found: Found) -> bool:
        """Whether the same value is told by some of the same words."""
        key = self._key(found)
        before = bisect_left(self._starts.get(key, ()), found.mention.end)
        return before > 0 and self._reach[key][before - 1] > found.mention.start


def _by_place(chart: Chart, found: Found) -> ExclusionReason:
    """Why words that stand there are not about what was done today."""
    category, written = found.mention.category, found.document.document.date
    if category == TITLE:
        return "negated"  # named by the title, denied by the description
    if not any(found.document is note for note in chart.reporting):
        operated = chart.operation_date
        after = written is not None and operated is not None and written > operated
        return "other_operation" if after else "planned" if category == "plan" else "history"
    return "other_operation" if in_description(found.mention) else "history"


def _why_no_cut(chart: Chart, found: Found) -> ExclusionReason | None:
    if dated_before(chart, found):
        return "history"
    beside = {m.fact for m in found.document.beside(found.mention)}
    if "bone_cut_other" in beside:
        return "other_meaning"
    return "negated" if "weak" in found.mention.tells else None


def _why_no_stump(chart: Chart, found: Found) -> ExclusionReason | None:
    return "hypothetical" if is_only_feared(found.mention) else "other_operation"
