"""notecheck as a spaCy pipeline, for programs that work with spaCy and medspaCy themselves."""

from typing import TYPE_CHECKING, Any

from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc

OPERATIONS = "notecheck_operations"


def load() -> Language:
    """A new spaCy `Language` of the components by which `check` reads a document, and two more.

    `nlp(text)` gives a `Doc` with medspaCy's sections in `doc._.sections`, sentences, the mentions
    as spans in `doc.spans["notecheck"]` and `doc.ents` with medspaCy's context attributes, and
    `doc._.operations`, a tuple of `notecheck.models.Operation`. Its text is taken for an operative
    note of no date; `doc._.notecheck_document` tells another type (see the pipeline's README).

    Each component is a factory that `nlp.add_pipe` finds by its name in any pipeline. `nlp(text)`
    raises nothing on any text. Raises RulesError for a site's rules that are wrong.
    """
    import medspacy  # noqa: F401 - all of it, as a program that uses medspaCy expects

    from notecheck.pipeline.analyse import reading_language
    from notecheck.rules.collection import without_collection

    with without_collection():
        nlp = reading_language()
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
