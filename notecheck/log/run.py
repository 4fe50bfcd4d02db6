"""What the commands `log` and `replay` do; each returns its exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from notecheck.errors import InputError, UsageError
from notecheck.log.anchor import Anchor, read_anchors, signed
from notecheck.log.anchor_places import note_down
from notecheck.log.decision import asked_by, canonical_input, decision_draft
from notecheck.log.entry import sha256
from notecheck.log.outcome import Outcome
from notecheck.log.override import override
from notecheck.log.person import system_user
from notecheck.log.show import entry_json, entry_text
from notecheck.log.store import open_log
from notecheck.log.verify import verify, verify_anchors
from notecheck.models import Decision, Encounter, Report
from notecheck.read.several_files import read_paths
from notecheck.terminal.exit_status import FAILED, NOT_PASSED, PASSED
from notecheck.terminal.messages import say
from notecheck.terminal.writing import write

_OUTCOMES: dict[Outcome, str] = {
    "same": "decided again, with the same report",
    "different": "decided again, with another report",
    "other_rules": "decided by other rules then",
    "no_encounter": "whose encounter is not at hand",
}


def log_decision(
    place: str, encounter: Encounter, report: Report, *, asked: str, way: str, keep_text: bool
) -> None:
    """Appends one decision, asked by the user of this process."""
    draft = decision_draft(encounter, report, asked=asked, keep_input=keep_text)
    with closing(open_log(place)) as log:
        log.append([asked_by(draft, way, system_user())])


def verify_log(place: str, head: str | None, anchors: str | None, key: str | None) -> int:
    """0 the log is as it was written, 1 it is not."""
    expected = _head(head) if head else None
    if (anchors is None) != (key is None):
        raise UsageError("give --anchors and --public-key together")
    noted = read_anchors(Path(anchors), Path(key)) if anchors and key else []
    with closing(open_log(place, must_exist=True)) as log:
        verdict = verify(log, expected)
        if verdict.fault is None and noted:
            verdict = verify_anchors(log, noted)
    if verdict.fault:
        say(verdict.fault)
        return NOT_PASSED
    write(f"{verdict.entries} entries, unbroken; head {verdict.entries}:{verdict.head}\n")
    return PASSED


def anchor_log(place: str, to: str, key: str) -> int:
    """Notes the head down, signed; 0, or 1 for a log that is not as it was written."""
    with closing(open_log(place, must_exist=True)) as log:
        verdict = verify(log)
    if verdict.fault:
        say(verdict.fault)
        return NOT_PASSED
    line = signed(Anchor(verdict.entries, verdict.head), Path(key))
    note_down(line, to)
    write(line + "\n")
    return PASSED


def show_log(place: str, ref: str | None, *, as_json: bool) -> int:
    """Prints the entries, or those of one decision."""
    found = False
    with closing(open_log(place, must_exist=True)) as log:
        for entry in log.entries(ref):
            found = True
            write(entry_json(entry) + "\n" if as_json else entry_text(entry))
    if ref and not found:
        raise UsageError("the log has no decision of this id")
    return PASSED


def override_in_log(place: str, ref: str, to: str, person: str, reason: str) -> int:
    """Appends an override to the decision `to`. Raises InputError for a word that is none."""
    try:
        decision = TypeAdapter[Decision](Decision).validate_python(to)
    except ValidationError:
        decisions = ", ".join(get_args(Decision))
        raise UsageError(f'--to is "{to}", which is no decision: give one of {decisions}') from None
    with closing(open_log(place, must_exist=True)) as log:
        entry = override(
            log, ref, decision=decision, person=person, reason=reason,
            way="command", by=system_user(),
        )  # fmt: skip
    write(entry_text(entry))
    return PASSED


def replay_log(place: str, paths: Sequence[str]) -> int:
    """0 all that could be compared is the same, 1 some is not, 2 nothing could be compared."""
    given: dict[str, Encounter] = {}
    unread = False
    for result in read_paths(paths):
        if isinstance(result.outcome, InputError):
            say(f"{result.where}: {result.outcome.coded}")
            unread = True
        else:
            given[sha256(canonical_input(result.outcome))] = result.outcome
    from notecheck.log.replay import replay  # the checker: only now

    counts: Counter[str] = Counter()
    with closing(open_log(place, must_exist=True)) as log:
        for replayed in replay(log, given):
            counts[replayed.outcome] += 1
            if replayed.outcome in ("different", "other_rules"):
                write(
                    f"entry {replayed.entry.number}, {_OUTCOMES[replayed.outcome]}: "
                    f"{replayed.then} then, {replayed.now} now\n"
                )
    for outcome, name in _OUTCOMES.items():
        write(f"{counts[outcome]:>7}  {name}\n")
    if counts["different"]:
        return NOT_PASSED
    return PASSED if counts["same"] and not unread else FAILED


def _head(told: str) -> tuple[int, str]:
    number, _, digest = told.partition(":")
    if not number.isdecimal() or not digest:
        raise UsageError("a head is NUMBER:HASH, as `notecheck log verify` prints it")
    return int(number), digest
