"""What is worked out of the rules, kept so that the next start need not work it out again.

Each file is named by a hash of all that it depends on. A wheel brings those of our own rules
(`build_hook.py`); for others, a site's or a changed checkout's, they are written when they are
first used, into the user's cache or the folder that `NOTECHECK_CACHE` names; where that is empty,
nowhere.

The files are plain data: JSON, which can give nothing but words and numbers. One that another user
could have written is not read.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

SETTING = "NOTECHECK_CACHE"
_OURS = Path(__file__).resolve().parent / "built"  # in a wheel
_MOST_KEPT = 16  # files: two for a set of rules
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def stored(key: str) -> Any:
    """What is kept under `key`; None where nothing is."""
    for folder in (_OURS, _cache()):
        path = folder / f"{key}.json" if folder else None
        if path is None or not path.is_file() or not (folder == _OURS or _is_own(path)):
            continue
        with suppress(OSError, ValueError):  # cut short by a full disk, say
            return json.loads(path.read_bytes())
    return None


def store(key: str, told: Any) -> None:
    """Keep it for the next start, unless there is no place for it. The oldest files give way.

    Raises TypeError for what JSON cannot tell.
    """
    folder = _cache()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / f"{key}.json", told)
        kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-_MOST_KEPT]:
            path.unlink()


def _write(path: Path, told: Any) -> None:
    """Write the file whole or not at all. Raises OSError."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as file:
        try:
            json.dump(told, file, separators=(",", ":"))
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
