"""What is worked out of the patterns, kept so that the next start need not work it out again.

Reading the patterns takes a second and a half: their terms put in, the words that they need looked
for, the expressions compiled. What comes of it depends on the patterns, on this code and on the
version of Python, and stands in a file that is named by a hash of all three. A wheel brings the
file of our own rules (`build_hook.py`); for others, a site's or a changed checkout's, it is written
when they are first used, into the user's cache or the folder that `NOTECHECK_CACHE` names; where
that is empty, nowhere.

The files are plain data: JSON, which can give nothing but words and numbers. One that another user
could have written is not read.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from notecheck.rules.literals import Requirement, Way
from notecheck.rules.machine import PYTHON, Machine

SETTING = "NOTECHECK_CACHE"
_OURS = Path(__file__).resolve().parent / "built"  # in a wheel
_MOST_KEPT = 8  # sets of rules
_CODE = ("literals", "machine", "pattern", "pattern_text", "prepared", "regex_tree")
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


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
    for folder in (_OURS, _cache()):
        path = folder / f"{key}.json" if folder else None
        if path is None or not path.is_file() or not (folder == _OURS or _is_own(path)):
            continue
        with suppress(OSError, ValueError, KeyError, TypeError):  # cut short by a full disk, say
            return _from_json(json.loads(path.read_bytes()))
    return None


def store(key: str, worked: Mapping[str, Prepared]) -> None:
    """Keep it for the next start, unless there is no place for it. The oldest files give way."""
    folder = _cache()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(folder / f"{key}.json", worked)
        kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-_MOST_KEPT]:
            path.unlink()


def write(path: Path, worked: Mapping[str, Prepared]) -> None:
    """Write the file whole or not at all. Raises OSError."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as file:
        try:
            json.dump(_as_json(worked), file, separators=(",", ":"))
            file.close()
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def _cache() -> Path | None:
    """The folder of what was worked out here; None where the user wants none or has no home."""
    told = os.environ.get(SETTING)
    if told is not None:
        return Path(told) if told else None
    home = os.environ.get("XDG_CACHE_HOME")
    with suppress(RuntimeError):
        return (Path(home) if home else Path.home() / ".cache") / "notecheck"
    return None


def _is_own(path: Path) -> bool:
    """Whether nobody but this user can have written the file."""
    if not hasattr(os, "getuid"):
        return True  # a home of Windows is its user's
    facts = [path.stat(), path.parent.stat()]
    return all(f.st_uid == os.getuid() and not f.st_mode & _OTHERS_WRITE for f in facts)


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
