"""How much of the word lists and frames is held by cases: what can go without a case noticing?

    python tests/benchmarks/needed_by_cases.py [--sample 60] [--seed 27596]

Words of lists, phrases of frames and the other parts of frames are drawn by chance. In a copy of
the package each is taken away alone, and the cases of its own frame, or of every frame that names
its list, are run by `notecheck rules test`; those that hold its list are run with the word itself.
It is needed when a case fails then, or the rules are refused. What no case needs is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from notecheck.rules.case_lists import held_list
from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules
from notecheck.statements.case_sentences import case_sentences

ROOT = Path(__file__).resolve().parents[2]
# Keys of a frame that are no part of what it reads.
NO_PARTS = {"id", "fact", "value", "cases", "source", "weak", "phrases", "tells", "each", "details"}
FOLDER = read_rules(patterns_root()).folder
NEEDED = (1, 2)  # exit statuses of `rules test`: a case fails, or the rules are refused


@dataclass(frozen=True)
class Part:
    """Something that can be taken away: of which kind, file and record, and its lines there."""

    kind: str
    file: str
    record: str
    text: str


def blocks(file: Path) -> Iterator[str]:
    """The texts of the records of a file of rules."""
    yield from re.split(r"(?m)^(?=\[\[)", file.read_text(encoding="utf-8"))[1:]


def entries(key: str, block: str) -> Iterator[str]:
    """The strings of a list in a record's text, as they are written there."""
    if found := re.search(rf"(?ms)^{key} = \[(.*?)\]$", block):
        yield from re.findall(r'"""(?:.*?)"""|"(?:[^"\\]|\\.)*"', found[1], re.S)


def parts() -> Iterator[Part]:
    for file in sorted((ROOT / "patterns" / "terms").glob("*.toml")):
        for block in blocks(file):
            table = tomllib.loads(block).get("term", [{}])[0]
            for entry in entries("words", block) if len(table.get("words", ())) > 1 else ():
                yield Part("word", f"terms/{file.name}", table["id"], entry)
    for file in sorted((ROOT / "patterns" / "frames").glob("*.toml")):
        for block in blocks(file):
            table = tomllib.loads(block).get("frame", [{}])[0]
            for entry in entries("phrases", block):
                yield Part("phrase", f"frames/{file.name}", table["id"], entry)
            for key in sorted(table.keys() - NO_PARTS):
                yield Part("part", f"frames/{file.name}", table["id"], key)


def without(part: Part, block: str) -> str:
    """A record's text when the part is taken away."""
    if part.kind == "part":
        return re.sub(rf"(?ms)^{part.text} = (\[.*?\]|.*?)$\n", "", block, count=1)
    return re.sub(rf"\n?\s*{re.escape(part.text)},?", "", block, count=1)


def frames_naming(lists: set[str]) -> list[str]:
    """The ids of the frames that name one of these lists, or a list that holds one of them."""
    tables = {f.name: list(blocks(f)) for f in (ROOT / "patterns" / "terms").glob("*.toml")}
    grown = True
    while grown:
        grown = False
        for block in (b for found in tables.values() for b in found):
            name = tomllib.loads(block).get("term", [{}])[0].get("id", "")
            held = set(re.findall(r"\{(\w+)\}", block))
            if name and name not in lists and held & lists:
                lists.add(name)
                grown = True
    frames = [b for f in (ROOT / "patterns" / "frames").glob("*.toml") for b in blocks(f)]
    named = [b for b in frames if set(re.findall(r"[\w]+", b.split("\ncases = ")[0])) & lists]
    return [tomllib.loads(block)["frame"][0]["id"] for block in named]


def said_with(part: Part) -> Iterator[tuple[str, str, str]]:
    """The frames whose cases hold the list of a word: the id, a case's text, and it with the word.

    Without the word in its list they would not be tried with it any more.
    """
    word = tomllib.loads(f"word = {part.text}")["word"]
    for frame in FOLDER.frames.values():
        for case in frame.record.cases:
            held = held_list(case.text)
            if held is not None and held.name == part.record:
                said = (s.text for s in case_sentences(case, FOLDER) if s.word == word)
                yield from ((frame.record.id, case.text, text) for text in islice(said, 1))


def is_needed(part: Part, copy: Path) -> bool:
    """Whether a case fails in this copy of the project when the part is taken away."""
    file = copy / "patterns" / part.file
    kept = {f: f.read_text(encoding="utf-8") for f in (copy / "patterns/frames").glob("*.toml")}
    kept[file] = file.read_text(encoding="utf-8")
    block = next(b for b in blocks(file) if f'\nid = "{part.record}"' in b)
    file.write_text(kept[file].replace(block, without(part, block)), encoding="utf-8")
    ids = frames_naming({part.record}) if part.kind == "word" else [part.record]
    for frame, text, said in said_with(part) if part.kind == "word" else ():
        ids.append(frame)
        for path in kept.keys() - {file}:
            frames = path.read_text(encoding="utf-8")
            path.write_text(frames.replace(json.dumps(text), json.dumps(said)), encoding="utf-8")
    command = [sys.executable, "-W", "ignore", "-m", "notecheck", "rules", "test", *ids]
    own = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=own, capture_output=True, text=True, check=False)
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")
    return bool(ids) and done.returncode in NEEDED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=60, help="of each kind")
    parser.add_argument("--seed", type=int, default=27596)
    asked = parser.parse_args()
    known = list(parts())
    chance = random.Random(asked.seed)
    needed: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("notecheck", "patterns"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        for kind in ("word", "phrase", "part"):
            of_kind = [part for part in known if part.kind == kind]
            drawn = chance.sample(of_kind, min(asked.sample, len(of_kind)))
            for part in drawn:
                found = is_needed(part, Path(folder))
                needed[kind] += found
                if not found:
                    print(f"  no case needs {part.record}: {json.dumps(part.text)[:80]}")
            print(f"{kind}: {needed[kind]} of {len(drawn)} drawn of {len(of_kind):,} are needed")


if __name__ == "__main__":
    main()
