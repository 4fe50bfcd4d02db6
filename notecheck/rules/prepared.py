"""What is worked out of the patterns, so that the next start need not work it out again.

Reading the patterns takes a second and a half: their terms put in, the words that they need looked
for, the expressions compiled. What comes of it depends on the patterns, on this code and on the
version of Python, and is kept under a hash of all three (`kept.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from notecheck.rules import kept
from notecheck.rules.literals import Requirement, Way
from notecheck.rules.machine import PYTHON, Machine

_CODE = ("literals", "machine", "pattern", "pattern_text", "prepared", "regex_tree")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is worked out of one pattern; see `notecheck.rules.pattern.Pattern`."""

    text: str
    ways: tuple[Way, ...]
    machine: Machine


def key_of(lexicon: Mapping[str, str], sources: Iterable[str]) -> str:
    """The name under which what is worked out of these patterns is kept."""
    told = hashlib.sha256(json.dumps([PYTHON, lexicon, list(sources)]).encode())
    for name in _CODE:
        told.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return told.hexdigest()


def stored(key: str) -> dict[str, Prepared] | None:
    """What is kept under `key`, by the patterns' sources; None where nothing is."""
    told = kept.stored(key)
    with suppress(KeyError, TypeError):  # of another shape: written by hand, say
        return None if told is None else _from_json(told)
    return None


def store(key: str, worked: Mapping[str, Prepared]) -> None:
    """Keep it for the next start, unless there is no place for it."""
    kept.store(key, _as_json(worked))


def _as_json(worked: Mapping[str, Prepared]) -> dict[str, Any]:
    """The patterns ask for the same words over and over, so these stand by themselves."""
    places: dict[Requirement, int] = {}
    patterns = {
        source: {
            "text": one.text,
            "ways": [[places.setdefault(r, len(places)) for r in way] for way in one.ways],
            "machine": asdict(one.machine),
        }
        for source, one in worked.items()
    }
    return {"requirements": [sorted(r) for r in places], "patterns": patterns}


def _from_json(told: dict[str, Any]) -> dict[str, Prepared]:
    requirements = [frozenset(parts) for parts in told["requirements"]]
    return {
        source: Prepared(
            text=one["text"],
            ways=tuple(tuple([requirements[place] for place in way]) for way in one["ways"]),
            machine=Machine(**one["machine"]),
        )
        for source, one in told["patterns"].items()
    }
