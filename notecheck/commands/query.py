"""`notecheck query`: compliant questions to the surgeon, and the lint of such questions."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from notecheck.commands.options import AUTO, CodeInQuestion, SiteRules
from notecheck.errors import UsageError
from notecheck.terminal.exit_status import NOT_PASSED, PASSED
from notecheck.terminal.writing import write


def query(
    encounter: Annotated[
        str | None,
        typer.Argument(
            help="A note or one encounter, or - for standard input.", show_default=False
        ),
    ] = None,
    output_format: Annotated[
        Literal["text", "json", "fhir"], typer.Option("--format", help="How to print the queries.")
    ] = "text",
    code: CodeInQuestion = AUTO,
    lint: Annotated[
        str | None,
        typer.Option(help="Check the queries in this file for leading or payment wording instead."),
    ] = None,
    rules: SiteRules = None,
) -> int:
    """Draft a compliant query to the surgeon for each open requirement.

    Exit status: 0, or 2 for wrong usage or unreadable input. With --lint 1 when something is wrong.
    """
    if (encounter is None) == (lint is None):
        raise UsageError("give an encounter to ask about, or --lint FILE, and not both")
    from notecheck.codes.files import require_known
    from notecheck.query.run import lint_output, queries_output

    if lint is not None:
        from notecheck.read.opening import read_text_file

        faults, clean = lint_output(read_text_file(lint), lint)
        write(faults)
        return PASSED if clean else NOT_PASSED
    require_known(code)
    write(queries_output(str(encounter), output_format, code))
    return PASSED
