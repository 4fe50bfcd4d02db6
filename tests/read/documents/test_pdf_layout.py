"""A page is read in the order in which a reader reads it, however its program drew it."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterable, Sequence

import pytest
from fpdf import FPDF

from notecheck.read.documents.extract import document_text

ENTRIES = {
    "PREOPERATIVE DIAGNOSIS": "Infected stump of the left thigh with bone exposed at its end.",
    "PROCEDURE": "Revision of the left above-knee amputation with division of the femur.",
    "ANESTHESIA": "General.",
    "INDICATIONS": "The patient had a left above-knee amputation in March 2023. The stump has "
    "been draining for two months, and the soft tissue alone could not be closed over the bone.",
    "DESCRIPTION": "The stump was prepped and draped. The femur was divided with a saw at "
    "mid-shaft, 16 cm below the greater trochanter. The adductor magnus was sutured to the femur "
    "through drill holes. The fascia and the skin were closed, and a dressing was put on.",
}
NOTE = " ".join(f"{name}: {told}" for name, told in ENTRIES.items())
STEP = 13
Drawn = tuple[float, float, str]


def page(*drawn: Iterable[Drawn]) -> bytes:
    """A page on which the words are drawn at their places, one after the other."""
    made = FPDF(unit="pt", format="letter")
    made.set_auto_page_break(False)
    made.set_font("helvetica", size=9)
    made.add_page()
    for part in drawn:
        for x, y, words in part:
            made.text(x, y, words)
    return bytes(made.output())


def read(data: bytes) -> str:
    return " ".join(document_text(data).text.replace("-\n", "-").split())


def columns(count: int, width: int, note: str = NOTE, apart: float = 0) -> list[list[Drawn]]:
    """The lines of the note in columns; each column may stand `apart` lower than the one before."""
    lines = textwrap.wrap(note, width)
    high = -(-len(lines) // count)
    return [
        [
            (40 + at * 540 / count, 90 + apart * at + STEP * n, line)
            for n, line in enumerate(lines[at * high : (at + 1) * high])
        ]
        for at in range(count)
    ]


def rows(drawn: Sequence[Sequence[Drawn]]) -> list[Drawn]:
    return [side[n] for n in range(len(drawn[0])) for side in drawn if n < len(side)]


def fields(width: int = 60) -> tuple[list[Drawn], list[list[Drawn]]]:
    """The names of the entries, and what stands beside each."""
    names: list[Drawn] = []
    told: list[list[Drawn]] = []
    y = 60.0
    for name, words in ENTRIES.items():
        lines = textwrap.wrap(words, width)
        names.append((40, y, f"{name}:"))
        told.append([(200, y + STEP * n, line) for n, line in enumerate(lines)])
        y += STEP * len(lines) + 6
    return names, told


@pytest.mark.parametrize(
    ("count", "width", "apart"),
    [(2, 42, 0), (2, 42, 4), (3, 30, 0)],
    ids="two uneven three".split(),
)
@pytest.mark.parametrize("note", [NOTE, NOTE.upper()], ids=["small", "capitals"])
def test_columns_drawn_line_by_line(count: int, width: int, apart: float, note: str) -> None:
    width = width if note == NOTE else width - 5
    assert read(page(rows(columns(count, width, note, apart)))) == note


def test_columns_under_a_header_and_above_a_footer() -> None:
    drawn = columns(2, 42)
    header = [(40.0, 40.0, "Name: JAN DOE"), (310.0, 40.0, "Number: 12345")]
    title = [(200.0, 66.0, "REPORT OF AN OPERATION ON A STUMP OF THE THIGH")]
    footer = [(40.0, 700.0, "Page 1 of 1"), (310.0, 700.0, "Not for release")]
    assert read(page(rows(drawn), footer, header, title)) == (
        "Name: JAN DOE Number: 12345 REPORT OF AN OPERATION ON A STUMP OF THE THIGH "
        f"{NOTE} Page 1 of 1 Not for release"
    )


def test_columns_with_headings_on_lines_of_their_own() -> None:
    lines = [
        line for name, told in ENTRIES.items() for line in (name, *textwrap.wrap(told, 44), "")
    ]
    high = -(-len(lines) // 2)
    drawn = [
        (40.0 + 270 * (n >= high), 60.0 + STEP * (n % high), line) for n, line in enumerate(lines)
    ]
    by_rows = sorted(drawn, key=lambda one: (one[1], one[0]))
    assert read(page(by_rows)) == " ".join(f"{name} {told}" for name, told in ENTRIES.items())


def test_names_of_a_form_drawn_before_what_was_filled_in() -> None:
    names, told = fields()
    assert read(page(names, *told)) == NOTE
    assert read(page(*told, names)) == NOTE


@pytest.mark.parametrize("seed", range(3))
def test_words_drawn_in_any_order(seed: int) -> None:
    made = FPDF(unit="pt")
    made.set_font("helvetica", size=9)
    drawn: list[Drawn] = []
    for n, line in enumerate(textwrap.wrap(NOTE, 95)):
        x = 40.0
        for word in line.split():
            drawn.append((x, 60.0 + STEP * n, word))
            x += made.get_string_width(f"{word} ")
    random.Random(seed).shuffle(drawn)
    assert read(page(drawn)) == NOTE


def test_a_page_drawn_from_its_end() -> None:
    lines = [(40.0, 60.0 + STEP * n, line) for n, line in enumerate(textwrap.wrap(NOTE, 95))]
    assert read(page(reversed(lines))) == NOTE


def test_what_is_drawn_as_it_is_read_stays() -> None:
    names, told = fields()
    pairs = [one for name, lines in zip(names, told, strict=True) for one in (name, *lines)]
    assert read(page(pairs)) == NOTE
    assert read(page(*columns(2, 42))) == NOTE


def test_cells_stay_together_where_both_go_on() -> None:
    cells = (
        ("The muscle at the end of the bone was dead.", "It was cut away as far as it bled again."),
        ("Pus came from the canal of the femur.", "The bone was cut higher, where it was sound."),
        ("The skin could not be closed over it.", "It was left open and a sponge was put in."),
    )
    drawn: list[Drawn] = []
    y = 60.0
    for row in cells:
        for at, cell in enumerate(row):
            drawn += [
                (40.0 + 200 * at, y + STEP * n, line)
                for n, line in enumerate(textwrap.wrap(cell, 24))
            ]
        y += STEP * 3
    assert read(page(drawn)) == " ".join(cell for row in cells for cell in row)


def test_pairs_in_a_row_stay_in_their_row() -> None:
    pairs = [("Surgeon:", "A. Doe"), ("Assistant:", "B. Roe"), ("Limb:", "Left"), ("Class:", "In")]
    drawn = [
        (40.0 + 150 * at, 60.0 + STEP * n, words)
        for n in range(5)
        for at, words in enumerate((*pairs[n % 4], *pairs[(n + 1) % 4]))
    ]
    assert read(page(drawn)).startswith("Surgeon: A. Doe Assistant: B. Roe Assistant: B. Roe Limb:")


def test_a_mark_across_the_page_stands_behind_its_columns() -> None:
    made = FPDF(unit="pt", format="letter")
    made.add_page()
    made.set_font("helvetica", size=60)
    with made.rotation(45, 300, 400):
        made.text(150, 400, "A COPY")
    made.set_font("helvetica", size=9)
    for x, y, words in rows(columns(2, 42)):
        made.text(x, y, words)
    assert read(bytes(made.output())) == f"{NOTE} A COPY"


def test_what_was_drawn_twice_for_bold_letters_stands_once() -> None:
    lines = textwrap.wrap(NOTE, 95)
    drawn: list[Drawn] = []
    for n, line in enumerate(lines):
        drawn += [(40.0, 60.0 + STEP * n, line), (40.4, 60.0 + STEP * n, line[:20])]
    assert read(page(drawn)) == NOTE


def test_what_lies_beyond_the_sheet_is_not_seen() -> None:
    beyond = [(40.0, 2_000.0, "A cut was made."), (900.0, 60.0, "It bled.")]
    assert read(page([(40.0, 60.0, "Left stump.")], beyond)) == "Left stump."
