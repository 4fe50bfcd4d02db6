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
from notecheck.statements.terms import forms_of

_NO_RULE = "(no rule)"
_NEVER_TOLD = frozenset({"terminate", "none", "restored"})  # they only stop others


@dataclass(slots=True)
class Coverage:
    """Counts over a corpus.

    `counted` and `uncounted` are mentions by the rule that made them, `excluding` mentions by the
    context that excluded them. `parts` are the parts of frames, (frame, part), and `words` the
    words of lists, by which counted mentions were found. `wrong` maps a rule to the
    `fact = value`s that are wrongly in reports on its words, `missing` a fact to the values that
    reports lack; both with the ids of the encounters.
    """

    encounters: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    uncounted: Counter[str] = field(default_factory=Counter)
    parts: Counter[tuple[str, str]] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
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
                if mention.counts:
                    found.parts.update({(mention.rule, part) for part, _ in mention.parts})
                    found.words.update({word for _, word in mention.parts})
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
    places = {frame_id: placed.place for frame_id, placed in rules.frames.items()}
    unused = {i: place for i, place in places.items() if not found.counted[i]}
    idle = {
        i: p.place
        for i, p in rules.contexts.items()
        if p.record.reason not in _NEVER_TOLD and not found.excluding[i]
    }
    lines = [f"{found.encounters} encounters", ""]
    lines.append(f"Rules without a counted mention: {len(unused)} of {len(places)}")
    for rule_id, place in unused.items():
        times = found.uncounted[rule_id]
        seen = f" (seen {times} times, never counted)" if times else ""
        lines.append(f"   {place}: {rule_id}{seen}")
    lines += ["", f"Context rules that exclude nothing: {len(idle)} of {len(rules.contexts)}"]
    lines += [f"   {place}: {rule_id}" for rule_id, place in idle.items()]
    lines += ["", *_unused_parts(found, rules), "", *_unused_words(found, rules)]
    lines += ["", "Values wrongly reported, by the rule of their words"]
    lines += _ranked(found.wrong)
    lines += ["", "Values missing, by fact"]
    lines += _ranked(found.missing)
    return "\n".join(lines) + "\n"


def _unused_parts(found: Coverage, rules: RuleFolder) -> list[str]:
    """The alternatives of frames that no counted mention was found by."""
    parts = [
        (frame_id, f"{key} {name}", placed.place)
        for frame_id, placed in rules.frames.items()
        for record in placed.record.spread()
        for key in ("told_by", "act", "part", "where")
        for name in getattr(record, key)
    ]
    idle = [part for part in parts if not found.parts[part[0], part[1]]]
    lines = [f"Parts of frames without a counted mention: {len(idle)} of {len(parts)}"]
    return lines + [f"   {place}: {frame_id}: {part}" for frame_id, part, place in idle]


def _unused_words(found: Coverage, rules: RuleFolder) -> list[str]:
    """The words of lists, of those that frames find things by, that no counted mention holds."""
    named = {
        name.rpartition(" ")[2]
        for placed in rules.frames.values()
        for record in placed.record.spread()
        for key in ("told_by", "act", "part", "where")
        for name in getattr(record, key)
    }
    lists = {name: placed for name, placed in rules.words.items() if name in named}
    forms = {
        name: [(e, forms_of(placed.record, e, rules.irregular)) for e in placed.record.words]
        for name, placed in lists.items()
    }
    lines = []
    total = used = 0
    for name, placed in lists.items():
        idle = [entry for entry, said in forms[name] if not any(found.words[w] for w in said)]
        total += len(placed.record.words)
        used += len(placed.record.words) - len(idle)
        if idle:
            lines.append(f"   {placed.place}: {name}: {', '.join(sorted(idle))}")
    return [f"Words of lists without a counted mention: {total - used} of {total}", *lines]


def _ranked(errors: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    lines = []
    for name in sorted(errors, key=lambda n: (-sum(map(len, errors[n].values())), n)):
        lines.append(f"   {sum(map(len, errors[name].values()))}  {name}")
        for what, ids in sorted(errors[name].items(), key=lambda item: (-len(item[1]), item[0])):
            lines.append(f"      {len(ids)}  {what}: {', '.join(ids)}")
    return lines or ["   none"]
