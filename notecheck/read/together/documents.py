"""C-CDA documents of one encounter, a file each -> that encounter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from notecheck.errors import InputError
from notecheck.models import Document, Encounter, ReadingRemark
from notecheck.read.documents.ccda import CcdaIdentity, ccda_identity
from notecheck.read.documents.encounter import encounter_from_document
from notecheck.read.remarks import distinct, unreadable
from notecheck.read.result import ReadResult, failed
from notecheck.read.together.parts import Part


@dataclass(frozen=True, slots=True)
class _Read:
    """A part, whose it is, and what it holds."""

    number: int
    name: str
    identity: CcdaIdentity
    outcome: Encounter | InputError


def of_documents(
    parts: Sequence[Part], numbers: Sequence[int], *, alone: bool
) -> dict[int, list[ReadResult]]:
    """By the place of the part that has its first document, each encounter of several documents.

    Those that are `alone` in theirs are there too, where that is asked for.
    """
    stays: list[list[_Read]] = []
    for number in numbers:
        read = _read(number, parts[number])
        if read is None:
            continue
        home = next((s for s in stays if all(_of_one_stay(read, other) for other in s)), None)
        if home is None:
            stays.append([read])
        else:
            home.append(read)
    found: dict[int, list[ReadResult]] = {}
    for stay in stays:
        if alone or len(stay) > 1:
            found.update((read.number, []) for read in stay)
            for read in stay:
                if isinstance(read.outcome, InputError):
                    found[read.number].append(failed(read.name, read.outcome))
            whole = [read for read in stay if isinstance(read.outcome, Encounter)]
            if whole:
                found[whole[0].number].append(_joined(stay, whole))
    return found


def _read(number: int, part: Part) -> _Read | None:
    """None for what is no C-CDA document, or names no encounter: it is read alone."""
    try:
        data = part.content()
        identity = ccda_identity(data)
        if not identity.visits:
            return None
    except (InputError, OSError):
        return None
    try:
        outcome: Encounter | InputError = encounter_from_document(data, PurePath(part.name).stem)
    except InputError as error:
        outcome = error
    return _Read(number, part.name, identity, outcome)


def _of_one_stay(one: _Read, other: _Read) -> bool:
    """Whether both name one encounter, and not two patients."""
    mine, theirs = one.identity, other.identity
    patients = mine.patients & theirs.patients
    apart = mine.patients and theirs.patients and not patients
    return bool(mine.visits & theirs.visits) and not apart and mine.born_alike(theirs)


def _joined(stay: Sequence[_Read], whole: Sequence[_Read]) -> ReadResult:
    encounters = [read.outcome for read in whole if isinstance(read.outcome, Encounter)]
    first = encounters[0]
    numbers = frozenset(number for read in stay for number, _ in read.identity.visits)
    if len(stay) > 1:
        told = [
            unreadable(read.name, read.outcome.message)
            for read in stay
            if isinstance(read.outcome, InputError)
        ]
        first = first.model_copy(
            update={
                "encounter_id": min(numbers),
                "documents": tuple(_documents(encounters)),
                "reading": _remarks(encounters, told),
            }
        )
    files = tuple(read.name for read in whole) if len(whole) > 1 else ()
    born: frozenset[dt.date] = frozenset().union(*(read.identity.born for read in stay))
    return ReadResult(whole[0].name, first, files=files, numbers=numbers, born=born)


def _documents(encounters: Sequence[Encounter]) -> list[Document]:
    """All documents, each once; ids that two have get a number behind."""
    used: dict[str, int] = {}
    found: list[Document] = []
    for document in (d for encounter in encounters for d in encounter.documents):
        if any((d.type, d.text) == (document.type, document.text) for d in found):
            continue
        count = used[document.doc_id] = used.get(document.doc_id, 0) + 1
        own = document.doc_id if count == 1 else f"{document.doc_id} ({count})"
        found.append(document.model_copy(update={"doc_id": own}))
    return found


def _remarks(
    encounters: Sequence[Encounter], told: Sequence[ReadingRemark]
) -> tuple[ReadingRemark, ...]:
    return distinct((*(r for encounter in encounters for r in encounter.reading), *told))
