"""What got better and what got worse between two evaluations."""

from __future__ import annotations

from typing import Any

from notecheck.evaluate.compare import Comparison, compare
from notecheck.evaluate.judgements import EncounterOutcome, judge

from .handmade import fact, gold, report

WANTED = ["infection", "trauma", "neoplasm"]


def outcome(
    encounter_id: str, *told: str, want: list[str] = WANTED, **changes: Any
) -> EncounterOutcome:
    """How an encounter with the indications `want` came out when the report `told` some."""
    indications = [fact(value, "cut") for value in told]
    return judge(
        gold(encounter_id, indications=want),
        report(encounter_id, indications=indications, **changes),
    )


def compared(earlier: list[EncounterOutcome], now: list[EncounterOutcome]) -> Comparison:
    return compare({one.encounter_id: one.judgements for one in earlier}, now)


def test_fewer_mistakes_are_better_and_more_are_worse() -> None:
    found = compared(
        [outcome("a", "infection"), outcome("b", "infection", "trauma", decision="review")],
        [outcome("a", "infection", "trauma"), outcome("b", "infection")],
    )
    assert [(c.encounter_id, c.name) for c in found.better] == [
        ("a", "indications"),
        ("b", "decision"),
    ]
    (worse,) = found.worse
    assert (worse.encounter_id, worse.before, worse.now) == (
        "b", frozenset({"infection", "trauma"}), frozenset({"infection"}),
    )  # fmt: skip


def test_a_requirement_is_not_mistaken_for_the_fact_of_its_name() -> None:
    found = compared([outcome("a", requirements={"reconstruction": "partial"})], [outcome("a")])
    assert [(c.kind, c.name) for c in found.better] == [("requirement", "reconstruction")]
    assert found.worse == ()


def test_another_mistake_of_the_same_size_is_no_change() -> None:
    found = compared([outcome("a", "infection")], [outcome("a", "trauma")])
    assert (found.better, found.worse) == ((), ())


def test_a_changed_label_is_not_compared() -> None:
    found = compared([outcome("a", want=["infection"])], [outcome("a", want=["trauma"])])
    assert (found.better, found.worse, found.relabelled) == ((), (), ("a",))


def test_encounters_of_one_evaluation_only_are_named() -> None:
    found = compared([outcome("old"), outcome("a")], [outcome("a"), outcome("new")])
    assert (found.only_earlier, found.only_now) == (("old",), ("new",))
