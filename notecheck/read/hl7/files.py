"""Files of HL7 v2 messages -> the encounters of their visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from notecheck.errors import Hl7Error, InputError
from notecheck.models import Encounter, ReadingRemark
from notecheck.read.hl7.batches import read_batch
from notecheck.read.hl7.grouping import Group, Grouping
from notecheck.read.hl7.identity import Identity
from notecheck.read.hl7.message import NOT_READ, identity_in, read_message
from notecheck.read.hl7.visit import encounter_of_visit
from notecheck.read.remarks import distinct, unreadable
from notecheck.read.text import shown_id


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit (`visit V100`) or one broken message (`message 3`), and its outcome.

    `files` counts the files from 0: those of the visit's messages. `identity` is the visit's.
    """

    name: str
    outcome: Encounter | InputError
    files: tuple[int, ...] = (0,)
    identity: Identity = Identity()


def visits(*files: bytes, names: Sequence[str] = ()) -> list[Visit]:
    """Every visit of the files in order of its first message, and everything that is broken.

    The messages of all files are put together, as if one had held them. Those that are of no type
    that is read are passed over, with a remark in their visit's report, and so is one that cannot
    be read and says whose it is. `names` are the files' own, for the remarks where there are
    several. Raises InputError when the only file holds no message.
    """
    read = _Messages()
    for file, data in enumerate(files):
        try:
            read.add_file(file, data)
        except InputError as error:
            if len(files) == 1:
                raise
            read.broken.append(Visit("file", error, (file,)))
    read.tell_contradictions()
    if read.all_of_other_types():
        return [Visit("message 1", InputError(NOT_READ), (file,)) for file in range(len(files))]
    return [*read.broken, *read.visits(names)]


class _Messages:
    """The messages of all files, by the visit that they are of; `broken` is what is of none."""

    def __init__(self) -> None:
        self.broken: list[Visit] = []
        self._grouping = Grouping()
        self._places: list[tuple[int, int]] = []  # file and number in it of each message
        self._home: dict[int, int] = {}  # the file of each message that was read
        self._faults: dict[int, InputError] = {}
        self._others = 0  # those of a type that is not read

    def add_file(self, file: int, data: bytes) -> None:
        """Raises InputError where the file holds no message."""
        batch = read_batch(data)
        self.broken += [Visit("batch", InputError(fault), (file,)) for fault in batch.faults]
        for number, raw in enumerate(batch.messages, start=1):
            self._places.append((file, number))
            self._add(len(self._places) - 1, raw)

    def _add(self, place: int, raw: str) -> None:
        file, number = self._places[place]
        try:
            message = read_message(raw)
        except InputError as error:
            self.broken.append(Visit(f"message {number}", error, (file,)))
            self._faults[place] = error
            with suppress(InputError):
                self._grouping.add_lost(place, identity_in(raw))
        else:
            self._others += not message.is_read
            self._home[id(message)] = file
            self._grouping.add(place, message)

    def tell_contradictions(self) -> None:
        for told in self._grouping.contradictions:
            fault = Hl7Error(
                "its visit is that of other messages, and its patient (PID-3) is not, or does not "
                "say which of two is meant: it is not read"
            )
            file, number = self._places[told.number]
            name = f"message {number}, visit {shown_id(told.visit)}"
            self.broken.append(Visit(name, fault, (file,)))

    def all_of_other_types(self) -> bool:
        return self._others == len(self._places)

    def visits(self, names: Sequence[str]) -> Iterator[Visit]:
        groups = [g for g in self._grouping.groups() if any(m.is_read for m in g.messages)]
        numbers = Counter(_id(group) for group in groups)
        for group in groups:
            visit = group.identity.visit()
            name = _id(group)
            if numbers[name] > 1:
                authority = visit.authority if visit else ""
                name = f"{name} of {authority or group.identity.patient()}"
            outcome = _outcome(group, name)
            if isinstance(outcome, Encounter):
                lost = (_lost(*self._places[n], self._faults[n], names) for n in group.lost)
                reading = distinct((*outcome.reading, *lost))
                outcome = outcome.model_copy(update={"reading": reading})
            first = self._home[id(group.messages[0])]
            rest = sorted({self._home[id(message)] for message in group.messages} - {first})
            yield Visit(f"visit {shown_id(name)}", outcome, (first, *rest), group.identity)


def identities(data: bytes) -> Iterator[Identity]:
    """Whose the messages of a file are, as far as they tell. Raises InputError as `read_batch`."""
    for raw in read_batch(data).messages:
        with suppress(InputError):
            yield identity_in(raw)


def _lost(file: int, number: int, error: InputError, names: Sequence[str]) -> ReadingRemark:
    message = f"message {number}"
    return unreadable(f"{names[file]}, {message}" if names else message, error.message)


def _id(group: Group) -> str:
    visit = group.identity.visit()
    return visit.number if visit else group.messages[0].visit_number


def _outcome(group: Group, name: str) -> Encounter | InputError:
    try:
        encounter = encounter_of_visit(group.messages, group.identity)
    except InputError as error:
        return error
    return encounter.model_copy(update={"encounter_id": name})
