"""A surgeon's answer -> one more document of the encounter."""

from __future__ import annotations

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.shape import encounter_from_object

_HEADING = "ADDENDUM"


def with_addendum(encounter: Encounter, text: str, *, author: str, day: str) -> Encounter:
    """The encounter with `text` as an addendum of `day` (YYYY-MM-DD), signed by `author`.

    Raises InputError when one of them is missing or cannot be read.
    """
    if not text:
        raise InputError("give the words of the answer")
    if not author:
        raise InputError("give who wrote the answer: an addendum that nobody signed does not count")
    taken = {document.doc_id for document in encounter.documents}
    number = next(n for n in range(1, len(taken) + 2) if f"addendum-{n}" not in taken)
    value = encounter.model_dump(mode="json", exclude_defaults=True)
    value["documents"] = [
        *value["documents"],
        {
            "doc_id": f"addendum-{number}",
            "type": "other",
            "date": day,
            "author": author,
            "signed_by": author,
            "signed_at": day,
            "text": f"{_HEADING} {day}\n{text}\nSigned: {author} {day}\n",
        },
    ]
    return encounter_from_object(value)
