"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from notecheck.errors import RulesError
from notecheck.log.store import KEEP_TEXT_SETTING
from notecheck.log.store import SETTING as LOG_SETTING
from notecheck.rules.site import SETTING as RULES_SETTING
from notecheck.rules.site import use_site_rules
from notecheck.terminal.exit_status import FAILED
from notecheck.terminal.messages import say

AUTO = "auto"
ReportFormat = Literal["text", "json", "jsonl", "html", "csv", "xlsx", "junit", "sarif"]


def _use(folder: str | None) -> str | None:
    if folder:
        try:
            use_site_rules(folder)
        except RulesError as error:
            say(error.sentence)
            raise typer.Exit(FAILED) from None
    return folder


# A command that takes this option need not look at it: the pipeline follows the setting.
SiteRules = Annotated[
    str | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        envvar=RULES_SETTING,
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

# Where a command takes this option, an absent log is that of this user.
LogPlace = Annotated[
    str | None,
    typer.Option(
        "--log",
        envvar=LOG_SETTING,
        help="The log: an SQLite file or a postgresql:// URL. Without it, the file of this user.",
        show_default=False,
        show_envvar=True,
    ),
]

KeepText = Annotated[
    bool,
    typer.Option(
        "--keep-text",
        envvar=KEEP_TEXT_SETTING,
        help="Keep the encounters themselves in the log too, so that they can be replayed from it.",
        show_envvar=True,
    ),
]

Redact = Annotated[
    bool,
    typer.Option("--redact", help="Offsets in place of the words of the notes, in all reports."),
]

OnDay = Annotated[
    str | None,
    typer.Option("--on", help="The day to judge by, YYYY-MM-DD.", show_default="today"),
]

Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at; 0 picks one.")]
