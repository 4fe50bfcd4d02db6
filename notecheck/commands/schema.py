"""`notecheck schema`: the shapes of what goes in and what comes out."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from notecheck.terminal.exit_status import PASSED
from notecheck.terminal.writing import write


def schema(
    shape: Annotated[Literal["encounter", "report"], typer.Argument(help="What goes in or out.")],
) -> int:
    """Print the JSON schema of an encounter or of a report."""
    from notecheck.models import Encounter, Report

    if shape == "encounter":
        found = Encounter.model_json_schema()
    else:
        found = Report.model_json_schema(mode="serialization")
    if "$ref" in found:  # a report may hold reports, so its own shape is among the definitions
        found = {**found["$defs"][found.pop("$ref").rpartition("/")[2]], **found}
    write(json.dumps(found, indent=2) + "\n")
    return PASSED
