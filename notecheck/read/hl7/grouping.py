"""Messages -> those of one visit together, and no two patients ever."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from notecheck.read.hl7.identity import Identity, kinship, same_patient
from notecheck.read.hl7.message import Hl7Message


@dataclass(slots=True)
class Group:
    """The messages of one visit, in the order in which they came.

    `lost` are the numbers of messages that name it and cannot be read.
    """

    identity: Identity
    messages: list[Hl7Message] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A message whose visit is that of another patient's messages, or either of two."""

    number: int
    visit: str


def homes(own: Identity, near: Mapping[int, Identity]) -> list[int] | None:
    """Which of the visits `near` a message of `own` belongs to; several are one, as it shows.

    None where it contradicts one of them (the visit is the same, and the patient is not), and
    where it could be of each of two that are not one.
    """
    if not own.visits:
        of_patient = [key for key, other in near.items() if same_patient(own, other)]
        return of_patient if len(of_patient) == 1 else []
    told = {key: kinship(other, own) for key, other in near.items()}
    same = [key for key, kin in told.items() if kin == "same"]
    same = same or [key for key, kin in told.items() if kin == "likely"]
    if not same:
        return None if "contradiction" in told.values() else []
    if not _are_one(own, [near[key] for key in same]):
        # A number without its authority does not say which is meant: then the patient does.
        same = [key for key in same if same_patient(own, near[key])]
        if not same or not _are_one(own, [near[key] for key in same]):
            return None
    return same


def _are_one(own: Identity, others: Iterable[Identity]) -> bool:
    """Whether all of them are still of one visit when `own` has brought them together."""
    for other in others:
        if kinship(own, other) not in ("same", "likely"):
            return False
        own |= other
    return True


class Grouping:
    """Takes the messages one after the other."""

    def __init__(self) -> None:
        self._groups: dict[int, Group] = {}
        self._of_number: dict[str, set[int]] = defaultdict(set)
        self._of_patient: dict[str, set[int]] = defaultdict(set)
        self._homeless: list[Hl7Message] = []
        self._lost: list[tuple[int, Identity]] = []
        self._next = 0
        self.contradictions: list[Contradiction] = []

    def add(self, number: int, message: Hl7Message) -> None:
        """Puts a message, the file's `number`, to its visit; a contradiction is kept apart."""
        own = message.identity
        if not own.visits:
            self._homeless.append(message)
            return
        same = homes(own, self._near(own))
        if same is None:
            self.contradictions.append(Contradiction(number, str(own.visit())))
            return
        home = same[0] if same else self._next
        self._next = max(self._next, home + 1)
        group = self._groups.setdefault(home, Group(own))
        for other in same[1:]:
            joined = self._groups.pop(other)
            group.messages += joined.messages
            group.identity |= joined.identity
            for index in (self._of_number, self._of_patient):
                for found in index.values():
                    if other in found:
                        found.discard(other)
                        found.add(home)
        group.messages.append(message)
        group.identity |= own
        for visit in own.visits:
            self._of_number[visit.number].add(home)
        for patient in own.patients:
            self._of_patient[patient.number].add(home)

    def add_lost(self, number: int, own: Identity) -> None:
        """A message that cannot be read, and whose it is."""
        self._lost.append((number, own))

    def groups(self) -> list[Group]:
        """The visits, in the order of their first messages.

        A message without any number of a visit goes to its patient's only visit, else together
        with the patient's other such messages.
        """
        for number, own in self._lost:
            for key in homes(own, self._near(own)) or ():
                self._groups[key].lost.append(number)
        groups = [self._groups[key] for key in self._groups]
        unknown: list[Group] = []
        near: dict[str, list[Group]] = defaultdict(list)
        for message in self._homeless:
            known = [group for p in message.identity.patients for group in near[p.number]]
            home = self._home(message) or _of_patient(message, known)
            if home is None:
                unknown.append(home := Group(message.identity))
                for patient in message.identity.patients:
                    near[patient.number].append(home)
            home.messages.append(message)
            home.identity |= message.identity
        return groups + unknown

    def _near(self, own: Identity) -> dict[int, Identity]:
        """The visits that have a number of the visit of `own`, whoever gave it."""
        near = sorted({g for visit in own.visits for g in self._of_number[visit.number]})
        return {g: self._groups[g].identity for g in near}

    def _home(self, message: Hl7Message) -> Group | None:
        near = {
            g for patient in message.identity.patients for g in self._of_patient[patient.number]
        }
        own = [
            self._groups[g] for g in near
            if same_patient(self._groups[g].identity, message.identity)
        ]  # fmt: skip
        return own[0] if len(own) == 1 else None


def _of_patient(message: Hl7Message, groups: Iterable[Group]) -> Group | None:
    for group in groups:
        if same_patient(group.identity, message.identity) and (
            message.admitted is None
            or all(m.admitted in (None, message.admitted) for m in group.messages)
        ):
            return group
    return None
