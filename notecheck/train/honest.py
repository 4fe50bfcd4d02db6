"""`python -m notecheck.train.honest COMMIT GOLD.jsonl` prints the rules' reports of an author.

To be run once, before anyone has read the author, and kept; COMMIT is that of the rules.
"""

from __future__ import annotations

import sys

from notecheck.checker import check
from notecheck.errors import InputError
from notecheck.evaluate.gold import GOLD_CODE
from notecheck.reader.choice import reading_by
from notecheck.train.corpus import HonestReport, read_corpus, told_by


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
        honest = HonestReport(
            encounter_id=one.encounter_id,
            commit=commit,
            told=told_by(report),
            statuses={result.id: result.status for result in report.requirements},
        )
        print(honest.model_dump_json())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
