"""A site's folder of one rule of its own."""

from __future__ import annotations

from pathlib import Path

OWN_RULE = """\
[[rule]]
id = "own.frobbed"
fact = "bone_cut"
value = "femur"
pattern = "{femur_noun} was frobbed"
examples = ["The femur was frobbed."]
non_examples = ["The skin was frobbed."]
"""
FROBBED = (
    "OPERATION: Revision of left above-knee amputation.\n\nDESCRIPTION: The femur was frobbed.\n"
)


def site_folder(root: Path, rule: str = OWN_RULE) -> Path:
    (root / "facts").mkdir(parents=True)
    (root / "facts/own.toml").write_text(rule, encoding="utf-8")
    return root
