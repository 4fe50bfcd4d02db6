"""Finds the codes that this installation and its site know, each a file of `codes/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notecheck.codes.model import Additions, CodeFile, RequirementKind
from notecheck.errors import RulesError, UnknownError
from notecheck.rules.files import pattern_file, patterns_root
from notecheck.rules.site import data_files, site_root
from notecheck.rules.toml_file import load_toml

_ADDED = "-more"
AUTO = "auto"  # asks for the code that the note supports


def known_codes() -> tuple[str, ...]:
    """The names of all code files, ours and the site's, in order."""
    return tuple(sorted(_paths()))


def require_known(code: str) -> None:
    """Raises InputError when `code` is neither "auto" nor a code that has a file."""
    if code != AUTO:
        code_path(code)


def code_path(code: str) -> Path:
    """The file of `code`; a site's file stands in for ours of the same name.

    Raises InputError when no such file exists.
    """
    path = _paths().get(code)
    if path is None:
        raise UnknownError(
            f'"{code}" is not a code that notecheck knows: give one of {", ".join(known_codes())}'
        )
    return path


@cache
def load_code_file(path: Path, more: tuple[Path, ...] = ()) -> CodeFile:
    """Read one code's file, with what the files `more` add to it.

    Raises RulesError as `load_toml`, or for a name that is not its own.
    """
    found = load_toml(path, CodeFile)
    if found.code != path.stem:
        raise RulesError(f"is about code {found.code}", where=path.name)
    added = [entry for other in more for entry in load_toml(other, Additions).requirement]
    return found.model_copy(update={"requirement": (*found.requirement, *added)})


@cache
def requirement_kind(kind: str) -> RequirementKind:
    """What the codes share of a kind of requirement. Raises RulesError for an unknown one."""
    return load_toml(pattern_file(f"requirements/{kind}.toml"), RequirementKind)


def additions(code: str) -> tuple[Path, ...]:
    """The files, such as `27596-more.toml`, that add requirements to a code."""
    return _known().additions.get(code, ())


@dataclass(frozen=True, slots=True)
class _Known:
    """The files of codes by their codes, and what is added to each."""

    codes: dict[str, Path]
    additions: dict[str, tuple[Path, ...]]


def _paths() -> dict[str, Path]:
    return _known().codes


def _known() -> _Known:
    return _listed(patterns_root(), site_root())


@cache
def _listed(_ours: Path, _site: Path | None) -> _Known:
    """The files of these folders, listed once; every check asks several times."""
    codes: dict[str, Path] = {}
    added: dict[str, tuple[Path, ...]] = {}
    for path in data_files("codes"):
        if path.stem.endswith(_ADDED):
            code = path.stem.removesuffix(_ADDED)
            added[code] = (*added.get(code, ()), path)
        else:
            codes[path.stem] = path
    return _Known(codes, added)
