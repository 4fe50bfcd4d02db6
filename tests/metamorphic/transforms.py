"""Generates variants of a note: changes that must not change what the note says.

Each function takes a note's text and returns another; none looks at what notecheck makes of it.
"""

from __future__ import annotations

import random
import re
import textwrap
import tomllib
from functools import cache
from pathlib import Path

_HEADINGS = (
    "pre-?operative diagnos[ie]s|post-?operative diagnos[ie]s|pre-?op dx|post-?op dx|diagnosis"
    "|procedures?(?: performed)?|operation(?: performed)?|surgeons?|assistants?|anesthesia"
    "|anaesthesia|anesthesiologist|indications?(?: for (?:surgery|procedure|operation))?|findings"
    "|operative findings|description of (?:the )?(?:procedure|operation)|procedure in detail"
    "|details of (?:the )?(?:procedure|operation)|technique|estimated blood loss|ebl"
    "|complications|specimens?|drains|disposition|plan|assessment(?: and plan)?|history"
    "|history of present illness|past medical history|past surgical history|physical exam"
)
_GLUED_BEFORE = re.compile(rf"(?<=[.])\s*\n\s*(?=(?:{_HEADINGS})[ \t]*:)", re.I)
_GLUED_AFTER = re.compile(rf"^((?:{_HEADINGS})[ \t]*:)\s+(?=\S)", re.I | re.M)
_PARAGRAPH_BREAK = re.compile(r"\n(?:[ \t]*\n)+")
_APOSTROPHE = re.compile(r"(?<=\w)'|'(?=\w)")
# What a scanner reads for what was printed.
_MISREAD = {
    "m": "rn", "l": "1", "I": "l", "o": "0", "O": "0", "S": "5", "e": "c", "i": "1", "h": "b",
    ",": ".", "n": "ri", "u": "ii",
}  # fmt: skip


def lower_case(text: str) -> str:
    return text.lower()


def upper_case(text: str) -> str:
    return text.upper()


def wrapped(text: str, width: int = 72) -> str:
    """Each line broken where it grows longer than `width`."""
    return "\n".join(
        "\n".join(
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
        )
        for line in text.split("\n")
    )


def without_paragraph_breaks(text: str) -> str:
    """No empty lines."""
    return _PARAGRAPH_BREAK.sub("\n", text)


def with_glued_headings(text: str) -> str:
    """No blank between a heading and the words after it, nor the full stop before it."""
    return _GLUED_BEFORE.sub("", _GLUED_AFTER.sub(r"\1", text))


def double_spaced(text: str) -> str:
    """Two spaces for each."""
    return text.replace(" ", "  ")


def with_crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_non_breaking_spaces(text: str) -> str:
    return text.replace(" ", "\u00a0")


def with_smart_quotes(text: str) -> str:
    """Typographic apostrophes and quotation marks; inch marks become double primes."""
    text = re.sub(r'(?<=\d)"', "\u2033", text)
    text = re.sub(r'(^|[\s(\[])"', "\\1\u201c", text).replace('"', "\u201d")
    return _APOSTROPHE.sub("\u2019", text)


def with_ocr_noise(text: str, seed: int, rate: float) -> str:
    """Letters misread as a scanner misreads them, each with the probability `rate`."""
    chance = random.Random(seed)
    return "".join(
        _MISREAD[letter] if letter in _MISREAD and chance.random() < rate else letter
        for letter in text
    )


def with_paragraph_at_the_end(text: str, paragraph: str) -> str:
    return f"{text.rstrip()}\n\n{paragraph}\n"


def with_paragraph_at_a_break(text: str, paragraph: str) -> str:
    """The paragraph in the middlemost break between paragraphs, at the end when there is none."""
    breaks = list(_PARAGRAPH_BREAK.finditer(text.rstrip()))
    if not breaks:
        return with_paragraph_at_the_end(text, paragraph)
    middle = min(breaks, key=lambda found: abs(found.start() - len(text) / 2))
    return f"{text[: middle.start()]}\n\n{paragraph}\n\n{text[middle.end() :]}"


def in_the_style_of(text: str, paragraph: str) -> str:
    """The paragraph without stops and capitals where the text, as dictated, has no stops."""
    if text.count(".") + text.count(":") >= text.count(" ") / 60:
        return paragraph
    return re.sub(r"[.,:;]", "", paragraph).lower()


def with_synonyms(text: str) -> str:
    """Each listed phrase replaced by one that says the same, in the case that the text is in."""
    shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text))

    def synonym(match: re.Match[str]) -> str:
        phrase = match[0]
        other = _synonyms()[phrase if phrase in _synonyms() else phrase.lower()]
        if shouted:
            return other.upper()
        return other[0].upper() + other[1:] if phrase[:2].istitle() else other

    return _phrases().sub(synonym, text)


@cache
def _synonyms() -> dict[str, str]:
    """The phrases as listed, and in small letters but for abbreviations ("aka" is a word)."""
    table = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8"))
    listed: dict[str, str] = table["synonyms"]
    return {said.lower(): other for said, other in listed.items() if not said.isupper()} | listed


@cache
def _phrases() -> re.Pattern[str]:
    """Any listed phrase; "upper and middle third" is one place and stays whole."""
    said = sorted(_synonyms(), key=len, reverse=True)
    forms = [re.escape(p) if p.isupper() else f"(?i:{re.escape(p)})" for p in said]
    return re.compile(rf"(?<![\w-])(?<!and )(?<!& )(?:{'|'.join(forms)})(?![\w-])")
