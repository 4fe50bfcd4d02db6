"""Small folders of rules to be checked."""

from __future__ import annotations

from pathlib import Path

ENTITY = """
[[term]]
id = "{id}"
kind = "entity"
says = "A bone that was cut."
words = ["{pattern}"]
"""
FRAME = """
[[frame]]
id = "{id}"
fact = "bone_cut"
value = "femur"
phrases = ["{phrase}"]
cases = [
  {{ text = "The femur was cut.", gives = "femur" }},
  {{ text = "The skin was cut.", gives = "none" }},
]
"""
CONTEXT = """
[[rule]]
id = "{id}"
reason = "negated"
direction = "FORWARD"
literals = ["{literal}"]
"""


def small_folder(root: Path) -> Path:
    """One file of each kind below `root`, all of them right."""
    for folder in ("lexicon", "terms", "context", "sections"):
        (root / folder).mkdir(parents=True)
    (root / "lexicon/bones.toml").write_text('[terms]\nbone = "(?:femur|tibia)"\n')
    (root / "lexicon/spelling.toml").write_text('[misheard]\n"giggly saw" = "gigli saw"\n')
    (root / "terms/cut.toml").write_text(ENTITY.format(id="cut_bone", pattern="{bone} was cut"))
    (root / "context/negation.toml").write_text(CONTEXT.format(id="negated", literal="no"))
    (root / "sections/headings.toml").write_text(
        '[[section]]\ncategory = "plan"\ntitles = ["plan"]\nreason = "planned"\n'
    )
    return root
