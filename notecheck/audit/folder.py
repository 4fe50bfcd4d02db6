"""The output folder of an audit: its work in progress, and how the results appear in it.

Work is kept in the hidden folder `.audit`. The results are made there too and moved out one by one,
`run.json` last: where it stands, the rest stands and belongs to it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from pydantic import ValidationError

from notecheck.audit.identity import Identity
from notecheck.audit.run_record import read_run
from notecheck.errors import AuditError

REPORTS, REQUIREMENTS, ERRORS = "reports.parquet", "requirements.parquet", "errors.parquet"
FINDINGS = "findings.parquet"
TABLES = (REPORTS, REQUIREMENTS, FINDINGS, ERRORS)
SUMMARY_FILES = "summary_files"  # a folder: the reports that the page only links to
SUMMARY, WORKSHEET, RUN = "summary.html", "worksheet.csv", "run.json"
BLIND, FRAME, FRAME_RECORD = "worksheet-blind.csv", "frame.csv", "frame.json"
AS_FILES = tuple(Path(name).stem + ending for name in TABLES for ending in (".csv", ".xlsx"))
RESULTS = (*TABLES, *AS_FILES, SUMMARY, WORKSHEET, BLIND, FRAME, FRAME_RECORD, RUN)
_HAS_FLOCK = find_spec("fcntl") is not None


class AuditFolder:
    """The folder `root`, given as `--out`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._work = root / ".audit"
        self.parts = self._work / "parts"
        self.tables = self._work / "tables"
        self.results = self._work / "results"
        self._identity = self._work / "identity.json"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps a second audit out of the folder, for as long as this process lives.

        Raises AuditError when another has it or when the folder cannot be made.
        """
        os.umask(0o077)  # reports quote notes: what an audit leaves is for its owner alone
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = _lock_file(self.root)
        except OSError as error:
            raise AuditError(
                f"the output folder cannot be used: {error.strerror}", where=str(self.root)
            ) from None
        try:
            _lock(lock)
            yield
        except (BlockingIOError, PermissionError):
            raise AuditError(
                "another audit is writing to this folder: wait for it, or give another --out",
                where=str(self.root),
            ) from None
        finally:
            os.close(lock)

    def begin(self, asked: Identity, *, resume: bool) -> bool:
        """Makes the folder ready; true when the work of an earlier run with results is all done.

        Raises AuditError for unfinished work that is not asked to be resumed, and for resuming
        work of another identity.
        """
        earlier = self._earlier()
        if earlier and not resume:
            raise AuditError(
                "an unfinished audit lies here: go on with it by --resume, or remove "
                f"{self._work} to start anew",
                where=str(self.root),
            )
        if earlier:
            difference = asked.difference(earlier)
            if difference:
                raise AuditError(
                    f"the unfinished audit cannot be resumed with {difference}. Give what it was "
                    f"started with, or remove {self._work} to start anew",
                    where=str(self.root),
                )
            return False
        if resume and self.finished() == asked:
            return True
        shutil.rmtree(self._work, ignore_errors=True)
        for folder in (self.parts, self.tables):
            folder.mkdir(parents=True)
        unfinished = self._identity.with_suffix(".part")
        unfinished.write_text(asked.model_dump_json(), encoding="utf-8")
        unfinished.rename(self._identity)
        return False

    def clean_results(self) -> None:
        """An empty folder for results."""
        shutil.rmtree(self.results, ignore_errors=True)
        self.results.mkdir()

    def publish(self) -> None:
        """Moves the results out, `run.json` last, and removes the work."""
        (self.root / RUN).unlink(missing_ok=True)
        for name in RESULTS:
            made = self.results / name
            if made.exists():
                os.replace(made, self.root / name)
            else:
                (self.root / name).unlink(missing_ok=True)  # of an earlier audit, like a worksheet
        shutil.rmtree(self.root / SUMMARY_FILES, ignore_errors=True)
        if (self.results / SUMMARY_FILES).exists():
            os.replace(self.results / SUMMARY_FILES, self.root / SUMMARY_FILES)
        self._identity.unlink()  # first: what is left without it is not taken for unfinished work
        shutil.rmtree(self._work)

    def finished(self) -> Identity | None:
        """The identity of the audit whose results stand here."""
        run = read_run(self.root / RUN)
        return run.identity if run else None

    def _earlier(self) -> Identity | None:
        try:
            return Identity.model_validate_json(self._identity.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValidationError):
            return None


def _lock_file(root: Path) -> int:
    """What is locked: the folder itself, on Windows a file in it."""
    if _HAS_FLOCK:
        return os.open(root, os.O_RDONLY)
    return os.open(root / ".lock", os.O_RDWR | os.O_CREAT)


def _lock(file: int) -> None:
    """Raises BlockingIOError, or PermissionError on Windows, when another process has the lock."""
    if _HAS_FLOCK:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        locking = import_module("msvcrt")
        locking.locking(file, locking.LK_NBLCK, 1)
