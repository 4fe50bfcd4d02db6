"""The page of an audit: its figures are those of the tables, and it needs nothing but itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pytest

from notecheck.audit.assemble import assemble
from notecheck.audit.checking import check_groups
from notecheck.audit.manner import Manner
from notecheck.audit.reading import Group, Item
from notecheck.audit.schema import OUTCOMES
from notecheck.audit.summary import write_summary
from notecheck.errors import InputError
from notecheck.models import Encounter

from .cases import KNEE, SCAR, THIGH, claim, encounter

_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
MANNER = Manner(60, "27596")
HOSTILE = "<script>alert(1)</script>"


class Page(HTMLParser):
    """The ids, links and text of a page, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        told = dict(attributes)
        self.ids += filter(None, [told.get("id")])
        self.links += filter(None, [told.get("href"), told.get("src")])

    def handle_data(self, data: str) -> None:
        self.text += f" {data.strip()}"


def written(folder: Path, items: list[Item], manner: Manner = MANNER) -> str:
    """The page over the reports of `items`."""
    folder.mkdir(exist_ok=True)
    rows = list(check_groups([Group("charts.jsonl", items)], manner))
    batch = pa.RecordBatch.from_pylist(rows, OUTCOMES)
    assemble(lambda names: [batch.select(names)], folder)
    write_summary(folder, "27596")
    return (folder / "summary.html").read_text(encoding="utf-8")


def item(number: int, text: str, **more: object) -> Item:
    given = encounter(f"E{number:03}", text, **more)
    return Item(f"charts.jsonl:{number}", Encounter.model_validate(given))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    items = [item(number, KNEE.format(number)) for number in range(5)]
    for number in range(5, 25):
        meta = {"surgeon": HOSTILE if number % 2 else "Dr. Ode", "facility": "North"}
        items.append(item(number, SCAR, claim=claim("27596"), meta=meta))
    facility = claim("27596", form="institutional", type_of_bill="0131")
    items.append(item(30, SCAR, claim=facility))
    items.append(item(31, SCAR, claim=facility | {"type_of_bill": "111"}))
    items.append(item(32, THIGH, claim=claim("27594")))
    items.append(item(33, THIGH))
    items.append(Item("charts.jsonl:99", InputError("the note is empty")))
    (folder / "page.txt").write_text(written(folder, items))
    return folder


def test_the_figures_are_those_of_the_tables(folder: Path) -> None:
    page = Page((folder / "page.txt").read_text())
    text = re.sub(r"\s+", " ", page.text)
    assert "29 encounters read, 24 of them concern 27596" in text
    assert "24 22 bill it" in text
    held = 20 * 660 + 3342.87
    assert f"${held:,.0f} an estimate" in text
    assert "surgeon, national physician fee $660.00 $13,200.00 $0.00 $0.00" in text
    assert "1 claim fits no rate" in text
    assert "Billed 27596, note supports another code" in text
    assert "8 of 22, drawn at random" in text
    assert "27594 1" in text and "no claim 1" in text
    assert "By month of service" in text and "2026-03" in text
    assert "By surgeon" in text and "By facility" in text and "By payer" in text
    assert "unreadable 1" in text and "charts.jsonl:99 NC310 the note is empty" in text


def test_the_page_stands_alone_and_its_links_lead_somewhere(folder: Path) -> None:
    source = (folder / "page.txt").read_text()
    page = Page(source)
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert len(page.links) > 20
    assert "script" not in page.tags and HOSTILE in page.text
    assert not re.search(r"https?://|@import|url\(", source)
    assert source.count("<table") == source.count("<caption")  # for whoever hears it


def test_charts_that_are_not_concerned_are_in_no_figure(tmp_path: Path) -> None:
    """They have no requirements, and "none" is the code of them and what they support."""
    items = [item(number, KNEE.format(number)) for number in (1, 3)]
    items += [item(number, SCAR, claim=claim("27596")) for number in (2, 4)]
    text = re.sub(r"\s+", " ", Page(written(tmp_path, items, Manner(60, "auto"))).text)
    assert "4 encounters read, 2 of them concern" in text
    assert re.search(r"revision-necessity 2 0 2 0 0\b", text)  # of both that follow one
    assert "Not concerned" not in text


def test_an_audit_of_nothing_has_a_page(tmp_path: Path) -> None:
    page = Page(written(tmp_path, []))
    assert "0 encounters read, 0 of them concern 27596" in page.text
    assert "No encounter concerns the code." in page.text


def test_what_does_not_fit_comes_first_and_who_it_is_about(folder: Path) -> None:
    page = Page((folder / "page.txt").read_text())
    order = ["findings", "requirements", "heat", "worklist", "decisions", "money", "trend"]
    assert [name for name in page.ids if name in order] == order
    assert {f"#{name}" for name in order} <= set(page.links)  # the contents
    text = re.sub(r"\s+", " ", page.text)
    assert "Findings on claims" in text and "code-upcoded" in text
    held = text[text.index("Encounters with the verdict") :]
    assert held.index("$3,342.87") < held.index("$660.00")  # the most money first


def test_a_page_of_many_charts_is_small_and_the_rest_lies_beside_it(tmp_path: Path) -> None:
    rows = list(check_groups([Group("a.jsonl", [item(0, SCAR, claim=claim("27596"))])], MANNER))
    many = [
        row | {"encounter_id": f"E{n:05}", "source": f"a.jsonl:{n}", "surgeon": f"Dr. {n % 40}"}
        for n in range(10_000)
        for row in rows
    ]
    batch = pa.RecordBatch.from_pylist(many, OUTCOMES)
    assemble(lambda names: [batch.select(names)], tmp_path)
    write_summary(tmp_path, "27596")
    page = tmp_path / "summary.html"
    assert page.stat().st_size < 5_000_000
    found = Page(page.read_text(encoding="utf-8"))
    beside = [link for link in found.links if not link.startswith("#")]
    assert len(beside) > 900 and all((tmp_path / link).is_file() for link in beside)
    one = Page((tmp_path / beside[0]).read_text(encoding="utf-8"))
    assert "code-upcoded" in one.text and "../summary.html#worklist" in one.links


@pytest.mark.skipif(
    _BROWSER is None and not os.environ.get("CI"), reason="no chromium on this machine"
)
def test_the_filters_work_without_a_script_and_360_pixels_are_enough(folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    shown = "rows => rows.filter(row => row.offsetParent !== null).length"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_BROWSER)
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto((folder / "summary.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        captions = page.eval_on_selector_all("caption", "all => all.map(one => one.offsetWidth)")
        assert max(captions) <= 360  # read whole, also where a wide table is scrolled
        before = page.eval_on_selector_all(".worklist tbody tr", shown)
        page.select_option("#filter-surgeon", label="Dr. Ode")
        after = page.eval_on_selector_all(".worklist tbody tr", shown)
        browser.close()
    assert (before, after) == (23, 10)


@pytest.mark.skipif(
    _BROWSER is None and not os.environ.get("CI"), reason="no chromium on this machine"
)
def test_the_browser_accepts_the_style_and_loads_nothing(folder: Path, tmp_path: Path) -> None:
    assert _BROWSER is not None, "CI has to install chromium"
    done = subprocess.run(
        [
            _BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}",
            "--enable-logging=stderr", "--dump-dom", (folder / "summary.html").as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "Content Security Policy" not in done.stderr
    assert Page(done.stdout).ids == Page((folder / "page.txt").read_text()).ids
