"""The files of an audit -> those of one encounter in one place.

A first pass notes by what each file may belong to others; it opens nothing but what may be a
message, a resource, a C-CDA document or a file of claims. The second time the files come by, each
group stands where the first of its files does, so the order is the same on every run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace

from notecheck.audit.sources import Source
from notecheck.read.limits import MAX_ENCOUNTER_BYTES
from notecheck.read.several_files import part_of
from notecheck.read.together.belonging import Belonging
from notecheck.read.together.keys import keys_of


class Joining:
    """One audit's; to be closed."""

    def __init__(self) -> None:
        self._belonging = Belonging(MAX_ENCOUNTER_BYTES)

    @property
    def too_large(self) -> int:
        """How many files may belong together and are too large for it: each is read alone."""
        return self._belonging.too_large

    def noted(self, sources: Iterable[Source]) -> Iterator[Source]:
        """All files as they are; when they have come by it is known what belongs together."""
        for number, source in enumerate(sources):
            if source.part and source.kind == "file":
                keys = keys_of(part_of(source.path))
                if keys is not None:
                    name = os.fsencode(source.path)
                    self._belonging.add(number, source.size, name, keys)
            yield source
        self._belonging.settle()

    def joined(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The same files in the same order once more, those of a group as one source."""
        for number, source in enumerate(sources):
            claims = self._belonging.unmatched(number) if source.part else None
            members = self._belonging.members_at(number) if source.part else None
            if claims is not None:
                yield replace(source, left=tuple(claims))
            elif members is None:
                yield source
            elif members:
                paths = tuple(os.fsdecode(member.name) for member in members)
                yield replace(source, size=sum(m.size for m in members), together=paths)

    def close(self) -> None:
        self._belonging.close()
