"""notecheck as a spaCy pipeline, for programs that work with spaCy and medspaCy themselves."""

from typing import TYPE_CHECKING, Any

import spacy
from spacy.language import Language

from notecheck.pipeline import factories  # noqa: F401 - it registers the components

if TYPE_CHECKING:
    from spacy.tokens import Doc

OPERATIONS = "notecheck_operations"
# The components by which a document is read, and the names that they have in the pipeline.
_READING = {
    "notecheck_text": "notecheck_text",
    "notecheck_sections": "notecheck_sections",
    "notecheck_sentences": "notecheck_sentences",
    "notecheck_mentions": "notecheck_mentions",
    "notecheck_reader": "notecheck_reader",
    "medspacy_context": "notecheck_context",
    "notecheck_assertion": "notecheck_assertion",
}
_LONGEST = 1_000_000_000  # characters; spaCy's own bound is for parsers that ours has not


def load() -> Language:
    """A new spaCy `Language` of the steps by which `check` reads a document, and two more.

    `nlp(text)` gives a `Doc` with medspaCy's sections in `doc._.sections`, sentences, the mentions
    as spans in `doc.spans["notecheck"]` and `doc.ents` with medspaCy's context attributes, and
    `doc._.operations`, a tuple of `notecheck.models.Operation`. Its text is taken for an operative
    note of no date; `doc._.notecheck_document` tells another type (see the pipeline's README).

    Each component is a factory that `nlp.add_pipe` finds by its name in any pipeline. `nlp(text)`
    raises nothing on any text. Raises RulesError for a site's rules that are wrong.
    """
    import medspacy  # noqa: F401 - all of it, as a program that uses medspaCy expects

    from notecheck.pipeline.tokenizer import TOKENIZER
    from notecheck.rules.collection import without_collection

    with without_collection():
        nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
        nlp.max_length = _LONGEST
        for name, factory in _READING.items():
            nlp.add_pipe(factory, name=name)
        nlp.add_pipe("notecheck_entities")
        nlp.add_pipe(OPERATIONS)
    return nlp


@Language.factory(OPERATIONS, requires=["doc._.notecheck"], assigns=["doc._.operations"])
def operations(nlp: Language, name: str) -> Any:
    """The operations that the note tells, each once; needs the components that read a note."""
    from spacy.tokens import Doc

    if not Doc.has_extension("operations"):
        Doc.set_extension("operations", default=())
    return _tell_operations


def _tell_operations(doc: "Doc") -> "Doc":
    from notecheck.facts.extract import extract_chart
    from notecheck.pipeline.doc import analysed
    from notecheck.timeline.chart import Chart

    case, _ = extract_chart(Chart([analysed(doc)]))
    doc._.operations = case.operations
    return doc
