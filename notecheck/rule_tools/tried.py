"""How many words of the lists stand in a case."""

from __future__ import annotations

from notecheck.rules.case_lists import held_list
from notecheck.rules.read import RuleFolder
from notecheck.statements.case_sentences import case_sentences


def share_tried(folder: RuleFolder) -> float:
    """The share of the words of all lists with which a case is tried."""
    cases = [case for frame in folder.frames.values() for case in frame.record.cases]
    held = [(h.name, case) for case in cases if (h := held_list(case.text))]
    tried = {(name, told.word) for name, case in held for told in case_sentences(case, folder)}
    return len(tried) / sum(len(placed.record.words) for placed in folder.words.values())
