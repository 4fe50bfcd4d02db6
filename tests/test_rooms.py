"""A room imports only rooms before it, in the order that the README gives them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "notecheck"
BLOCK = re.compile(r"<!-- rooms -->\n```text\n(.*?)```", re.DOTALL)
WAYS_IN = ("__init__", "__main__")  # the package's own and a room's `python -m`: above all rooms


def order() -> list[str]:
    found = BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    lines = (line.rpartition(":")[2] for line in found[1].splitlines())
    return [word for line in lines for word in re.split(r"[\s,]+|->", line) if word]


def room(module: str) -> str:
    return module.split(".")[1]


def imports(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, anywhere in it, types alone too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "notecheck":
            yield from (f"notecheck.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def files_of(name: str) -> list[Path]:
    folder = PACKAGE / name
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def test_every_room_has_its_place_and_no_more() -> None:
    rooms = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py")))
    }
    assert sorted(order()) == sorted(rooms - set(WAYS_IN))


@pytest.mark.parametrize("name", order())
def test_a_room_imports_only_rooms_before_it(name: str) -> None:
    before = set(order()[: order().index(name) + 1])
    after = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in files_of(name)
        if path.stem not in WAYS_IN
        for module in imports(path)
        if module.startswith("notecheck.") and room(module) not in before
    }
    assert not after
