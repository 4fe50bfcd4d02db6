"""Reports as one web page that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from string import Template

from notecheck.models import Encounter, Report
from notecheck.report.html_encounter import render_encounter, verdict_html
from notecheck.report.html_parts import line_html
from notecheck.report.wording import decision_reasons, score_words

_TEMPLATES = files(__package__) / "templates"


def render_html(pairs: Sequence[tuple[Encounter, Report]]) -> str:
    """One self-contained page for one or many encounters, each with its own report.

    Many encounters get an index first. The page holds the notes whole; it has no script, and
    its content security policy allows nothing but its own style sheet. Raises ValueError when
    a report is not of its encounter.
    """
    style = _template("page.css").template
    article = _template("encounter.html")
    articles = [
        render_encounter(article, _page_anchor(number), encounter, report)
        for number, (encounter, report) in enumerate(pairs, start=1)
    ]
    reports = [report for _, report in pairs]
    return _template("page.html").substitute(
        style=style,
        style_hash=style_hash(style),
        title=_title(reports),
        index=_index(reports) if len(reports) != 1 else "",
        encounters="".join(articles),
    )


def _template(name: str) -> Template:
    return Template((_TEMPLATES / name).read_text(encoding="utf-8"))


def style_hash(style: str) -> str:
    """What the policy needs to know the style sheet by."""
    digest = hashlib.sha256(style.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _page_anchor(number: int) -> str:
    return f"e{number}"


def _title(reports: Sequence[Report]) -> str:
    if len(reports) == 1:
        return f"{line_html(reports[0].encounter_id)}: {reports[0].release.verdict}"
    return f"{len(reports)} encounters"


def _index(reports: Sequence[Report]) -> str:
    tally = Counter(report.release.verdict for report in reports)
    return _template("index.html").substitute(
        tally=", ".join(f"{tally[word]} {word}" for word in ("stop", "review", "release")),
        rows="".join(_index_row(number, report) for number, report in enumerate(reports, 1)),
    )


def _index_row(number: int, report: Report) -> str:
    reasons = "; ".join(decision_reasons(report))
    return (
        f'<tr role="row"><th scope="row" role="rowheader"><a href="#{_page_anchor(number)}">'
        f"{line_html(report.encounter_id)}</a></th>"
        f'<td role="cell">{verdict_html(report.release.verdict)}</td>'
        f'<td class="number" role="cell">{score_words(report)}</td>'
        f'<td role="cell">{line_html(reasons)}</td></tr>\n'
    )
