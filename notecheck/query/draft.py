"""Drafts the queries of an encounter, for open requirements and findings that words can settle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from notecheck.models import Encounter, Evidence, Report, RequirementResult
from notecheck.query.model import (
    FindingQueries,
    FindingTemplate,
    Indicator,
    Internal,
    Query,
    QueryFile,
    QueryTemplate,
    QueryTemplates,
)
from notecheck.report.places import Places, distinct
from notecheck.requirements.table import requirement_table
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

_MOST_QUOTES = 6


@cache
def query_templates() -> QueryTemplates:
    """The templates of `patterns/queries/questions.toml`. Raises RulesError."""
    return load_toml(pattern_file("queries/questions.toml"), QueryTemplates)


@cache
def finding_templates() -> FindingQueries:
    """The templates of `patterns/queries/findings.toml`. Raises RulesError."""
    return load_toml(pattern_file("queries/findings.toml"), FindingQueries)


def draft_queries(encounter: Encounter, report: Report) -> QueryFile:
    """The queries for what `report` leaves open: its requirements, then the findings on its claim.

    Each goes to its owner: the surgeon, by name where the record names one, or another desk. A
    requirement that only the claim can settle is not asked about; two that ask the same question
    ask it once, and a finding asks nothing about a subject that is asked about already. Every
    query quotes the record; one that could quote nothing is not drafted. Raises ValueError when
    `report` is of another encounter.
    """
    queries = list(_of_requirements(encounter, report))
    for query in _of_findings(encounter, report):
        if all(query.subject != other.subject for other in queries):
            queries.append(query)
    return QueryFile(
        schema="notecheck.queries/1", encounter_id=report.encounter_id, queries=tuple(queries)
    )


def _of_requirements(encounter: Encounter, report: Report) -> Iterator[Query]:
    """A query for each open requirement that words can settle, each question once."""
    # A chart that is not concerned has no code, and nothing is asked about it.
    table = requirement_table(report.code).requirements if report.requirements else ()
    rules = {rule.id: rule for rule in table}
    templates = {template.kind: template for template in query_templates().query}
    asked: set[str] = set()
    for result in report.requirements:
        template = templates.get(rules[result.id].kind_name)
        if template is None or not _is_open(result, template, report):
            continue
        words = rules[result.id].settings.words
        question = template.short.get(result.status, template.question).format_map(words)
        indicators = _indicators(encounter, report, result.evidence, template)
        if question in asked or not indicators:
            continue
        asked.add(question)
        internal = Internal(
            requirement=result.id,
            status=result.status,
            template_version=query_templates().version,
        )
        subject = template.subject.format_map(words)
        yield _query(encounter, report, template, internal, subject, question, indicators)


def _is_open(result: RequirementResult, template: QueryTemplate, report: Report) -> bool:
    """Whether the template asks about this status, and the record does not answer it already."""
    if result.status not in template.statuses or template.unless & _plainly_told(report):
        return False
    answer = template.answered_by.get(result.status)
    if answer and any(_words_of(report, answer)):
        return False
    return bool(result.evidence) or not template.needs_words


def _of_findings(encounter: Encounter, report: Report) -> Iterator[Query]:
    """A query for each finding that has a template, quoting the finding's own words first."""
    for finding in report.findings:
        template = next((t for t in finding_templates().query if finding.id in t.findings), None)
        words = _indicators(encounter, report, finding.evidence, template) if template else ()
        if template is None or not words or (template.needs_words and not finding.evidence):
            continue
        internal = Internal(
            requirement=finding.id, kind="finding", template_version=query_templates().version
        )
        yield _query(
            encounter, report, template, internal, template.subject, template.question, words
        )


def _query(
    encounter: Encounter,
    report: Report,
    template: QueryTemplate | FindingTemplate,
    internal: Internal,
    subject: str,
    question: str,
    indicators: tuple[Indicator, ...],
) -> Query:
    own = template.instruction if isinstance(template, FindingTemplate) else None
    return Query(
        id=f"{report.encounter_id}-{internal.requirement}",
        encounter_id=report.encounter_id,
        patient_id=encounter.patient_id,
        service_date=report.operation_date,
        to=template.to or _surgeon(encounter),
        subject=subject,
        indicators=indicators,
        question=question,
        options=_options(report, template),
        instruction=own or query_templates().instruction,
        internal=internal,
    )


def _surgeon(encounter: Encounter) -> str:
    """The operating surgeon, by name where the encounter or an operative note names one."""
    texts, name = query_templates(), encounter.meta.surgeon
    for document in encounter.documents:
        if name is None and document.type == "operative_note":
            found = re.search(texts.surgeon, document.text)
            name = " ".join(found["name"].split()).rstrip(" ,.") if found else document.author
    # Where a record was made anonymous, asterisks or lines stand for the name.
    return f"{texts.to}, {name}" if name and any(map(str.isalpha, name)) else texts.to


def _plainly_told(report: Report) -> set[str]:
    facts, told = report.facts, set()
    bone = facts.bone_resected
    if bone is not None and any(words.rule for words in bone.evidence):
        told.add("bone_cut" if bone.value else "bone_left")
    if facts.setting is not None:
        told.add("setting")
    done = any(operation.status == "today" for operation in report.operations)
    if not done and report.supported_code.value == "none":
        told.add("not_operated")
    return told


def _options(report: Report, template: QueryTemplate | FindingTemplate) -> tuple[str, ...]:
    """Those that the record supports, then other and unable to determine."""
    shown = _mentioned(report)
    offered = [
        option.text
        for option in template.options
        if (not option.shown_by or shown & set(option.shown_by))
        and not option.unless & _plainly_told(report)
    ]
    texts = query_templates()
    return (*offered, texts.other, texts.unable)


def _mentioned(report: Report) -> set[str]:
    """Every `fact:value` that the documents mention, also where the mention did not count."""
    facts = report.facts
    told = {f"{item.fact}:{item.value}" for item in report.excluded}
    told |= {f"indications:{fact.value}" for fact in facts.indications}
    if facts.prior_level:
        told.add(f"prior_level:{facts.prior_level.value}")
    return told


def _indicators(
    encounter: Encounter,
    report: Report,
    own: Iterable[Evidence],
    template: QueryTemplate | FindingTemplate,
) -> tuple[Indicator, ...]:
    """The requirement's own words first, then those of the facts that the template names."""
    places = Places(encounter)
    documents = {document.doc_id: document for document in encounter.documents}
    words = [*own, *(item for name in template.quotes for item in _words_of(report, name))]
    indicators = []
    for item in _not_nested(distinct(words))[:_MOST_QUOTES]:
        document = documents[item.doc_id]
        indicators.append(
            Indicator(
                doc_id=item.doc_id,
                type=document.type,
                date=document.date,
                section=item.section,
                line=places.of(item).first_line,
                start=item.start,
                end=item.end,
                text=item.text,
            )
        )
    return tuple(indicators)


def _not_nested(words: list[Evidence]) -> list[Evidence]:
    """Without those that stand within a longer one."""
    return [
        item
        for item in words
        if not any(
            other is not item
            and other.doc_id == item.doc_id
            and other.start <= item.start
            and item.end <= other.end
            for other in words
        )
    ]


def _words_of(report: Report, name: str) -> Iterator[Evidence]:
    """The words of one fact of the report; `title` are those that name the supported operation."""
    if name == "title":
        words = report.supported_code.evidence
        named = [item for item in words if item.section in query_templates().title_sections]
        yield from named or words
        return
    fact = getattr(report.facts, name)
    for item in fact if isinstance(fact, tuple) else [fact]:
        if item is not None:
            yield from item.evidence
