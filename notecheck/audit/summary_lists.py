"""The lists of an audit's page: what to look at, drawn at random, each with its single report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from notecheck.audit.charts import bar
from notecheck.audit.single_report import single_report
from notecheck.audit.statistics import Sample, Statistics
from notecheck.audit.summary_sections import DECISIONS, dollars, plural, section, table
from notecheck.report.html_encounter import decision_html
from notecheck.report.html_parts import line_html
from notecheck.report.wording import decision_reasons

_MOST_CODES = 25  # more than there are codes that a note can support


def other_code(found: Statistics) -> str:
    """Billed with the code, while the note supports another or none."""
    return _code_lists(
        found,
        ("other-code", f"Billed {found.code}, note supports another code"),
        ("The code that the note supports", "Code", "#Claims"),
        (found.other_code, "hold"),
        found.samples["other_code"],
    )


def billed_otherwise(found: Statistics) -> str:
    """Supported by the note, and billed as something else or not at all."""
    return _code_lists(
        found,
        ("not-billed", f"Note supports {found.code}, billed as something else or not"),
        ("What the claim bills", "Billed", "#Encounters"),
        (found.billed_as, "money"),
        found.samples["not_billed"],
    )


def _code_lists(
    found: Statistics,
    heading: tuple[str, str],
    captions: tuple[str, str, str],
    counts: tuple[Counter[str], str],
    sample: Sample,
) -> str:
    """A section (id and title) that counts codes, with bars of a kind, and lists a sample."""
    counted, kind = counts
    if not counted:
        return section(*heading, '<p class="absent">None.</p>') if found.billed else ""
    most = max(counted.values())
    rows = [
        (line_html(codes), f"{count:,}", bar({kind: count}, most))
        for codes, count in counted.most_common(_MOST_CODES)
    ]
    caption, *heads = captions
    return section(*heading, table(caption, [*heads, ""], rows), _list(found, sample))


def samples(found: Statistics) -> str:
    """Some encounters of each decision."""
    parts = [
        f"<h3>{decision_html(word)}</h3>{_list(found, found.samples[word])}"
        for word in DECISIONS
        if found.samples[word].count
    ]
    return section("samples", "Samples", *parts) if parts else ""


def not_read(found: Statistics) -> str:
    """What failed, by reason, and the first of them."""
    if not found.failed:
        return ""
    reasons = [
        (line_html(reason.replace("_", " ")), f"{count:,}")
        for reason, count in found.failed.most_common()
    ]
    first = [
        (line_html(row["source"]), line_html(row["error_code"]), line_html(row["message"]))
        for row in found.errors
    ]
    return section(
        "failed",
        "Could not be read or checked",
        table("By reason", ["Reason", "#Inputs"], reasons),
        table(
            f"The first {len(first)} of {found.failed.total():,}; all are in errors.parquet",
            ["Source", "Code", "What is wrong"],
            first,
        ),
    )


def singles(found: Statistics) -> str:
    """The single reports that the lists point to."""
    if not found.reports:
        return ""
    articles = [
        single_report(_anchor(found, name), found.rows[name], found.reports[name])
        for name in sorted(found.reports)
    ]
    return section("reports", "Single reports", *articles)


def _list(found: Statistics, sample: Sample) -> str:
    rows = [_row(found, row) for row in sample.rows]
    shown = (
        f"{len(rows)} of {sample.count:,}, drawn at random"
        if len(rows) < sample.count
        else (plural(sample.count, "encounter"))
    )
    return table(shown, ["Encounter", "Decision", "#Score", "Supports", "#Estimate", "Why"], rows)


def _row(found: Statistics, row: dict[str, Any]) -> Sequence[str]:
    report = found.reports[row["encounter_id"]]
    return (
        f'<a href="#{_anchor(found, row["encounter_id"])}">{line_html(row["encounter_id"])}</a>',
        decision_html(row["decision"]),
        f"{row['score']:.1f}",
        line_html(row["supported_code"]),
        dollars(row["estimated_payment"]) if row["estimated_payment"] is not None else "-",
        line_html("; ".join(decision_reasons(report))),
    )


def _anchor(found: Statistics, encounter_id: str) -> str:
    return f"report-{sorted(found.reports).index(encounter_id)}"
