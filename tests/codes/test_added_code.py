"""A code is added by a file in a site's folder, with no Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck import check
from notecheck.codes.files import known_codes
from notecheck.errors import InputError
from notecheck.rules.site import use_site_rules

RAY = """\
code = "28810"
name = "Amputation of a toe with its metatarsal"

[card.covers]
name = "covers"
text = "A toe taken off together with part of its metatarsal."
source = "our site's coding desk"
verified_on = 2026-11-01
confidence = "reported"

[[requirement]]
id = "metatarsal-cut"
kind = "joint-division"
weight = 2
settings = { level = "ray", part = "the metatarsal of the toe" }
messages = { missing = "No ray is told to be taken. Name the toe and its metatarsal." }

[[requirement]]
id = "indication"
weight = 2

[[requirement]]
id = "laterality-note"
weight = 1
"""
NOTE = """\
PREOPERATIVE DIAGNOSIS: Osteomyelitis of the left fifth metatarsal head.
OPERATION: Left fifth ray amputation.
DESCRIPTION: The fifth metatarsal was divided obliquely with a saw and the toe was removed with it.
The skin was closed with nylon.
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "rules"
    (folder / "codes").mkdir(parents=True)
    (folder / "codes" / "28810.toml").write_text(RAY, encoding="utf-8")
    monkeypatch.setenv("NOTECHECK_RULES", "")
    use_site_rules(str(folder))
    return folder


@pytest.mark.usefixtures("site")
def test_a_sites_code_is_checked() -> None:
    report = check(NOTE, code="28810")
    assert report.supported_code.value == report.code == "28810"
    assert {item.id: item.status for item in report.requirements} == {
        "metatarsal-cut": "met",
        "indication": "met",
        "laterality-note": "met",
    }
    assert (report.decision, report.score) == ("pass", 100.0)
    assert report.requirements[0].evidence


@pytest.mark.usefixtures("site")
def test_a_sites_code_says_its_own_words_and_joins_auto() -> None:
    assert check(NOTE, code="auto").code == "28810"
    thigh = check("OPERATION: Left above-knee amputation. The femur was sawn.", code="28810")
    assert thigh.decision == "hold"
    assert thigh.requirements[0].status == "missing"
    none_told = check("OPERATION: Debridement of the left foot wound.", code="28810")
    assert none_told.requirements[0].message.startswith("No ray is told")


def test_without_the_site_the_code_is_not_known() -> None:
    assert "28810" not in known_codes()
    with pytest.raises(InputError, match="28810"):
        check(NOTE, code="28810")
