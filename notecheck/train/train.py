"""A corpus in, a model of the second reader out, with its figures on authors left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from notecheck.checker import check
from notecheck.errors import InputError
from notecheck.evaluate.gold import GOLD_CODE
from notecheck.extras import require_extra
from notecheck.facts.extract import extract
from notecheck.facts.second_reading import ANY
from notecheck.models import IndicationValue, ReconstructionValue
from notecheck.reader.choice import reading_by
from notecheck.reader.fusion import FLOOR
from notecheck.reader.model import ReaderModel, compact
from notecheck.reader.value import Value
from notecheck.train.corpus import Labelled, data_hash, marks, told_by
from notecheck.train.fit import SEED, Matrix, learn, matrix
from notecheck.train.fuse import (
    Example,
    believing,
    bystander,
    figures,
    learn_fusion,
    standing_by,
)
from notecheck.train.labels import OF_RULES, Sentences, sentences

VALUES: tuple[Value, ...] = (
    *(("reconstruction", value) for value in get_args(ReconstructionValue)),
    *(("indication", value) for value in get_args(IndicationValue)),
    ("necessity", ANY),
)
FACTS = tuple(dict.fromkeys(fact for fact, _ in VALUES))
_PARTS = 5  # of the authors; each part is read by a reader that was not trained on it
Say = Callable[[str], None]
Kept = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Trained:
    """The model of all authors, and for each author the one without it and its part."""

    model: ReaderModel
    left_out: Mapping[str, ReaderModel]


@dataclass(frozen=True)
class Material:
    """What is learned from: sentences of a corpus and of a site, and the authors' parts."""

    found: Sentences
    features: Matrix
    parts: Mapping[str, int]
    about: Mapping[str, Any]

    def model_of(self, keep: Kept) -> ReaderModel:
        """A reader without a fusion, learned from the rows to `keep`."""
        learned = learn(self.found, self.features, keep)
        weights = np.stack([weights for weights, _ in learned], axis=1)
        biases = [bias for _, bias in learned]
        return compact(VALUES, weights, biases, bystander(FACTS), dict(self.about))

    def rows_of(self, authors: Collection[str]) -> Kept:
        """The rows of these authors; those of the rules' examples always."""
        wanted = [*authors, OF_RULES]
        return np.isin(self.found.authors, wanted)


def material(corpus: Sequence[Labelled], site: Sequence[Labelled], say: Say) -> Material:
    """Read the corpus. Raises InputError as `train` does."""
    require_extra("training", "train")
    parts = parted(corpus)
    if not any(one.honest for one in corpus):
        raise InputError("no encounter has an honest report: see notecheck/reader/README.md")
    with reading_by(None):
        found = sentences(corpus, VALUES, site)
    say(f"{len(corpus) + len(site)} encounters, {len(found.rows)} sentences")
    about: dict[str, Any] = {
        "data": data_hash([*corpus, *site]),
        "seed": SEED,
        "encounters": len(corpus),
        "authors": len(parts),
        "site_encounters": len(site),
        "sentences": len(found.rows),
    }
    return Material(found, matrix(found.rows), parts, about)


def train(corpus: Sequence[Labelled], site: Sequence[Labelled] = (), say: Say = print) -> Trained:
    """Learn from the corpus, and from a site's own encounters, which no figure is measured on.

    The same encounters give the same model. Raises InputError where scikit-learn is missing, where
    there are fewer than two authors, or no honest report.
    """
    read = material(corpus, site, say)
    parts, ours = read.parts, set(read.parts)
    site_authors = {one.author for one in site}
    without = []
    for part in range(max(parts.values()) + 1):
        others = {author for author in ours if parts[author] != part}
        without.append(read.model_of(read.rows_of(others | site_authors)))
        say(f"read without part {part + 1} of {max(parts.values()) + 1}")
    examples = examples_of(corpus, lambda author: without[parts[author]])
    fusions = {
        author: learn_fusion([e for e in examples if parts[e.author] != parts[author]], VALUES)
        for author in parts
    }
    about = {**read.about, "figures": figures(examples, fusions)}
    fusion = learn_fusion(examples, VALUES)
    if site:
        unseen = replace(read.model_of(read.rows_of(ours)), fusion=fusion)
        about["site_figures"] = figures(
            [e for one in site for e in _said(one, _told_now(one), unseen)],
            {one.author: fusion for one in site},
        )
    whole = read.model_of(read.rows_of(ours | site_authors))
    return Trained(
        replace(whole, fusion=believing(fusion, *marks(site)), about=about),
        {a: replace(without[parts[a]], fusion=fusions[a]) for a in parts},
    )


def parted(corpus: Sequence[Labelled]) -> dict[str, int]:
    """A part for each author, all parts of about as many encounters."""
    sizes = Counter(one.author for one in corpus)
    if len(sizes) < 2:
        raise InputError("give the encounters of two authors at least, a file for each")
    loads = [0] * min(_PARTS, len(sizes))
    parts = {}
    for author in sorted(sizes, key=lambda a: (-sizes[a], a)):
        parts[author] = loads.index(min(loads))
        loads[parts[author]] += sizes[author]
    return parts


def examples_of(
    corpus: Sequence[Labelled], reader_of: Callable[[str], ReaderModel]
) -> list[Example]:
    """What honest rules and each author's reader say, of the encounters with an honest report."""
    return [
        example
        for one in corpus
        if one.honest is not None
        for example in _said(one, one.honest.told, reader_of(one.author))
    ]


def _said(one: Labelled, told: Collection[Value], reader: ReaderModel) -> Iterator[Example]:
    """What rules and `reader` say of one encounter; nothing where the reader may not speak."""
    with reading_by(standing_by(reader)):
        case, _ = extract(one.gold.encounter.documents)
    for value in VALUES if case.likely else ():
        score = case.likely.get(value, FLOOR)
        yield Example(one.author, value, value in told, score, value in one.true)


def _told_now(one: Labelled) -> Collection[Value]:
    with reading_by(None):
        return told_by(check(one.gold.encounter, GOLD_CODE))
