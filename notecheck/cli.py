"""The command `notecheck`. Reports go to standard output, everything else to standard error.

The checker loads a language pipeline, so a command imports it only when there is an encounter to
check: wrong usage and unreadable input are told at once.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from notecheck.ask import IF_AWAY, KEY, SERVICE
from notecheck.audit.extrapolate_cli import extrapolation
from notecheck.codes.files import AUTO, require_known
from notecheck.coding_cli import coding
from notecheck.command import FAILED, NOT_PASSED, PASSED, fault, run, write, writing_to
from notecheck.errors import AuditError, InputError, RulesError
from notecheck.hook_status import hook_status
from notecheck.log.commands import log_app, replay
from notecheck.log.store import KEEP_TEXT_SETTING, SETTING
from notecheck.messages import counting, say
from notecheck.models import Encounter, Report
from notecheck.options import CodeInQuestion, SiteRules, TimeLimit
from notecheck.output import Format, Output
from notecheck.read.claim_files import ClaimFiles
from notecheck.read.encounters import (
    only_encounter,
    read_encounter,
    read_path,
    read_paths,
    standard_input,
)
from notecheck.read.paths import expanded
from notecheck.read.system_files import named
from notecheck.rule_tools.cli import app as rules_app
from notecheck.serve.commands import keys_app, serve
from notecheck.workbench.cli import app as queue_app
from notecheck.workbench.cli import bench as workbench

app = typer.Typer(
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Checks whether operative notes support the code that is billed (CPT 27596).",
)
app.add_typer(keys_app, name="keys")
app.add_typer(log_app, name="log")
app.add_typer(rules_app, name="rules")
app.add_typer(coding)
app.add_typer(extrapolation)
app.add_typer(queue_app, name="queue")
app.add_typer(workbench)


def main() -> None:
    """The console script."""
    # The rules are a million objects that stay: looked through as often as Python's own setting
    # has it, they would take a third of a start.
    gc.set_threshold(100_000, 50)
    app(prog_name="notecheck")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("notecheck")
        except PackageNotFoundError:
            number = "of an unknown version: it runs from a checkout"
        typer.echo(f"notecheck {number}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    pass


@app.command()
def scan(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Notes (text, PDF, Word, RTF, HTML, C-CDA), HL7 v2 messages, encounters or FHIR "
            "resources (.json), one of these a line (.jsonl), folders of these, patterns "
            '("notes/*.txt"), or - for standard input.',
            show_default=False,
        ),
    ],
    output_format: Annotated[
        Format, typer.Option("--format", help="How to print the reports.")
    ] = "text",
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="All of each report, not what is open alone.")
    ] = False,
    out: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the reports into this file."),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 for reports that say review or stop.")
    ] = False,
    code: CodeInQuestion = AUTO,
    time_limit: TimeLimit = 60.0,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Add the questions whose answers would settle it.")
    ] = False,
    claims: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="X12 837P or 837I claims for the notes, matched by control number; may be given "
            "more than once.",
        ),
    ] = None,
    claim_map: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Which claim is whose: a CSV file with control_number and encounter_id.",
        ),
    ] = None,
    rules: SiteRules = None,
) -> None:
    """Check notes and encounters and print their reports.

    Exit status: 0 all pass, 1 some are review or hold, 2 wrong usage or unreadable input.
    """
    run(
        lambda: _scan(
            paths,
            Output(output_format, verbose=verbose or suggest),
            exit_zero,
            claims or (),
            claim_map,
            code,
            suggest,
            time_limit,
            out,
        )
    )


@app.command()
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
        typer.Option(min=1, help="How many processes; as many as processors unless told."),
    ] = None,
    master: Annotated[
        str | None, typer.Option(help="Spark's master, where spark-submit does not tell it.")
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
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds for one encounter, before it is given up.")
    ] = 30.0,
    code: CodeInQuestion = AUTO,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Draw so many encounters into worksheet.csv.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws another sample.")] = 0,
    stratify: Annotated[
        Literal["decision", "payer", "surgeon"] | None,
        typer.Option(help="Draw from each of these in proportion."),
    ] = None,
    rules: SiteRules = None,
) -> None:
    """Check every encounter under the paths and leave tables and a page.

    Exit status: 0 all were read, 1 some inputs failed and are listed in errors.parquet, 2 wrong
    usage.
    """
    run(
        lambda: _audit(
            paths=paths,
            out=out,
            engine=engine,
            workers=workers,
            master=master,
            resume=resume,
            columns=column or [],
            dates=dates,
            types=types,
            preview=preview,
            table_format=table_format,
            time_limit=time_limit,
            code=code,
            sample=(sample, seed, stratify),
        )
    )


@app.command()
def agreement(
    worksheet: Annotated[
        str,
        typer.Argument(help="The worksheet of an audit, filled in by people.", show_default=False),
    ],
) -> None:
    """Print how far people and notecheck agree: Cohen's kappa with 95 % intervals.

    Exit status: 0, or 2 for a worksheet that cannot be used.
    """
    run(lambda: _agreement(worksheet))


@app.command()
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
    time_limit: TimeLimit = 60.0,
    log: Annotated[
        str | None,
        typer.Option(
            envvar=SETTING,
            help="Append the decision to this audit log (SQLite file or postgresql:// URL).",
            show_default=False,
            show_envvar=True,
        ),
    ] = None,
    keep_text: Annotated[
        bool,
        typer.Option(
            "--keep-text",
            envvar=KEEP_TEXT_SETTING,
            help="Keep the encounter itself in the log too, so that it can be replayed from there.",
            show_envvar=True,
        ),
    ] = False,
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
            f"where neither this nor the variable {IF_AWAY} tells).",
            show_default=False,
        ),
    ] = None,
    rules: SiteRules = None,
) -> None:
    """Check one encounter before its bill goes out and print its report, as JSON by default.

    Exit status: 0 release, 1 stop, 2 could not be checked or logged, so do not release.
    """
    alone = not (claim or log or keep_text or rules or code != AUTO or output_format != "json")
    run(
        lambda: (
            _hook(path, claim, fail_on, code, output_format, log, time_limit, keep_text=keep_text)
            if alone or not service
            else _not_by_service()
        ),
        broken_pipe=FAILED,
    )


@app.command()
def schema(
    shape: Annotated[Literal["encounter", "report"], typer.Argument(help="What goes in or out.")],
) -> None:
    """Print the JSON schema of an encounter or of a report."""
    run(lambda: _schema(shape))


@app.command()
def evaluate(
    gold: Annotated[
        str,
        typer.Argument(
            help="Labelled encounters, one JSON object with encounter and gold a line.",
            show_default=False,
        ),
    ],
    output_format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How to print the figures.")
    ] = "text",
    errors: Annotated[
        bool, typer.Option("--errors", help="List every error with the words it came from.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(help="The JSON of an earlier evaluation: list what got better and worse."),
    ] = None,
    rules: SiteRules = None,
) -> None:
    """Run the checker over labelled encounters and print how often it is right.

    Exit status: 0, or 2 for wrong usage or unreadable gold.
    """
    run(lambda: _evaluate(gold, output_format, errors, against))


app.command()(serve)
app.command()(replay)


def _scan(
    given: Sequence[str],
    output: Output,
    exit_zero: bool,
    claims: Sequence[str],
    claim_map: str | None,
    code: str,
    suggest: bool,
    time_limit: float,
    out: str | None,
) -> int:
    require_known(code)
    if claim_map and not claims:
        raise InputError("--claim-map says whose the claims of --claims are: give --claims too")
    files = ClaimFiles(claims, claim_map)
    paths, skipped = expanded(given)
    if skipped:
        say(named(skipped))
    read = failed = not_passed = 0
    of_lines = any(path == "-" or path.lower().endswith(".jsonl") for path in paths)
    several = output.of_many = len(paths) > 1 or of_lines
    total = None if of_lines else len(paths)
    with writing_to(out) as write, counting(several=several, total=total) as counter:
        for result in read_paths(paths):
            read += 1
            try:
                if isinstance(result.outcome, InputError):
                    raise result.outcome
                encounter = files.with_claim(result.outcome) or result.outcome
                if claims and encounter.claim is None:
                    counter.say(f"{result.where}: no claim matches, so it is checked without one")
                from notecheck.checker import check

                report = check(encounter, code=code, seconds=time_limit)
                if suggest:
                    from notecheck.query.suggest import with_suggestions

                    report = with_suggestions(encounter, report)
                shown = output.add(encounter, report, result.where, as_text=result.as_text)
            except RulesError:
                raise  # every other encounter would fail for the same rule
            except InputError as error:
                failed += 1
                counter.say(f"{result.where}: {error.message}")
            except Exception as error:
                failed += 1
                counter.say(f"{result.where}: {fault(error)}")
            else:
                not_passed += report.release.verdict != "release"
                write(shown)
            counter.count()
        for name in files.unmatched():
            failed += 1
            counter.say(f"{name}: no note matches this claim, so it is not checked")
        write(output.rest(of_one=read == 1 and not failed, failed=failed))
    if failed:
        return FAILED
    return NOT_PASSED if not_passed and not exit_zero else PASSED


def _hook(
    path: str | None,
    claim: str | None,
    fail_on: Literal["review", "stop"],
    code: str,
    output_format: Literal["json", "text"],
    log: str | None,
    time_limit: float,
    *,
    keep_text: bool,
) -> int:
    try:
        if path is None:
            encounter = read_encounter(standard_input())
        else:
            encounter = only_encounter(read_path(path))
        if claim:
            encounter = ClaimFiles([claim]).with_only_claim(encounter)
    except InputError as error:
        say(f"{error.where or path or 'stdin'}: {error.message}")
        return FAILED
    from notecheck.checker import check

    report = check(encounter, code, seconds=time_limit)
    if log:
        from notecheck.log.run import log_decision

        log_decision(log, encounter, report, way="hook", keep_text=keep_text)
    if output_format == "text":
        write(Output("text").add(encounter, report, path or "stdin"))
    else:
        write(report.model_dump_json() + "\n")
    return hook_status(report.model_dump(include={"release"}), fail_on)


def _not_by_service() -> int:
    raise InputError(
        "a service is asked with --fail-on and --if-away alone: claims, logs and rules are its own"
    )


def _audit(
    *,
    paths: Sequence[str],
    out: str,
    engine: Literal["local", "spark"],
    workers: int | None,
    master: str | None,
    resume: bool,
    columns: Sequence[str],
    dates: Literal["mdy", "dmy"] | None,
    types: str | None,
    preview: bool,
    table_format: Literal["csv", "xlsx"] | None,
    time_limit: float,
    code: str,
    sample: tuple[int | None, int, Literal["decision", "payer", "surgeon"] | None],
) -> int:
    from notecheck.audit.extras import require_extra

    require_extra("audit")
    if master and engine != "spark":
        raise AuditError("--master is for --engine spark")
    if sample[2] and not sample[0]:
        raise AuditError("--stratify is for --sample: say how many encounters to draw")
    from notecheck.audit.columns import parse_columns
    from notecheck.audit.table_options import TableOptions, read_types

    tables = TableOptions(parse_columns(columns), dates, read_types(types))
    if preview:
        from notecheck.audit.preview import preview as previewed

        write(previewed(paths, Path(out), tables))
        return PASSED
    from notecheck.audit.run import AuditOptions, run_audit
    from notecheck.audit.run_record import SampleSettings

    require_known(code)
    size, seed, stratify = sample
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
            sample=SampleSettings(size=size, seed=seed, stratify=stratify) if size else None,
            master=master,
        )
    )


def _agreement(worksheet: str) -> int:
    from notecheck.audit.agreement import agreement_text

    write(agreement_text(Path(worksheet)))
    return PASSED


def _schema(shape: Literal["encounter", "report"]) -> int:
    if shape == "encounter":
        found = Encounter.model_json_schema()
    else:
        found = Report.model_json_schema(mode="serialization")
    if "$ref" in found:  # a report may hold reports, so its own shape is among the definitions
        found = {**found["$defs"][found.pop("$ref").rpartition("/")[2]], **found}
    write(json.dumps(found, indent=2) + "\n")
    return PASSED


def _evaluate(
    gold: str, output_format: Literal["text", "json"], errors: bool, against: str | None
) -> int:
    from notecheck.evaluate.run import evaluation_output

    write(evaluation_output(gold, output_format, with_errors=errors, against=against))
    return PASSED
