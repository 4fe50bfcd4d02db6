"""Which notes of other operations are taken for one of the listed codes, and does any crash.

    python tests/benchmarks/false_alarms.py NOTES.jsonl[.gz]

NOTES holds one note a line under "text", named under "doc_id". Each is checked as an operative
note. Prints every note whose supported code is not `none`, the codes' counts, and the slowest
note; exits 1 when any is reported as the code that is checked, or fails.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from pathlib import Path

from notecheck import check


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notes_file", type=Path)
    path = parser.parse_args().notes_file
    codes: Counter[str] = Counter()
    failed = 0
    slowest = (0.0, "")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            started = time.perf_counter()
            try:
                report = check(row["text"])
            except Exception as error:  # a crash is what this looks for
                failed += 1
                print(f"{row['doc_id']}: {type(error).__name__}")
                continue
            slowest = max(slowest, (time.perf_counter() - started, row["doc_id"]))
            codes[report.supported_code.value] += 1
            if report.supported_code.value != "none":
                print(f"{row['doc_id']}: {report.supported_code.value}")
    print(f"{sum(codes.values())} notes, {failed} failed; {dict(codes.most_common())}")
    print(f"slowest: {slowest[0] * 1000:.0f} ms, {slowest[1]}")
    return int(failed > 0 or codes["27596"] > 0)


if __name__ == "__main__":
    sys.exit(main())
