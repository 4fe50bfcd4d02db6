"""Generates variants of a note: changes that must not change what the note says.

Each function takes a note's text and returns another; none looks at what notecheck makes of it.
"""

from __future__ import annotations

import random
import re
import textwrap

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
