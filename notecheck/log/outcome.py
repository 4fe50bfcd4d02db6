"""What can come of a replay; apart, so that the command knows it without loading the checker."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["same", "different", "other_rules", "no_encounter"]
