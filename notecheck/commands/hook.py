"""`notecheck hook`: whether one bill may go out."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from notecheck.commands.ask_service import IF_AWAY, KEY, SERVICE
from notecheck.commands.options import (
    AUTO,
    CodeInQuestion,
    KeepText,
    Redact,
    SiteRules,
    TimeLimit,
)
from notecheck.errors import InputError, UsageError
from notecheck.log.store import SETTING as LOG_SETTING
from notecheck.terminal.exit_status import FAILED, hook_status
from notecheck.terminal.messages import say
from notecheck.terminal.writing import write


def hook(
    path: Annotated[
        str | None,
        typer.Argument(
            help="A note or an encounter in any format that scan reads; without it, an encounter "
            "or a document (no bare text) on standard input.",
            show_default=False,
        ),
    ] = None,
    claim: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The X12 837 file that holds the claim of the note."),
    ] = None,
    fail_on: Annotated[
        Literal["review", "stop"], typer.Option(help="The mildest verdict that stops the bill.")
    ] = "stop",
    code: CodeInQuestion = AUTO,
    output_format: Annotated[
        Literal["json", "text"], typer.Option("--format", help="How to print the report.")
    ] = "json",
    min_confidence: Annotated[
        float,
        typer.Option(min=0, max=1, help="Turn a release of less confidence than this into review."),
    ] = 0.0,
    time_limit: TimeLimit = 60.0,
    log: Annotated[
        str | None,
        typer.Option(
            envvar=LOG_SETTING,
            help="Append the decision to this audit log (SQLite file or postgresql:// URL).",
            show_default=False,
            show_envvar=True,
        ),
    ] = None,
    keep_text: KeepText = False,
    service: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Ask this running service (http(s)://HOST:PORT or unix:PATH; also the variable "
            f"{SERVICE}) instead, with {KEY} as the key; beside --fail-on and --if-away alone.",
            show_default=False,
        ),
    ] = None,
    if_away: Annotated[
        Literal["check", "refuse"] | None,
        typer.Option(
            help="Where the service does not answer: check here, or refuse with status 2 (check, "
            f"where neither this nor the variable {IF_AWAY} says).",
            show_default=False,
        ),
    ] = None,
    redact: Redact = False,
    rules: SiteRules = None,
) -> int:
    """Check one encounter before its bill goes out and print its report, as JSON by default.

    Exit status: 0 release, 1 stop, 2 could not be checked or logged, so do not release.
    """
    if service and (
        claim
        or log
        or keep_text
        or rules
        or min_confidence
        or code != AUTO
        or output_format != "json"
        or redact
    ):
        raise UsageError(
            "a service is asked with --fail-on and --if-away alone: claims, logs, rules and "
            "redaction are its own"
        )
    from notecheck.read.claim_files import ClaimFiles
    from notecheck.read.encounters import only_input, read_encounter, read_path
    from notecheck.read.opening import standard_input

    try:
        if path is None:
            encounter, as_text = read_encounter(standard_input()), False
        else:
            encounter, as_text = only_input(read_path(path))
        if claim:
            encounter = ClaimFiles([claim]).with_only_claim(encounter)
    except InputError as error:
        say(f"{error.where or path or 'stdin'}: {error.coded}")
        return FAILED
    from notecheck.checker import check
    from notecheck.release import sure_enough

    report = sure_enough(check(encounter, code, seconds=time_limit), min_confidence)
    if log:
        from notecheck.log.run import log_decision

        log_decision(log, encounter, report, asked=code, way="hook", keep_text=keep_text)
    if redact:
        from notecheck.redact import redacted

        report = redacted(report)
    if output_format == "text":
        from notecheck.commands.scan_output import Output

        write(Output("text").add(encounter, report, path or "stdin", as_text=as_text))
    else:
        write(report.model_dump_json() + "\n")
    return hook_status(report.model_dump(include={"release"}), fail_on)
