"""spaCy's names for the components: `nlp.add_pipe("notecheck_sections")` in any pipeline.

The entry points of the group `spacy_factories` lead here, so that spaCy reads this file whenever it
makes a pipeline: what a component needs is imported when one is made. (Annotations are no strings
here, because spaCy builds its check of a component's settings from them.)
"""

from typing import Any

from spacy.language import Language

_READ = ["doc._.notecheck"]


def _part(name: str) -> Any:
    from notecheck.pipeline import components
    from notecheck.pipeline.doc import register
    from notecheck.pipeline.parts import parts

    register()
    return getattr(components, name)(parts())


@Language.factory("notecheck_text", assigns=_READ)
def text(nlp: Language, name: str) -> Any:
    """The text as repaired and normalised; the first of our components."""
    return _part("Text")


@Language.factory("notecheck_sections", requires=_READ, assigns=["doc._.sections"])
def sections(nlp: Language, name: str) -> Any:
    """medspaCy's sections."""
    return _part("Sections")


@Language.factory("notecheck_sentences", requires=_READ, assigns=["token.is_sent_start"])
def sentences(nlp: Language, name: str) -> Any:
    """Sentences; needs `notecheck_sections`."""
    return _part("Sentences")


@Language.factory("notecheck_mentions", requires=_READ, assigns=["doc.spans"])
def mentions(nlp: Language, name: str) -> Any:
    """The mentions as spans; needs `notecheck_sentences`."""
    return _part("Mentions")


@Language.factory("notecheck_reader", requires=_READ, assigns=_READ)
def reader(nlp: Language, name: str) -> Any:
    """The second reader's readings; needs `notecheck_sentences`."""
    from notecheck.pipeline.components import SecondReader
    from notecheck.pipeline.doc import register
    from notecheck.reader.choice import chosen_model

    register()
    return SecondReader(chosen_model())


@Language.factory(
    "notecheck_context",
    requires=[*_READ, "doc.spans"],
    assigns=["span._.modifiers", "doc._.context_graph"],
)
def context(nlp: Language, name: str) -> Any:
    """medspaCy's ConText with our cues, over the mentions."""
    from notecheck.pipeline.context import ContextFinder
    from notecheck.pipeline.doc import register
    from notecheck.pipeline.parts import parts

    register()
    return ContextFinder(parts().cues, nlp.vocab, name)


@Language.factory(
    "notecheck_assertion",
    requires=[*_READ, "doc.spans"],
    assigns=["span._.reason", "span._.cue", "span._.is_negated", "span._.is_historical"],
)
def assertion(nlp: Language, name: str) -> Any:
    """Which mentions count, as ConText, section and form say."""
    return _part("Assertion")


@Language.factory(
    "notecheck_entities", requires=["doc.spans"], assigns=["doc.ents", "token._.section"]
)
def entities(nlp: Language, name: str) -> Any:
    """The mentions as entities, and the section of each token, as medspaCy's tools read them."""
    return _part("Entities")
