"""The whole pipeline: mentions in order, and evidence that is the text as given."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.models import Document, DocumentType
from notecheck.pipeline.analyse import Pipeline, pipeline
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.reader.choice import chosen_model
from notecheck.rules.load import rule_set

FRAGMENTS = [
    "PREOPERATIVE DIAGNOSIS:", "PROCEDURE PERFORMED:", "Description of Procedure:", "PMH:",
    "Infected left AKA stump.", "infected\u00a0left\u00a0above\u2013knee stump",
    "The left fernur was cut 12 cm above the old end.", "The femur was tran-\nsected.",
    "No my adesis was done", "a my\r\nadesis was done", "wound back at \u2212125", "osteomyelitus",
    "The old note reads \u201cthe femur was divided above the knee\u201d", "gang green",
    "6 \u00d7 4 cm of muscle was d\u00e9brided", "the patient\u2019s right leg", "\ufb01sh mouth",
    "Fem0ral stump", "1\u00bd in of bone", "\n", "\r\n", "\r", "\t", " ", ".", "; ", "\u2022 ",
    "\u7532\u4e59", "\U0001f9b5", "\x00", "aka", "> quoted", "R/O",
]  # fmt: skip


def analyse(text: str, kind: DocumentType = "operative_note") -> AnalysedDocument:
    return pipeline().analyse(Document(doc_id="d", type=kind, text=text))


def assert_sound(analysed: AnalysedDocument) -> None:
    text = analysed.document.text
    assert len(analysed.normalized) == len(analysed.repaired.text)
    done = 0
    for index, sentence in enumerate(analysed.sentences):
        assert sentence.index == index
        assert done <= sentence.start < sentence.end
        assert sentence.section.start <= sentence.start
        assert sentence.end <= sentence.section.end
        done = sentence.end
    starts = [mention.start for mention in analysed.mentions]
    assert starts == sorted(starts)
    for mention in analysed.mentions:
        assert mention.sentence.start <= mention.start < mention.end <= mention.sentence.end
        for start, end in mention.groups.values():
            assert mention.start <= start < end <= mention.end
        assert mention.counts is (mention.reason is None)
        assert mention.counts is (mention.cue is None)
        evidence = analysed.evidence(mention)
        assert evidence.text == text[evidence.start : evidence.end]
        assert evidence.rule == mention.rule


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=12),
    st.sampled_from(["", " ", "\n", "\u00a0"]),
)
def test_evidence_is_the_text_as_given_for_any_mixture(parts: list[str], joint: str) -> None:
    assert_sound(analyse(joint.join(parts)))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_analysed(text: str) -> None:
    assert_sound(analyse(text))


@pytest.mark.parametrize(
    ("text", "rule_fact", "quoted"),
    [
        ("A my adesis was done.", "reconstruction", "my adesis"),
        ("A MY ADESIS WAS DONE.", "reconstruction", "MY ADESIS"),
        ("A my\r\nadesis was done.", "reconstruction", "my\r\nadesis"),
        ("The stump has osteomyelitus.", "indication", "osteomyelitus"),
        ("The stump has osteo-\nmyelitis.", "indication", "osteo-\nmyelitis"),
        ("A wound\u00a0vac was placed.", "reconstruction", "wound\u00a0vac"),
    ],
)
def test_a_repaired_word_is_quoted_with_its_slip(text: str, rule_fact: str, quoted: str) -> None:
    analysed = analyse(text)
    words = {analysed.evidence(m).text for m in analysed.of(rule_fact)}
    assert quoted in words


def test_a_mention_knows_its_section() -> None:
    analysed = analyse("PREOPERATIVE DIAGNOSIS: Osteomyelitis.\n\nFINDINGS: Abscess.")
    assert [(m.value, m.category) for m in analysed.of("indication")] == [
        ("osteomyelitis", "preoperative_diagnosis"),
        ("infection", "findings"),
    ]


def test_the_first_line_may_be_the_title_of_an_operative_note_alone() -> None:
    text = "Revision of left above-knee amputation\nThe stump was opened."
    assert analyse(text).sentences[0].category == "procedure_title"
    assert analyse(text, "progress_note").sentences[0].category is None


def test_the_sentence_at_an_offset() -> None:
    analysed = analyse("The stump was opened. The femur was cut.")
    assert [analysed.sentence_at(offset).index for offset in (0, 20, 22, 39)] == [0, 0, 1, 1]


def test_a_section_of_history_excludes_all_but_what_is_about_history() -> None:
    analysed = analyse("PAST SURGICAL HISTORY: left AKA 2019, myodesis.")
    assert [m.reason for m in analysed.of("reconstruction")] == ["history"]
    assert {m.reason for m in analysed.of("prior")} == {None}


def test_the_second_reader_reads_only_where_it_can_have_a_say() -> None:
    documents = [Document(doc_id="d", text="The stump was infected. The femur was cut.")]
    asked: list[int] = []

    def never(notes: Sequence[AnalysedDocument]) -> bool:
        asked.append(len(notes[0].mentions))
        return False

    (read,) = pipeline().read(documents)
    (by_rules,) = pipeline().read(documents, never)
    assert read.readings
    assert not by_rules.readings
    assert by_rules.mentions == read.mentions
    assert asked == [len(read.mentions)]


def test_a_pipeline_made_anew_takes_little_memory() -> None:
    """A service makes one whenever it has met too many words, and keeps what that took."""
    before = Pipeline(rule_set(), chosen_model())
    tracemalloc.start()
    try:
        assert Pipeline(rule_set(), chosen_model()) is not before
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
