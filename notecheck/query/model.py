"""A query to a surgeon, and the file of templates that it is made from."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from notecheck.codes.model import Data
from notecheck.models import DocumentType, IsoDate, Status

# What the documents may plainly tell: that bone was left alone, that it was cut, the status, that
# the operation in question was not done.
Told = Literal["bone_left", "bone_cut", "setting", "not_operated"]


class OptionTemplate(Data):
    """An answer to choose; `shown_by` are `fact:value` of which the documents must mention one.

    It is not offered where they plainly tell one of `unless`.
    """

    text: str
    shown_by: tuple[str, ...] = ()
    unless: frozenset[Told] = frozenset()


class QueryTemplate(Data):
    """What is asked when a requirement of `kind` is open in one of `statuses`.

    `short` asks for no more than one status lacks. Nothing is asked where the documents plainly
    tell one of `unless`, or the fact that `answered_by` names for the status has a value: what the
    record answers is no question. With `needs_words` nothing is asked of what no document mentions.
    """

    kind: str
    statuses: frozenset[Status]
    subject: str
    question: str = Field(pattern=r"\?$")
    quotes: tuple[str, ...]
    options: tuple[OptionTemplate, ...] = Field(min_length=2)
    to: str | None = None
    short: dict[Status, str] = {}
    unless: frozenset[Told] = frozenset()
    answered_by: dict[Status, str] = {}
    needs_words: bool = False


class FindingTemplate(Data):
    """What is asked when one of `findings` was raised; see `QueryTemplate`.

    The words quoted are those of the finding, then those of the facts `quotes`.
    """

    findings: frozenset[str] = Field(min_length=1)
    subject: str
    question: str = Field(pattern=r"\?$")
    quotes: tuple[str, ...]
    options: tuple[OptionTemplate, ...] = Field(min_length=2)
    to: str | None = None
    instruction: str | None = None
    needs_words: bool = False


class FindingQueries(Data):
    """The file `patterns/queries/findings.toml`."""

    query: tuple[FindingTemplate, ...]


class QueryTemplates(Data):
    """The file `patterns/queries/questions.toml`.

    `surgeon` finds the surgeon's name in an operative note, as the group `name`. `title_sections`
    are where an operation is named rather than described.
    """

    version: str
    to: str
    surgeon: str
    title_sections: frozenset[str]
    other: str
    unable: str
    instruction: str
    query: tuple[QueryTemplate, ...]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Indicator(_Written):
    """Words of the record with their place; `text` is `document.text[start:end]`."""

    doc_id: str
    type: DocumentType
    date: IsoDate | None
    section: str | None
    line: int
    start: int
    end: int
    text: str


class Internal(_Written):
    """What the sender files with the query; it is not shown to the one who is asked.

    `requirement` is the id of the open requirement, or of the `finding`, which has no status.
    """

    requirement: str
    kind: Literal["requirement", "finding"] = "requirement"
    status: Status | None = None
    template_version: str


class Query(_Written):
    """One query; the sender fills in author, times and retention in their own system."""

    id: str
    encounter_id: str
    patient_id: str | None = None
    service_date: IsoDate | None
    to: str
    subject: str
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    question: str
    options: tuple[str, ...]
    instruction: str
    internal: Internal


class QueryFile(BaseModel):
    """What `notecheck query --format json` prints."""

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)

    schema_: Literal["notecheck.queries/1"] = Field("notecheck.queries/1", alias="schema")
    encounter_id: str
    queries: tuple[Query, ...]
