"""A queue of 100,000 items: how long the service takes for a page and for a filter.

    python tests/benchmarks/queue_pages.py [--items 100000] [--place FILE_OR_URL]

Prints the median and the slowest of server times in milliseconds. The items are copies of one
invented encounter with other names, amounts, surgeons and reasons.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from notecheck import check
from notecheck.read.shape import encounter_from_object
from notecheck.workbench.filters import Filter
from notecheck.workbench.pages import page
from notecheck.workbench.people import Person, Role
from notecheck.workbench.queue import Queue
from notecheck.workbench.store import Store
from notecheck.workbench.tables import charts, items, reasons

_SEED = 596
_ROUNDS = 25
_NOTE = (
    "PROCEDURE: Revision of left above-knee amputation.\n"
    "DESCRIPTION: The femur was divided with a saw. The skin was closed with staples.\n"
)
_FILTERS: dict[str, dict[str, str]] = {
    "first page": {},
    "verdict": {"verdict": "review"},
    "requirement": {"requirement": "inpatient"},
    "finding": {"finding": "finding-3"},
    "surgeon and payer": {"surgeon": "Surgeon 17", "payer": "payer 2"},
    "amount": {"amount_from": "900"},
    "confidence": {"confidence_below": "0.6"},
    "closed": {"state": "closed"},
}


def fill(store: Store, count: int) -> None:
    chance = random.Random(_SEED)
    encounter = encounter_from_object(
        {"encounter_id": "first", "documents": [{"doc_id": "op", "text": _NOTE}]}
    )
    queue = Queue(store)
    whole = queue.item(queue.add(encounter, check(encounter, code="27596"), source="audit"))
    first = {name: whole[name] for name in (column.name for column in items.c)}
    for start in range(1, count, 5000):
        rows, why = [], []
        for number in range(start, min(count, start + 5000)):
            amount = round(chance.uniform(50, 1000), 2)
            rows.append(
                {
                    **first,
                    "id": first["id"] + number,
                    "encounter_id": f"E{number}",
                    "state": chance.choice(("open", "open", "claimed", "waiting", "closed")),
                    "verdict": chance.choice(("stop", "review", "release")),
                    "amount": amount,
                    "worth": amount * chance.random(),
                    "confidence": chance.random(),
                    "surgeon": f"Surgeon {number % 40}",
                    "payer": f"payer {number % 6}",
                }
            )
            for name in {chance.choice(("inpatient", "new-level", "reconstruction"))}:
                why.append(
                    {"item_id": first["id"] + number, "kind": "requirement", "name": name,
                     "status": "missing"}
                )  # fmt: skip
            why.append(
                {"item_id": first["id"] + number, "kind": "finding",
                 "name": f"finding-{number % 9}", "status": "error"}
            )  # fmt: skip
        with store.writing() as connection:
            connection.execute(items.insert(), rows)
            connection.execute(
                charts.insert(),
                [
                    {"item_id": row["id"], "encounter": whole["encounter"],
                     "report": whole["report"]}
                    for row in rows
                ],
            )  # fmt: skip
            connection.execute(reasons.insert(), why)


def milliseconds(queue: Queue, wanted: Filter) -> float:
    """One page as the route makes it: rows, total, choices, HTML."""
    began = time.perf_counter()
    page(
        "queue.html",
        Person("nobody", Role.VIEWER, ""),
        shown=queue.page(wanted),
        wanted=wanted,
        choices=queue.choices(),
    )
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--place")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(given.place or str(Path(folder) / "queue.sqlite"))
        fill(store, given.items)
        queue = Queue(store)
        print(f"{given.items:,} items; server time in ms over {_ROUNDS} rounds")
        for name, values in _FILTERS.items():
            wanted = Filter.model_validate(values)
            times = [milliseconds(queue, wanted) for _ in range(_ROUNDS)]
            print(f"{name:20} median {statistics.median(times):7.1f}   slowest {max(times):7.1f}")
        store.close()


if __name__ == "__main__":
    main()
