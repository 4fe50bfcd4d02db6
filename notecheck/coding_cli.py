"""The commands for codes, policy and queries, part of the command `notecheck`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from notecheck.codes.files import AUTO, require_known
from notecheck.command import NOT_PASSED, PASSED, run, write
from notecheck.errors import InputError
from notecheck.options import CodeInQuestion, SiteRules
from notecheck.read.encounters import read_text_file

coding = typer.Typer()


@coding.command()
def explain(
    subject: Annotated[
        str,
        typer.Argument(help="A code, or CODE:REQUIREMENT.", metavar="CODE", show_default=False),
    ],
    output_format: Annotated[
        Literal["text", "json", "markdown", "html"],
        typer.Option("--format", help="How to print the card."),
    ] = "text",
    rules: SiteRules = None,
) -> None:
    """Tell what a code covers, what it requires, and what its claims must say.

    Exit status: 0, or 2 for a code or requirement that is not known.
    """
    run(lambda: _explain(subject, output_format))


@coding.command()
def checklist(
    code: Annotated[str, typer.Argument(help="A code.", show_default=False)],
    output_format: Annotated[
        Literal["text", "markdown", "dictation"],
        typer.Option("--format", help="A list, or a dictation template with fields."),
    ] = "text",
    rules: SiteRules = None,
) -> None:
    """List what a note for a code tells, for the surgeon to dictate from.

    Exit status: 0, or 2 for a code that is not known.
    """
    run(lambda: _checklist(code, output_format))


@coding.command()
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
) -> None:
    """Draft a compliant query to the surgeon for each open requirement.

    Exit status: 0, or 2 for wrong usage or unreadable input. With --lint 1 when something is wrong.
    """
    run(lambda: _query(encounter, output_format, code, lint))


policy = typer.Typer(no_args_is_help=True, help="The payers' rules by date.")
coding.add_typer(policy, name="policy")


@policy.command("check")
def policy_check(
    on: Annotated[
        str | None, typer.Option(help="The day to judge by, YYYY-MM-DD.", show_default="today")
    ] = None,
    rules: SiteRules = None,
) -> None:
    """Find gaps, overlaps, and stale or unsourced rows, ours and the site's.

    Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage or an unreadable file.
    """
    run(lambda: _policy_check(on))


def _explain(subject: str, output_format: Literal["text", "json", "markdown", "html"]) -> int:
    from notecheck.explain.command import explanation

    write(explanation(subject, output_format))
    return PASSED


def _checklist(code: str, output_format: Literal["text", "markdown", "dictation"]) -> int:
    from notecheck.explain.checklist import checklist

    write(checklist(code, output_format))
    return PASSED


def _query(
    encounter: str | None,
    output_format: Literal["text", "json", "fhir"],
    code: str,
    lint: str | None,
) -> int:
    if (encounter is None) == (lint is None):
        raise InputError("give an encounter to ask about, or --lint FILE, and not both")
    from notecheck.query import command

    if lint is not None:
        told, clean = command.lint_output(read_text_file(lint), lint)
        write(told)
        return PASSED if clean else NOT_PASSED
    require_known(code)
    write(command.queries_output(str(encounter), output_format, code))
    return PASSED


def _policy_check(on: str | None) -> int:
    from notecheck.policy.command import checked_policy

    told, clean = checked_policy(on)
    write(told)
    return PASSED if clean else NOT_PASSED
