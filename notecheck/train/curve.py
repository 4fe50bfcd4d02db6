"""How a reader's errors fall as it learns from more authors, always on authors that it left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notecheck.train.corpus import Labelled
from notecheck.train.fuse import bystander, figures
from notecheck.train.train import FACTS, Material, Say, examples_of, material

_FIRST = 2  # authors; then twice as many each time


def learning_curve(corpus: Sequence[Labelled], say: Say = print) -> Iterator[str]:
    """The table, a line for each number of authors, as soon as it is known.

    For each part of the authors a reader learns from the first of the others, in the order of their
    names, and is asked about the encounters of the part. Raises InputError as `train` does.
    """
    read = material(corpus, (), say)
    yield "authors  " + "".join(f"{fact:>24}" for fact in FACTS)
    yield "         " + "".join(f"{'wrong + lost':>16}{'F1':>8}" for _ in FACTS)
    for count in _counts(read):
        yield _line(count, corpus, read)


def _counts(read: Material) -> Iterator[int]:
    """2, 4, 8, ... authors, and at last all that no part left out."""
    parts = list(read.parts.values())
    most = min(len(parts) - parts.count(part) for part in set(parts))
    count = _FIRST
    while count < most:
        yield count
        count *= 2
    yield most


def _line(count: int, corpus: Sequence[Labelled], read: Material) -> str:
    readers = {}
    for part in sorted(set(read.parts.values())):
        others = sorted(author for author, of in read.parts.items() if of != part)
        readers[part] = read.model_of(read.rows_of(others[:count]))
    examples = examples_of(corpus, lambda author: readers[read.parts[author]])
    found = figures(examples, dict.fromkeys(read.parts, bystander(FACTS)))
    told = (found[fact]["reader"] for fact in FACTS)
    return f"{count:>7}  " + "".join(
        f"{row['wrong'] + row['lost']:>16}{row['f1']:>8.3f}" for row in told
    )
