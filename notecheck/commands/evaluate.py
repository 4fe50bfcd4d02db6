"""`notecheck evaluate`: how often the checker is right over labelled encounters."""

from __future__ import annotations

import os
from typing import Annotated, Literal

import typer

from notecheck.commands.options import SiteRules
from notecheck.reader.choice import SETTING
from notecheck.terminal.exit_status import PASSED
from notecheck.terminal.writing import write


def evaluate(
    gold: Annotated[
        str,
        typer.Argument(
            help="Labelled encounters, one JSON object with encounter and gold a line; or with "
            "--statements labelled statements.",
            show_default=False,
        ),
    ],
    output_format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to print the figures.")
    ] = "text",
    errors: Annotated[
        bool, typer.Option("--errors", help="List every error with the words it came from.")
    ] = False,
    calibration: Annotated[
        bool,
        typer.Option(
            "--calibration",
            help="How far confidence can be believed, and what a threshold on it clears.",
        ),
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(help="The JSON of an earlier evaluation: list what got better and worse."),
    ] = None,
    statements: Annotated[
        bool,
        typer.Option(
            "--statements",
            help="The file holds single statements: say how many are recognised in a plain note, "
            "and how many that only look so are believed.",
        ),
    ] = False,
    second: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Only print how far another reader's evidence labels, an encounter_id and its "
            "evidence a line, agree with those of the gold.",
        ),
    ] = None,
    reader: Annotated[
        Literal["on", "off", "alone"] | None,
        typer.Option(
            help="Read with the second reader, without it, or by it without the rules where it "
            "knows a value: what each part is worth. Without this as NOTECHECK_READER says.",
            show_default=False,
        ),
    ] = None,
    rules: SiteRules = None,
) -> int:
    """Run the checker over labelled encounters and print how often it is right.

    Exit status: 0, or 2 for wrong usage or unreadable gold.
    """
    if second:
        from notecheck.evaluate.second_labels import second_labels_text

        write(second_labels_text(gold, second))
        return PASSED
    if reader:
        os.environ[SETTING] = reader
    if statements:
        from notecheck.evaluate.statement_figures import statements_output

        write(statements_output(gold, output_format, with_errors=errors))
        return PASSED
    from notecheck.evaluate.run import evaluation_output

    write(
        evaluation_output(
            gold,
            output_format,
            with_errors=errors,
            with_calibration=calibration,
            against=against,
        )
    )
    return PASSED
