"""The page in a real browser: what it makes of the markup and of the policy."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from notecheck.report.html import render_html

from .cases import held, passing
from .test_html import Page

_BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.mark.skipif(
    _BROWSER is None and not os.environ.get("CI"), reason="no chromium on this machine"
)
def test_the_browser_accepts_style_and_anchors(tmp_path: Path) -> None:
    assert _BROWSER is not None, "CI has to install chromium"
    file = tmp_path / "page.html"
    file.write_text(render_html([passing(), held()]), encoding="utf-8", newline="")
    done = subprocess.run(
        [
            _BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}",
            "--enable-logging=stderr", "--dump-dom", file.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "Content Security Policy" not in done.stderr
    page = Page(done.stdout)
    ids = page.values("id")
    links = page.values("href")
    assert len(ids) == len(set(ids))
    assert len(links) > 20
    assert {link[1:] for link in links} <= set(ids)
    assert page.notes == [
        document.text.replace("\r\n", "\n").replace("\x1b", "\u241b")
        for encounter, _ in (passing(), held())
        for document in encounter.documents
    ]
