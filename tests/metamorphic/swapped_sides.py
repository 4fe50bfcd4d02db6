"""Turns an encounter into its mirror image: left for right, in the documents and on the claim."""

from __future__ import annotations

import re
from typing import Any

_SIDES = {"left": "right", "lt": "rt", "l": "r", "lle": "rle", "laka": "raka", "lbka": "rbka"}
_OTHER = {**_SIDES, **{right: left for left, right in _SIDES.items()}}
_WORDS = re.compile(r"(?<![A-Za-z'\u2019])(left|right|lt|rt|lle|rle|laka|raka|lbka|rbka)\b", re.I)
_LETTERS = re.compile(r"(?<![A-Za-z'\u2019])[LRlr](?![A-Za-z'\u2019])")

# What these letters and words mean when they name no side.
_LITRES_BEFORE = re.compile(r"(?<![\d/:])\d+ ?\Z")
_INITIAL_BEFORE = re.compile(
    r"(?:(?<!\d )\b[A-Z]\.\s?|\b(?i:dr|mr|mrs|ms|miss|sister|nurse|prof)\.?\s)$"
)
_DAY_AFTER_SURGERY = re.compile(r"\bpod\s?#?\d+\s?$", re.I)  # "POD4 R leg" is no volume
_VERTEBRA_OR_INITIAL_AFTER = re.compile(r"\d|\.\s?[A-Z]\.|\.,? (?:MD|PA|RN)\b")
_SIDED = re.compile(
    r"^\W{1,3}(?:ak|bk|tf|tt|aka|bka|tfa|tta|tma|tka|tha|thr|tkr|kd|stump|residual|residuum|limb|leg|thigh|foot|hip|knee|groin"
    r"|femur|femoral|tibia|tib-fib|lower|upper|above|below|through|trans\w+|side|sided|hand|heel|toe|toes|hallux|great|second"
    r"|first|third|fourth|fifth|2nd|1st|3rd|4th|5th|ischi\w+|iliac|inguinal|clavicle|guillotine|re-?amp\w*|medial|lateral"
    r"|buttock|flank|carotid|common|inferior|extremity|common|distal|proximal|gritti\S*|calf|ankle|forefoot|shoulder|arm|digit|prepped)\b",
    re.I,
)
_NOT_A_SIDE_BEFORE = re.compile(
    r"(?:\b(?:was|were|is|are|be|been|being|has|had|have|having|we|i"
    r"|he|she|they|who|it|this|that|and|or|then|what|what's|not"
    r"|tissue|bone|muscle|skin|nothing|still|all|just|about|came|came out|anything|any"
    r"|much|little|enough|cm|mm|wound|ends?|femur)\s+)$",
    re.I,
)
_NOT_A_SIDE_AFTER = re.compile(
    r"^\s+(?:open|in\b|with|to\b|the|a\b|an\b|behind|for|alone|as\b|intact|at\b|on\b|long|it\b|him|her\b|his|them|of\b|over|up\b"
    r"|away|by\b|from|that|this|wide|round|beside|together|where|is\b|has|had|was|last|after|before|he\b|she\b|they|about|some|one\b|two|three|four|five|six|seven|eight|nine|ten\b|twel|thir|fif|twen|end\b|supine"
    r"|angle|now|unless|untouched|undisturbed|alive|and\b|or\b|\d)",
    re.I,
)
_BELOW_THE = re.compile(r"^\s+(?:above|below)\s+the\b", re.I)
_TOES = {"TA": "T5", "T1": "T6", "T2": "T7", "T3": "T8", "T4": "T9"}
_MODIFIERS = {"LT": "RT", **_TOES}
_OTHER_MODIFIER = {**_MODIFIERS, **{right: left for left, right in _MODIFIERS.items()}}


def swapped(encounter: dict[str, Any]) -> dict[str, Any] | None:
    """The mirror image; None where a "left", "right", L or R may not be a side."""
    documents = []
    for document in encounter["documents"]:
        text = swapped_text(document["text"])
        if text is None:
            return None
        documents.append({**document, "text": text})
    return {**encounter, "documents": documents, "claim": _swapped_claim(encounter.get("claim"))}


def swapped_text(text: str) -> str | None:
    """The mirror image of one text, or of a part of one; None as for `swapped`."""
    found = _sides(text)
    if found is None:
        return None
    parts, done = [], 0
    for match in found:
        parts += [text[done : match.start()], _mirror(match[0])]
        done = match.end()
    return "".join([*parts, text[done:]])


def sides_named(text: str) -> set[str] | None:
    """Which of "left" and "right" a text names, by whatever word; None as for `swapped`."""
    found = _sides(text)
    if found is None:
        return None
    return {"left" if match[0].lower() in _SIDES else "right" for match in found}


def _sides(text: str) -> list[re.Match[str]] | None:
    """The words for sides, in their order; None where one may be no side."""
    if re.search(r"\b(?:lift|write|1eft|leit|r1ght|rlght)\b", text, re.I):  # misheard or misread
        return None
    sides = [m for m in _WORDS.finditer(text) if not _stays(text, m)]
    doubtful = [m for m in sides if _may_be_no_side(text, m)]
    letters = [m for m in _LETTERS.finditer(text) if not _is_other_letter(text, m)]
    doubtful += [m for m in letters if not _SIDED.match(text[m.end() :])]
    return None if doubtful else sorted([*sides, *letters], key=lambda m: m.start())


def _is_other_letter(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    after = text[match.end() : match.end() + 8]
    if _DAY_AFTER_SURGERY.search(before) and _SIDED.match(text[match.end() :]):
        return False
    if match[0] in "Ll" and _LITRES_BEFORE.search(before):
        return True
    return bool(_INITIAL_BEFORE.search(before) or _VERTEBRA_OR_INITIAL_AFTER.match(after))


def _stays(text: str, match: re.Match[str]) -> bool:
    """Whether "left" is the verb, or "right" an adverb: both tests agree."""
    before = text[max(0, match.start() - 20) : match.start()]
    return bool(_NOT_A_SIDE_BEFORE.search(before) and _NOT_A_SIDE_AFTER.match(text[match.end() :]))


def _may_be_no_side(text: str, match: re.Match[str]) -> bool:
    """Whether one test says that it is no side, and no part of the body follows."""
    before = text[max(0, match.start() - 20) : match.start()]
    if _SIDED.match(text[match.end() :]):  # but for "no muscle was left below the knee"
        after = _BELOW_THE.match(text[match.end() :])
        return bool(after and _NOT_A_SIDE_BEFORE.search(before))
    return bool(_NOT_A_SIDE_BEFORE.search(before) or _NOT_A_SIDE_AFTER.match(text[match.end() :]))


def _mirror(word: str) -> str:
    other = _OTHER[word.lower()]
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


def _swapped_claim(claim: dict[str, Any] | None) -> dict[str, Any] | None:
    """The claim with its side modifiers and detachment procedures mirrored.

    Diagnosis codes are dropped: no requirement reads them, and each family of codes numbers its
    sides in its own way.
    """
    if claim is None:
        return None
    regions = {"0Y6C": "0Y6D", "0Y6D": "0Y6C"}
    lines = [
        {
            **line,
            "modifiers": [_OTHER_MODIFIER.get(m, m) for m in line.get("modifiers") or []],
            "diagnoses": [],
        }
        for line in claim.get("lines") or []
    ]
    procedures = [
        {**p, "code": regions.get(p["code"][:4], p["code"][:4]) + p["code"][4:]}
        for p in claim.get("procedures") or []
    ]
    return {**claim, "lines": lines, "procedures": procedures}
