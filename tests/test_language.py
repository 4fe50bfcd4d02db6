"""`notecheck.load()`: a spaCy pipeline that spaCy's and medspaCy's own tools can work with."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from itertools import islice
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

import notecheck
from notecheck import check
from notecheck.models import Document, Encounter
from notecheck.pipeline.analyse import pipeline
from notecheck.pipeline.tokenizer import NoteTokenizer

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import medspacy
    from medspacy.visualization import visualize_dep, visualize_ent

ROOT = Path(__file__).resolve().parents[1]
NOTE = (ROOT / "tests" / "examples" / "revision.txt").read_text(encoding="utf-8")
NLP = notecheck.load()
MEGABYTE = 1_000_000


def span(doc: Doc, words: str, label: str) -> spacy.tokens.Span:
    return next(s for s in doc.spans["notecheck"] if s.text == words and s.label_ == label)


def test_the_components_have_names_and_factories() -> None:
    assert isinstance(NLP, Language)
    assert isinstance(NLP.get_pipe("medspacy_context"), medspacy.context.ConText)
    assert all(Language.has_factory(NLP.get_pipe_meta(name).factory) for name in NLP.pipe_names)
    assert not any(NLP.analyze_pipes()["problems"].values())


def test_sections_are_medspacys() -> None:
    doc = NLP("PREOPERATIVE DIAGNOSIS: Infected stump.\n\nPROCEDURE: Revision of left AKA.")
    shown = dict(zip(doc._.section_categories, doc._.section_bodies, strict=True))
    assert shown["preoperative_diagnosis"].text.strip() == "Infected stump."
    assert shown["procedure_title"].text == "Revision of left AKA."
    assert [title.text for title in doc._.section_titles if title.text] == [
        "PREOPERATIVE DIAGNOSIS:",
        "PROCEDURE:",
    ]
    assert span(doc, "Infected", "indication")._.section_category == "preoperative_diagnosis"


def test_the_line_that_names_the_operation_is_a_section() -> None:
    doc = NLP("Revision of left above-knee amputation\nThe stump was opened. The femur was cut.")
    assert [s.category for s in doc._.sections] == ["procedure_title", None]
    assert [s.text.strip() for s in doc._.section_spans][0].endswith("amputation")


def test_sentences_begin_where_ours_do() -> None:
    doc = NLP("PROCEDURE: Stump revision.\n\nThe femur was cut.The wound was closed.")
    assert [s.text.strip() for s in doc.sents if s.text.strip()] == [
        "PROCEDURE:",
        "Stump revision.",
        "The femur was cut.",
        "The wound was closed.",
    ]


@pytest.mark.parametrize(
    ("text", "words", "label", "attribute"),
    [
        ("No myodesis was done.", "myodesis", "reconstruction", "is_negated"),
        ("PAST SURGICAL HISTORY: AKA, myodesis.", "myodesis", "reconstruction", "is_historical"),
        ("If the muscle allows, myodesis.", "myodesis", "reconstruction", "is_hypothetical"),
        ("His father had osteomyelitis.", "osteomyelitis", "indication", "is_family"),
    ],
)
def test_context_stands_in_medspacys_attributes(
    text: str, words: str, label: str, attribute: str
) -> None:
    doc = NLP(text)
    found = span(doc, words, label)
    attributes = found._.context_attributes
    assert [name for name, value in attributes.items() if value] == [attribute]
    told = span(NLP(f"{words} of the stump."), words, label)
    assert not told._.any_context_attributes and told._.reason is None


def test_modifiers_are_linked_with_their_targets() -> None:
    doc = NLP("The skin was fine. No osteomyelitis was found.")
    target = span(doc, "osteomyelitis", "indication")
    (modifier,) = target._.modifiers
    start, end = modifier.modifier_span
    assert (doc[start:end].text, modifier.category) == ("No", "NEGATED")
    assert (target, modifier) in doc._.context_graph.edges
    first, last = modifier.scope_span
    assert first <= target.start < target.end <= last


def test_a_repaired_word_is_a_span_of_the_text_as_given() -> None:
    doc = NLP("No my adesis was done. The femur was cut.")
    assert span(doc, "my adesis", "reconstruction")._.is_negated


def test_medspacys_and_displacys_visualisers_show_it() -> None:
    doc = NLP(NOTE)
    assert "PROCEDURE_TITLE" in visualize_ent(doc, jupyter=False)
    grouped = visualize_ent(
        doc, jupyter=False, target_span_type="group", span_group_name="notecheck"
    )
    assert "BONE_CUT" in grouped
    assert "HYPOTHETICAL" in visualize_dep(doc, jupyter=False)
    assert "indication" in displacy.render(doc, style="ent", jupyter=False)
    options = {"spans_key": "notecheck"}
    assert "bone_cut" in displacy.render(doc, style="span", options=options, jupyter=False)


def test_operations_are_told() -> None:
    operations = NLP(NOTE)._.operations
    today = next(o for o in operations if o.status == "today")
    assert (today.kind, today.level, today.code, today.side) == (
        "division",
        "transfemoral",
        "27596",
        "left",
    )
    assert any(o.status == "earlier" and o.level == "transfemoral" for o in operations)
    assert all(e.text == NOTE[e.start : e.end] for o in operations for e in o.evidence)
    assert NLP("The appendix was removed.")._.operations == ()


def some_documents() -> list[Document]:
    """Those of a few of each author's encounters, and one by itself."""
    found = [Document(doc_id="note", text=NOTE)]
    for path in sorted((ROOT / "corpus").rglob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in islice(lines, 0, None, 20):
                encounter = Encounter.model_validate(json.loads(line)["encounter"])
                found += encounter.documents
    return found


def test_check_reads_as_the_components_do() -> None:
    with NLP.select_pipes(disable="notecheck_operations"):  # it marks what is of another limb
        for document in some_documents():
            doc = NLP.make_doc(document.text)
            doc._.notecheck_document = document
            assert NLP(doc)._.notecheck == pipeline().analyse(document)
    doc = NLP(NOTE)
    found = check(NOTE).facts.indications[0].evidence[0]
    assert doc.char_span(found.start, found.end).text == found.text


def test_a_document_tells_its_type() -> None:
    text = "Revision of left above-knee amputation\nThe stump was opened."
    doc = NLP.make_doc(text)
    doc._.notecheck_document = Document(doc_id="hp", type="progress_note", text=text)
    assert "procedure_title" not in NLP(doc)._.section_categories


def test_a_component_joins_medspacys_own_pipeline() -> None:
    nlp = medspacy.load(medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher"])
    for name in ("text", "sections", "sentences", "mentions", "context", "assertion"):
        nlp.add_pipe(f"notecheck_{name}")
    doc = nlp("The femur was cut. No myodesis was done.")
    assert span(doc, "myodesis", "reconstruction")._.is_negated


def test_a_component_without_the_ones_before_it_says_what_to_add() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("notecheck_mentions")
    with pytest.raises(ValueError, match="add `notecheck_text`"):
        nlp("The femur was cut.")


def test_a_stored_pipeline_is_loaded_again(tmp_path: Path) -> None:
    NLP.to_disk(tmp_path)
    again = spacy.load(tmp_path)(NOTE)
    assert [s.text for s in again.ents] == [s.text for s in NLP(NOTE).ents]


def test_a_check_needs_no_spacy() -> None:
    code = (
        "import sys; sys.modules.update(spacy=None, medspacy=None); "
        "from notecheck import check; print(check(sys.stdin.read()).model_dump_json())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=NOTE, capture_output=True, text=True, check=True
    )
    assert done.stdout == check(NOTE).model_dump_json() + "\n"


HOSTILE = ["", " ", "\n", "\x00", "\ud800", "left AKA \udfff", "\u202e", "{" * 999, '"' * 999]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_raises(text: str) -> None:
    assert len(NLP(text).text) == len(text)


@pytest.mark.parametrize("part", ["x", "No wound. ", "\n", " "])
def test_a_megabyte_and_more_is_read(part: str) -> None:
    text = part * (MEGABYTE // len(part) + 1)
    assert NLP(text).text == text


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(["left AKA stump", "No ", "PROCEDURE:", "\r\n", "my adesis", "3 cm"]),
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text_is_read(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert all(s.text for s in doc.spans["notecheck"])


@given(st.text(max_size=200))
def test_the_tokenizer_keeps_the_text(text: str) -> None:
    assert NoteTokenizer(NLP.vocab)(text).text == text
