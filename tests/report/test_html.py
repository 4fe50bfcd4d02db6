"""The report as a web page, read as a parser reads it."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.checker import check
from notecheck.models import Document, Encounter, Facts, SupportedCode
from notecheck.report.html import render_html
from notecheck.report.safe import page_text

from .cases import Case, cases, held, passing

_VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """What these tests ask of a page; fails on tags that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.notes: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in _VOID:
            return
        self.open.append((tag, dict(attrs)))
        if dict(attrs).get("class") == "note":
            self.notes.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(attributes.get("class") == "note" for _, attributes in self.open):
            self.notes[-1] += data
            for tag, attributes in self.open:
                if tag == "mark":
                    self.marks.append((str(attributes["class"]), data))

    def values(self, attribute: str) -> list[str]:
        return [str(found[attribute]) for _, found in self.tags if attribute in found]


@given(cases())
def test_notes_are_whole_and_marks_change_no_character(case: Case) -> None:
    page = Page(render_html([case]))
    assert page.notes == [page_text(item.text) for item in case[0].documents if item.text]


@given(cases())
def test_no_control_character_is_on_the_page(case: Case) -> None:
    page = render_html([case])
    assert {c for c in page if unicodedata.category(c) == "Cc"} <= set("\t\r\n")


@given(st.lists(cases(), max_size=3))
def test_every_link_leads_somewhere_and_every_id_is_used_once(pairs: list[Case]) -> None:
    page = Page(render_html(pairs))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert all(link.startswith("#") and link[1:] in ids for link in page.values("href"))
    assert set(page.values("aria-labelledby")) <= set(ids)


@given(cases())
def test_words_and_findings_are_linked_both_ways(case: Case) -> None:
    page = Page(render_html([case]))
    links = page.values("href")
    report = case[1]
    numbers = {document.doc_id: number for number, document in enumerate(case[0].documents)}
    for kind, findings in (
        ("r", [item.evidence for item in report.requirements]),
        ("n", [item.evidence for item in report.excluded]),
    ):
        for number, evidence in enumerate(findings, start=1):
            spans = {(numbers[item.doc_id], item.start, item.end) for item in evidence}
            assert links.count(f"#e1-{kind}{number}") == len(spans)
            for document, start, end in spans:
                assert f"#e1-d{document}-{start}-{end}" in links


def test_nested_evidence_is_marked_in_pieces() -> None:
    page = Page(render_html([held()]))
    assert [(kind.partition(" ")[0], words) for kind, words in page.marks] == [
        ("counted", "The "),
        ("counted", "stump"),
        ("counted", " was opened"),
        ("counted", "The old scar\r\n"),
        ("counted", "was\u241b[31m excised"),
        ("excluded", "A skin graft if needed"),
    ]
    assert "N1 hypothetical" in page.values("data-badge")


def test_the_words_have_the_colour_of_their_requirement() -> None:
    source = render_html([held()])
    page = Page(source)
    hues = {kind.partition(" ")[2] for kind, _ in page.marks if kind.startswith("counted ")}
    assert hues and all(f'class="label {hue}"' in source for hue in hues)
    assert all(f".{hue} {{" in source for hue in hues)


def test_note_text_is_never_markup() -> None:
    attack = "</div><script>alert(1)</script><img src=x onerror=alert(1)>&lt;\"'"
    encounter = Encounter(encounter_id=attack, documents=(Document(doc_id=attack, text=attack),))
    report = held()[1].model_copy(
        update={
            "encounter_id": attack,
            "supported_code": SupportedCode(value="none"),
            "facts": Facts(),
            "requirements": (),
            "excluded": (),
        }
    )
    for pairs in ([(encounter, report)], [(encounter, report)] * 2):
        page = Page(render_html(pairs))
        assert page.notes == [attack] * len(pairs)
        assert not {"script", "img"} & {tag for tag, _ in page.tags}


def test_the_policy_allows_only_the_pages_own_style() -> None:
    text = render_html([passing()])
    styles = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    policy = next(
        found["content"]
        for _, found in Page(text).tags
        if found.get("http-equiv") == "Content-Security-Policy"
    )
    assert len(styles) == 1
    assert f"default-src 'none'; style-src 'sha256-{digest}';" in str(policy)
    assert not re.search(r"https?:|url\(|@import| style=| src=", text)


def test_only_many_encounters_get_an_index() -> None:
    assert "<nav" not in render_html([passing()])
    page = render_html([passing(), held()])
    assert "<caption>1 stop, 0 review, 1 release</caption>" in page
    assert page.index('href="#e1">P-1') < page.index('href="#e2">H-1') < page.index('id="e1"')
    assert "the note supports 27594, not 27596; conflict: laterality-note" in page


def test_headings_are_in_order_and_tables_are_told() -> None:
    page = Page(render_html([passing(), held()]))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    names = [tag for tag, _ in page.tags]
    assert names.count("caption") == names.count("table")
    assert all("scope" in found for tag, found in page.tags if tag == "th")


def test_a_status_is_told_in_words() -> None:
    page = render_html([held()])
    for word in ("hold", "partial", "missing", "conflict", "not applicable"):
        assert f"</span> {word}</span>" in page


def test_a_report_of_another_encounter_is_refused() -> None:
    with pytest.raises(ValueError, match="is not in the encounter"):
        render_html([(passing()[0], held()[1])])


def test_a_note_that_is_not_concerned_is_said_to_be_so() -> None:
    note = "OPERATION: Left knee arthroscopy. The meniscus was trimmed."
    document = Document(doc_id="op", type="operative_note", text=note)
    encounter = Encounter(encounter_id="K", documents=(document,))
    page = render_html([(encounter, check(encounter)), held()])
    assert page.count("not concerned, no operation of the amputation family") == 2  # index, note
    assert "no score" in page and "0.0 of 100" not in page
    assert "every requirement that could be assessed is met" not in page
