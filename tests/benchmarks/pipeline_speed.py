"""How fast the pipeline reads notes, against stock medspaCy with the same target rules.

    python tests/benchmarks/pipeline_speed.py [NOTES.jsonl[.gz]] [--notes N] [--rounds R]

NOTES holds one note a line under "text" (or one encounter a line); without it, the operative notes
of our own corpus are read. All sides run in this one process, in turn, on the same notes; the
figures are notes a second (the best of R rounds) and the ratios to ours.

The sides: stock `medspacy.load()` (PyRuSH sentences, default context) with our target rules as
`TargetRule`s; the bare medspaCy tokenizer; our pipeline (`Pipeline.analyse`); and the whole check.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
import warnings
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import medspacy
import spacy
from loguru import logger
from medspacy.custom_tokenizer import create_medspacy_tokenizer
from medspacy.target_matcher import TargetRule

from notecheck import check
from notecheck.models import Document
from notecheck.pipeline.analyse import pipeline
from notecheck.rules.load import rule_set

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development"


def read_notes(path: Path | None, most: int) -> list[str]:
    """The texts to read, at most `most`."""
    if path is None:
        lines = (line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.open())
    else:
        opener = gzip.open if path.suffix == ".gz" else open
        lines = iter(opener(path, "rt", encoding="utf-8"))
    return list(islice((text for line in lines for text in texts(json.loads(line))), most))


def texts(row: dict) -> list[str]:
    if "text" in row:
        return [row["text"]]
    documents = row.get("encounter", row)["documents"]
    return [d["text"] for d in documents if d["type"] == "operative_note"]


def stock_medspacy() -> Callable[[str], object]:
    """`medspacy.load()` as it comes, with our target rules added."""
    nlp = medspacy.load()
    matcher = nlp.get_pipe("medspacy_target_matcher")
    matcher.add(
        [
            TargetRule(rule.record.id, rule.record.fact.upper(), pattern=rule.pattern.text)
            for rule in rule_set().targets
        ]
    )
    return nlp


def bare_tokenizer() -> Callable[[str], object]:
    return create_medspacy_tokenizer(spacy.blank("en"))


def notes_a_second(read: Callable[[str], object], notes: list[str], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for note in notes:
            read(note)
        best = min(best, time.perf_counter() - started)
    return len(notes) / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notes_file", nargs="?", type=Path)
    parser.add_argument("--notes", type=int, default=60, help="how many notes to read")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    logger.remove()
    notes = read_notes(options.notes_file, options.notes)
    ours = pipeline()
    sides: dict[str, Callable[[str], object]] = {
        "stock medspacy.load(), same target rules": stock_medspacy(),
        "bare medspaCy tokenizer": bare_tokenizer(),
        "notecheck pipeline": lambda note: ours.analyse(Document(doc_id="op", text=note)),
        "notecheck check, whole": check,
    }
    for read in sides.values():
        read(notes[0])
    speed = {
        name: notes_a_second(read, notes, 1 if name.startswith("stock") else options.rounds)
        for name, read in sides.items()
    }
    print(f"{len(notes)} notes, {sum(map(len, notes)) / len(notes):.0f} characters on average")
    for name, rate in speed.items():
        ratio = speed["notecheck pipeline"] / rate
        print(f"{name:42}{rate:10.1f} notes/s   notecheck pipeline is {ratio:8.2f} x")


if __name__ == "__main__":
    main()
