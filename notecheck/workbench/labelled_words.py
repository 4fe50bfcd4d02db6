"""The words that reviewers selected -> evidence labels, for `evaluate` and for `train`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notecheck.evaluate.evidence import NECESSITY

_NECESSITY = "requirement:revision-necessity"


def evidence_labels(
    encounter: Mapping[str, Any], told: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, str]]:
    """The labels of an encounter's corrections, of those with selected words.

    Words tell the values that a correction adds; where it only takes values away, they tell none of
    those.
    """
    texts = {document["doc_id"]: document["text"] for document in encounter["documents"]}
    for row in told:
        quote = texts.get(row["doc_id"], "")[row["start"] or 0 : row["end"] or 0]
        if not quote:
            continue
        fact = NECESSITY if row["element"] == _NECESSITY else row["element"]
        right, was = _values(row["corrected"]), _values(row["reported"])
        added = [value for value in right if value not in was]
        for value in added or [value for value in was if value not in right]:
            yield {
                "fact": fact,
                "value": value,
                "doc": row["doc_id"],
                "quote": quote,
                "does": "asserted" if added else "none",
            }


def _values(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]
