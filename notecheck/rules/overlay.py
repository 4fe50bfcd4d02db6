"""Lays a site's rules over ours: added, put in place of ours by id, or left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from notecheck.rules.findings import Finding, Place
from notecheck.rules.model import SectionRecord, TermRecord
from notecheck.rules.read import Placed, RuleFolder
from notecheck.rules.site import DATA_FOLDERS, RULE_FOLDERS, folder_files, rule_files

T = TypeVar("T")
_TITLES = ("titles", "bare_titles", "spoken_titles", "part_titles")


def overlaid(ours: RuleFolder, site: RuleFolder, findings: list[Finding]) -> RuleFolder:
    """One folder of both.

    A site's rule, frame or pattern stands in for ours of the same id or name. A site's word list of
    the id of one of ours adds its words to it. A site's section of a
    category of ours adds titles to it, and takes them from any other category of ours. What the
    site asks for and cannot have is added to `findings`.
    """
    for rule_id, place in site.disabled.items():
        if not any(rule_id in kind for kind in (ours.contexts, ours.frames)):
            findings.append(Finding(place, rule_id, "no rule of ours has this id"))
    replaced = {*site.disabled, *site.contexts, *site.frames}
    return RuleFolder(
        terms=ours.terms | site.terms,
        lists=ours.lists | site.lists,
        spelling=ours.spelling.with_more(site.spelling),
        contexts=_without(ours.contexts, replaced) | site.contexts,
        sections=_sections(ours.sections, site.sections, findings),
        words=_words(ours.words, site.words, findings),
        irregular=ours.irregular | site.irregular,
        frames=_without(ours.frames, replaced) | site.frames,
        facts=ours.facts | site.facts,
    )


def unread_files(root: Path) -> list[Finding]:
    """The TOML files of a site's folder that stand where none is read."""
    data = {path for folder in DATA_FOLDERS for path in folder_files(root, folder)}
    unread = sorted(set(root.rglob("*.toml")) - set(rule_files(root)) - data)
    where = ", ".join(RULE_FOLDERS)
    return [
        Finding(Place(path, 1), path.name, f"is not read here: rules go into {where}")
        for path in unread
    ]


def _without(records: Mapping[str, Placed[T]], ids: set[str]) -> dict[str, Placed[T]]:
    return {rule_id: record for rule_id, record in records.items() if rule_id not in ids}


def _words(
    ours: Mapping[str, Placed[TermRecord]],
    site: Mapping[str, Placed[TermRecord]],
    findings: list[Finding],
) -> dict[str, Placed[TermRecord]]:
    merged = dict(ours) | {name: placed for name, placed in site.items() if name not in ours}
    for name, added in site.items():
        if name in ours:
            record = ours[name].record
            if added.record.kind != record.kind:
                fault = f"`kind` is `{record.kind}` in our list of this id"
                findings.append(Finding(added.place, name, fault))
            both = dict.fromkeys((*record.words, *added.record.words))
            merged[name] = Placed(
                record.model_copy(update={"words": tuple(both)}), ours[name].place
            )
    return merged


def _sections(
    ours: Mapping[str, Placed[SectionRecord]],
    site: Mapping[str, Placed[SectionRecord]],
    findings: list[Finding],
) -> dict[str, Placed[SectionRecord]]:
    moved = {title for placed in site.values() for title in placed.record.all_titles}
    merged: dict[str, Placed[SectionRecord]] = {}
    for category, placed in ours.items():
        added = site.get(category)
        titles = {
            kind: (
                *(title for title in getattr(placed.record, kind) if title not in moved),
                *(getattr(added.record, kind) if added else ()),
            )
            for kind in _TITLES
        }
        merged[category] = Placed(placed.record.model_copy(update=titles), placed.place)
        if added:
            for key in sorted(added.record.model_fields_set - {"category", *_TITLES}):
                fault = f"`{key}` is settled by our category of this name: only add titles"
                findings.append(Finding(added.place, category, fault))
    return merged | {name: placed for name, placed in site.items() if name not in ours}
