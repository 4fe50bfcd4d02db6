"""The table of confidence that goes with a model: learned on authors that its reader left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notecheck.checker import check
from notecheck.confidence.table import Table, table_of
from notecheck.confidence.train import Judged, train
from notecheck.errors import InputError
from notecheck.evaluate.gold import GOLD_CODE
from notecheck.facts.extract import Reading
from notecheck.reader.choice import reading_by
from notecheck.requirements.question import asked_of
from notecheck.train.corpus import Labelled, data_hash
from notecheck.train.train import Trained


def confidence_table(corpus: Sequence[Labelled], trained: Trained) -> Table:
    """Of today's rules with each author's left-out reader, over the authors with honest reports.

    Raises InputError where no table of the code tells which facts decide which requirement.
    """
    start = table_of(GOLD_CODE)
    if start is None:
        raise InputError(f"there is no table of confidence for {GOLD_CODE} to begin with")
    return train(list(_judged(corpus, trained)), GOLD_CODE, data_hash(corpus), start.weighed)


def _judged(corpus: Sequence[Labelled], trained: Trained) -> Iterator[Judged]:
    for one in corpus:
        if one.honest is None:
            continue
        encounter = one.gold.encounter
        with reading_by(trained.left_out[one.author]):
            report = check(encounter, GOLD_CODE)
            case, _ = Reading(encounter.documents).of(asked_of(encounter.claim, GOLD_CODE))
        told = {found.id: found.status for found in report.requirements}
        true = {str(name): str(status) for name, status in one.gold.labels.requirements.items()}
        yield Judged(one.author, told, true, case.likely)
