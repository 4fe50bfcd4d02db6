"""`python -m notecheck.train.honest COMMIT GOLD.jsonl` prints the rules' reports of an author.

To be run once, before anyone has read the author, and kept; COMMIT is that of the rules.
"""

from __future__ import annotations

import sys

from notecheck.checker import check
from notecheck.confidence.told import told_of
from notecheck.errors import InputError
from notecheck.evaluate.gold import GOLD_CODE
from notecheck.models import Report
from notecheck.reader.choice import reading_by
from notecheck.train.corpus import HonestReport, Labelled, read_corpus, told_by


def main(commit: str, path: str) -> int:
    """Exit status: 0, or 2 for a file that cannot be read."""
    try:
        corpus = read_corpus([path])
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    for one in corpus:
        with reading_by(None):
            report = check(one.gold.encounter, GOLD_CODE)
        print(honest_report(one, report, commit).model_dump_json())
    return 0


def honest_report(one: Labelled, report: Report, commit: str) -> HonestReport:
    """What is kept of the rules' `report` on one encounter."""
    return HonestReport(
        encounter_id=one.encounter_id,
        commit=commit,
        told=told_by(report),
        report=told_of(
            report.decision, report.requirements, report.excluded,
            one.gold.encounter.documents, code_supported=bool(report.code_supported),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
