"""Small folders of rules to be checked."""

from __future__ import annotations

from pathlib import Path

RULE = """
[[rule]]
id = "{id}"
fact = "bone_cut"
value = "femur"
pattern = "{pattern}"
examples = ["The femur was cut."]
non_examples = ["The skin was cut."]
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
    for folder in ("lexicon", "facts", "context", "sections"):
        (root / folder).mkdir(parents=True)
    (root / "lexicon/anatomy.toml").write_text('[terms]\nbone = "(?:femur|tibia)"\n')
    (root / "lexicon/spelling.toml").write_text('[misheard]\n"giggly saw" = "gigli saw"\n')
    (root / "facts/cut.toml").write_text(RULE.format(id="cut.bone", pattern="{bone} was cut"))
    (root / "context/negation.toml").write_text(CONTEXT.format(id="negated", literal="no"))
    (root / "sections/headings.toml").write_text(
        '[[section]]\ncategory = "plan"\ntitles = ["plan"]\nreason = "planned"\n'
    )
    return root
