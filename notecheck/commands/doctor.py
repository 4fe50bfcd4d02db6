"""`notecheck doctor`: what is installed here, which rules decide, and whether they do."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import typer

from notecheck.commands.config_file import find_config, require_options
from notecheck.commands.options import SiteRules
from notecheck.commands.settings import options_of
from notecheck.errors import NotecheckError, fault
from notecheck.extras import LIBRARIES, missing
from notecheck.terminal.exit_status import NOT_PASSED, PASSED
from notecheck.terminal.writing import write

_CORE = ("medspacy", "pydantic", "regex", "rich", "spacy", "typer")
_PROGRAMS = {"tesseract": "text of scans", "java": "audits on Spark"}
_NOTE = (
    "HISTORY: left above-knee amputation in 2019.\n"
    "OPERATION: Revision of the left above-knee amputation. The femur was divided at mid-shaft."
)
_SUPPORTS = "27596"
_WRONG = "WRONG"


def doctor(context: typer.Context, rules: SiteRules = None) -> int:
    """Say what is installed, which extras and rules are in use, and whether a note can be read.

    Exit status: 0 notecheck works, 1 something it needs is wrong. Extras are no need.
    """
    wrong = False
    for name, told, is_wrong in _findings(options_of(context.find_root().command)):
        write(f"{name:<14} {f'{_WRONG}: ' if is_wrong else ''}{told}\n")
        wrong = wrong or is_wrong
    return NOT_PASSED if wrong else PASSED


def _findings(options: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    number = _version("notecheck") or "from a checkout"
    yield "notecheck", f"{number}, {Path(__file__).parents[1]}", False
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield "Python", f"{platform.python_version()} on {platform.platform()}", not supported
    for name in _CORE:
        yield name, _version(name) or "is not installed", _version(name) is None
    for extra in LIBRARIES:
        absent = ", ".join(missing(extra))
        yield f"[{extra}]", f"not installed ({absent})" if absent else "installed", False
    for program, use in _PROGRAMS.items():
        yield program, f"{shutil.which(program) or 'not found'} (for {use})", False
    yield "settings", *_settings(options)
    yield "rules", *_rules()
    yield "reading", *_reading()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _settings(options: dict[str, dict[str, Any]]) -> tuple[str, bool]:
    set_here = ", ".join(sorted(name for name in os.environ if name.startswith("NOTECHECK_")))
    try:
        found = find_config(Path.cwd())
        require_options(found, options)
    except NotecheckError as error:
        return error.sentence, True
    return f"{found.path or 'no file'}; variables: {set_here or 'none'}", False


def _rules() -> tuple[str, bool]:
    from notecheck.log.rule_pack import rule_pack
    from notecheck.rules.files import patterns_root
    from notecheck.rules.load import read_rules
    from notecheck.rules.site import site_root

    try:
        read = read_rules(patterns_root(), site_root())
    except NotecheckError as error:
        return error.sentence, True
    if read.findings:
        return f"{read.findings[0]} [NC200]", True
    site = f", with {site_root()} over them" if site_root() else ""
    number = len(read.folder.frames)
    return f"{number} rules{site}; hash {rule_pack().hash}", False


def _reading() -> tuple[str, bool]:
    from notecheck.checker import check

    start = time.perf_counter()
    try:
        report = check(_NOTE)
        seconds = time.perf_counter() - start
    except NotecheckError as error:
        return error.sentence, True
    except Exception as error:
        return fault(error), True
    supported = report.supported_code.value
    told = f"an example note supports {supported}, in {seconds:.1f} s with the loading of the rules"
    return told, supported != _SUPPORTS
