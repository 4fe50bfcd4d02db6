"""The settings file of a folder: `notecheck.toml`, or `[tool.notecheck]` in `pyproject.toml`.

Its keys are the commands' own options, so that there is one list of them: `code = "27596"` holds
for every command with that option, `[audit]` and `dates = "mdy"` for one. The library of commands
ranks the command line over a variable of the environment, and this over the file; a library of
settings would need every option declared a second time.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notecheck.errors import ConfigError

NAME = "notecheck.toml"
SETTING = "NOTECHECK_CONFIG"
_PROJECT = "pyproject.toml"
# Named relative to the file, as whoever wrote it sees them.
_PATHS = frozenset({"rules", "types", "log", "queue", "settings", "claim_map", "keys"})
# Asked before the file is looked for, because a hook in a billing line waits for them.
_ELSEWHERE = {
    "service": "set the variable NOTECHECK_SERVICE",
    "if_away": "set the variable NOTECHECK_IF_AWAY",
}
Value = str | int | float | bool | list[str]


@dataclass(frozen=True)
class ConfigFile:
    """What a file says: by option for all commands, and by command and option for one."""

    path: Path | None = None
    common: Mapping[str, Value] = field(default_factory=dict)
    commands: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    def of(self, command: str, option: str) -> Value | None:
        """What holds for an option of a command, None where the file is silent."""
        return self.commands.get(command, {}).get(option, self.common.get(option))


def find_config(folder: Path) -> ConfigFile:
    """The file that the environment names, else the nearest one in `folder` or above it.

    An empty variable means none. Raises ConfigError for a file that cannot be read.
    """
    named = os.environ.get(SETTING)
    if named is not None:
        return _read(Path(named)) if named else ConfigFile()
    for place in (folder, *folder.parents):
        for name in (NAME, _PROJECT):
            path = place / name
            if path.is_file() and (found := _read(path)).path:
                return found
    return ConfigFile()


def _read(path: Path) -> ConfigFile:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"this is no TOML: {error}", where=str(path)) from None
    if path.name == _PROJECT:
        if "notecheck" not in data.get("tool", {}):
            return ConfigFile()
        data = data["tool"]["notecheck"]
    commands = {key: _values(path, of) for key, of in data.items() if isinstance(of, dict)}
    common = _values(path, {key: v for key, v in data.items() if not isinstance(v, dict)})
    return ConfigFile(path, common, commands)


def _values(path: Path, table: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: _beside(path, name, value)
        for key, value in table.items()
        for name in [key.replace("-", "_")]
    }


def _beside(path: Path, name: str, value: Value) -> Value:
    if name in _PATHS and isinstance(value, str) and "://" not in value:
        return str(path.parent / value)
    return value


def require_options(config: ConfigFile, options: Mapping[str, Mapping[str, object]]) -> None:
    """Raises ConfigError, naming all of them, for commands and options that do not exist.

    `options` are the names of the options, by command.
    """
    faults = list(_unknown(config, options))
    if faults:
        raise ConfigError("; ".join(faults), where=str(config.path))


def _unknown(config: ConfigFile, options: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    every = {name for of in options.values() for name in of}
    for name in config.common:
        yield from _fault(name, every, "no command has")
    for command, values in config.commands.items():
        if command not in options:
            yield f"there is no command `{command}`"
            continue
        for name in values:
            yield from _fault(name, options[command], f"`{command}` has no")


def _fault(name: str, known: Collection[str], told: str) -> Iterator[str]:
    if name in _ELSEWHERE:
        yield f"`{name}` is not set here: {_ELSEWHERE[name]}"
    elif name not in known:
        yield f"{told} option `{name}`"
