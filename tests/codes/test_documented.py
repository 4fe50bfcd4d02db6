"""A site asks for a fact of its own, and for a code of another region, by data alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notecheck import check
from notecheck.errors import RulesError
from notecheck.rules.site import use_site_rules

TERMS = """\
[[term]]
id = "antibiotic"
kind = "noun"
says = "Antibiotics that are given before a skin incision."
words = ["antibiotic", "cefazolin", "ancef", "clindamycin", "vancomycin"]

[[term]]
id = "give"
kind = "verb"
says = "To give a drug."
words = ["give", "administer", "infuse"]

[[term]]
id = "humerus"
kind = "noun"
says = "The bone of the upper arm."
words = ["humerus", "humeral shaft"]

[[term]]
id = "sawing"
kind = "verb"
says = "To cut bone."
words = ["saw", "divide", "transect"]
"""
FRAMES = """\
[[frame]]
id = "own.antibiotic-given"
fact = "antibiotic_prophylaxis"
value = "given"
act = ["give"]
told_by = ["antibiotic"]
cases = [
  { text = "Cefazolin was given.", gives = "given" },
  { text = "No antibiotics were given.", gives = "none" },
]

[[frame]]
id = "own.humerus-cut"
fact = "humerus_cut"
value = "cut"
act = ["sawing"]
part = ["humerus"]
cases = [
  { text = "The humerus was sawn through.", gives = "cut" },
  { text = "The humerus was not divided.", gives = "none" },
]
"""
VOCABULARY = """\
[[fact]]
id = "antibiotic_prophylaxis"
values = ["given"]

[[fact]]
id = "humerus_cut"
values = ["cut"]
"""
MORE = """\
[[requirement]]
id = "antibiotics"
kind = "documented"
weight = 1
settings = { fact = "antibiotic_prophylaxis", values = ["given"], name = "antibiotic prophylaxis" }
"""
ARM = """\
code = "24900"
name = "Amputation through the humerus, closed"
supported_by = ["none"]

[card.covers]
name = "covers"
text = "The arm taken off through the humerus, with the wound closed at once."
source = "our site's coding desk"
verified_on = 2026-11-01
confidence = "reported"

[[requirement]]
id = "humerus-divided"
kind = "documented"
weight = 2
settings = { fact = "humerus_cut", name = "the division of the humerus" }
"""
NOTE = """\
PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.
OPERATION: Revision of left above-knee amputation.
DESCRIPTION: {statement} The femur was cut with a saw and the fascia closed.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests: the rules of a folder are compiled once, and that takes seconds."""
    folder = tmp_path_factory.mktemp("site") / "rules"
    for name, text in {
        "terms/own.toml": TERMS, "frames/own.toml": FRAMES, "vocabulary/own.toml": VOCABULARY,
        "codes/27596-more.toml": MORE, "codes/24900.toml": ARM,
    }.items():  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOTECHECK_RULES", "")
    use_site_rules(str(folder))
    return folder


def antibiotics(statement: str) -> tuple[str, list[str]]:
    document = {"doc_id": "op", "date": "2026-03-02", "text": NOTE.format(statement=statement)}
    report = check({"encounter_id": "A", "documents": [document]}, code="27596")
    found = next(item for item in report.requirements if item.id == "antibiotics")
    return found.status, [words.text for words in found.evidence]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "statement",
    [
        "Cefazolin was given before the incision.",
        "We gave 2 g of Ancef.",
        "Vancomycin was administered at 07:40.",
    ],
)
def test_what_is_told_as_done_meets_the_requirement(statement: str) -> None:
    status, words = antibiotics(statement)
    assert status == "met"
    assert all(text in statement for text in words)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "statement",
    [
        "No antibiotics were given.",
        "Antibiotics were not given.",
        "In March 2025 cefazolin was given for cellulitis.",
        "Cefazolin will be given on the ward.",
        "The skin was incised.",
    ],
)
def test_what_is_denied_planned_past_or_untold_does_not(statement: str) -> None:
    assert antibiotics(statement)[0] == "missing"


@pytest.mark.usefixtures("site")
def test_a_denial_is_shown() -> None:
    assert antibiotics("No antibiotics were given.")[1] == ["antibiotics were given"]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("statement", "status"),
    [
        ("The humerus was sawn through at its middle.", "met"),
        ("The humeral shaft was transected with a Gigli saw.", "met"),
        ("The humerus was not divided.", "missing"),
        ("The humerus was exposed.", "missing"),
    ],
)
def test_a_code_of_another_region_needs_data_alone(statement: str, status: str) -> None:
    note = f"OPERATION: Right above-elbow amputation.\nDESCRIPTION: {statement}\n"
    report = check(note, code="24900")
    assert [(item.id, item.status) for item in report.requirements] == [("humerus-divided", status)]


def test_a_fact_that_nothing_tells_is_refused(site: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "rules"
    shutil.copytree(site, wrong)
    (wrong / "codes/27596-more.toml").write_text(
        MORE.replace("antibiotic_prophylaxis", "antibiotic_prophylaxys"), encoding="utf-8"
    )
    use_site_rules(str(wrong))
    with pytest.raises(RulesError, match="the vocabulary has no fact 'antibiotic_prophylaxys'"):
        check(NOTE.format(statement=""), code="27596")
