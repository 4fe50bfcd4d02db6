"""The shape of a code's file: what it covers, its requirements, and its card."""

from __future__ import annotations

import datetime as dt
from string import Formatter
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from notecheck.models import Level, Status

Confidence = Literal["confirmed", "reported", "general_knowledge", "inferred"]
_STATUSES = frozenset(get_args(Status))


class Data(BaseModel):
    """A record of a data file: a key that is not known is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _well_formed(messages: dict[str, str]) -> dict[str, str]:
    for key, message in messages.items():
        if key.partition(".")[0] not in _STATUSES:
            raise ValueError(f"message key {key!r} does not begin with a status")
        for _, name, _, _ in Formatter().parse(message):
            if name is not None and not name.isidentifier():
                raise ValueError(f"message {key!r} has a placeholder without a name")
    return messages


# Keys are a status, or `status.reason` where one status has several reasons.
Messages = Annotated[dict[str, str], AfterValidator(_well_formed)]


class Wordings(Data):
    """What a requirement asks and why, with wordings that meet it and that do not."""

    asks: str = ""
    meets: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    dictate: str = ""  # the field of a dictation template, `[...]` for what is filled in


class WordingsAt(Data):
    """Examples for the codes of some levels, where another limb's end would read oddly."""

    levels: tuple[Level, ...] = Field(min_length=1)
    meets: tuple[str, ...] = Field(min_length=1)
    fails: tuple[str, ...] = Field(min_length=1)


class RequirementKind(Data):
    """One file of `patterns/requirements`: what every code that uses this kind shares."""

    kind: str
    messages: Messages
    wordings: Wordings = Wordings()
    at: tuple[WordingsAt, ...] = ()

    def wordings_of(self, level: Level | None) -> Wordings:
        """The wordings for codes of a level."""
        own = next((at for at in self.at if level in at.levels), None)
        if own is None:
            return self.wordings
        return self.wordings.model_copy(update={"meets": own.meets, "fails": own.fails})


class RequirementEntry(Data):
    """One requirement of a code: its kind (its id where not told), settings, own messages."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    kind: str | None = None
    weight: float = Field(gt=0)
    settings: dict[str, Any] = {}
    messages: Messages = {}
    wordings: Wordings = Wordings()


class Sourced(Data):
    """A statement with where it comes from, when that was looked up, and how sure it is.

    `confirm_in` are the primary sources that would confirm it, by their ids.
    """

    source: str = Field(min_length=1)
    verified_on: dt.date
    confidence: Confidence
    confirm_in: tuple[str, ...] = ()


class Neighbour(Sourced):
    """Another code and what separates this one from it."""

    code: str
    apart: str


class Statement(Sourced):
    """A fact of the card by name: a fee component, a modifier, a diagnosis."""

    name: str
    text: str


class Question(Sourced):
    """A usual question with its answer."""

    question: str
    answer: str


class Denial(Sourced):
    """A common reason for a denial and what prevents it."""

    reason: str
    prevent: str


class Card(Data):
    """What `notecheck explain` tells of a code beside its requirements."""

    covers: Statement
    neighbours: tuple[Neighbour, ...] = ()
    modifiers: tuple[Statement, ...] = ()
    diagnoses: tuple[Statement, ...] = ()
    procedures: tuple[Statement, ...] = ()
    fees: tuple[Statement, ...] = ()
    denials: tuple[Denial, ...] = ()
    questions: tuple[Question, ...] = ()


class Additions(Data):
    """A site's file `codes/27596-more.toml`, which asks more of a code than its own file does."""

    requirement: tuple[RequirementEntry, ...] = Field(min_length=1)


class CodeFile(Data):
    """One file of `patterns/codes`.

    `supported_by` lists the supported codes that this one may be checked against; the code itself
    where it is not told, and empty for a set that any operation may be held to.
    """

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    supported_by: tuple[str, ...] | None = None
    card: Card
    requirement: tuple[RequirementEntry, ...] = Field(min_length=1)

    @property
    def billed(self) -> bool:
        """Whether this is a code on a claim, and not a set that any operation is held to."""
        return self.supported_by != ()

    def supports(self, supported: str) -> bool:
        """Whether a note that supports `supported` supports this code."""
        accepted = (self.code,) if self.supported_by is None else self.supported_by
        return not accepted or supported in accepted
