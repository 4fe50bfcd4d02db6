"""How fast the pipeline reads notes, against stock medspaCy with the same target rules.

    python tests/benchmarks/pipeline_speed.py [NOTES.jsonl[.gz] ...] [--relevant] [--notes N]

NOTES hold one note a line under "text" (or one encounter a line); without them, the operative notes
of our own corpus are read. With `--relevant` only notes that speak of an amputation are. All sides
run in this one process, in turn, on the same notes; the figures are notes a second of the
processor's time (the best of R rounds) and the ratios to ours.

The sides: stock `medspacy.load()` (PyRuSH sentences, default context) with our target rules as
`TargetRule`s; the bare medspaCy tokenizer; our pipeline as a check
runs it (a first look, and all rules where a note may matter); and the whole check.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import warnings
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import medspacy
import spacy
from loguru import logger
from medspacy.custom_tokenizer import create_medspacy_tokenizer
from medspacy.target_matcher import TargetRule

from notecheck import check
from notecheck.facts.extract import read_chart
from notecheck.models import Document
from notecheck.rules.load import rule_set

AMPUTATION = re.compile(r"amputat|disarticulat|\b[ABT]KA\b|residual limb", re.I)
CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development"


def read_notes(paths: list[Path], most: int, *, relevant: bool = False) -> list[str]:
    """The texts to read, at most `most`."""
    every = (text for path in paths or sorted(CORPUS.glob("*.jsonl")) for text in notes_of(path))
    return list(islice((n for n in every if not relevant or AMPUTATION.search(n)), most))


def notes_of(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from texts(json.loads(line))


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
        started = time.process_time()
        for note in notes:
            read(note)
        best = min(best, time.process_time() - started)
    return len(notes) / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notes_files", nargs="*", type=Path)
    parser.add_argument("--relevant", action="store_true", help="notes of amputations alone")
    parser.add_argument("--notes", type=int, default=60, help="how many notes to read")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    logger.remove()
    notes = read_notes(options.notes_files, options.notes, relevant=options.relevant)
    sides: dict[str, Callable[[str], object]] = {
        "stock medspacy.load(), same target rules": stock_medspacy(),
        "bare medspaCy tokenizer": bare_tokenizer(),
        "notecheck pipeline": lambda note: read_chart([Document(doc_id="op", text=note)]),
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
