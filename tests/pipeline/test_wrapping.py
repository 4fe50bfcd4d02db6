"""Line ends that only wrap a line are blanks; all others stay."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.pipeline.wrapping import lines_that_go_on, unwrapped

PARAGRAPH = (
    "The old incision was opened and the flaps were raised from the bone. The surgeon had read the "
    "report of the first operation, which told of a cut at the middle of the shaft, and the end of "
    "the bone was found covered by a thin scar only."
)


@pytest.mark.parametrize("width", [50, 72, 100])
def test_a_wrapped_paragraph_reads_as_a_whole_one(width: int) -> None:
    lines = textwrap.wrap(PARAGRAPH, width, break_on_hyphens=False)
    joined = unwrapped("\n".join(lines))
    kept = [i for i, c in enumerate(joined) if c == "\n"]
    assert len(joined) == len(PARAGRAPH)
    assert all(PARAGRAPH[i - 1] in ".:" for i in kept)


@pytest.mark.parametrize(
    "following", ["- second item of it", "2. closure", "ANESTHESIA: spinal", "Closure: by layers"]
)
def test_a_line_of_its_own_stays_one(following: str) -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    assert f"\n{following}" in unwrapped(f"{wrapped[:-1]} and more beside it\n{following}")


def test_a_sentence_that_ends_with_a_full_line_is_joined_to_the_next() -> None:
    lines = textwrap.wrap(PARAGRAPH, 65)
    lines[1] = f"{lines[1][:-1]}."
    assert "\n" not in unwrapped("\n".join(lines))


@pytest.mark.parametrize(
    "beside", ["One line that is no longer than what a machine may wrap " * 2, "w " * 99]
)
@pytest.mark.parametrize("above", [True, False])
def test_a_paragraph_beside_it_says_nothing_of_how_one_is_broken(beside: str, above: bool) -> None:
    lines = textwrap.fill(PARAGRAPH, 60)
    text = f"{beside}\n\n{lines}" if above else f"{lines}\n\n{beside}"
    assert unwrapped(text).count("\n") == 2


@pytest.mark.parametrize(
    ("opening", "elsewhere"),
    [("2. and", "1. first"), ("- and", "- first"), ("bone: the", "skin: closed")],
)
def test_what_opens_an_item_does_so_where_items_are_seen(opening: str, elsewhere: str) -> None:
    first, second, *others = textwrap.wrap(PARAGRAPH, 60)
    text = "\n".join([first, f"{opening} {second[len(opening) + 1 :]}", *others])
    assert f" {opening}" in unwrapped(text)
    assert f"\n{opening}" in unwrapped(f"{elsewhere}\n\n{text}")


def test_short_lines_are_not_joined() -> None:
    text = "AKA stump, right\nrevised\nfemur cut\nclosed"
    assert unwrapped(text) == text


@given(st.text(alphabet=st.sampled_from("ab .:\n-A1>"), max_size=400))
def test_only_line_ends_change_and_only_to_blanks(text: str) -> None:
    joined = unwrapped(text)
    assert len(joined) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, joined, strict=True))


def test_a_line_that_a_machine_would_have_filled_ends_where_it_does() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    line = "He takes no blood thinner at all, and has not done so for years."
    assert unwrapped(f"{wrapped}\n{line}\nNo drain.").endswith(f"\n{line}\nNo drain.")
    assert unwrapped(f"{wrapped}\n{line}\nThromboembolism none.").endswith(
        f"\n{line} Thromboembolism none."
    )


def test_what_is_left_of_a_line_that_was_broken_twice_is_joined_to_both_sides() -> None:
    lines = textwrap.wrap(PARAGRAPH, 70)
    twice = [part for line in lines[:-1] for part in textwrap.wrap(line, 60)]
    assert any(len(part) < 20 for part in twice)
    joined = unwrapped("\n".join([*twice, lines[-1]]))
    assert all(joined[i - 1] == "." for i, c in enumerate(joined) if c == "\n")


def test_such_a_rest_goes_on_with_a_capital_or_a_figure_too() -> None:
    told = (
        "He was brought in on the last day of the month before, which was November 14, 2025, with "
    )
    told += "an infection of the stump that had spread as high as the groin within two days. On "
    told += "November 17 the surgeon looked at it again and found that it was no worse at all."
    twice = [part for line in textwrap.wrap(told, 72) for part in textwrap.wrap(line, 60)]
    assert unwrapped("\n".join(twice)) == told


def test_a_line_with_an_open_bracket_goes_on() -> None:
    text = "Stump of left thigh (amputated in\n2022), admitted\nNo allergy"
    assert unwrapped(text) == "Stump of left thigh (amputated in 2022), admitted\nNo allergy"


def test_a_box_at_the_end_of_a_line_of_boxes_belongs_to_the_next_words() -> None:
    text = "Status: [x] Inpatient [ ] Outpatient [ ]\nObservation"
    assert unwrapped(text) == text.replace("\n", " ")
    behind = "Inpatient [x] Outpatient [ ]\nObservation [ ]"
    assert unwrapped(behind) == behind


def test_what_only_looks_like_a_label_of_its_own_goes_on() -> None:
    lines = textwrap.wrap(PARAGRAPH, 60)
    end = f"{lines[1][:-1]}."
    text = "\n".join([lines[0], end, "Antibiotics: cefazolin. " + lines[2][:30], *lines[3:]])
    assert " Antibiotics:" in unwrapped(text)
    fields = "\n".join([lines[0], end, "Drains: none", "Closure: by layers", *lines[2:]])
    assert "\nDrains:" in unwrapped(fields)


def test_a_field_in_a_column_ends_with_its_line() -> None:
    column = "Procedure:         Removal of a plate and revision of it"
    text = f"{column}\nMr. W broke his hip long ago.\n\n{textwrap.fill(PARAGRAPH, 60)}"
    assert f"{column}\n" in unwrapped(text)
    assert f"{column}\n" not in unwrapped(text.replace("  ", ""))


def test_lines_that_were_glued_to_others_say_nothing_of_the_width() -> None:
    lines = textwrap.wrap(PARAGRAPH, 60)
    glued = f"{lines[0][:-1]}.Procedure:He was put on the table and the leg was prepped"
    assert "\n" not in unwrapped("\n".join([glued, *lines[1:]]))


def test_round_boxes_go_on_too() -> None:
    text = "Class: (x) inpatient ( ) outpatient ( )\nobservation"
    assert unwrapped(text) == text.replace("\n", " ")


def test_a_line_that_others_were_glued_to_hides_no_wrapped_paragraph() -> None:
    glued = "It was rinsed.Procedure:" + "He was put on the table. " * 6
    text = f"{textwrap.fill(PARAGRAPH, 60)}\n{glued}"
    assert unwrapped(text).count("\n") == 1


def test_the_rest_of_a_line_of_small_letters_goes_on() -> None:
    lines = textwrap.wrap(PARAGRAPH.lower(), 72)
    twice = [part for line in lines for part in textwrap.wrap(line, 60)]
    rests = {at for at, part in enumerate(twice) if len(part) < 30 and not part.endswith(".")}
    assert rests
    assert rests <= lines_that_go_on(twice)
    assert not lines_that_go_on(["drain: none", "skin: closed", "no loss"])


def test_rests_of_lines_show_as_well_that_a_short_text_is_wrapped() -> None:
    lines = [
        "It was done on the last day of May by my partner here.",
        "Incision",
        "now open and wet; a scan shows fluid as far as the femur",
        "tip.",
        "Admit.",
    ]
    assert unwrapped("\n".join(lines)).startswith(" ".join(lines[:3]))


def test_a_text_broken_twice_has_the_lines_of_its_first_break_again() -> None:
    whole = "Sponges and needles were counted twice and found whole at the end of it all now."
    first = textwrap.wrap(PARAGRAPH, 80) + [
        whole,
        "Position: supine. The rest of it is told below.",
    ]
    twice = [part for line in first for part in textwrap.wrap(line, 70)]
    assert unwrapped("\n".join(twice)) == unwrapped("\n".join(first))


def test_among_lines_filled_to_the_brim_one_with_room_ends_where_it_does() -> None:
    lines = textwrap.wrap(PARAGRAPH.lower().replace(".", " and") * 3, 72)
    hand = "the fascia was closed with thread that is taken up later on"
    assert lines_that_go_on([*lines, hand, "the skin was stapled"]).isdisjoint({len(lines)})
    assert len(lines_that_go_on([*lines, hand, "the skin was stapled"])) >= len(lines) - 1


def test_a_short_field_is_no_rest_of_the_line_above() -> None:
    fields = [
        "Surgeons: N. Farrow MD, attending, and L. Osten MD, of the fourth year",
        "Procedures:",
        "1. Revision of the right stump, with the excision of an ulcer that lay",
        "over it",
        "Diagnosis: Infected bone at the end of the right stump; a pressure sore of",
        "the left",
    ]
    whole = "\n".join(fields)
    told = textwrap.fill("Indications: " + PARAGRAPH, 72)
    assert f"\n{fields[1]}\n" in unwrapped(f"{whole}\n\n{told}")
