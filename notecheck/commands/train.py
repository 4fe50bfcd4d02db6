"""`notecheck train`: a new model of the second reader, from labelled encounters."""

from __future__ import annotations

from typing import Annotated

import typer

from notecheck.commands.options import SiteRules
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
        str,
        typer.Option("--out", "-o", metavar="MODEL", help="The file to write the model into."),
    ],
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
    rules: SiteRules = None,
) -> int:
    """Train the second reader; needs the extra `train`.

    Prints how often rules, reader and both are right on authors left out. Use a model by
    NOTECHECK_READER=MODEL.

    Exit status: 0, or 2 for wrong usage or encounters that cannot be read.
    """
    from notecheck.train.run import train_into

    train_into(out, corpus, corrections, confidence)
    return PASSED
