"""Without the extra `formats` everything else works, and a format names the extra it needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from .documents.files import LINES, ccda, pdf, section, word
from .hl7.messages import mdm
from .x12.interchanges import SURGEON, interchange

LIBRARIES = "defusedxml docx hl7 lxml pypdfium2 pyx12".split()
# For Python a module that is None is not there.
RUN = f"""
import sys
sys.modules.update(dict.fromkeys({LIBRARIES!r}))
from notecheck.commands.app import main
main()
"""


def notecheck(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf(*LINES), "a PDF document"),
        (word(*LINES), "a Word document"),
        (b"<html><p>x", "an HTML document"),
        (ccda(section("A", "x")), "a C-CDA document"),
        (mdm("T02", "x").encode(), "an HL7 v2 message"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_missing_extra_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "note"
    path.write_bytes(data)
    done = notecheck("scan", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"notecheck: {path}: {what} needs the extra `formats`: "
        "install it with pip install 'notecheck[formats]' [NC103]\n"
    )


def test_claims_name_the_missing_extra_and_notes_are_read(tmp_path: Path) -> None:
    note, claims = tmp_path / "A100.txt", tmp_path / "c.837"
    note.write_text("\n".join(LINES))
    claims.write_text(interchange(SURGEON))
    done = notecheck("scan", "--claims", str(claims), str(note))
    assert done.returncode == 2
    assert "an X12 file needs the extra `formats`" in done.stderr
    done = notecheck("scan", "--exit-zero", "--format", "jsonl", str(note))
    assert (done.returncode, done.stderr) == (0, "")


def test_the_extra_leaves_spacy_and_numpy_as_they_are() -> None:
    code = f"import {', '.join(LIBRARIES)}, numpy, spacy, medspacy, docx.oxml, lxml.html\n"
    code += "assert numpy.__version__.startswith('1.26'), numpy.__version__"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
