"""Imported by whoever is to check many encounters: the rules are loaded when it is.

Our workers are forked from a process that has imported it, and start with all of it.
"""

from __future__ import annotations

import gc

import pyarrow as pa

from notecheck.audit import checking, worker
from notecheck.audit.schema import OUTCOMES
from notecheck.checker import check

__all__ = ["checking", "worker"]

check("OPERATION: Revision of left above-knee amputation. The femur was cut with a saw.")
pa.Table.from_pylist([{}], OUTCOMES)  # pyarrow imports more at the first of these
gc.collect()
gc.freeze()  # else the first collection in a forked worker would copy all of this memory
