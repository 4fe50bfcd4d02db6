"""Reports as JUnit XML, which the pages of build servers show: a test case for each input."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from notecheck.models import NOT_MET, Report
from notecheck.report.safe import one_line

_NOT_FOR_XML = {0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"}


def junit_bytes(reports: Sequence[tuple[Report, str]], failed: Sequence[tuple[str, str]]) -> bytes:
    """The inputs of one run as UTF-8 JUnit XML.

    `reports` are reports, each with where its encounter was read; `failed` are the inputs that
    could not be checked, each with why. A verdict other than `release` is a failure, whose text
    holds what is open and what would close it; an input that could not be checked is an error.
    """
    suite = Element("testsuite", name="notecheck")
    failures = 0
    for report, where in reports:
        case = SubElement(
            suite, "testcase", name=_safe(report.encounter_id), classname=_safe(where)
        )
        verdict = report.release.verdict
        if verdict != "release":
            failures += 1
            reasons = ", ".join(reason.id for reason in report.release.reasons)
            told = f"{verdict} {report.code}: {reasons or report.supported_code.value}"
            failure = SubElement(case, "failure", type=verdict, message=_safe(told))
            failure.text = "\n".join(map(_safe, _open(report)))
    for where, why in failed:
        case = SubElement(suite, "testcase", name=_safe(where), classname=_safe(where))
        SubElement(case, "error", type="input", message=_safe(why))
    suite.set("tests", str(len(reports) + len(failed)))
    suite.set("failures", str(failures))
    suite.set("errors", str(len(failed)))
    indent(suite)
    xml: bytes = tostring(suite, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _open(report: Report) -> list[str]:
    requirements = [
        f"{item.status} {item.id}: {item.message}"
        for item in report.requirements
        if item.status in NOT_MET
    ]
    findings = [
        f"{finding.severity} {finding.id}: {finding.resolution}"
        for finding in report.findings
        if finding.severity != "note"
    ]
    return requirements + findings


def _safe(text: str) -> str:
    return one_line(text).translate(_NOT_FOR_XML)
