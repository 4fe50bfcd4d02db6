"""Every error message has a code, and every code a page that says what cures it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import notecheck.commands.app  # noqa: F401 - with all that it can raise
import notecheck.log.failure
import notecheck.serve.mllp.database
import notecheck.serve.mllp.listener
import notecheck.workbench.queue
import notecheck.workbench.store  # noqa: F401
from notecheck.audit.reasons import CODES
from notecheck.commands.ask_service import _CODE as ASKED
from notecheck.errors import FAULT, NotecheckError
from notecheck.explain.error_codes import error_codes

ROOT = Path(__file__).resolve().parents[2]


def kinds(base: type[NotecheckError]) -> Iterator[type[NotecheckError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *words],
        cwd=ROOT, capture_output=True, text=True, check=False, input=given,
    )  # fmt: skip


def test_every_code_that_is_raised_has_a_page_and_no_other() -> None:
    raised = {kind.code for kind in kinds(NotecheckError)}
    assert set(error_codes()) == raised | {FAULT, ASKED, *CODES.values()}


def test_no_two_kinds_of_error_share_a_code() -> None:
    codes = [kind.code for kind in kinds(NotecheckError)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("words", "given", "code"),
    [
        (["scan", "no-such-file.txt"], "", "NC102"),
        (["hook"], "{", "NC111"),
        (["hook"], '{"encounter_id": "E"}', "NC112"),
        (["scan", "-"], "  \n", "NC113"),
        (["scan", "-"], "MRN,NAME,NOTE\n1,A,x\n2,B,y\n3,C,z\n", "NC110"),
        (["scan", "-"], "%PDF-1.4 damaged", "NC115"),
        (["explain", "99999"], "", "NC104"),
        (["query"], "", "NC101"),
        (["rules", "why", "--rules", "no-such-folder", "-"], "x", "NC200"),
        (["hook", "--service", "nonsense"], "{}", "NC150"),
    ],
)
def test_a_message_ends_with_its_code(words: list[str], given: str, code: str) -> None:
    done = run(*words, given=given)
    assert done.returncode == 2
    assert done.stderr.endswith(f"[{code}]\n")


def test_a_code_is_explained_in_any_letters() -> None:
    page = run("explain", "nc320")
    assert page.returncode == 0
    assert "same id" in page.stdout and "What cures it" in page.stdout
    record = json.loads(run("explain", "NC320", "--format", "json").stdout)
    assert record["code"] == "NC320" and record["cures"]
