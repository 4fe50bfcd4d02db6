"""What `notecheck query` prints."""

from __future__ import annotations

import json
from typing import Literal

from notecheck.checker import check
from notecheck.errors import InputError, UsageError
from notecheck.query.draft import draft_queries
from notecheck.query.fhir import queries_bundle
from notecheck.query.lint import lint_text
from notecheck.query.text import queries_text
from notecheck.read.several_files import read_paths

QueryFormat = Literal["text", "json", "fhir"]


def queries_output(path: str, output_format: QueryFormat, code: str) -> str:
    """The queries of the one encounter or note at `path`.

    Raises InputError when it cannot be read or holds several encounters.
    """
    results = list(read_paths([path]))
    if len(results) != 1:
        raise UsageError("holds several encounters: give one at a time", where=path)
    encounter = results[0].outcome
    if isinstance(encounter, InputError):
        raise UsageError(encounter.message, where=results[0].where)
    file = draft_queries(encounter, check(encounter, code=code))
    if output_format == "json":
        return file.model_dump_json(indent=2) + "\n"
    if output_format == "fhir":
        return json.dumps(queries_bundle(file), indent=2, ensure_ascii=False) + "\n"
    return queries_text(file)


def lint_output(text: str, name: str) -> tuple[str, bool]:
    """The faults of a file of queries, one a line, and whether there are none.

    Raises InputError as `lint_text`.
    """
    faults = lint_text(text, name)
    if not faults:
        return f"{name}: nothing leading, nothing about payment\n", True
    return "".join(f"{fault}\n" for fault in faults), False
