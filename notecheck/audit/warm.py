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

# Expressions are compiled at their first use: the rules' own examples use them all, here and once.
check("\n".join(example for rule in rule_set().targets for example in rule.record.examples))
pa.Table.from_pylist([{}], OUTCOMES)  # pyarrow imports more at the first of these
gc.collect()
gc.freeze()  # else the first collection in a forked worker would copy all of this memory
