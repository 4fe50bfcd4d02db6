"""Which folder of rules a site adds to ours.

The choice is an environment variable, so that worker processes follow it; an option of the command
sets the same variable.
"""

from __future__ import annotations

import os
from pathlib import Path

from notecheck.errors import RulesError
from notecheck.rules.files import patterns_root

SETTING = "NOTECHECK_RULES"
DISABLE = "disable.toml"
RULE_FOLDERS = ("vocabulary", "lexicon", "terms", "frames", "context", "sections")
TABLES = "tables"  # what `notecheck tables load` keeps
DATA_FOLDERS = ("codes", "policy", "read", "screen")  # beside ours, by the rooms that need them


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
    if (
        not rule_files(Path(folder))
        and not any(folder_files(folder, name) for name in DATA_FOLDERS)
        and not any((Path(folder) / TABLES).glob("*.json"))
    ):
        raise RulesError(
            f"the folder holds no rules: put .toml files into {', '.join(RULE_FOLDERS)}, "
            f"{', '.join(DATA_FOLDERS)}, "
            f"or a {DISABLE}",
            where=str(folder),
        )


def rule_files(root: Path) -> list[Path]:
    """Every file of rules of a folder that is read, in the order in which it is read."""
    files = [path for folder in RULE_FOLDERS for path in folder_files(root, folder)]
    return files + [path for path in (root / DISABLE,) if path.is_file()]


def folder_files(root: str | Path, folder: str) -> list[Path]:
    """The TOML files of one folder below `root`, by name."""
    return sorted((Path(root) / folder).glob("*.toml"))


def data_files(folder: str) -> list[Path]:
    """The files of one data folder: ours, then the site's, which stand in for or join them."""
    roots = [root for root in (patterns_root(), site_root()) if root]
    return [path for root in roots for path in folder_files(root, folder)]
