"""Writes the list of known failures anew, after a look at what it prints.

cd tests && python -m metamorphic.rewrite_known_failures
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from metamorphic.encounters import corpus
from metamorphic.findings import KNOWN_FILE, broken, known
from metamorphic.relations import RELATIONS

_HEAD = """\
# Where a relation of relations.py is known not to hold: the ids of the encounters, by relation.
# A failure that is not listed and a listed one that no longer fails both turn the tests red.
# Written by: cd tests && python -m metamorphic.rewrite_known_failures
"""


def _broken(relation: str) -> tuple[str, dict[str, Any], int]:
    return relation, *broken(relation, corpus())


def main() -> None:
    lines = [_HEAD]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        told = list(pool.map(_broken, RELATIONS))
    for relation, found, varied in told:
        before = set(known().get(relation, []))
        print(f"{relation}: {len(found)} of {varied}")
        for encounter_id, faults in sorted(found.items()):
            mark = " " if encounter_id in before else "+"
            print(f"  {mark} {encounter_id}: {faults}")
        for encounter_id in sorted(before - found.keys()):
            print(f"  - {encounter_id}")
        if found:
            lines.append(f"{json.dumps(relation)} = {json.dumps(sorted(found))}\n")
    KNOWN_FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
