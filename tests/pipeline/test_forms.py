"""Options of forms: what stands beside an empty box was not chosen."""

import pytest

from notecheck.pipeline.forms import denied_entries, not_chosen, questions


def words(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in not_chosen(text)]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (
            "level: [ ] supracondylar [x] mid thigh [ ] proximal third",
            ["supracondylar", "proximal third"],
        ),
        ("myodesis: [ ] yes [x] no", ["yes", "myodesis:"]),
        ("myodesis: [x] yes [ ] no", ["no"]),
        ("closure: \u2610 open \u2611 layered", ["open"]),
        ("myodesis [x]  myoplasty [ ]", ["myoplasty"]),
        ("OBSERVATION [x]  INPATIENT [ ]. Regular diet.", ["INPATIENT"]),
        ("Diet: [x] regular [ ] none. Up at will.", ["none"]),
        (
            "Pus [ ] yes [x] no. Open wound [x] yes [ ] no: at the stump",
            ["yes", "Pus", "no"],
        ),
        ("Stump open. Pus [ ] yes [x] no", ["yes", "Pus"]),
        ("Reason (choose): pus / exposed bone. Side: left", ["(choose): pus / exposed bone"]),
        ("Reason (choose): exposed bone", []),
        ("( ) vac (x) staples. the wound was closed", ["vac"]),
        ("[ ] osteomyelitis; the femur was divided", ["osteomyelitis"]),
        ("Side: ( ) Left (X) Right ( ) N/A", ["Left", "N/A"]),
        (
            'Closure: {CLOSURE:30:"primary","left open"}',
            ['Closure: {CLOSURE:30:"primary","left open"}'],
        ),
        ("[The tibia was cut with a saw.] N/A", ["[The tibia was cut with a saw.] N/A"]),
        ("[The tibia was cut with a saw.] Done.", []),
        ("[VAC] -> no. [Drain] -> yes.", ["[VAC] -> no"]),
        ("Skin nylon. Vac? No, dry dressing.", ["Vac?"]),
        ("Closed. Was a drain left? None.", ["Was a drain left?"]),
        ("Skin nylon. Vac? Yes, at 125 mmHg.", []),
        ("A graft was weighed? Noted as done.", []),
        ("Vac?\nNo complications.", []),
        ("The cut was at the junction? No: at the distal third.", []),
        ("Osteomyelitis: [ ] yes  [ ] no", ["Osteomyelitis:", "yes", "no"]),
        ("Side: [left / right] of the thigh", ["Side: [left / right]"]),
        (
            "Prior level: BKA / AKA / none (circle one).",
            ["Prior level: BKA / AKA / none (circle one)"],
        ),
        ("No tumor.\nPrior: BKA, AKA (select one)", ["Prior: BKA, AKA (select one)"]),
        ("[s/p AKA] and [left / *right*] and [w/ vac]", []),
        ("the wound [see below] was closed (left side)", []),
    ],
)
def test_what_was_not_chosen(text: str, left_out: list[str]) -> None:
    assert words(text) == left_out


def test_each_line_is_a_form_of_its_own() -> None:
    assert words("[ ] vac\nthe wound was closed\n[x] staples") == ["vac"]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Open wound: No. Pus: none, fever", ["Open wound:", "Pus:"]),
        ("Pus: no more than a drop. Side: left", []),
        ("Open wound: absent\nPus: yes", ["Open wound:"]),
    ],
)
def test_an_entry_may_be_answered_with_no(text: str, denied: list[str]) -> None:
    assert [text[start:end].strip() for start, end in denied_entries(text)] == denied


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Is the bone infected? It is not.", ["Is the bone infected?"]),
        ("Query: was the stump open? [ ] yes", ["was the stump open?"]),
        ("The stump is infected. ?osteomyelitis", []),
    ],
)
def test_a_question_is_found_whole(text: str, asked: list[str]) -> None:
    assert [text[start:end].strip() for start, end in questions(text)] == asked
