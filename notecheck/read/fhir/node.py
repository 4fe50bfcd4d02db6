"""A JSON value of a FHIR resource together with its path, so that a fault can be told by place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from notecheck.errors import FhirError, InputError
from notecheck.read.dates import told_day


@dataclass(frozen=True, slots=True)
class Node:
    """One JSON object at `path` (`entry[2].resource`); elements are taken out by name."""

    value: Mapping[str, Any]
    path: str

    def fault(self, problem: str, name: str = "") -> InputError:
        """An error about this object, or about its element `name`."""
        return FhirError(f"`{self._at(name)}` {problem}")

    def text(self, name: str) -> str | None:
        """The string element `name`, or None. Raises InputError when it is something else."""
        found = self.value.get(name)
        if found is None or isinstance(found, str):
            return found
        raise self.fault("must be text in quotes", name)

    def number(self, name: str) -> float | None:
        """The number element `name`, or None. Raises InputError when it is something else."""
        found = self.value.get(name)
        if found is None or (isinstance(found, int | float) and not isinstance(found, bool)):
            return found
        raise self.fault("must be a number", name)

    def numbers(self, name: str) -> list[float]:
        """The list of numbers `name`. Raises InputError when it is something else."""
        found = self._list(name)
        if all(isinstance(n, int | float) and not isinstance(n, bool) for n in found):
            return found
        raise self.fault("must be a list of numbers", name)

    def child(self, name: str) -> Node | None:
        """The object element `name`, or None. Raises InputError when it is something else."""
        found = self.value.get(name)
        if isinstance(found, list) and len(found) == 1:  # another version of FHIR has a list here
            found = found[0]
        if found is None:
            return None
        if not isinstance(found, Mapping):
            raise self.fault("must be an object", name)
        return Node(found, self._at(name))

    def children(self, name: str) -> Iterator[Node]:
        """The objects of the list `name`, or the one that another version of FHIR has there.

        Raises InputError when it is something else.
        """
        if isinstance(self.value.get(name), Mapping):
            yield Node(self.value[name], self._at(name))
            return
        for index, found in enumerate(self._list(name)):
            path = f"{self._at(name)}[{index}]"
            if not isinstance(found, Mapping):
                raise FhirError(f"`{path}` must be an object")
            yield Node(found, path)

    def date(self, *names: str) -> dt.date | None:
        """The day of the first of these dates, times or periods that tells one, or None.

        A period gives its start. A date without a day (`2026-03`) tells none, nor does what is no
        date.
        """
        for name in names:
            if isinstance(self.value.get(name), Mapping):
                period = self.child(name)
                found = period.date("start") if period else None
            else:
                found = self._day(name)
            if found:
                return found
        return None

    def codes(self, name: str) -> Iterator[tuple[str, str]]:
        """(system, code) of each coding of the CodeableConcept `name`."""
        concept = self.child(name)
        for coding in concept.children("coding") if concept else ():
            code = coding.text("code")
            if code:
                yield coding.text("system") or "", code

    def own_codes(self) -> Iterator[tuple[str, str]]:
        """(system, code) of each coding of this CodeableConcept, or of it as a Coding."""
        for coding in (self, *self.children("coding")):
            code = coding.text("code")
            if code:
                yield coding.text("system") or "", code

    def reference(self, name: str) -> str | None:
        """The target of the Reference `name`, such as `Condition/c1`, or None."""
        found = self.child(name)
        return found.text("reference") if found else None

    def _day(self, name: str) -> dt.date | None:
        told = self.value.get(name)
        return told_day(told) if isinstance(told, str) else None

    def _list(self, name: str) -> list[Any]:
        found = self.value.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise self.fault("must be a list", name)
        return found

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path and name else self.path or name
