"""Which rule made each mention of a note, and what keeps a mention from counting."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.facts.extract import chart_as_read
from notecheck.models import Encounter, ExclusionReason
from notecheck.pipeline.analyse import Pipeline
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.report.columns import columns, shorten_middle, wrap
from notecheck.report.lines import LineIndex
from notecheck.report.safe import one_line
from notecheck.report.wording import REASONS
from notecheck.timeline.chart import Chart
from notecheck.timeline.one_act import join_acts

_INDENT = "   "


def why_text(
    pipeline: Pipeline, encounter: Encounter, fact: str | None = None, *, width: int = 80
) -> str:
    """The mentions of each document in the order of the text, those of `fact` when it is named.

    Lines are counted from 1 in the document as given. No line takes more than `width` columns.
    """
    chart = Chart([pipeline.analyse(document) for document in encounter.documents])
    join_acts(chart)
    chart = chart_as_read(chart)
    later = {id(found.mention): reason for found, reason in chart.excluded}
    lines: list[str] = []
    for document in chart.documents:
        doc_id = one_line(document.document.doc_id)
        title = shorten_middle(f"{doc_id} ({document.document.type})", width)
        lines += [title, "-" * columns(title)]
        mentions = list(document.of(fact) if fact else document.mentions)
        for mention in mentions:
            lines += _lines(document, mention, later.get(id(mention)), width)
        if not mentions:
            lines.append("no mention")
        lines.append("")
    return "\n".join(lines)


def _lines(
    document: AnalysedDocument, mention: Mention, later: ExclusionReason | None, width: int
) -> Iterator[str]:
    words = document.evidence(mention)
    line = LineIndex(document.document.text).line(words.start)
    head = f"line {line}  "
    room = width - columns(head) - 2
    yield f'{head}"{shorten_middle(one_line(words.text), room)}"'
    made = f"{mention.fact} = {mention.value}, by {mention.rule}"
    if mention.parts:
        made += f" ({', '.join(f'{part}: {word}' for part, word in mention.parts)})"
    yield from wrap(made, width, first=_INDENT, rest=_INDENT * 2)
    yield from wrap(_verdict(mention, later), width, first=_INDENT, rest=_INDENT * 2)


def _verdict(mention: Mention, later: ExclusionReason | None) -> str:
    """Whether the mention counts; `later` is why the facts left it out after the pipeline."""
    if mention.reason:
        return f"not counted: {REASONS[mention.reason]} ({mention.reason}, by {mention.cue})"
    if later:
        return f"not counted: {REASONS[later]} ({later}, by its place among the other mentions)"
    return "counted"
