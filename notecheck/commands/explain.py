"""`notecheck explain` and `notecheck checklist`: what a code asks of a note and its claim."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from notecheck.commands.options import SiteRules
from notecheck.terminal.exit_status import PASSED
from notecheck.terminal.writing import write


def explain(
    subject: Annotated[
        str,
        typer.Argument(
            help="A code, CODE:REQUIREMENT, or the code of an error message (NC113).",
            metavar="CODE",
            show_default=False,
        ),
    ],
    output_format: Annotated[
        Literal["text", "json", "markdown", "html"],
        typer.Option("--format", help="How to print the card."),
    ] = "text",
    rules: SiteRules = None,
) -> int:
    """Explain a code, one of its requirements, or an error message by its code.

    Exit status: 0, or 2 for a code or requirement that is not known.
    """
    from notecheck.explain.run import explanation

    write(explanation(subject, output_format))
    return PASSED


def checklist(
    code: Annotated[str, typer.Argument(help="A code.", show_default=False)],
    output_format: Annotated[
        Literal["text", "markdown", "dictation"],
        typer.Option("--format", help="A list, or a dictation template with fields."),
    ] = "text",
    rules: SiteRules = None,
) -> int:
    """List what a note for a code documents, for the surgeon to dictate from.

    Exit status: 0, or 2 for a code that is not known.
    """
    from notecheck.explain.checklist import checklist as checklist_of

    write(checklist_of(code, output_format))
    return PASSED
