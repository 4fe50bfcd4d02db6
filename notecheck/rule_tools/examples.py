"""Runs the examples of rules through the whole pipeline, each as a note of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from notecheck.errors import RulesError
from notecheck.models import Document
from notecheck.pipeline.analyse import Pipeline
from notecheck.pipeline.mentions import Mention
from notecheck.rules.findings import Place
from notecheck.rules.model import ANY_GROUP, ContextRecord, TargetRecord
from notecheck.rules.read import Placed, RuleFolder


@dataclass(frozen=True)
class ExampleFailure:
    """An example of a rule that it does not find, or a non-example that it does find."""

    place: Place
    rule_id: str
    text: str
    is_example: bool

    def __str__(self) -> str:
        fault = "does not find its example" if self.is_example else "finds its non-example"
        return f'{self.place}: {self.rule_id}: {fault} "{self.text}"'


def example_failures(
    pipeline: Pipeline, rules: RuleFolder, ids: Collection[str] = ()
) -> Iterator[ExampleFailure]:
    """What fails among the examples of the rules with these ids, of all rules when none is named.

    A target rule must make a counted mention of its fact and value in each of its examples; a
    context rule must exclude a mention in each of its own. Raises RulesError for an unknown id.
    """
    known: dict[str, Placed[TargetRecord] | Placed[ContextRecord]] = {
        **rules.targets,
        **rules.contexts,
    }
    for rule_id in ids:
        if rule_id not in known:
            raise RulesError("there is no rule with this id", where=rule_id)
    for rule_id in ids or known:
        placed = known[rule_id]
        for is_example, texts in (
            (True, placed.record.examples),
            (False, placed.record.non_examples),
        ):
            for text in texts:
                if _finds(pipeline, placed.record, text) != is_example:
                    yield ExampleFailure(placed.place, rule_id, text, is_example)


def _finds(pipeline: Pipeline, record: TargetRecord | ContextRecord, text: str) -> bool:
    note = Document(doc_id="note", type="operative_note", text=text)
    return any(_is_by(record, mention) for mention in pipeline.analyse(note).mentions)


def _is_by(record: TargetRecord | ContextRecord, mention: Mention) -> bool:
    if isinstance(record, ContextRecord):
        return mention.cue == record.id
    return (
        mention.counts
        and mention.rule == record.id
        and mention.fact == record.fact
        and record.value in (mention.value, ANY_GROUP)
    )
