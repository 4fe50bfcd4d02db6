"""Values -> Encounter: checks the shape and says in one sentence all that is wrong with it.

Messages name fields and allowed values, never what the input holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from notecheck.errors import InputError, ShapeError
from notecheck.models import Document, Encounter
from notecheck.read.text import require_not_blank, require_readable
from notecheck.wrong_values import path, placed

_FIRST_YEAR, _LAST_YEAR = 1850, 2200
_MOST_FAULTS = 12  # in one message
_OTHERWISE = "is not what `notecheck schema encounter` asks for"


def encounter_from_object(value: object) -> Encounter:
    """The encounter that `value`, a dict as JSON gives it, describes.

    Raises InputError naming the field path (`documents[1].type`), what is wrong and what is
    allowed.
    """
    if isinstance(value, list):
        raise ShapeError("this is a JSON list: give one encounter, or one a line in a .jsonl file")
    if not isinstance(value, dict):
        raise ShapeError("an encounter must be a JSON object with `encounter_id` and `documents`")
    if "documents" not in value and "encounter" in value and "gold" in value:
        raise ShapeError(
            "`documents` is missing, and this looks like a gold line: "
            "`notecheck evaluate` reads gold files"
        )
    with shaped():
        encounter = Encounter.model_validate(value)
    return checked(encounter)


def checked(encounter: Encounter) -> Encounter:
    """`encounter` itself, whatever it was made from, when its texts and ids can be used.

    Raises InputError naming the field for text that is no text, half characters, and an id that
    two documents share.
    """
    _require_none(_half_characters(encounter))
    _require_none([*_shared_ids(encounter), *_unlikely_dates(encounter)])
    for index, document in enumerate(encounter.documents):
        try:
            require_readable(document.text)
        except InputError as error:
            raise error.within(f"`documents[{index}].text`") from None
    return encounter


@contextmanager
def shaped() -> Iterator[None]:
    """What another format's values break of an encounter's shape is an InputError."""
    try:
        yield
    except ValidationError as error:
        raise ShapeError(_sentence(error)) from None


def encounter_from_note(text: str, encounter_id: str) -> Encounter:
    """A bare note as an encounter: one operative note with doc_id "op", no claim.

    Raises InputError when the text is blank, too large or not text.
    """
    require_readable(text)
    require_not_blank(text)
    document = Document(doc_id="op", type="operative_note", text=text)
    encounter = Encounter(encounter_id=encounter_id, documents=(document,))
    if not (_is_whole(text) and _is_whole(encounter_id)):
        _require_none(_half_characters(encounter))
    return encounter


def _sentence(error: ValidationError) -> str:
    problems = error.errors(include_input=False, include_url=False)
    # A list whose items are all wrong is also told to be too short: that says nothing new.
    faults = [p for p in problems if p["type"] != "too_short" or not _has_inner(p, problems)]
    return _listed([placed(fault, _OTHERWISE) for fault in faults])


def _listed(faults: Sequence[str]) -> str:
    """All faults as one sentence, so that they can be put right at once."""
    left = len(faults) - _MOST_FAULTS
    more = f"; and {left} more {'fault' if left == 1 else 'faults'}" if left > 0 else ""
    return "; ".join(faults[:_MOST_FAULTS]) + more


def _has_inner(problem: ErrorDetails, problems: list[ErrorDetails]) -> bool:
    at = problem["loc"]
    return any(len(p["loc"]) > len(at) and p["loc"][: len(at)] == at for p in problems)


def _require_none(faults: Iterable[str]) -> None:
    found = list(faults)
    if found:
        raise ShapeError(_listed(found))


def _unlikely_dates(encounter: Encounter) -> Iterator[str]:
    """Dates are counted with, and the calendar has an end: an unlikely one is a slip."""
    for location, value in _leaves(encounter.model_dump()):
        if isinstance(value, dt.date) and not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            yield (
                f"`{path(location)}` is no likely date: its year must be from {_FIRST_YEAR} to "
                f"{_LAST_YEAR}"
            )


def _is_whole(text: str) -> bool:
    """Whether a text has no half of a surrogate pair."""
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _half_characters(encounter: Encounter) -> Iterator[str]:
    """Half a surrogate pair (`\\ud800`) is no character and could not be written out again."""
    for location, text in _leaves(encounter.model_dump()):
        if not isinstance(text, str):
            continue
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            yield (
                f"`{path(location)}` has half a surrogate pair at offset {error.start}: "
                "give whole characters"
            )


def _leaves(
    value: object, location: tuple[int | str, ...] = ()
) -> Iterator[tuple[tuple[int | str, ...], object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*location, key))
    elif isinstance(value, (tuple, list)):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*location, index))
    else:
        yield location, value


def _shared_ids(encounter: Encounter) -> Iterator[str]:
    first_index: dict[str, int] = {}
    for index, document in enumerate(encounter.documents):
        earlier = first_index.setdefault(document.doc_id, index)
        if earlier != index:
            yield (
                f"`documents[{index}].doc_id` is the same as `documents[{earlier}].doc_id`: "
                "give each document an id of its own"
            )
