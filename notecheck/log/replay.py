"""The same encounter and rules give the same answer: decides logged encounters again, compares.

An encounter comes from the log, where it was kept, or from files that the log knows by hash.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notecheck.checker import check
from notecheck.codes.files import AUTO
from notecheck.log.decision import report_hash
from notecheck.log.entry import Entry, sha256
from notecheck.log.outcome import Outcome
from notecheck.log.rule_pack import RulePack, rule_pack
from notecheck.log.store import Log
from notecheck.models import Encounter


@dataclass(frozen=True)
class Replayed:
    """One decision and what came of it; `now` is today's decision where it was made again."""

    entry: Entry
    outcome: Outcome
    then: str
    now: str | None


def replay(log: Log, given: Mapping[str, Encounter]) -> Iterator[Replayed]:
    """Every decision of the log, made again where its encounter is at hand.

    `given` are encounters by the hash of their canonical JSON. `same` and `different` compare
    the whole report; under other rules than those of the log, only the decision is shown.
    Raises LogError when the store cannot be read.
    """
    pack = rule_pack()
    for entry in log.entries():
        if entry.kind == "decision":
            yield _again(log, entry, given, pack)


def _again(log: Log, entry: Entry, given: Mapping[str, Encounter], pack: RulePack) -> Replayed:
    said = entry.said
    encounter = given.get(said["input_sha256"]) or _kept(log, entry)
    if encounter is None:
        return Replayed(entry, "no_encounter", said["decision"], None)
    report = check(encounter, said.get("asked", AUTO))
    if said["rules"] != {"version": pack.version, "sha256": pack.hash}:
        outcome: Outcome = "other_rules"
    elif report_hash(report) == said["report_sha256"]:
        outcome = "same"
    else:
        outcome = "different"
    return Replayed(entry, outcome, said["decision"], report.decision)


def _kept(log: Log, entry: Entry) -> Encounter | None:
    kept = log.kept_input(entry.ref)
    if kept is None or sha256(kept) != entry.said["input_sha256"]:
        return None
    return Encounter.model_validate(json.loads(kept))
