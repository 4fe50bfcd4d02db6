"""An earlier evaluation and this one -> what got better and what got worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notecheck.evaluate.elements import Value
from notecheck.evaluate.judgements import EncounterOutcome, Judgement, Kind


@dataclass(frozen=True)
class Change:
    """One label of one encounter that has more or fewer mistakes than before."""

    encounter_id: str
    kind: Kind
    name: str
    want: Value
    before: Value
    now: Value


@dataclass(frozen=True)
class Comparison:
    """What changed, in the order of the encounters.

    A label whose gold changed cannot be compared: `relabelled` names its encounter. Encounters of
    only one of the evaluations are in `only_earlier` or `only_now`.
    """

    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    relabelled: tuple[str, ...]
    only_earlier: tuple[str, ...]
    only_now: tuple[str, ...]


def compare(
    earlier: Mapping[str, Sequence[Judgement]], outcomes: Sequence[EncounterOutcome]
) -> Comparison:
    """Compare the judgements of an earlier evaluation, by encounter id, with the present ones.

    A set of values is better when fewer of them are wrong or lacking, though it may still be wrong.
    """
    better: list[Change] = []
    worse: list[Change] = []
    relabelled: list[str] = []
    for outcome in outcomes:
        before = {(item.kind, item.name): item for item in earlier.get(outcome.encounter_id, ())}
        for now in outcome.judgements:
            then = before.get((now.kind, now.name))
            if then is None:
                continue
            if then.want != now.want:
                relabelled.append(outcome.encounter_id)
            elif then.mistakes != now.mistakes:
                change = Change(
                    outcome.encounter_id, now.kind, now.name, now.want, then.got, now.got
                )
                (better if now.mistakes < then.mistakes else worse).append(change)
    present = {outcome.encounter_id for outcome in outcomes}
    return Comparison(
        better=tuple(better),
        worse=tuple(worse),
        relabelled=tuple(dict.fromkeys(relabelled)),
        only_earlier=tuple(name for name in earlier if name not in present),
        only_now=tuple(
            outcome.encounter_id for outcome in outcomes if outcome.encounter_id not in earlier
        ),
    )
