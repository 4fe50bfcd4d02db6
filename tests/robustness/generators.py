"""Texts of any size of more than a hundred hostile kinds, each by its name.

A generator takes a size in characters and gives a text about as long. What is repeated is mostly
what notes are made of: a megabyte of it must take no more than its share of what a page takes.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, islice
from pathlib import Path
from random import Random

Generator = Callable[[int], str]

_NOTE = (Path(__file__).parents[1] / "examples" / "revision.txt").read_text()
_STORY = "\n".join(_NOTE.splitlines()[10:])  # with its head, several would be refused
_END = "\nLeft above-knee amputation stump revised, femur cut.\n"

# One piece over and over.
_REPEATED = {
    "blank lines": "\n",
    "blank lines with blanks": " \n",
    "blank lines with tabs": "\t\n",
    "windows blank lines": "\r\n",
    "old mac blank lines": "\r",
    "blanks": " ",
    "tabs": "\t",
    "non-breaking spaces": "\u00a0",
    "ideographic spaces": "\u3000",
    "zero-width spaces": "\u200b",
    "soft hyphens": "\u00ad",
    "byte order marks": "\ufeff",
    "vertical tabs": "\x0b",
    "line separators": "\u2028",
    "hyphens": "-",
    "hyphens and blanks": "- ",
    "two hyphens and a blank": "-- ",
    "dashes": "\u2013",
    "underlines": "_",
    "equals signs": "=",
    "stars": "*",
    "stars and blanks": "* ",
    "dots": ".",
    "dots and blanks": ". ",
    "commas": ",",
    "commas and blanks": ", ",
    "colons": ":",
    "colons and lines": ":\n",
    "semicolons": "; ",
    "slashes": "/",
    "bars": "| ",
    "greater signs": "> ",
    "quoted lines": "> left AKA stump\n",
    "quotation marks": '"',
    "apostrophes": "'",
    "opening brackets": "(",
    "closing brackets": ")",
    "pairs of brackets": "()",
    "square brackets": "[",
    "empty boxes": "[ ] ",
    "ticked boxes": "[x] left ",
    "opening braces": "{",
    "question marks": "?",
    "exclamation marks": "! ",
    "backslashes": "\\",
    "hashes": "# ",
    "one letter": "a",
    "one capital": "A",
    "letters and blanks": "a ",
    "capitals and stops": "A. ",
    "figures": "1",
    "figures and blanks": "1 ",
    "figures and stops": "1. ",
    "figures and hyphens": "1-",
    "hyphenated words": "above-",
    "words and double hyphens": "above--knee ",
    "dates": "05/04/2026 ",
    "dates and hyphens": "05/04/2026 - ",
    "dates and ruled lines": "05/04/2026 " + "-" * 24 + " 05/06/2026 Left AKA revision\n",
    "iso dates": "2026-05-04 ",
    "spoken dates": "june second twenty twenty six ",
    "times ago": "six weeks ago ",
    "measures": "12 cm ",
    "measures times measures": "6 x 4 cm ",
    "sizes and tissues": "debrided muscle 6 x 4 cm, ",
    "accents": "é",
    "combining accents": "e\u0301",
    "full-width letters": "\uff21",
    "emoji": "\U0001f9b5",
    "bullets": "\u2022 ",
    "nulls": "\x00",
    "left": "left ",
    "right and left": "right left ",
    "AKA": "AKA ",
    "aka with commas": "left leg, aka, ",
    "BKA then AKA": "BKA converted to AKA ",
    "femur": "femur ",
    "cut": "cut ",
    "not": "not ",
    "no evidence of": "no evidence of ",
    "if": "if the femur was cut ",
    "planned": "planned revision of left AKA, ",
    "history of": "history of left above-knee amputation in 2019. ",
    "stump phrases": "left above-knee amputation stump ",
    "stump phrases in capitals": "REVISION OF LEFT ABOVE KNEE AMPUTATION STUMP. ",
    "stump sentences": "The left above-knee stump was revised. ",
    "stump lines": "Left above-knee stump revised\n",
    "cuts": "The femur was divided with a saw 12 cm above the joint line. ",
    "cuts with no stop": "the femur was divided with a saw and then ",
    "closures": "Myodesis was done through drill holes. The fascia was closed. ",
    "infections": "The stump was infected with pus and osteomyelitis. ",
    "debridements": "Muscle and fascia were sharply debrided. ",
    "headings": "PROCEDURE: ",
    "headings on lines": "PROCEDURE:\n",
    "headings with bodies": "PREOPERATIVE DIAGNOSIS: infected left AKA stump\n",
    "unknown labels": "Something: ",
    "glued headings": "stump.PROCEDURE:Left",
    "bare headings": "operation performed indications findings ",
    "capitals": "LEFT ",
    "mixed case": "LeFt AkA ",
    "lists": "1. Left AKA revision\n2. Debridement\n",
    "tables": "side\tleft\tlevel\tAKA\n",
    "columns": "Side        left        Level        AKA\n",
    "addenda": "ADDENDUM: the femur was cut.\n",
    "consents": "Consent covers: left AKA, myodesis, debridement. ",
    "copied reports": 'Copied from report >> "left AKA 2019" << ',
    "asides": "shortened in 2023 for pain (femur re-cut in the upper third) ",
    "template lists": '{SIDE:304:"left","right"} ',
    "struck sentences": "[The drain was placed in the stump.] Not used. ",
    "slips": "above the me amputation ",
    "words from a fax": "stu1np arnputation ",
    "broken words": "ampu-\ntation ",
    "limbs in one sentence": "left stump revised and right stump healed, ",
    "inserted clauses": "the skin, which had been spared, was closed and ",
    "relative clauses": "the skin that had been spared was closed and ",
    "long sentences": "and the muscle, the fascia, the skin, the bone, the stump, ",
    "one honest note": _STORY + "\n\n",
}


def _repeated(piece: str) -> Generator:
    return lambda size: (piece * (size // len(piece) + 1))[:size] + _END


def _words(size: int) -> str:
    """Ever new words, so that nothing remembered helps."""
    random = Random(size)
    letters = "abcdefghijklmnopqrstuvwxyz"
    new = ("".join(random.choices(letters, k=random.randint(2, 11))) for _ in count())
    return " ".join(islice(new, size // 7)) + _END


def _numbered(size: int) -> str:
    return "".join(f"{n}. Left AKA revised on day {n}\n" for n in range(1, size // 30)) + _END


def _shuffled_note(size: int) -> str:
    random = Random(size)
    words = _NOTE.split()
    return " ".join(random.choice(words) for _ in range(size // 6)) + _END


def _shuffled_lines(size: int) -> str:
    random = Random(size)
    lines = _NOTE.splitlines(keepends=True)
    mean = len(_NOTE) // len(lines)
    return "".join(random.choice(lines) for _ in range(size // mean)) + _END


def _nested(size: int) -> str:
    return "(" * (size // 2) + "left AKA" + ")" * (size // 2) + _END


def _noise(size: int) -> str:
    random = Random(size)
    return "".join(chr(random.choice((random.randint(32, 126), 10))) for _ in range(size)) + _END


GENERATORS: dict[str, Generator] = {
    **{name: _repeated(piece) for name, piece in _REPEATED.items()},
    "ever new words": _words,
    "numbered lines": _numbered,
    "a note's words shuffled": _shuffled_note,
    "a note's lines shuffled": _shuffled_lines,
    "nested brackets": _nested,
    "noise": _noise,
}
