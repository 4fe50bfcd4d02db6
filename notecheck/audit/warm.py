"""Imported once in the process that workers are forked from: they start with the rules loaded."""

from __future__ import annotations

import gc

from notecheck.audit import checking, parts
from notecheck.checker import check

__all__ = ["checking", "parts"]

check("OPERATION: Revision of left above-knee amputation. The femur was cut with a saw.")
gc.collect()
gc.freeze()  # else the first collection in each worker would copy all of this memory
