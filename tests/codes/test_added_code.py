"""A code is added by a file in a site's folder, with no Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from notecheck import check
from notecheck.codes.files import known_codes
from notecheck.errors import InputError
from notecheck.rules.site import use_site_rules

DRAINAGE = """\
code = "27301"
name = "Deep drainage of the thigh"
supported_by = ["none"]

[card.covers]
name = "covers"
text = "A deep abscess of the thigh opened and drained, with the bone left alone."
source = "our site's coding desk"
verified_on = 2026-11-01
confidence = "reported"

[[requirement]]
id = "bone-untouched"
kind = "bone-left"
weight = 2
messages = { conflict = "Bone was cut. Ask the coding desk for the code." }

[[requirement]]
id = "laterality-note"
weight = 1
"""
NOTE = """\
PREOPERATIVE DIAGNOSIS: Deep abscess of the left thigh, above-knee amputation stump healed.
OPERATION: Incision and drainage of left thigh abscess.
DESCRIPTION: Pus was washed out of the left thigh. The femur was not exposed. The wound was packed.
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "rules"
    (folder / "codes").mkdir(parents=True)
    (folder / "codes" / "27301.toml").write_text(DRAINAGE, encoding="utf-8")
    monkeypatch.setenv("NOTECHECK_RULES", "")
    use_site_rules(str(folder))
    return folder


@pytest.mark.usefixtures("site")
def test_a_sites_code_is_checked() -> None:
    report = check(NOTE, code="27301")
    assert (report.code, report.supported_code.value) == ("27301", "none")
    assert {item.id: item.status for item in report.requirements} == {
        "bone-untouched": "met",
        "laterality-note": "met",
    }
    assert (report.decision, report.score) == ("pass", 100.0)
    assert [item.text for item in report.requirements[0].evidence] == ["femur was not exposed"]


@pytest.mark.usefixtures("site")
def test_a_sites_code_says_its_own_words() -> None:
    cut = check("OPERATION: Left above-knee amputation. The femur was sawn.", code="27301")
    assert cut.decision == "hold"
    assert cut.requirements[0].message.startswith("Bone was cut. Ask the coding desk")


@pytest.mark.usefixtures("site")
def test_a_sites_code_joins_auto_where_it_is_billed() -> None:
    documents = [{"doc_id": "op", "text": NOTE}]
    claim = {"lines": [{"code": "27301", "modifiers": ["LT"]}]}
    encounter = {"encounter_id": "A", "documents": documents, "claim": claim}
    assert check(encounter, code="auto").code == "27301"


def test_without_the_site_the_code_is_not_known() -> None:
    assert "27301" not in known_codes()
    with pytest.raises(InputError, match="27301"):
        check(NOTE, code="27301")
