"""The screen lets go only what the reading would find nothing in, and the report says so."""

from __future__ import annotations

import gzip
import json
import os
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from notecheck import check
from notecheck.facts.extract import extract
from notecheck.models import Document
from notecheck.pipeline.components import Text
from notecheck.pipeline.parts import parts
from notecheck.rules.files import patterns_root
from notecheck.rules.slips import slips_allowed
from notecheck.screen.family import family
from notecheck.screen.screen import Screen, _folded, concerns, screen

ROOT = Path(__file__).resolve().parents[2]
NOTES = "NOTECHECK_NOTES"  # names a file of notes, one a line under "text"
SPELLING = parts().rules.spelling
LOOK = screen()
FUZZY = [w for group in SPELLING.fuzzy for w in group.words if LOOK.concerns(w)]
PHRASES = family(ROOT / "patterns", None)[0].phrases
MISHEARD = [said for said, meant in SPELLING.misheard.items() if LOOK.concerns(meant)]


def charts(path: Path) -> Iterator[list[Document]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "text" in row:
                yield [Document(doc_id="op", text=row["text"])]
            else:
                told = row.get("encounter", row)["documents"]
                yield [Document.model_validate(document) for document in told]


def files() -> list[Path]:
    named = os.environ.get(NOTES)
    return [*sorted((ROOT / "corpus").glob("*/*.jsonl")), *([Path(named)] if named else [])]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_the_reading_finds_no_amputation_in_what_is_let_go(path: Path) -> None:
    for documents in charts(path):
        if not concerns(documents):
            case, _ = extract(documents, every=True)
            assert case.supported_code.value == "none", documents
            assert case.facts.new_level is None, documents


@pytest.mark.parametrize(
    ("text", "concerned"),
    [
        ("Above-knee\namputation.", True),
        ("the l aka was revised", True),
        ("ABOVE\u2013THE\u00a0KNEE", True),
        ("The re\u00e1mputation healed.", True),
        ("a b k a on the right", True),
        ("The ampu-\r\n  tation site", True),
        ("arnputation", True),
        ("The sturnp", True),
        ("trans formal level", True),
        ("disarticulated at the hip", True),
        ("residual\tlimb", True),
        ("trans\nfmoral", True),
        ("The residual lirnb healed.", True),
        ("a residual femer", True),
        ("the trans thermal shaft", True),
        ("His lirnb; the residual volume.", False),
        ("The residual volume was small.", False),
        ("Ambulation was begun.", False),
        ("Above it the knee was flexed. Transmission.", False),
        ("The akathisia of bkaza", False),
        ("Left total knee replacement.", False),
        ("", False),
        ("\ud800", False),
    ],
)
def test_words_of_the_family(text: str, concerned: bool) -> None:
    assert LOOK.concerns(text) is concerned


@pytest.mark.parametrize("said", MISHEARD)
def test_what_is_misheard_counts_as_what_was_meant(said: str) -> None:
    assert LOOK.concerns(f"The {said.replace(' ', '-')}, revised.")


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Words of the family with one to three slips of the pen or the fax machine."""
    word = draw(st.sampled_from([*FUZZY, *PHRASES, "stump", "stumps", "residuum", "aka"]))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(word) - 1))
        letter = draw(st.sampled_from(string.ascii_lowercase + "01"))
        ways = [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            word.replace("m", "rn"),
            word.replace("o", "0").replace("i", "1"),
            word[:at] + "-\n" + word[at:],
            word[:at] + "\n" + word[at:],
            word.upper(),
        ]
        word = draw(st.sampled_from(ways))
        assume(word)
    return word


def repaired(text: str) -> str:
    return Text(parts()).begin(Document(doc_id="d", text=text)).normalized


@settings(deadline=None, max_examples=1500)
@given(slips())
@example("a-\nam-\nputation")
@example("dsarticulat\nion")
def test_no_slip_that_the_reading_repairs_is_missed(word: str) -> None:
    text = f"The {word} was seen."
    if LOOK.concerns(repaired(text)):
        assert LOOK.concerns(text)


def test_what_the_reading_puts_right_by_ear_is_heard() -> None:
    file, _ = family(patterns_root(), None)
    listed = {word for word in parts().statements.vocabulary if any(p in word for p in file.parts)}
    assert {word for word in listed if word.isalpha() and slips_allowed(word)} == set(file.heard)


@given(st.text(max_size=200))
def test_any_text_is_looked_at(text: str) -> None:
    assert LOOK.concerns(text) in (True, False)
    assert LOOK.concerns(f"{text} stump")


def test_what_was_seen_once_is_seen_again() -> None:
    for _ in range(2):
        assert LOOK.concerns("One amputtaion.") and not LOOK.concerns("One appendix.")


CLAIM = {
    "claim_id": "C",
    "place_of_service": "21",
    "lines": [
        {"code": "27596", "modifiers": ["LT"], "diagnoses": []},
        {"code": "11043", "modifiers": [], "diagnoses": []},
    ],
}


@pytest.mark.parametrize("claim", [None, CLAIM])
def test_the_report_of_a_chart_that_is_not_read(claim: object) -> None:
    """The contract, "Not concerned": asked for by name, six are missing, the rest not judged."""
    text = "PROCEDURE: Left inguinal hernia repair. The wound was debrided. He was an inpatient."
    documents = [
        {"doc_id": "op", "text": text, "date": "2026-03-02"},
        {"doc_id": "hp", "type": "history_and_physical", "text": "An infected left groin."},
    ]
    encounter = {"encounter_id": "E", "documents": documents, "claim": claim}
    report = check(encounter, code="27596")
    assert (report.supported_code.value, report.decision, report.excluded) == ("none", "hold", ())
    assert report.facts.model_dump(exclude={"debridement"}) == {
        "prior_level": None,
        "new_level": None,
        "bone_resected": None,
        "indications": (),
        "reconstruction": (),
        "laterality": None,
        "setting": None,
    }
    assert not report.facts.debridement.performed
    statuses = {r.id: r.status for r in report.requirements}
    on_the_note = (
        "prior-level", "new-level", "indication", "revision-necessity", "reconstruction",
        "laterality-note",
    )  # fmt: skip
    assert all(statuses.pop(requirement) == "missing" for requirement in on_the_note)
    assert set(statuses.values()) <= {"not_assessed", "not_applicable"}
    assert all(r.message == LOOK.message for r in report.requirements)


def test_a_code_about_something_else_reads_every_chart() -> None:
    report = check("OPERATION: Drainage of the left thigh. Pus was found.", code="operative-report")
    assert report.facts.laterality


def test_a_site_adds_words(tmp_path: Path) -> None:
    (tmp_path / "screen").mkdir()
    (tmp_path / "screen" / "family.toml").write_text('words = ["stumpf"]\nparts = ["moignon"]')
    words, _ = family(ROOT / "patterns", tmp_path)
    assert "aka" in words.words and "stumpf" in words.words and "moignon" in words.parts


def test_a_part_of_a_sites_own_that_is_more_than_one_word_is_found() -> None:
    words = family(ROOT / "patterns", None)[0].model_copy(update={"parts": ("l'amput", "moignon")})
    look = Screen(words, SPELLING).concerns
    assert look("Reprise de l'amputation.") and look("Un moignon.") and not look("Une jambe.")


@given(st.text(alphabet="aé\u0301ﬁK\u2019 stump", max_size=40))
def test_signs_beyond_ascii_are_folded_alike_one_by_one_and_together(text: str) -> None:
    many = "".join(map(chr, range(0x4E00, 0x4E40)))  # so many that all are folded at once
    assert _folded(text + many) == _folded(text) + "?" * len(many)
