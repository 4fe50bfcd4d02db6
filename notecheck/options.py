"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from notecheck.command import FAILED
from notecheck.errors import RulesError
from notecheck.messages import say
from notecheck.rules.site import SETTING, use_site_rules


def _use(folder: str | None) -> str | None:
    if folder:
        try:
            use_site_rules(folder)
        except RulesError as error:
            say(str(error))
            raise typer.Exit(FAILED) from None
    return folder


# A command that takes this option need not look at it: the pipeline follows the setting.
SiteRules = Annotated[
    str | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        envvar=SETTING,
        callback=_use,
        help="A folder of your own rules, laid over ours.",
        show_default=False,
    ),
]

TimeLimit = Annotated[
    float,
    typer.Option(
        "--time-limit", min=0.01, help="Seconds for checking one encounter, before it is given up."
    ),
]

CodeInQuestion = Annotated[
    str,
    typer.Option(
        "--code",
        help="The code to check; auto is what the claim bills, else what the note makes it.",
    ),
]
