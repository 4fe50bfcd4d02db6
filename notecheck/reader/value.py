"""What the reader speaks of, and how its word is marked; apart from numpy, for a quick start."""

from __future__ import annotations

RULE = "second-reader"  # what stands in place of a rule's id
Value = tuple[str, str]  # a fact and a value of it
