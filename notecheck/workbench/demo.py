"""The invented encounters that the demo shows: beside the package, or inside it in a wheel."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.shape import encounter_from_object

_NAME = "corpus/development/situations.jsonl"


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
