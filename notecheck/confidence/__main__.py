"""`python -m notecheck.confidence GOLD.jsonl...` prints the table learned from these files."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from notecheck.checker import check
from notecheck.confidence.table import Table
from notecheck.confidence.train import Judged, train

_CODE = "27596"  # the code that gold is labelled for, by the contract's section 5


def main(paths: Sequence[str]) -> int:
    """Each file is one author. Exit status: 0, or 2 with no file given or one unreadable."""
    try:
        texts = {Path(path).stem: Path(path).read_text(encoding="utf-8") for path in sorted(paths)}
        judged = [one for author, text in texts.items() for one in _judged(author, text)]
    except (OSError, ValueError, KeyError) as error:
        print(f"labelled encounters could not be read: {type(error).__name__}", file=sys.stderr)
        return 2
    if len(texts) < 2:
        print("give the files of two authors at least", file=sys.stderr)
        return 2
    data = hashlib.sha256("".join(texts.values()).encode()).hexdigest()
    print("\n".join(_lines(train(judged, _CODE, data))))
    return 0


def _judged(author: str, text: str) -> Iterator[Judged]:
    for line in text.splitlines():
        labelled = json.loads(line)
        report = check(labelled["encounter"], code=_CODE)
        told = {found.id: found.status for found in report.requirements}
        yield Judged(author, told, labelled["gold"]["requirements"])


def _lines(table: Table) -> Iterator[str]:
    found = table.model_dump()
    rates = found.pop("rate")
    yield "# Made by `python -m notecheck.confidence` from the corpus' development part."
    yield from (f"{name} = {json.dumps(value)}" for name, value in found.items())
    for rate in rates:
        yield "\n[[rate]]"
        yield from (f"{name} = {json.dumps(value)}" for name, value in rate.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
