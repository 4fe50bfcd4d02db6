"""`notecheck train`: a new model of the second reader, from labelled encounters."""

from __future__ import annotations

from typing import Annotated

import typer

from notecheck.commands.options import SiteRules
from notecheck.errors import UsageError
from notecheck.terminal.exit_status import PASSED


def train(
    corpus: Annotated[
        list[str],
        typer.Argument(
            metavar="CORPUS...",
            help="Labelled encounters, as for evaluate; a file for each author.",
            show_default=False,
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="MODEL",
            help="The file to write the model into.",
            show_default=False,
        ),
    ] = None,
    corrections: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="A site's own labelled encounters, as the workbench exports its corrections: "
            "learned from, and measured apart from ours.",
            show_default=False,
        ),
    ] = None,
    confidence: Annotated[
        str | None,
        typer.Option(
            metavar="TABLE",
            help="Write the table of confidence that goes with the model into this file.",
            show_default=False,
        ),
    ] = None,
    left_out: Annotated[
        bool,
        typer.Option(
            "--left-out",
            help="Print the figures of whole reports too, by readers that left the author out.",
        ),
    ] = False,
    curve: Annotated[
        bool,
        typer.Option(
            "--curve", help="Only print how errors fall with the number of authors; no model."
        ),
    ] = False,
    rules: SiteRules = None,
) -> int:
    """Train the second reader; needs the extra `train`.

    Prints how often rules, reader and both are right on authors left out. Use a model by
    NOTECHECK_READER=MODEL.

    Exit status: 0, or 2 for wrong usage or encounters that cannot be read.
    """
    from notecheck.train.run import print_curve, train_into

    if curve and (out or corrections or confidence or left_out):
        raise UsageError("--curve makes no model: give it the corpus alone")
    if curve:
        print_curve(corpus)
    elif out is None:
        raise UsageError("name the file to write the model into: -o MODEL")
    else:
        train_into(out, corpus, corrections, confidence, left_out=left_out)
    return PASSED
