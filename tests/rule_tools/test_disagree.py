"""Where rules and second reader differ most, the greatest difference first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from facts.test_second_reading import NOTE, UNKNOWN, reader

from notecheck.models import Document, Encounter
from notecheck.pipeline.analyse import pipeline
from notecheck.rule_tools.disagree import Disagreement, disagreements, disagreements_text

MODEL = reader("zipped", 50)


def found(more: str, most: int = 10) -> list[Disagreement]:
    note = Document(doc_id="op", text=NOTE.format(more=more))
    encounter = Encounter(encounter_id="E1", documents=(note,))
    return disagreements(pipeline(), MODEL, [encounter], most)


def test_what_the_reader_alone_tells_is_listed_with_its_words() -> None:
    (one,) = found(UNKNOWN, most=1)
    assert (one.told, one.value, one.words.rstrip(".")) == (
        False, ("reconstruction", "myodesis"), UNKNOWN.rstrip("."),
    )  # fmt: skip
    text = disagreements_text([one])
    assert "E1 op:2" in text and "reconstruction myodesis: rules silent, reader 1.00" in text


def test_what_the_rules_alone_tell_and_what_they_set_aside_are_named() -> None:
    told = [one for one in found("A myodesis was done.") if one.told]
    assert [one.value[1] for one in told][:1] == ["myodesis"]
    assert "rules told, reader 0.01" in disagreements_text(told)
    (denied,) = [one for one in found("No myodesis was done, it was zipped.") if one.score > 0.9]
    assert "rules not counted (negated), reader 1.00" in disagreements_text([denied])


def test_the_greatest_difference_comes_first() -> None:
    differences = [one.by for one in found(f"A myodesis was done. {UNKNOWN}")]
    assert differences == sorted(differences, reverse=True) and len(differences) > 1


def test_the_command_needs_a_reader(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(NOTE.format(more=UNKNOWN), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "rules", "disagree", str(note)],
        capture_output=True, text=True, check=False, env=os.environ | {"NOTECHECK_READER": "off"},
    )  # fmt: skip
    assert done.returncode == 2 and "switched off" in done.stderr
