"""`notecheck log ...` and `notecheck replay`: the audit log of decisions."""

from __future__ import annotations

from typing import Annotated

import typer

from notecheck.commands.options import LogPlace, SiteRules


def verify(
    log: LogPlace = None,
    head: Annotated[
        str | None,
        typer.Option(help="NUMBER:HASH noted down earlier: it must still be in the log."),
    ] = None,
    anchors: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What `log anchor` wrote.", show_default=False),
    ] = None,
    public_key: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The key that verifies them.", show_default=False),
    ] = None,
) -> int:
    """Follow the chain of hashes through the whole log.

    Exit status: 0 the log is as it was written, 1 it was tampered with, 2 it cannot be read.
    """
    from notecheck.log.run import verify_log
    from notecheck.log.store import default_log

    return verify_log(log or default_log(), head, anchors, public_key)


def anchor(
    to: Annotated[
        str,
        typer.Option(
            metavar="PLACE",
            help="Away from the log: a file, `syslog:`, syslog://HOST:PORT, or the URL of a "
            "folder of an object store.",
        ),
    ],
    key: Annotated[
        str, typer.Option(metavar="FILE", help="The private Ed25519 key (PEM) that signs it.")
    ],
    log: LogPlace = None,
) -> int:
    """Sign the head of the log and note it down in a second place, as a timer should.

    Exit status: 0 done, 1 the log was tampered with, 2 it cannot be read or the anchor not written.
    """
    from notecheck.log.run import anchor_log
    from notecheck.log.store import default_log

    return anchor_log(log or default_log(), to, key)


def show(
    decision: Annotated[
        str | None, typer.Argument(help="The id of one decision.", show_default=False)
    ] = None,
    log: LogPlace = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an entry.")] = False,
) -> int:
    """Print the entries of the log, or those about one decision."""
    from notecheck.log.run import show_log
    from notecheck.log.store import default_log

    return show_log(log or default_log(), decision, as_json=as_json)


def override(
    decision: Annotated[str, typer.Argument(help="The id of the decision.", show_default=False)],
    to: Annotated[str, typer.Option(metavar="DECISION", help="What is decided instead.")],
    person: Annotated[str, typer.Option(help="Who decides otherwise.")],
    reason: Annotated[str, typer.Option(help="Why. It is kept as written: no note text.")],
    log: LogPlace = None,
) -> int:
    """Log that a person decides otherwise than notecheck did."""
    from notecheck.log.run import override_in_log
    from notecheck.log.store import default_log

    return override_in_log(log or default_log(), decision, to, person, reason)


def replay(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Encounters whose text the log did not keep, as files.", show_default=False
        ),
    ] = None,
    log: LogPlace = None,
    rules: SiteRules = None,
) -> int:
    """Decide logged encounters again and compare the reports.

    Exit status: 0 all that could be compared is the same, 1 some is not, 2 nothing could be.
    """
    from notecheck.log.run import replay_log
    from notecheck.log.store import default_log

    return replay_log(log or default_log(), paths or [])
