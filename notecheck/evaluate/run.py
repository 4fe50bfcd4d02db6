"""`notecheck evaluate`: a gold file in, the figures out as text or JSON."""

from __future__ import annotations

import json
from typing import Literal

from notecheck.errors import InputError, RulesError
from notecheck.evaluate.calibration_text import calibration_lines, calibration_record
from notecheck.evaluate.compare import compare
from notecheck.evaluate.evaluation import Evaluation, Evaluator
from notecheck.evaluate.gold import GOLD_CODE, read_gold
from notecheck.evaluate.record import evaluation_record, read_earlier
from notecheck.evaluate.render import render_evaluation
from notecheck.terminal.messages import counting


def evaluation_output(
    gold: str,
    output_format: Literal["text", "json"],
    *,
    with_errors: bool,
    with_calibration: bool,
    against: str | None,
) -> str:
    """Check every encounter of the file `gold` and say how often the checker is right.

    `against` names the JSON of an earlier evaluation to compare with. Raises InputError, naming
    file and line, when either cannot be read, and RulesError for a broken rule.
    """
    earlier = read_earlier(against) if against else None
    evaluation = _evaluate(gold)
    comparison = compare(earlier, evaluation.outcomes) if earlier is not None else None
    if output_format == "text":
        text = render_evaluation(evaluation, with_errors=with_errors, comparison=comparison)
        more = calibration_lines(evaluation.calibration) if with_calibration else []
        return "\n".join([text, *more]) + "\n"
    record = evaluation_record(evaluation, with_errors=with_errors, comparison=comparison)
    if with_calibration:
        record["calibration"] = calibration_record(evaluation.calibration)
    return json.dumps(record, indent=1) + "\n"


def _evaluate(gold: str) -> Evaluation:
    evaluator = Evaluator()
    with counting(several=True) as counter:
        for result in read_gold(gold):
            if isinstance(result.outcome, InputError):
                raise result.outcome.at(result.where)
            from notecheck.checker import check

            try:
                report = check(result.outcome.encounter, GOLD_CODE)
            except RulesError:
                raise  # every other encounter would fail for the same rule
            except InputError as error:
                counter.say(f"{result.where}: {error.coded}")
                report = None
            evaluator.add(result.outcome, report)
            counter.count()
    return evaluator.evaluation()
