"""`notecheck train` end to end on a few encounters: model, table of confidence, figures."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from notecheck.confidence.table import Table
from notecheck.errors import InputError
from notecheck.facts.extract import extract
from notecheck.models import Document
from notecheck.reader.choice import reading_by
from notecheck.reader.model import ReaderModel, read_model
from notecheck.rules.toml_file import load_toml
from notecheck.train.corpus import data_hash, read_corpus
from notecheck.train.curve import learning_curve
from notecheck.train.run import train_into
from notecheck.train.train import material
from notecheck.workbench.labelled_words import evidence_labels

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
AUTHORS = ("alder", "spruce", "yew")
EACH = 10
SITE_WORDS = "The quadriform was zipped onto the shaft."


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The first encounters of three authors, with their honest reports."""
    root = tmp_path_factory.mktemp("corpus")
    (root / "development").mkdir()
    (root / "honest").mkdir()
    for author in AUTHORS:
        lines = (CORPUS / f"development/{author}.jsonl").read_text().splitlines(keepends=True)
        (root / f"development/{author}.jsonl").write_text("".join(lines[:EACH]))
        shutil.copy(CORPUS / f"honest/{author}.ndjson", root / "honest")
    return [str(root / f"development/{author}.jsonl") for author in AUTHORS]


def correction(number: int) -> dict[str, Any]:
    """A line as the workbench exports it: words that no rule knows are a myodesis here.

    The reviewer selected them.
    """
    line = json.loads((CORPUS / "development/birch.jsonl").read_text().splitlines()[number])
    note = line["encounter"]["documents"][0]
    note["text"] += f"\n{SITE_WORDS}\n"
    line["encounter"]["encounter_id"] = f"S-{number}"
    labels = line["gold"]["facts"]
    labels["reconstruction"] = sorted({*labels["reconstruction"], "myodesis"})
    start = note["text"].index(SITE_WORDS)
    told = {
        "element": "reconstruction", "reported": [], "corrected": ["myodesis"], "person": "ada",
        "doc_id": note["doc_id"], "start": start, "end": start + len(SITE_WORDS),
    }  # fmt: skip
    evidence = list(evidence_labels(line["encounter"], [told]))
    return {
        "encounter": line["encounter"],
        "gold": line["gold"],
        "evidence": evidence,
        "corrections": [told],
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "corrections.jsonl"
    path.write_text("".join(json.dumps(correction(number)) + "\n" for number in range(4)))
    return path


@pytest.fixture(scope="module")
def trained(
    files: list[str], site: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[ReaderModel, Path, str]:
    """The model, the file of its table, and what was printed."""
    folder = tmp_path_factory.mktemp("trained")
    model, table = folder / "model.npz", folder / "table.toml"
    with pytest.MonkeyPatch.context() as patch:
        told: list[str] = []
        patch.setattr("notecheck.train.run.write", told.append)
        train_into(str(model), files, str(site), str(table), left_out=True)
    return read_model(model), table, "".join(told)


def test_the_model_tells_its_data_seed_and_figures(
    trained: tuple[ReaderModel, Path, str], files: list[str], site: Path
) -> None:
    about = trained[0].about
    assert about["data"] == data_hash([*read_corpus(files), *read_corpus([str(site)])])
    assert (about["authors"], about["encounters"], about["site_encounters"]) == (3, 30, 4)
    assert about["figures"]["reconstruction"]["rules"]["right"] > 20
    assert set(about["site_figures"]["reconstruction"]) == {"rules", "reader", "both"}


def test_the_table_goes_with_the_corpus(
    trained: tuple[ReaderModel, Path, str], files: list[str]
) -> None:
    table = load_toml(trained[1], Table)
    assert table.data == data_hash(read_corpus(files))
    assert (table.authors, table.encounters, table.honest) == (3, 30, 30)
    assert table.status["met"] != 0 and 0 <= table.status_error < 0.2


def test_what_was_printed_has_all_three_tables(trained: tuple[ReaderModel, Path, str]) -> None:
    printed = trained[2]
    assert "On authors left out" in printed and "On the site's own encounters" in printed
    assert "Whole reports, each by a reader that had not seen its author" in printed
    assert re.search(r"^status accuracy +0\.9", printed, re.MULTILINE)


def test_the_same_data_give_the_same_model_and_more_authors_a_curve(files: list[str]) -> None:
    corpus = read_corpus(files)
    read = material(corpus, (), lambda line: None)
    rows = read.rows_of(AUTHORS[:2])
    assert read.model_of(rows).written() == read.model_of(rows).written()
    lines = list(learning_curve(corpus, lambda line: None))
    assert [line.split()[0] for line in lines] == ["authors", "wrong", "2"]
    assert all(0 < float(f1) <= 1 for f1 in lines[-1].split()[2::2])


def test_one_correction_changes_what_the_reader_makes_of_such_words(
    files: list[str], tmp_path: Path
) -> None:
    """Another patient's note in the same words, which no rule knows."""
    note = Document(
        doc_id="op",
        text="PROCEDURE: Revision of right above-knee amputation.\nDESCRIPTION: The femur was "
        f"divided 9 cm above its end. {SITE_WORDS} The skin was closed with staples.\n",
    )
    path = tmp_path / "corrections.jsonl"
    path.write_text(json.dumps(correction(0)) + "\n")
    read = material(read_corpus(files), read_corpus([str(path)]), lambda line: None)
    likely = []
    for authors in (AUTHORS, (*AUTHORS, "corrections")):
        with reading_by(read.model_of(read.rows_of(authors))):
            case, _ = extract((note,))
        likely.append(case.likely[("reconstruction", "myodesis")])
    assert likely[1] > 4 * likely[0]


def scanned(model: Path, text: str, tmp_path: Path) -> set[str]:
    """The reconstruction that the command line reports of a note by a reader."""
    note = tmp_path / "note.txt"
    note.write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "scan", "--exit-zero", "--format", "json", str(note)],
        capture_output=True,
        check=True,
        env=os.environ | {"NOTECHECK_READER": str(model)},
    )
    found = json.loads(done.stdout)
    report = found[0] if isinstance(found, list) else found
    return {fact["value"] for fact in report["facts"]["reconstruction"]}


NOTE = (
    "PROCEDURE: Revision of right above-knee amputation.\nDESCRIPTION: The femur was divided 9 cm "
    "above its end. {} The skin was closed with staples.\n"
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("The quadriform was zipped snugly onto the shaft.", True),  # like what was corrected
        ("The nerve was pulled down and cut high.", False),
        ("The quadriform was looked at.", False),
    ],
)
def test_four_corrections_change_the_report_on_a_like_sentence(
    words: str, told: bool, trained: tuple[ReaderModel, Path, str], tmp_path: Path
) -> None:
    """Words that no rule knows, marked in four charts as a myodesis."""
    model = trained[1].parent / "model.npz"
    assert ("myodesis" in scanned(model, NOTE.format(words), tmp_path)) is told
    assert "myodesis" not in scanned(Path("on"), NOTE.format(words), tmp_path)


def test_authors_without_honest_reports_are_not_enough(files: list[str], tmp_path: Path) -> None:
    bare = [shutil.copy(file, tmp_path) for file in files]
    with pytest.raises(InputError, match="honest report"):
        train_into(str(tmp_path / "m.npz"), list(map(str, bare)), None, None)
