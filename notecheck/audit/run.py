"""`notecheck audit` from its options to its exit status."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from notecheck.audit.assemble import Rows, ToQueue, assemble
from notecheck.audit.folder import ERRORS, RUN, SUMMARY, AuditFolder
from notecheck.audit.identity import Identity, identity
from notecheck.audit.java import require_java
from notecheck.audit.joining import Joining
from notecheck.audit.local import check_locally
from notecheck.audit.manner import Manner
from notecheck.audit.parts import Tally
from notecheck.audit.pool import default_workers
from notecheck.audit.progress import Watch, watching
from notecheck.audit.run_record import Counts, RunRecord, SampleSettings, Timings, read_run
from notecheck.audit.sampling import write_worksheets
from notecheck.audit.sources import Source, Survey, left_out_files, list_sources, printable, survey
from notecheck.audit.summary import write_summary
from notecheck.audit.table_files import grouped_errors, write_tables
from notecheck.audit.table_options import TableOptions
from notecheck.codes.files import AUTO
from notecheck.errors import AuditError
from notecheck.extras import require_extra
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes
from notecheck.read.system_files import named
from notecheck.report.spreadsheet import TableFormat
from notecheck.requirements.assess import DEFAULT_CODE
from notecheck.rules.load import rule_set
from notecheck.rules.site import site_root
from notecheck.terminal.exit_status import NOT_PASSED, PASSED
from notecheck.terminal.messages import say


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """What a user asks for."""

    paths: Sequence[str]
    out: Path
    engine: Literal["local", "spark"]
    workers: int | None
    resume: bool
    tables: TableOptions
    table_format: TableFormat | None
    time_limit: float
    code: str
    sample: SampleSettings | None
    master: str | None
    to_queue: ToQueue | None = None
    redact: bool = False


def run_audit(options: AuditOptions) -> int:
    """Runs the audit. Exit status 0 all inputs were read, 1 some failed and are listed.

    Raises AuditError for what cannot be done as asked, RulesError for faulty rules.
    """
    if options.engine == "spark" and (options.tables.dates or options.tables.types):
        raise AuditError("--dates and --types are for --engine local")
    if site_root():
        rule_set()  # a site's rules may be faulty: that is told before any work
    skipped = left_out_files(options.paths, options.out)
    if skipped:
        say(named(skipped))
    folder = AuditFolder(options.out)
    with folder.locked(), closing(Joining()) as joining:
        return _Audit(options, folder, joining).run()


class _Audit:
    def __init__(self, options: AuditOptions, folder: AuditFolder, joining: Joining) -> None:
        self._options = options
        self._folder = folder
        self._joining = joining
        self._survey: Survey = survey(joining.noted(self._sources()))
        self._started = dt.datetime.now(dt.UTC)

    def run(self) -> int:
        asked = identity(
            fingerprint=self._survey.fingerprint,
            engine=self._options.engine,
            columns=self._options.tables.told(),
            time_limit=self._options.time_limit,
            code=self._options.code,
            queued=self._options.to_queue is not None,
            redacted=self._options.redact,
        )
        if self._folder.begin(asked, resume=self._options.resume):
            return self._done_before()
        if self._joining.too_large:
            say(
                f"{self._joining.too_large:,} files may belong together and have more than "
                f"{megabytes(MAX_ENCOUNTER_BYTES)}: each is read by itself. Cut them by visits"
            )
        began = time.monotonic()
        with watching(self._survey.bytes) as watch:
            rows = self._checked(watch)
        checked = time.monotonic()
        self._folder.clean_results()
        found = assemble(rows, self._folder.results, self._options.to_queue)
        write_summary(self._folder.results, _shown(self._options.code))
        if self._options.table_format:
            write_tables(self._folder.results, self._options.table_format)
        self._draw(self._folder.results)
        timings = Timings(
            started=self._started.isoformat(timespec="seconds"),
            finished=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            checking_seconds=round(checked - began, 3),
            tables_seconds=round(time.monotonic() - checked, 3),
            encounters_checked=watch.checked,
        )
        record = self._record(asked, found, timings)
        (self._folder.results / RUN).write_text(record.model_dump_json(indent=2) + "\n")
        self._folder.publish()
        return self._end(record)

    def _sources(self) -> Iterator[Source]:
        return list_sources(self._options.paths, self._options.out)

    def _checked(self, watch: Watch) -> Rows:
        options = self._options
        if options.engine == "spark":
            require_extra("the Spark engine", "spark")
            require_java()
            from notecheck.audit.spark import check_with_spark

            return check_with_spark(
                self._folder,
                list(self._joining.joined(self._sources())),
                options.tables.columns,
                master=options.master,
                workers=options.workers,
                manner=self._manner(),
            )
        return check_locally(
            self._folder,
            self._joining.joined(self._sources()),
            options.tables,
            workers=options.workers or default_workers(),
            manner=self._manner(),
            watch=watch,
        )

    def _manner(self) -> Manner:
        options = self._options
        return Manner(
            options.time_limit, options.code, options.to_queue is not None, options.redact
        )

    def _draw(self, folder: Path) -> None:
        if self._options.sample:
            write_worksheets(folder, self._options.sample)

    def _record(self, asked: Identity, found: Tally, timings: Timings) -> RunRecord:
        counts = Counts(
            encounters=found.total,
            passed=found.decisions["pass"],
            review=found.decisions["review"],
            hold=found.decisions["hold"],
            not_concerned=found.decisions["not_concerned"],
            failed=found.failed,
        )
        return RunRecord(
            identity=asked,
            paths=tuple(map(printable, self._options.paths)),
            files=self._survey.files,
            workers=self._options.workers,
            resumed=self._options.resume,
            sample=self._options.sample,
            counts=counts,
            timings=timings,
        )

    def _done_before(self) -> int:
        record = read_run(self._options.out / RUN)
        assert record is not None
        self._draw(self._options.out)
        say("this audit was done before, and nothing has changed since")
        return self._end(record)

    def _end(self, record: RunRecord) -> int:
        counts, out = record.counts, self._options.out
        others = counts.encounters - counts.passed - counts.review - counts.hold - counts.failed
        aside = f"{others:,} not concerned, " if others else ""
        say(
            f"{counts.encounters:,} encounters: {counts.passed:,} pass, {counts.review:,} review, "
            f"{counts.hold:,} hold, {aside}{counts.failed:,} failed; see {out / SUMMARY}"
        )
        if counts.failed:
            for line in grouped_errors(out / ERRORS):
                say(line)
            say(f"what failed, and why, is in {out / ERRORS}")
        return NOT_PASSED if counts.failed else PASSED


def _shown(code: str) -> str:
    """The code whose requirements and rates the page is about."""
    return DEFAULT_CODE if code == AUTO else code
