"""`notecheck explain` and `notecheck checklist`, in every format."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from notecheck.claims.data import lines as line_data
from notecheck.codes.files import known_codes
from notecheck.errors import InputError
from notecheck.explain.blocks import card_page
from notecheck.explain.card import code_card
from notecheck.explain.checklist import checklist
from notecheck.explain.run import explanation
from notecheck.report.columns import columns
from notecheck.requirements.table import requirement_table

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *words],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("code", known_codes())
def test_every_code_is_explained_within_a_terminals_width(code: str) -> None:
    text = explanation(code, "text")
    assert text.startswith(f"{code}: ")
    assert all(columns(line) <= 80 for line in text.split("\n") if "https://" not in line)
    for rule in requirement_table(code).requirements:
        assert rule.id in text
    assert "Meets it" in text and "Does not" in text and "Sources" in text


def test_the_card_of_27596_tells_what_coders_ask() -> None:
    text = " ".join(explanation("27596", "text").split())
    for told in (
        "11.01 + practice expense 6.11 + malpractice 2.64 = 19.76", "$660.00", "$3,342.87",
        "$1,644.87", "90 days", "27594 or 27596?", "T87.4-", "3 right, 4 left", "0Y6C", "LT, RT",
        "62", "80, 82, AS", "medicare, 2026-01-01 to now", "59, XS",
    ):  # fmt: skip
        assert told in text, told


def test_every_statement_of_a_card_has_source_day_and_confidence() -> None:
    for code in known_codes():
        card = json.loads(explanation(code, "json"))
        sourced = [
            card["covers"],
            *card["neighbours"],
            *card["modifiers"],
            *card["fees"],
            *card["denials"],
            *card["questions"],
            *card["policy"],
            card["diagnosis_source"],
            card["procedure_source"],
        ]
        for statement in sourced:
            assert statement["source"] and statement["verified_on"] and statement["confidence"]
            places = {place["id"] for place in card["primary"]}
            assert statement["confirm_in"] and places.issuperset(statement["confirm_in"])


def test_every_source_leads_to_the_primary_source_that_would_confirm_it() -> None:
    text = explanation("27596", "text")
    sources, _, places = text.partition("\nSources\n")[2].partition("\nPrimary sources")
    numbered = re.split(r"\n(?=\[)", sources)[1:]
    assert len(numbered) > 30
    assert all("to confirm in P" in " ".join(source.split()) for source in numbered)
    told = dict(re.findall(r"^(P\d+) [^:]+:(?:.|\n)*?\n   (https://\S+)$", places, re.M))
    assert set(re.findall(r"P\d+", sources)) == set(told)  # none that nothing refers to
    assert "not opened by us" in places
    page, marked = explanation("27596", "html"), explanation("27596", "markdown")
    for name, address in told.items():
        assert f'<a href="{address}" rel="noreferrer">' in page.partition("Sources</h2>")[2]
        assert f"[{name}]({address})" in marked


def test_json_holds_the_whole_card() -> None:
    card = json.loads(explanation("27596", "json"))
    assert card["schema"] == "notecheck.card/1"
    assert {item["code"] for item in card["neighbours"]} >= {"27590", "27594", "27886"}
    assert len(card["requirements"]) == 11
    assert {row["rule"] for row in card["policy"]} >= {"inpatient_required", "asc_allowed"}


def test_a_requirement_by_itself() -> None:
    text = explanation("27596:prior-level", "text")
    assert text.startswith("27596:prior-level\n")
    assert "Nothing documents an earlier amputation" in text
    assert "femur" in explanation("27596:new-level", "text")
    assert "tibia" in explanation("27886:new-level", "text")
    assert json.loads(explanation("27596:inpatient", "json"))["id"] == "inpatient"


def test_markdown_has_a_heading_for_each_chapter_and_escapes() -> None:
    text = explanation("27596", "markdown")
    assert text.startswith("# 27596: ")
    assert len(re.findall(r"^## ", text, re.M)) >= 8
    assert "\\[1\\]" in text


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_closed_page_without_script() -> None:
    for subject in ("27596", "27596:prior-level"):
        page = _Page()
        page.feed(explanation(subject, "html"))
        assert page.open == [] and "h1" in page.seen
        assert not page.seen & {"script", "img", "link", "iframe"}


@pytest.mark.parametrize("subject", ["27123", "27596:colour", "27596:", ""])
def test_what_is_not_known_is_refused(subject: str) -> None:
    with pytest.raises(InputError):
        explanation(subject, "text")


@pytest.mark.parametrize("subject", ["27123", "27596:colour"])
def test_the_command_exits_2_with_one_sentence(subject: str) -> None:
    done = run("explain", subject)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "27596" in done.stderr


def test_explain_needs_no_language_pipeline() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "notecheck", "explain", "27596"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert not re.search(r"\b(?:spacy|medspacy)$", done.stderr, re.M)


def test_a_checklist_asks_for_what_was_done_and_dictates_nothing_beforehand() -> None:
    text = checklist("27596", "text")
    assert "\u2610 new-level" in text and "laterality-claim" not in text
    assert checklist("27596", "markdown").startswith("# 27596: ")
    dictation = checklist("27596", "dictation")
    assert all(columns(line) <= 80 for line in dictation.split("\n"))
    told = re.split(r"\n(?=\S)", dictation.partition("\n\n")[2])
    assert all("[" in line for line in told)
    assert "The tibia was divided" in checklist("27886", "dictation")


def test_checklist_command() -> None:
    assert run("checklist", "27596", "--format", "dictation").returncode == 0
    assert run("checklist", "27123").returncode == 2


@pytest.mark.parametrize("code", [code for code in known_codes() if code.isdigit()])
def test_a_card_tells_each_chapter_or_says_that_it_is_not_held(code: str) -> None:
    told = {chapter.title: chapter.entries for chapter in card_page(code_card(code)).chapters}
    for title in ("What separates it from its neighbours", "Fees", "Denials and what prevents them",
                  "Questions", "Payers' rules", "Modifiers"):  # fmt: skip
        assert told[title], title
    if code != "27596":
        assert told["Fees"][0].text.startswith("Not held")


def test_the_card_names_every_modifier_that_findings_ask_for() -> None:
    named = " ".join(item.name for item in code_card("27596").modifiers)
    rules = line_data()
    asked = {m for rule in (*rules.bears_out, *rules.of_form) for m in rule.modifiers}
    asked |= rules.team.shares | rules.team.repeats | rules.visits.only_on_visits
    assert asked - {"CA", "PO", "PN", "81"} <= set(re.findall(r"\w+", named))


def test_the_card_tells_that_a_wound_of_its_own_is_part_of_the_amputation() -> None:
    told = " ".join(q.answer for q in code_card("27596").questions)
    assert "whatever necessity is documented" in told


OF_THE_THIGH = ("femur", "thigh stump", "above-knee", "AKA", "Quadriceps")


@pytest.mark.parametrize("code", ["27880", "27881", "27882", "27884", "27886"])
def test_the_examples_of_a_leg_code_are_of_the_leg(code: str) -> None:
    for item in code_card(code).requirements:
        for example in (*item.meets, *(text for text in item.fails if "(" not in text)):
            assert not any(word in example for word in OF_THE_THIGH), (item.id, example)


@pytest.mark.parametrize("code", ["28800", "28805", "28810", "28820", "28825"])
def test_the_examples_of_a_foot_code_are_of_the_foot(code: str) -> None:
    for item in code_card(code).requirements:
        for example in (*item.meets, *item.fails):
            assert not any(word in example for word in (*OF_THE_THIGH, "27596")), example


@pytest.mark.parametrize(
    ("code", "prefixes"),
    [
        ("27596", {"0Y6C", "0Y6D"}),
        ("27886", {"0Y6H", "0Y6J"}),
        ("27594", set()),
        ("28805", {"0Y6M", "0Y6N"}),
        ("27598", {"0Y6F", "0Y6G"}),
    ],
)
def test_a_card_lists_the_detachments_of_its_own_level(code: str, prefixes: set[str]) -> None:
    assert {record.prefix for record in code_card(code).procedures} == prefixes


@pytest.mark.parametrize(("code", "own"), [("28820", True), ("28825", True), ("28810", False)])
def test_a_card_tells_the_global_days_of_its_code(code: str, own: bool) -> None:
    told = [item.text for item in code_card(code).global_days]
    assert told[0].startswith("90 days")
    assert told[1:] == (["0 days, for this code."] if own else [])
    assert "Global period" in explanation(code, "text")
