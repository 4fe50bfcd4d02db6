"""What reports are worth on an author that the second reader has not seen: today's rules and it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from notecheck.checker import check
from notecheck.evaluate.evaluation import Evaluation, Evaluator
from notecheck.evaluate.gold import GOLD_CODE
from notecheck.reader.choice import reading_by
from notecheck.reader.model import ReaderModel
from notecheck.train.corpus import Labelled


def left_out_evaluation(
    corpus: Sequence[Labelled], readers: Mapping[str, ReaderModel]
) -> Evaluation:
    """Whole reports on each encounter, by the reader of `readers` that left its author out.

    The rules are today's, and were mended on these authors: only the reader's part is unseen.
    """
    evaluator = Evaluator()
    for one in corpus:
        with reading_by(readers[one.author]):
            evaluator.add(one.gold, check(one.gold.encounter, GOLD_CODE))
    return evaluator.evaluation()
