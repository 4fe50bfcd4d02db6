"""What is wrong with a rule file, and where."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a rule file; lines count from 1."""

    path: Path
    line: int

    def __str__(self) -> str:
        """`file:line`, the file as one would name it from the working folder."""
        path = str(self.path)
        shorter = os.path.relpath(path) if self.path.is_relative_to(Path.cwd()) else path
        return f"{shorter}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault; `subject` is the rule's id, the term or the category it is about."""

    place: Place
    subject: str
    fault: str

    def __str__(self) -> str:
        return f"{self.place}: {self.subject}: {self.fault}"
