"""`notecheck rules ...`, for those who write rules."""

from __future__ import annotations

from typing import Annotated

import typer

from notecheck.commands.options import SiteRules


def lint(rules: SiteRules = None) -> int:
    """List what is wrong with the rule files, as file:line.

    Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage.
    """
    from notecheck.rule_tools.run import lint_rules

    return lint_rules()


def test(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]...",
            help="Only these rules, and the cases that hold these word lists.",
            show_default=False,
        ),
    ] = None,
    rules: SiteRules = None,
) -> int:
    """Run the examples of the rules through the whole pipeline.

    Exit status: 0 all hold, 1 some do not, 2 wrong usage or rules that cannot be read.
    """
    from notecheck.rule_tools.run import test_rules

    return test_rules(ids or [])


def coverage(
    gold: Annotated[
        list[str],
        typer.Argument(
            metavar="GOLD...", help="Labelled encounters, as for evaluate.", show_default=False
        ),
    ],
    rules: SiteRules = None,
) -> int:
    """List the rules that labelled encounters never use, and the rules behind errors.

    Exit status: 0, or 2 for wrong usage or unreadable gold.
    """
    from notecheck.rule_tools.run import cover_rules

    return cover_rules(gold)


def why(
    note: Annotated[
        str,
        typer.Argument(
            help="A note, or encounters as for scan; - is standard input.", show_default=False
        ),
    ],
    fact: Annotated[
        str | None,
        typer.Option(metavar="FACT", help="Only mentions of this fact.", show_default=False),
    ] = None,
    rules: SiteRules = None,
) -> int:
    """List each mention of a note with the rule that made it, and what keeps it from counting.

    Exit status: 0, or 2 for wrong usage or unreadable input.
    """
    from notecheck.rule_tools.run import explain_mentions

    return explain_mentions(note, fact)


def disagree(
    notes: Annotated[
        list[str],
        typer.Argument(
            metavar="NOTES...", help="Notes or encounters, as for scan.", show_default=False
        ),
    ],
    most: Annotated[int, typer.Option(min=1, help="How many sentences to list.")] = 20,
    rules: SiteRules = None,
) -> int:
    """List the sentences on which rules and second reader differ most, with the words.

    Exit status: 0, or 2 for wrong usage or unreadable input.
    """
    from notecheck.rule_tools.run import list_disagreements

    return list_disagreements(notes, most)


def explain(
    rule_id: Annotated[
        str, typer.Argument(metavar="ID", help="A rule, frame or word list.", show_default=False)
    ],
    rules: SiteRules = None,
) -> int:
    """Print a page on one rule: what it reads, where that comes from, its cases and weak points.

    Exit status: 0, or 2 for an id that is not known.
    """
    from notecheck.rule_tools.run import explain_rule

    return explain_rule(rule_id)
