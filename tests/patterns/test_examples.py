"""Every rule does what its own examples say, through the whole pipeline."""

from __future__ import annotations

import pytest

from notecheck.models import Document
from notecheck.pipeline.analyse import pipeline
from notecheck.pipeline.mentions import Mention
from notecheck.rules.load import TargetRule, rule_set
from notecheck.rules.model import ANY_GROUP, ContextRecord

TARGETS = rule_set().targets
CONTEXTS = [record for record in rule_set().contexts if record.examples or record.non_examples]


def mentions(text: str) -> list[Mention]:
    note = Document(doc_id="note", type="operative_note", text=text)
    return pipeline().analyse(note).mentions


def told_by(rule: TargetRule, text: str) -> bool:
    """Whether `rule` makes a counted mention of its fact and value in a note of only `text`."""
    record = rule.record
    return any(
        mention.counts
        and mention.rule == record.id
        and mention.fact == record.fact
        and (mention.value == record.value or record.value == ANY_GROUP)
        for mention in mentions(text)
    )


@pytest.mark.parametrize("rule", TARGETS, ids=lambda rule: rule.record.id)
def test_a_rule_finds_its_examples_and_no_other(rule: TargetRule) -> None:
    missed = [text for text in rule.record.examples if not told_by(rule, text)]
    false_alarms = [text for text in rule.record.non_examples if told_by(rule, text)]
    assert (missed, false_alarms) == ([], [])


@pytest.mark.parametrize("record", CONTEXTS, ids=lambda record: record.id)
def test_a_context_excludes_its_examples_and_no_other(record: ContextRecord) -> None:
    def excludes(text: str) -> bool:
        return any(mention.cue == record.id for mention in mentions(text))

    missed = [text for text in record.examples if not excludes(text)]
    false_alarms = [text for text in record.non_examples if excludes(text)]
    assert (missed, false_alarms) == ([], [])
