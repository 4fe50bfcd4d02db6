"""Imported by whoever is to check many encounters: the rules are loaded when it is.

Our workers are forked from a process that has imported it, and start with all of it.
"""

from __future__ import annotations

import gc

import pyarrow as pa

from notecheck.audit import checking, worker
from notecheck.audit.schema import OUTCOMES
from notecheck.checker import check
from notecheck.rules.load import rule_set

__all__ = ["checking", "worker"]

# Much is made at its first use: the frames' own cases use it all, here and once.
check("\n".join(frame.cases[0].text for frame in rule_set().frames))
pa.Table.from_pylist([{}], OUTCOMES)  # pyarrow imports more at the first of these
gc.collect()
gc.freeze()  # else the first collection in a forked worker would copy all of this memory
