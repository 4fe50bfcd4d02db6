"""How fast notes are checked, against stock medspaCy, read once and read again.

    python tests/benchmarks/pipeline_speed.py [NOTES.jsonl[.gz] ...] [--relevant] [--notes N]
        [--stock N] [--rounds R]

NOTES hold one note a line under "text" (or one encounter a line); without them, the operative notes
of our own corpus are read. With `--relevant` only notes that speak of an amputation are. All sides
run in this one process on the same notes; the figures are of the processor's time.

The first pass is what a batch costs: no note was seen before, and what is made on first use is made
in it; one short note is read before, so that imports do not count. The passes after it are warm.
Stock medspaCy is slow and has no caches to speak of, so it reads every k-th note of the same, in
turn with the first pass, so that a busy machine slows all alike; the ratios are of characters a
second.

The sides: `medspacy.load()` as it comes; the same with our terms as `TargetRule`s; the bare
medspaCy tokenizer; a whole check, first pass and warm, with its median, its 99th percentile, and
the share of notes that are concerned at all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import medspacy
import spacy
from loguru import logger
from machine import machine
from medspacy.custom_tokenizer import create_medspacy_tokenizer
from medspacy.target_matcher import TargetRule

from notecheck import check
from notecheck.rules.load import rule_set
from notecheck.screen.screen import screen

AMPUTATION = re.compile(r"amputat|disarticulat|\b[ABT]KA\b|residual limb", re.I)
FIRST, WARM = "a check, first pass", "a check, warm"
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


def stock(*, with_terms: bool) -> Callable[[str], object]:
    """`medspacy.load()` as it comes, or with our rules and word lists added."""
    nlp = medspacy.load()
    if with_terms:
        rules = rule_set()
        patterns = [TargetRule(n, "RULE", pattern=e.text) for n, e in rules.entities.items()]
        words = [TargetRule(word, "TERM") for term in rules.words for word in term.words]
        nlp.get_pipe("medspacy_target_matcher").add([*patterns, *words])
    return nlp


def milliseconds(read: Callable[[str], object], notes: Sequence[str]) -> list[float]:
    """Of the processor's time, for each note."""
    taken = []
    for note in notes:
        started = time.process_time_ns()
        read(note)
        taken.append((time.process_time_ns() - started) / 1e6)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notes_files", nargs="*", type=Path)
    parser.add_argument("--relevant", action="store_true", help="notes of amputations alone")
    parser.add_argument("--notes", type=int, default=10_000, help="how many notes to read")
    parser.add_argument("--stock", type=int, default=40, help="how many of them stock reads")
    parser.add_argument("--rounds", type=int, default=3, help="warm passes")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    logger.remove()
    print(machine())
    notes = read_notes(options.notes_files, options.notes, relevant=options.relevant)
    step = max(1, len(notes) // options.stock)
    sides: dict[str, Callable[[str], object]] = {
        "bare medspaCy tokenizer": create_medspacy_tokenizer(spacy.blank("en")),
        "stock medspacy.load()": stock(with_terms=False),
        "stock with our terms": stock(with_terms=True),
    }
    for read in (check, *sides.values()):
        read("The stump was opened.")
    passes: dict[str, list[float]] = {name: [] for name in (FIRST, WARM, *sides)}
    for place, note in enumerate(notes):
        passes[FIRST] += milliseconds(check, [note])
        if place % step == 0:
            for name, read in sides.items():
                passes[name] += milliseconds(read, [note])
    warm = [milliseconds(check, notes) for _ in range(options.rounds)]
    passes[WARM] = min(warm, key=sum)
    some = notes[::step]
    concerned = sum(map(screen().concerns, notes)) / len(notes)
    print(
        f"{len(notes)} notes of {sum(map(len, notes)) / len(notes):.0f} characters, "
        f"{concerned:.1%} concerned; stock reads {len(some)} of them"
    )
    speed = {
        name: sum(map(len, notes if len(taken) == len(notes) else some)) / sum(taken)
        for name, taken in passes.items()
    }
    for name, taken in passes.items():
        cuts = statistics.quantiles(taken, n=100)
        ratios = "".join(f"{speed[ours] / speed[name]:9.1f} x" for ours in (FIRST, WARM))
        print(
            f"{name:26}{statistics.mean(taken):9.2f} ms a note, median {cuts[49]:8.2f}, "
            f"p99 {cuts[98]:8.2f}{1000 / statistics.mean(taken):9.0f} notes/s;{ratios}"
        )
    print("last columns: how many times faster a check is, first pass and warm, by characters")


if __name__ == "__main__":
    main()
