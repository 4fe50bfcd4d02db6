"""What is deployed: the lock file, the bill of materials made of it, the container file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / ".deploy"
LOCK = (DEPLOY / "requirements.lock").read_text(encoding="utf-8")
README = (DEPLOY / "README.md").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", LOCK, re.MULTILINE))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def command(mark: str) -> list[str]:
    (found,) = re.findall(rf"<!-- {mark} -->\n```bash\n(.*?)```", README, re.DOTALL)
    return str(found).replace("\\\n", " ").split()


def test_the_lock_holds_what_the_project_asks_for() -> None:
    asked = list(PROJECT["dependencies"])
    words = command("lock")
    extras = [extra for before, extra in zip(words, words[1:], strict=False) if before == "--extra"]
    for extra in extras:
        asked += PROJECT["optional-dependencies"][extra]
    for requirement in map(Requirement, asked):
        version = LOCKED[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement}: make the lock anew"
    assert len(extras) == 6


def test_the_lock_keeps_what_runs_together_and_no_metadata_say() -> None:
    """Without the constraints the lock installs, and spaCy cannot be imported."""
    given = (DEPLOY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    asked = [Requirement(line) for line in given if not line.startswith("#")]
    assert asked
    for requirement in asked:
        locked = re.findall(rf"^{requirement.name}==(\S+) ; (.+?) \\$", LOCK, re.MULTILINE)
        mine = [version for version, marker in locked if marker == "python_full_version < '3.12'"]
        assert mine and requirement.specifier.contains(mine[0])


# What medspaCy's QuickUMLS asks for, and nothing here uses.
UNUSED = ("nltk", "unidecode", "pytest")
CHECKS = f"""
import sys
sys.modules.update(dict.fromkeys({UNUSED}))  # whoever imports one of them fails
from notecheck import check
import notecheck.serve.answers, notecheck.audit.run
assert check("Revision of left above-knee amputation. The femur was cut.").decision == "hold"
"""
LOADS = """
import sys
sys.modules["pytest"] = None
import notecheck
assert notecheck.load()("The femur was cut.").text
"""


def test_what_medspacy_drags_in_is_not_needed_for_a_check_and_no_test_runner_at_all() -> None:
    assert "pytest" not in LOCKED
    for program in (CHECKS, LOADS):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_everything_locked_is_held_by_a_hash() -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n", "", LOCK, flags=re.MULTILINE).strip())
    assert {entry.split("==")[0] for entry in entries} == set(LOCKED)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in LOCK  # from wherever the site gets its packages


def test_the_bill_of_materials_names_every_package(tmp_path: Path) -> None:
    made = tmp_path / "sbom.cdx.json"
    program, *words = command("sbom")
    tool = Path(sys.executable).parent / program
    subprocess.run([tool, *words[:-1], str(made)], cwd=ROOT, check=True, capture_output=True)
    bill = json.loads(made.read_text())
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "notecheck"
    assert {part["name"] for part in bill["components"]} == set(LOCKED)


def test_the_container_copies_what_is_there_and_installs_by_hash() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE)
    for path in " ".join(copied).split():
        assert (ROOT / path).exists(), path
    assert "\nUSER notecheck\n" in text


@pytest.mark.parametrize("name", ["Containerfile", "README.md", "../README.md"])
def test_pip_takes_the_lock_as_it_is(name: str) -> None:
    """By hash, and by itself: pip stops at a package that is asked for and left out."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    installs = re.findall(r"pip install [^`\n]*requirements\.lock", text)
    assert installs
    assert all("--require-hashes --no-deps" in install for install in installs)


def test_the_lock_lacks_nothing_that_its_packages_ask_for() -> None:
    """What pip is not asked to look for: of the packages that are installed here too."""
    given = (DEPLOY / "overrides.txt").read_text(encoding="utf-8").splitlines()
    left_out = {Requirement(line).name for line in given if not line.startswith("#")}
    looked = 0
    for name in LOCKED:
        try:
            asked = map(Requirement, metadata.requires(name) or ())
        except metadata.PackageNotFoundError:  # of another system or another Python
            continue
        looked += 1
        for requirement in asked:
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                assert canonicalize_name(requirement.name) in {*LOCKED, *left_out}, (
                    name,
                    requirement,
                )
    assert looked > 50
