"""Files that systems and editors leave in folders: never a note, so passed over and named."""

from __future__ import annotations

import fnmatch

_SYSTEM = ("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r")
_LOCKS = ("~$*", "~*.tmp", ".~lock.*#", "*.lock", "*.lck", "*.crdownload", "*.part")


def is_left_out(name: str) -> bool:
    """Whether a folder's file of this name is left out: hidden, the system's, or an open lock."""
    folded = name.lower()
    return (
        name.startswith(".")
        or folded in _SYSTEM
        or any(fnmatch.fnmatchcase(folded, lock) for lock in _LOCKS)
    )


def named(skipped: list[str]) -> str:
    """One sentence that names the files left out, as many as a line holds."""
    told = ", ".join(skipped[:5]) + (", ..." if len(skipped) > 5 else "")
    files = "file" if len(skipped) == 1 else "files"
    return f"left out {len(skipped)} hidden, system or lock {files}: {told}"
