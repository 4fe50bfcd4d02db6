"""Reports as the rows of a table, for people who work in a spreadsheet."""

from __future__ import annotations

from notecheck.models import NOT_MET, Report

COLUMNS = (
    "encounter_id", "verdict", "decision", "score", "code", "supported_code", "conflict",
    "missing", "partial", "errors", "warnings", "resolution", "source",
)  # fmt: skip


def table_row(report: Report, source: str) -> dict[str, str | float]:
    """One report as a row of `COLUMNS`; several ids in a cell are parted by blanks.

    `resolution` holds what would close what is open: the messages of open requirements and the
    resolutions of findings. `source` is where the encounter was read.
    """
    row: dict[str, str | float] = {
        "encounter_id": report.encounter_id,
        "verdict": report.release.verdict,
        "decision": report.decision,
        "score": report.score,
        "code": report.code,
        "supported_code": report.supported_code.value,
        "source": source,
    }
    for status in NOT_MET:
        row[status] = " ".join(i.id for i in report.requirements if i.status == status)
    for name, severity in (("errors", "error"), ("warnings", "warning")):
        row[name] = " ".join(f.id for f in report.findings if f.severity == severity)
    still_open = [i.message for i in report.requirements if i.status in NOT_MET]
    cures = [f.resolution for f in report.findings if f.severity != "note"]
    row["resolution"] = " ".join(still_open + cures)
    return row
