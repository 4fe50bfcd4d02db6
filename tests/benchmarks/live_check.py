"""The live check: how long from a key to the picture of what was found, by the browser's own clock.

    PYTHONPATH=tests python tests/benchmarks/live_check.py [NOTE.txt] [--keys 40]

Types at the end of the note, a key at a time, into a headless Chromium over a service that it
starts. Prints the median, the 95th percentile and the slowest in milliseconds. Quiet machine.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from serve.service import serving

_EXAMPLE = Path(__file__).parents[1] / "examples" / "revision.txt"
_TYPED = " The fascia was closed over the end of the bone with heavy suture."
_BETWEEN = 250  # milliseconds from an answer to the next key


def measured(note: str, keys: int) -> list[float]:
    """Milliseconds from each key to its picture."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "serve.toml"
        settings.write_text(f'queue = "{folder}/queue.sqlite"\n[workers]\ncount = 1\n')
        with (
            serving("--settings", str(settings), folder=Path(folder)) as running,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(running.url)
            page.fill("#text", note)
            page.locator("#result[data-answers]").wait_for()
            page.locator("#text").press("Control+End")
            for number in range(keys):
                page.wait_for_timeout(_BETWEEN)
                answers = page.get_attribute("#result", "data-answers")
                page.keyboard.type(_TYPED[number % len(_TYPED)])
                shown = page.locator(f"#result:not([data-answers='{answers}'])")
                times.append(float(shown.get_attribute("data-milliseconds") or "inf"))
            browser.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("note", type=Path, nargs="?", default=_EXAMPLE)
    parser.add_argument("--keys", type=int, default=40)
    given = parser.parse_args()
    note = given.note.read_text("utf-8")
    times = sorted(measured(note, given.keys))
    print(
        f"{len(note):,} characters, {len(times)} keys; ms from key to picture: "
        f"median {statistics.median(times):.0f}, 95 % within "
        f"{times[int(0.95 * (len(times) - 1))]:.0f}, slowest {times[-1]:.0f}"
    )


if __name__ == "__main__":
    main()
