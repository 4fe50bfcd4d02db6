"""A site's folder of one rule of its own."""

from __future__ import annotations

from pathlib import Path

OWN_RULE = """\
[[frame]]
id = "own.frobbed"
fact = "bone_cut"
value = "femur"
phrases = ["femur was frobbed"]
cases = [
  { text = "The femur was frobbed.", gives = "femur" },
  { text = "The skin was frobbed.", gives = "none" },
]
"""
FROBBED = (
    "OPERATION: Revision of left above-knee amputation.\n\nDESCRIPTION: The femur was frobbed.\n"
)


def site_folder(root: Path, rule: str = OWN_RULE) -> Path:
    (root / "frames").mkdir(parents=True)
    (root / "frames/own.toml").write_text(rule, encoding="utf-8")
    return root
