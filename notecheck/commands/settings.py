"""Every option of every command: what it is called, what holds for it, and whence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from notecheck.commands.config_file import ConfigFile, Value

_NOT_KEPT = frozenset({"help", "version", "install_completion", "show_completion"})


@dataclass(frozen=True)
class Setting:
    """One option of one command; `whence` is "default", a variable's name or the file's path."""

    command: str
    option: str
    value: Any
    whence: str


def options_of(group: Any, before: str = "") -> dict[str, dict[str, Any]]:
    """The options (not the arguments) of each command of a click group, by their long names.

    A command of a group has the name of both: "policy check".
    """
    found: dict[str, dict[str, Any]] = {}
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found |= options_of(command, f"{before}{name} ")
            continue
        found[before + name] = {
            long: option
            for option in command.params
            if option.param_type_name == "option" and (long := _long(option)) not in _NOT_KEPT
        }
    return found


def defaults(options: dict[str, dict[str, Any]], config: ConfigFile) -> dict[str, Any]:
    """What click takes for options that neither command line nor environment gives."""
    found: dict[str, Any] = {}
    for command, of in options.items():
        place = found
        for part in command.split(" "):
            place = place.setdefault(part, {})
        for name, option in of.items():
            value = config.of(command, name)
            if value is not None:
                place[option.name] = value
    return found


def settings(options: dict[str, dict[str, Any]], config: ConfigFile) -> Iterator[Setting]:
    """What holds for each option unless the command line says otherwise."""
    for command, of in options.items():
        for name, option in of.items():
            yield Setting(command, name, *_holds(option, config.of(command, name), config))


def _holds(option: Any, in_file: Value | None, config: ConfigFile) -> tuple[Any, str]:
    variable = option.envvar
    if isinstance(variable, str) and os.environ.get(variable):
        return os.environ[variable], variable
    if in_file is not None:
        return in_file, str(config.path)
    return option.default, "default"


def _long(option: Any) -> str:
    longest: str = max(option.opts, key=len)
    return longest.lstrip("-").replace("-", "_")
