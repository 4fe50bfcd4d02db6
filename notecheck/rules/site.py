"""Which folder of rules a site adds to ours.

The choice is an environment variable, so that worker processes follow it; an option of the command
sets the same variable.
"""

from __future__ import annotations

import os
from pathlib import Path

from notecheck.errors import RulesError

SETTING = "NOTECHECK_RULES"
DISABLE = "disable.toml"
RULE_FOLDERS = ("lexicon", "facts", "context", "sections")


def site_root() -> Path | None:
    """The site's folder of rules, or None where the site has none."""
    folder = os.environ.get(SETTING)
    return Path(folder) if folder else None


def use_site_rules(folder: str) -> None:
    """Take the rules of `folder` beside ours, in this process and those that it starts.

    Raises RulesError as `require_rules`.
    """
    require_rules(folder)
    os.environ[SETTING] = str(Path(folder).resolve())


def require_rules(folder: str | Path) -> None:
    """Raises RulesError when `folder` is no folder or holds no file of rules."""
    if not str(folder) or not Path(folder).is_dir():
        raise RulesError("there is no such folder of rules", where=f'"{folder}"')
    if not rule_files(Path(folder)):
        raise RulesError(
            f"the folder holds no rules: put .toml files into {', '.join(RULE_FOLDERS)}, "
            f"or a {DISABLE}",
            where=str(folder),
        )


def rule_files(root: Path) -> list[Path]:
    """Every file of a site's folder that is read, in the order in which it is read."""
    files = [path for folder in RULE_FOLDERS for path in sorted((root / folder).glob("*.toml"))]
    return files + [path for path in (root / DISABLE,) if path.is_file()]
