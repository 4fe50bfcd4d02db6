"""Shows on a note's `Doc` the cues that ConText found, as medspaCy's own component does."""

from __future__ import annotations

from dataclasses import dataclass, field

from medspacy.context import ConTextModifier, ConTextRule
from medspacy.context.context_graph import ConTextGraph
from spacy.tokens import Doc

from notecheck.pipeline.doc import MENTIONS, TokenPlaces
from notecheck.pipeline.mentions import AnalysedDocument, Mention


@dataclass(slots=True)
class Modifier:
    """A cue, where it stands and how far it reaches, in offsets of the normalised note.

    `mentions` are those of which a record of the cue says something.
    """

    rule: ConTextRule
    start: int
    end: int
    scope: tuple[int, int]
    mentions: list[Mention] = field(default_factory=list)


def show_modifiers(doc: Doc, note: AnalysedDocument, modifiers: list[Modifier]) -> None:
    """Set `span._.modifiers` of the mentions and `doc._.context_graph`."""
    spans = doc.spans.get(MENTIONS, ())
    of_mention = dict(zip(map(id, note.mentions), spans, strict=False))
    graph = ConTextGraph(targets=list(spans))
    places = TokenPlaces(doc, note) if modifiers else None
    for found in modifiers:
        assert places is not None
        shown = ConTextModifier(
            found.rule,
            *places.holding(found.start, found.end),
            doc,
            *places.holding(*found.scope),
        )
        graph.modifiers.append(shown)
        for mention in found.mentions:
            target = of_mention[id(mention)]
            target._.modifiers += (shown,)
            graph.edges.append((target, shown))
    doc._.context_graph = graph
