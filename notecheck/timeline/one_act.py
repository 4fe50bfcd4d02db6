"""Statements of one act of cutting: what is said of one of its words is said of the whole act.

"In 2021 the femur was divided with a Gigli saw" is found by its bone, by its verb and by its saw;
a plan or an earlier time that reaches one of these overlapping mentions holds for all.
"""

from __future__ import annotations

from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.timeline.chart import Chart
from notecheck.timeline.event_data import event_data


def join_acts(chart: Chart) -> None:
    """Give each mention of an act the reason for which another mention of it does not count."""
    facts = event_data().one_act
    for document in chart.documents:
        for group in _overlapping(document, facts):
            judged = next((m for m in group if m.reason in event_data().carried), None)
            for mention in group:
                if judged and mention.reason is None:
                    mention.reason, mention.cue = judged.reason, judged.cue


def _overlapping(document: AnalysedDocument, facts: frozenset[str]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    end = -1
    for mention in document.of(*facts):
        if groups and mention.start < end:
            groups[-1].append(mention)
        else:
            groups.append([mention])
        end = max(end, mention.end)
    return [group for group in groups if len(group) > 1]
