"""Is the log as it was written? Follows the chain from the first entry to the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notecheck.log.anchor import Anchor
from notecheck.log.entry import FIRST_PREVIOUS, Entry, entry_hash, sha256
from notecheck.log.failure import LogError
from notecheck.log.store import Log


@dataclass(frozen=True)
class Verdict:
    """What was found: the number of good entries, the last good hash, and the first fault."""

    entries: int
    head: str
    fault: str | None


def verify(log: Log, expected: tuple[int, str] | None = None) -> Verdict:
    """Follows the whole chain; `expected` is a number and hash that was noted down earlier.

    Without an expected head, entries cut off the end leave no trace. Raises LogError when the
    store cannot be read.
    """
    verdict = _chain(log, log.entries(), expected)
    if verdict.fault is None and expected and verdict.entries < expected[0]:
        fault = (
            f"the log ends at entry {verdict.entries}, but it had {expected[0]}: "
            "entries were cut off its end"
        )
        return Verdict(verdict.entries, verdict.head, fault)
    return verdict


def verify_anchors(log: Log, anchors: Sequence[Anchor]) -> Verdict:
    """Follows the chain, and looks for each head that was noted down in it. Raises LogError."""
    verdict = verify(log)
    if verdict.fault is not None or not anchors:
        return verdict
    most = max(anchors).number
    if verdict.entries == 0 and most:
        return Verdict(0, verdict.head, f"the log was emptied: it had {most} entries")
    if verdict.entries < most:
        return Verdict(
            verdict.entries,
            verdict.head,
            f"the log ends at entry {verdict.entries}, but it had {most}: entries were cut off "
            "its end",
        )
    heads = {anchor.number: anchor.head for anchor in anchors if anchor.number}
    for entry in log.entries():
        if heads.get(entry.number, entry.hash) != entry.hash:
            fault = f"entry {entry.number} is not the one that was noted down: it was written anew"
            return Verdict(entry.number - 1, entry.previous, fault)
    return verdict


def _chain(log: Log, entries: Iterable[Entry], expected: tuple[int, str] | None) -> Verdict:
    count, head, time = 0, FIRST_PREVIOUS, ""
    for entry in entries:
        fault = _fault(log, entry, count, head)
        if fault is None and entry.time < time:
            fault = (
                f"entry {entry.number} is of an earlier time than the entry before it: the clock "
                "was set back"
            )
        if fault is None and expected == (entry.number, entry.hash):
            expected = None
        if fault is None and expected and entry.number == expected[0]:
            fault = f"entry {entry.number} is not the one that was noted down: it was written anew"
        if fault:
            return Verdict(count, head, fault)
        count, head, time = entry.number, entry.hash, entry.time
    return Verdict(count, head, None)


def _fault(log: Log, entry: Entry, count: int, head: str) -> str | None:
    if entry.number != count + 1:
        missing = count + 1
        return f"entry {missing} is missing: the next one there is entry {entry.number}"
    if entry.previous != head:
        return f"entry {entry.number} does not follow the entry before it"
    parts = (entry.number, entry.time, entry.kind, entry.ref, entry.body, entry.previous)
    if entry.hash != entry_hash(*parts):
        return f"entry {entry.number} was changed after it was written"
    try:
        said = entry.said
    except LogError as error:
        return error.message
    if entry.kind == "decision":
        kept = log.kept_input(entry.ref)
        if kept is None and said["input_kept"]:
            return f"the encounter that was kept with entry {entry.number} was deleted"
        if kept is not None and sha256(kept) != said["input_sha256"]:
            return f"the encounter kept with entry {entry.number} is not the one that was checked"
    return None
