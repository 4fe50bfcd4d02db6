"""Who runs this process, for entries that no key or token names."""

from __future__ import annotations

import getpass
import os


def system_user() -> str:
    """The user's name, or number where the system knows no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
