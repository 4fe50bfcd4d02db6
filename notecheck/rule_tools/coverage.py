"""What labelled encounters say of the rules: which are never used, and which are behind errors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from notecheck.checker import check
from notecheck.evaluate.errors import EncounterError, errors_of
from notecheck.evaluate.gold import GOLD_CODE, GoldEncounter
from notecheck.evaluate.judgements import judge
from notecheck.pipeline.analyse import Pipeline
from notecheck.rules.read import RuleFolder

_NO_RULE = "(no rule)"
_NEVER_TOLD = frozenset({"terminate", "none"})  # contexts that only stop others


@dataclass(slots=True)
class Coverage:
    """Counts over a corpus.

    `counted` and `uncounted` are mentions by the rule that made them, `excluding` mentions by the
    context that excluded them. `wrong` maps a rule to the `fact = value`s that are wrongly in
    reports on its words, `missing` a fact to the values that reports lack; both with the ids of
    the encounters.
    """

    encounters: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    uncounted: Counter[str] = field(default_factory=Counter)
    excluding: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    missing: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )


def coverage(pipeline: Pipeline, corpus: Iterable[GoldEncounter]) -> Coverage:
    """Run the pipeline and the checker over labelled encounters and count."""
    found = Coverage()
    for gold in corpus:
        found.encounters += 1
        for document in gold.encounter.documents:
            for mention in pipeline.analyse(document).mentions:
                (found.counted if mention.counts else found.uncounted)[mention.rule] += 1
                if mention.cue:
                    found.excluding[mention.cue] += 1
        report = check(gold.encounter, GOLD_CODE)
        for error in errors_of(gold, report, judge(gold, report)):
            if error.kind == "element":
                _add(found, error)
    return found


def _add(found: Coverage, error: EncounterError) -> None:
    wrong = {
        (passage.evidence.rule or _NO_RULE, f"{error.name} = {passage.value}")
        for passage in error.passages
        if passage.role == "came from"
    }
    for rule, told in wrong:
        found.wrong[rule][told].append(error.encounter_id)
    unseen = {passage.value for passage in error.passages if passage.role == "not counted"}
    for value in sorted({*error.unmentioned, *(v for v in unseen if v)}):
        found.missing[error.name][value].append(error.encounter_id)


def coverage_text(found: Coverage, rules: RuleFolder) -> str:
    """The coverage for a reader: unused rules first, then the errors, the most frequent first."""
    unused = {i: p.place for i, p in rules.targets.items() if not found.counted[i]}
    idle = {
        i: p.place
        for i, p in rules.contexts.items()
        if p.record.reason not in _NEVER_TOLD and not found.excluding[i]
    }
    lines = [f"{found.encounters} encounters", ""]
    lines.append(f"Rules without a counted mention: {len(unused)} of {len(rules.targets)}")
    for rule_id, place in unused.items():
        times = found.uncounted[rule_id]
        seen = f" (seen {times} times, never counted)" if times else ""
        lines.append(f"   {place}: {rule_id}{seen}")
    lines += ["", f"Context rules that exclude nothing: {len(idle)} of {len(rules.contexts)}"]
    lines += [f"   {place}: {rule_id}" for rule_id, place in idle.items()]
    lines += ["", "Values wrongly reported, by the rule of their words"]
    lines += _ranked(found.wrong)
    lines += ["", "Values missing, by fact"]
    lines += _ranked(found.missing)
    return "\n".join(lines) + "\n"


def _ranked(errors: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    lines = []
    for name in sorted(errors, key=lambda n: (-sum(map(len, errors[n].values())), n)):
        lines.append(f"   {sum(map(len, errors[name].values()))}  {name}")
        for what, ids in sorted(errors[name].items(), key=lambda item: (-len(item[1]), item[0])):
            lines.append(f"      {len(ids)}  {what}: {', '.join(ids)}")
    return lines or ["   none"]
