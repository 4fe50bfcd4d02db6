"""`notecheck demo`: the workbench over invented encounters, imported late by the command."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from notecheck.checker import check
from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.shape import encounter_from_object
from notecheck.serve.run import serve
from notecheck.serve.settings import Settings
from notecheck.terminal.messages import say
from notecheck.workbench.filling import Filling
from notecheck.workbench.setup import opened

_HOST = "127.0.0.1"
# Beside the package, or inside it in a wheel.
_NAME = "corpus/development/situations.jsonl"


def demo(port: int, *, open_browser: bool) -> int:
    """Serves the workbench over invented encounters in a queue of its own, until told to stop."""
    with tempfile.TemporaryDirectory(prefix="notecheck-demo-") as folder:
        place = str(Path(folder) / "queue.sqlite")
        with Filling(place, "demo") as filling:
            for encounter in demo_encounters():
                report = check(encounter)
                if report.release.verdict != "release":
                    filling.add(encounter, report)
        settings = Settings(queue=place, log=str(Path(folder) / "log.sqlite"))
        say("the demo has a queue of its own; Ctrl-C ends it")
        if open_browser:
            import webbrowser

            webbrowser.open(f"http://{_HOST}:{port}/")
        return serve((_HOST, port), None, settings, opened)


def demo_encounters() -> Iterator[Encounter]:
    """The encounters of a labelled file, without their labels. Raises InputError when this
    installation has none."""
    for line in _file().read_text(encoding="utf-8").splitlines():
        yield encounter_from_object(json.loads(line)["encounter"])


def _file() -> Path:
    package = Path(__file__).resolve().parent.parent
    for folder in (package, package.parent):
        if (folder / _NAME).is_file():
            return folder / _NAME
    raise InputError("the demo's encounters are missing: install notecheck again")
