"""What a column holds by the words that its name is made of, where its whole name is not known.

`VISIT_NBR`, `visitNumber` and "Visit #" are one name to a reader: a subject and what is said of it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|#")
_DOCUMENT = frozenset(
    "note notes document doc docs report rpt transcription dictation event".split()
)
_DAY = frozenset(
    "date dt day time tm dttm dtm dtime datetime timestamp ts instant on at local utc".split()
)
_SYSTEM = frozenset("cpt cpts hcpcs px".split())
_PROCEDURE = frozenset("procedure proc".split())
_CODE = frozenset("code codes cd".split())
_BILLED = frozenset("billed billing charge charged claim line service svc".split())
_FIRST = frozenset("primary principal".split())
PRIMARY = -1
_VERSION = re.compile(r"(?i)(?<=cpt)[-_ ]?4|(?<=icd)[-_ ]?10(?=\D|$)")


class _Kind(NamedTuple):
    """A name is of this kind when it has a word of each set of `needs` and no word but theirs and
    those of `beside`."""

    field: str
    needs: tuple[frozenset[str], ...]
    beside: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KINDS = (
    _Kind(
        "encounter_id",
        (
            _words("encounter enc encntr visit account acct case csn har fin hsp admission stay")
            | {"episode"},
            _words("id ids number nbr num no nr # key identifier csn har fin"),
        ),
        _words("patient pat hospital hosp surgical surgery or"),
    ),
    _Kind(
        "doc_id",
        (_DOCUMENT, _words("id number nbr num no # key identifier")),
    ),
    _Kind("text_line", (_words("line"),), _DOCUMENT | _words("number nbr num no # text sequence")),
    _Kind(
        "type",
        (_DOCUMENT, _words("type types typ class kind category title name desc description")),
        _words("ip op clinical display disp"),
    ),
    _Kind(
        "text",
        (_words("text txt body content contents narrative blob fulltext plaintext"),),
        _DOCUMENT | _words("full clinical plain raw free"),
    ),
    _Kind(
        "service_date",
        (
            _words("service svc procedure proc surgery charge claim line dos billing"),
            _DAY | {"dos"},
        ),
        _words("from of start"),
    ),
    _Kind(
        "date",
        (
            _DOCUMENT
            | _words("signed authored dictated created creation filed written transcribed entry"),
            _DAY | _words("dictated signed authored transcribed created"),
        ),
        _words("clinical of start created"),
    ),
    _Kind("code", (_SYSTEM,), _CODE | _PROCEDURE | _BILLED),
    _Kind("code", (_PROCEDURE | _words("billing billed"), _CODE), _BILLED),
    _Kind(
        "modifiers",
        (_words("modifier modifiers mod mods"),),
        _SYSTEM | _PROCEDURE | _CODE | _BILLED | _words("list a b c d"),
    ),
    _Kind(
        "diagnoses",
        (_words("dx diagnosis diagnoses diag icd"),),
        _words("code codes cd list primary secondary principal billing billed claim cm final"),
    ),
)  # fmt: skip


def field_of(name: str) -> tuple[str, int] | None:
    """The field that a column's name speaks of, and its number (`Dx Code 3` is 3).

    The number is 0 without one, and `PRIMARY` where the name says that it comes before all others.
    None where its words are not all understood: a column is better named by a person than guessed.
    """
    told = [word.casefold() for word in _WORD.findall(_VERSION.sub(" ", name))]
    words = frozenset(word for word in told if not word.isdecimal())
    number = next(
        (int(word) for word in told if word.isdecimal()), PRIMARY if words & _FIRST else 0
    )
    for kind in _KINDS:
        known = kind.beside.union(*kind.needs)
        if words <= known and all(words & need for need in kind.needs):
            return kind.field, number
    return None
