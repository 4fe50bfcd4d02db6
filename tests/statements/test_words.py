"""Inflections are made, and a site's word is a word of the list in all its forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck import check
from notecheck.rules.site import use_site_rules
from notecheck.statements.words import plurals, split, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("close", "close closes closing closed"),
        ("tie", "tie ties tying tied"),
        ("pin", "pin pins pinning pinned"),
        ("bury", "bury buries burying buried"),
        ("free", "free frees freeing freed"),
        ("go", "go goes going goed"),
        ("abut", "abut abuts abutting abutted"),
        ("control", "control controls controling controled controlling controlled"),
        ("open", "open opens opening opened"),
        ("sew down", "sew down;sews down;sewing down;sewed down;sewn down"),
    ],
)
def test_the_forms_of_a_verb(verb: str, forms: str) -> None:
    made = [" ".join(words) for words, _ in verb_forms(split(verb), {"sew": ("sewed", "sewn")})]
    assert made == (forms.split(";") if ";" in forms else forms.split())


@pytest.mark.parametrize(
    ("noun", "both"),
    [
        ("suture anchor", ["suture anchor", "suture anchors"]),
        ("belly", ["belly", "bellies"]),
        ("biceps", ["biceps"]),
        ("notch", ["notch", "notches"]),
    ],
)
def test_the_plural_of_a_noun(noun: str, both: list[str]) -> None:
    assert [" ".join(words) for words in plurals(split(noun))] == both


NOTE = """\
OPERATION: Revision of left above-knee amputation.
DESCRIPTION: The femur was cut. The adductor was {verb} to the femur.
"""


def closures(verb: str) -> set[str]:
    report = check(NOTE.format(verb=verb), code="27596")
    return {fact.value for fact in report.facts.reconstruction}


def test_a_site_adds_a_word_to_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "myodesis" not in closures("glomped")
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms/own.toml").write_text(
        '[[term]]\nid = "fix"\nkind = "verb"\nsays = "Ours."\nwords = ["glomp"]\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("NOTECHECK_RULES", "")
    use_site_rules(str(tmp_path))
    assert "myodesis" in closures("glomped")
    assert "myodesis" in closures("secured")  # our own words stay
