"""`notecheck audit`: every encounter under some paths, into tables and a page."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal

import typer

from notecheck.commands.options import AUTO, CodeInQuestion, Redact, SiteRules, TimeLimit
from notecheck.errors import AuditError
from notecheck.extras import require_extra
from notecheck.terminal.exit_status import PASSED
from notecheck.terminal.writing import write


def audit(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Folders and files: notes, encounters (.json), one encounter a line (.jsonl, "
            ".jsonl.gz, .jsonl.zst), tables (CSV with any delimiter, Excel, Parquet).",
            show_default=False,
        ),
    ],
    out: Annotated[str, typer.Option(help="The folder for the results.", show_default=False)],
    engine: Annotated[
        Literal["local", "spark"], typer.Option(help="Processes on this machine, or Spark.")
    ] = "local",
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="How many processes; as many as processors unless given."),
    ] = None,
    master: Annotated[
        str | None, typer.Option(help="Spark's master, where spark-submit does not give it.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the unfinished audit in --out.")
    ] = False,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=COLUMN",
            help="The column of a table that holds a field, such as text=NOTE_TEXT; repeat it.",
        ),
    ] = None,
    dates: Annotated[
        Literal["mdy", "dmy"] | None,
        typer.Option(
            help="The order of day and month in dates such as 03/04/2026, where the table itself "
            "does not show it."
        ),
    ] = None,
    types: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="What your names of document types stand for: a CSV file of name and type.",
        ),
    ] = None,
    preview: Annotated[
        bool,
        typer.Option(
            "--preview",
            help="Print what each column is taken for and the first ten charts; check nothing.",
        ),
    ] = False,
    table_format: Annotated[
        Literal["csv", "xlsx"] | None,
        typer.Option("--format", help="Write each table so too, beside the Parquet file."),
    ] = None,
    time_limit: TimeLimit = 30.0,
    code: CodeInQuestion = AUTO,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Draw so many encounters into worksheet.csv.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws another sample.")] = 0,
    stratify: Annotated[
        Literal["decision", "verdict", "payer", "surgeon", "month", "payment", "finding"] | None,
        typer.Option(help="Draw from each of these in proportion."),
    ] = None,
    frame: Annotated[
        str | None,
        typer.Option(
            help="What the sample is drawn from: billed (what bills the code, the default where "
            "anything does), all, or an SQL condition over the columns of reports.parquet."
        ),
    ] = None,
    queue: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            help="Put what a person has to look at into the workbench's queue: a SQLite file, or a "
            "postgresql:// URL.",
        ),
    ] = None,
    redact: Redact = False,
    rules: SiteRules = None,
) -> int:
    """Check every encounter under the paths and leave tables and a page.

    Exit status: 0 all were read, 1 some inputs failed and are listed in errors.parquet, 2 wrong
    usage.
    """
    require_extra("an audit", "audit")
    if master and engine != "spark":
        raise AuditError("--master is for --engine spark")
    for option, given in (("--stratify", stratify), ("--frame", frame)):
        if given and not sample:
            raise AuditError(f"{option} is for --sample: say how many encounters to draw")
    if redact and queue is not None:
        raise AuditError("--redact leaves the notes out, and a --queue needs them: give one alone")
    from notecheck.audit.columns import parse_columns
    from notecheck.audit.table_options import TableOptions, read_types

    tables = TableOptions(parse_columns(column or ()), dates, read_types(types))
    if preview:
        from notecheck.audit.preview import preview as previewed

        write(previewed(paths, Path(out), tables))
        return PASSED
    from notecheck.audit.run import AuditOptions, run_audit
    from notecheck.audit.run_record import SampleSettings
    from notecheck.codes.files import require_known

    require_known(code)
    with ExitStack() as stack:
        to_queue = None
        if queue is not None:
            require_extra("the workbench's queue", "serve")
            from notecheck.workbench.filling import Filling

            to_queue = stack.enter_context(Filling(queue)).add_json
        return run_audit(
            AuditOptions(
                paths=paths,
                out=Path(out),
                engine=engine,
                workers=workers,
                resume=resume,
                tables=tables,
                table_format=table_format,
                time_limit=time_limit,
                code=code,
                sample=SampleSettings(size=sample, seed=seed, stratify=stratify, frame=frame)
                if sample
                else None,
                master=master,
                to_queue=to_queue,
                redact=redact,
            )
        )
