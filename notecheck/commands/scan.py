"""`notecheck scan`: notes and encounters in, their reports out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from notecheck.commands.options import (
    AUTO,
    CodeInQuestion,
    Redact,
    ReportFormat,
    SiteRules,
    TimeLimit,
)
from notecheck.errors import ClaimError, InputError, RulesError, UsageError, fault
from notecheck.terminal.exit_status import FAILED, NOT_PASSED, PASSED
from notecheck.terminal.messages import Counter, counting, say
from notecheck.terminal.writing import writing_to

if TYPE_CHECKING:
    from notecheck.commands.scan_output import Output
    from notecheck.read.claim_files import ClaimFiles
    from notecheck.read.result import ReadResult


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
        ReportFormat | None,
        typer.Option(
            "--format",
            help="How to print the reports; by the ending of --output unless given, else text.",
            show_default=False,
        ),
    ] = None,
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
    redact: Redact = False,
    rules: SiteRules = None,
) -> int:
    """Check notes and encounters and print their reports.

    Exit status: 0 every verdict is release, 1 some are review or stop, 2 wrong usage or unreadable
    input.
    """
    from notecheck.codes.files import require_known
    from notecheck.commands.scan_output import Output, format_of_file
    from notecheck.read.claim_files import ClaimFiles
    from notecheck.read.paths import expanded
    from notecheck.read.several_files import read_paths
    from notecheck.read.system_files import named

    require_known(code)
    output_format = output_format or format_of_file(out)
    if redact and output_format == "html":
        raise UsageError(
            "--redact leaves the notes out, and --format html shows them: give another"
        )
    if claim_map and not claims:
        raise UsageError("--claim-map says whose the claims of --claims are: give --claims too")
    files = ClaimFiles(claims or (), claim_map)
    found, skipped = expanded(paths)
    if skipped:
        say(named(skipped))
    of_lines = any(path == "-" or path.lower().endswith(".jsonl") for path in found)
    several = len(found) > 1 or of_lines
    output = Output(output_format, verbose=verbose or suggest, of_many=several)
    total = None if of_lines else len(found)
    with writing_to(out) as put, counting(several=several, total=total) as counter:
        run = _Scan(files, bool(claims), output, put, counter, code, time_limit, suggest, redact)
        for result in read_paths(found):
            run.add(result)
        run.end()
    if run.failed:
        return FAILED
    return NOT_PASSED if run.not_passed and not exit_zero else PASSED


@dataclass(slots=True)
class _Scan:
    """One run over the inputs; one that fails is named and does not keep the others back."""

    files: ClaimFiles
    with_claims: bool
    output: Output
    put: Callable[[str | bytes], None]
    counter: Counter
    code: str
    time_limit: float
    suggest: bool
    redact: bool
    read: int = 0
    failed: int = 0
    not_passed: int = 0

    def add(self, result: ReadResult) -> None:
        """Checks one input and prints what can be printed by now."""
        self.read += 1
        try:
            shown = self._checked(result)
        except RulesError:
            raise  # every other encounter would fail for the same rule
        except InputError as error:
            self._fail(result.where, error.coded)
        except Exception as error:
            self._fail(result.where, fault(error))
        else:
            self.put(shown)
        self.counter.count()

    def end(self) -> None:
        """Names the claims without a note, and prints what was left for the end."""
        for name in self.files.unmatched():
            self._fail(name, ClaimError("no note matches this claim, so it is not checked").coded)
        of_one = self.read == 1 and not self.failed
        self.put(self.output.rest(of_one=of_one))

    def _checked(self, result: ReadResult) -> str:
        if isinstance(result.outcome, InputError):
            raise result.outcome
        encounter = self.files.with_claim(result.outcome) or result.outcome
        if self.with_claims and encounter.claim is None:
            self.counter.say(f"{result.where}: no claim matches, so it is checked without one")
        from notecheck.checker import check

        report = check(encounter, code=self.code, seconds=self.time_limit)
        if self.suggest:
            from notecheck.query.suggest import with_suggestions

            report = with_suggestions(encounter, report)
        if self.redact:
            from notecheck.redact import redacted

            report = redacted(report)
        shown = self.output.add(encounter, report, result.where, as_text=result.as_text)
        self.not_passed += report.release.verdict != "release"
        return shown

    def _fail(self, where: str, message: str) -> None:
        self.failed += 1
        self.output.add_failed(where, message)
        self.counter.say(f"{where}: {message}")
